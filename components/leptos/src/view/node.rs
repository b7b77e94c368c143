//! Nodes as data: what the views make, and two ways to put them on a page.
//!
//! `html.rs` renders them on a server, `dom.rs` in a browser: there through the document's own methods, never through HTML text, so that
//! a page under Trusted Types carries them.

use std::borrow::Cow;

use countersign::{messages::Text, view::Live};
use leptos::web_sys::{Element, Event};

/// What follows the card.
pub(super) type Follow<T> = Box<dyn Fn(&Live) -> T>;

/// A node.
pub(super) enum Node {
    /// A text.
    Text(Cow<'static, str>),
    /// An element, by its tag, its classes, and behind `@` the names of its parts: `p countersign-note @caution`. One word of data is lighter
    /// than three attributes.
    Element {
        name: &'static str,
        attributes: Vec<Attribute>,
        children: Vec<Node>,
    },
    /// An element whose text follows the card.
    Says {
        name: &'static str,
        attributes: Vec<Attribute>,
        text: Follow<Text>,
    },
}

/// An attribute, or something else that an element has.
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(dead_code, reason = "on a server nothing happens")
)]
pub(super) enum Attribute {
    /// One that stays.
    Fixed(&'static str, Cow<'static, str>),
    /// One that follows the card; it is absent where there is no value.
    Live(&'static str, Follow<Option<Cow<'static, str>>>),
    /// Whether a box is ticked: what the user sees follows what would be sent.
    Ticked(Follow<bool>),
    /// A listener.
    On(&'static str, Box<dyn Fn(Event)>),
    /// Something to do with the element once it is made.
    Made(fn(Element)),
}

/// What an element's name says: the tag, and attributes that stay.
pub(super) fn named(name: &'static str) -> (&'static str, [(&'static str, &'static str); 2]) {
    let (name, part) = name.split_once('@').unwrap_or((name, ""));
    let (tag, class) = name.trim_end().split_once(' ').unwrap_or((name, ""));
    (tag, [("class", class), ("part", part)])
}

/// An element.
pub(super) fn node(name: &'static str, attributes: Vec<Attribute>, children: Vec<Node>) -> Node {
    Node::Element {
        name,
        attributes,
        children,
    }
}

/// A text.
pub(super) fn text(text: impl Into<Cow<'static, str>>) -> Node {
    Node::Text(text.into())
}

/// An attribute.
pub(super) fn attr(name: &'static str, value: impl Into<Cow<'static, str>>) -> Attribute {
    Attribute::Fixed(name, value.into())
}

/// The class attribute.
pub(super) fn class(names: &'static str) -> Attribute {
    attr("class", names)
}

/// An attribute without a value that is there as long as something holds.
pub(super) fn flag(name: &'static str, holds: impl Fn(&Live) -> bool + 'static) -> Attribute {
    Attribute::Live(name, Box::new(move |live| holds(live).then_some("".into())))
}

/// An ARIA attribute that is `true` as long as something holds.
pub(super) fn aria(name: &'static str, holds: impl Fn(&Live) -> bool + 'static) -> Attribute {
    Attribute::Live(
        name,
        Box::new(move |live| holds(live).then_some("true".into())),
    )
}

/// A listener.
pub(super) fn on(name: &'static str, listener: impl Fn(Event) + 'static) -> Attribute {
    Attribute::On(name, Box::new(listener))
}
