//! The one way a node is made: not generic, so that it is compiled once, and never through HTML text, so that a page under
//! Trusted Types carries it.

use std::sync::{Arc, Mutex};

use leptos::{
    ev,
    prelude::*,
    tachys::{
        html::{
            attribute::{
                any_attribute::{AnyAttribute, IntoAnyAttribute},
                custom::custom_attribute,
            },
            directive::directive,
            element::custom,
            event,
            property::prop,
        },
        renderer::types::Element,
    },
    web_sys,
};

/// An element.
pub(super) fn node(
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
) -> AnyView {
    custom(tag)
        .add_any_attr(attributes)
        .child(children)
        .into_any()
}

/// An element whose children follow signals.
pub(super) fn live_node(
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: impl FnMut() -> Vec<AnyView> + Send + 'static,
) -> AnyView {
    node(tag, attributes, vec![live_nodes(children)])
}

/// Nodes that follow signals.
pub(super) fn live_nodes(nodes: impl FnMut() -> Vec<AnyView> + Send + 'static) -> AnyView {
    let nodes: Arc<Mutex<dyn FnMut() -> Vec<AnyView> + Send>> = Arc::new(Mutex::new(nodes));
    nodes.into_any()
}

/// A text node.
pub(super) fn text(text: impl Into<String>) -> AnyView {
    text.into().into_any()
}

/// An attribute.
pub(super) fn attr(name: &'static str, value: impl Into<String>) -> AnyAttribute {
    custom_attribute(name, value.into()).into_any_attr()
}

/// An attribute that follows signals; it is absent where there is no value.
pub(super) fn live_attr(
    name: &'static str,
    value: impl FnMut() -> Option<String> + Send + 'static,
) -> AnyAttribute {
    let value: Arc<Mutex<dyn FnMut() -> Option<String> + Send>> = Arc::new(Mutex::new(value));
    custom_attribute(name, value).into_any_attr()
}

/// Whether a box is ticked: what the user sees follows what would be sent.
pub(super) fn live_checked(value: impl FnMut() -> bool + Send + 'static) -> AnyAttribute {
    let value: Arc<Mutex<dyn FnMut() -> bool + Send>> = Arc::new(Mutex::new(value));
    prop("checked", value).into_any_attr()
}

/// The class attribute.
pub(super) fn class(names: &'static str) -> AnyAttribute {
    attr("class", names)
}

/// A listener.
pub(super) fn on(
    name: &'static str,
    listener: impl FnMut(web_sys::Event) + 'static,
) -> AnyAttribute {
    let listener: Box<dyn FnMut(web_sys::Event)> = Box::new(listener);
    event::on(ev::Custom::<web_sys::Event>::new(name), listener).into_any_attr()
}

/// Something to do with the element once it is made.
pub(super) fn made(run: fn(Element)) -> AnyAttribute {
    directive(run, ()).into_any_attr()
}
