//! The skeleton of a card as a Leptos view, for servers. The browser replaces it.

use std::sync::Arc;

use countersign::view::{Live, View};
use countersign_html::{Attribute, Node, RenderContext, rich, split_name};
use countersign_web::Options;
use leptos::{
    prelude::*,
    tachys::html::{
        attribute::{
            any_attribute::{AnyAttribute, IntoAnyAttribute},
            custom::custom_attribute,
        },
        element::custom,
    },
};

/// The widget before it starts.
pub(crate) fn skeleton(
    options: &Options,
    header: Option<AnyView>,
    footer: Option<AnyView>,
) -> AnyView {
    let messages = Arc::new(options.messages.clone());
    let view = View::outline(&messages);
    let appearance = &options.appearance;
    let context = RenderContext::new(messages, appearance.logo.clone());
    let node = countersign_html::widget(&view, appearance.theme, appearance.layout, &context);
    element(node, &view.live, [header, footer])
}

/// A node as a view. `around` is above and below its last child.
fn element(node: Node, live: &Live, around: [Option<AnyView>; 2]) -> AnyView {
    let (name, attributes, children) = match node {
        // Leptos writes a space for an empty text.
        Node::Text(text) if text.is_empty() => return ().into_any(),
        Node::Text(text) => return text.into_owned().into_any(),
        Node::Element { name, attributes, children } => (name, attributes, children),
        Node::LiveText { name, attributes, text } => (name, attributes, rich(&text(live))),
    };
    let (tag, named) = split_name(name);
    let named = named.into_iter().filter(|(_, value)| !value.is_empty());
    let attributes: Vec<AnyAttribute> = named
        .map(|(name, value)| Attribute::Fixed(name, value.into()))
        .chain(attributes)
        .filter_map(|attribute| any_attribute(attribute, live))
        .collect();
    let children = children.into_iter();
    let mut views: Vec<AnyView> = children.map(|node| element(node, live, [None, None])).collect();
    let [header, footer] = around;
    let last = views.pop();
    views.extend(header.into_iter().chain(last).chain(footer));
    custom(tag).add_any_attr(attributes).child(views).into_any()
}

fn any_attribute(attribute: Attribute, live: &Live) -> Option<AnyAttribute> {
    let (name, value) = match attribute {
        Attribute::Fixed(name, value) => (name, value),
        Attribute::Live(name, value) => (name, value(live)?),
        Attribute::Checked(checked) => ("checked", checked(live).then_some("".into())?),
        Attribute::On(_) => return None,
    };
    Some(custom_attribute(name, value.into_owned()).into_any_attr())
}
