//! Nodes on a server: as they are at one moment, with nothing that happens.

use countersign::flow::Live;
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
    node::{Attribute, Node},
    parts::rich,
};

/// A node as Leptos renders it.
pub(super) fn view(node: Node, live: &Live) -> AnyView {
    let (tag, attributes, children) = match node {
        Node::Text(text) => return text.into_owned().into_any(),
        Node::Element {
            tag,
            attributes,
            children,
        } => (tag, attributes, children),
        Node::Says {
            tag,
            attributes,
            text,
        } => (tag, attributes, rich(&text(live))),
    };
    let attributes = attributes.into_iter();
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
