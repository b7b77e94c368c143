//! Nodes on a server: as they are at one moment, with nothing that happens.

use countersign::view::Live;
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

use super::{
    node::{Attribute, Node, attr, named},
    parts::rich,
};

/// A node as Leptos renders it.
pub(super) fn view(node: Node, live: &Live) -> AnyView {
    let (name, attributes, children) = match node {
        // Leptos writes a blank for it.
        Node::Text(text) if text.is_empty() => return ().into_any(),
        Node::Text(text) => return text.into_owned().into_any(),
        Node::Element {
            name,
            attributes,
            children,
        } => (name, attributes, children),
        Node::Says {
            name,
            attributes,
            text,
        } => (name, attributes, rich(&text(live))),
    };
    let (tag, names) = named(name);
    let names = names.into_iter().filter(|(_, value)| !value.is_empty());
    let names = names.map(|(name, value)| attr(name, value));
    let attributes = names.chain(attributes);
    let attributes: Vec<AnyAttribute> = attributes.filter_map(|it| attribute(it, live)).collect();
    let children: Vec<AnyView> = children.into_iter().map(|it| view(it, live)).collect();
    custom(tag)
        .add_any_attr(attributes)
        .child(children)
        .into_any()
}

fn attribute(attribute: Attribute, live: &Live) -> Option<AnyAttribute> {
    let (name, value) = match attribute {
        Attribute::Fixed(name, value) => (name, value),
        Attribute::Live(name, value) => (name, value(live)?),
        Attribute::Ticked(ticked) => ("checked", ticked(live).then_some("".into())?),
        Attribute::On(..) | Attribute::Made(_) => return None,
    };
    Some(custom_attribute(name, value.into_owned()).into_any_attr())
}
