//! Nodes in a browser, through the document's own methods. What follows the card is told of every change, and goes with its screen.

use std::cell::RefCell;

use countersign::{messages::Text, view::Live};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlInputElement, Node as Place, window};

use super::{
    node::{Attribute, Follow, Node, named},
    parts::rich,
};
use crate::platform::Listener;

type Follower = Box<dyn Fn(&Live)>;

/// What belongs to the nodes of a screen: who follows the card, and who listens.
#[derive(Default)]
pub(super) struct Followers {
    followers: RefCell<Vec<Follower>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Followers {
    /// Tells everyone of a change.
    pub fn tell(&self, live: &Live) {
        for follower in self.followers.borrow().iter() {
            follower(live);
        }
    }

    /// The nodes are gone, though something may still happen to them. A listener may be at work just now: it is freed when it has ended.
    pub fn clear(&self) {
        self.followers.take();
        self.listeners.take();
    }

    /// Has something follow the card from now on.
    fn follow(&self, live: &Live, follower: impl Fn(&Live) + 'static) {
        follower(live);
        self.followers.borrow_mut().push(Box::new(follower));
    }
}

/// Puts nodes at the end of a place. In a page that has no document any more, there is nothing to put.
pub(super) fn put(nodes: Vec<Node>, place: &Place, live: &Live, followers: &Followers) {
    if let Some(document) = window().and_then(|window| window.document()) {
        append(nodes, place, live, followers, &document);
    }
}

fn append(
    nodes: Vec<Node>,
    place: &Place,
    live: &Live,
    followers: &Followers,
    document: &Document,
) {
    for node in nodes {
        let made = match node {
            Node::Text(text) => Some(document.create_text_node(&text).into()),
            Node::Element {
                name,
                attributes,
                children,
            } => element(name, attributes, live, followers, document).map(|made| {
                append(children, &made, live, followers, document);
                made.into()
            }),
            Node::Says {
                name,
                attributes,
                text,
            } => element(name, attributes, live, followers, document).map(|made| {
                says(&made, text, live, followers);
                made.into()
            }),
        };
        // Names of elements are ours, and a made node can be put anywhere: neither ever fails.
        let made: Option<Place> = made;
        let _ = made.map(|made| place.append_child(&made));
    }
}

fn element(
    name: &'static str,
    attributes: Vec<Attribute>,
    live: &Live,
    followers: &Followers,
    document: &Document,
) -> Option<Element> {
    let (tag, names) = named(name);
    let made = document.create_element(tag).ok()?;
    for (name, value) in names {
        if !value.is_empty() {
            set(&made, name, Some(value));
        }
    }
    set_attributes(&made, attributes, live, followers);
    Some(made)
}

/// Gives an element its attributes.
pub(super) fn set_attributes(
    made: &Element,
    attributes: Vec<Attribute>,
    live: &Live,
    followers: &Followers,
) {
    for attribute in attributes {
        match attribute {
            Attribute::Fixed(name, value) => set(made, name, Some(&value)),
            Attribute::Live(name, value) => {
                let (made, before) = (made.clone(), RefCell::new(None));
                followers.follow(live, move |live| {
                    let now = value(live);
                    if *before.borrow() != now {
                        set(&made, name, now.as_deref());
                        *before.borrow_mut() = now;
                    }
                });
            }
            Attribute::Ticked(ticked) => {
                let made = made.clone();
                followers.follow(live, move |live| {
                    if let Some(made) = made.dyn_ref::<HtmlInputElement>() {
                        made.set_checked(ticked(live));
                    }
                });
            }
            Attribute::On(name, listener) => {
                let listener = move |event: JsValue| listener(event.unchecked_into());
                let listener = Listener::new(made.clone().into(), name, listener);
                followers.listeners.borrow_mut().extend(listener);
            }
            Attribute::Made(run) => run(made.clone()),
        }
    }
}

fn set(made: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => made.set_attribute(name, value),
        None => made.remove_attribute(name),
    };
}

/// Says something, and something else as soon as that changes: what stays the same is not said again.
fn says(made: &Element, text: Follow<Text>, live: &Live, followers: &Followers) {
    let (made, before) = (made.clone(), RefCell::new(Text::default()));
    followers.follow(live, move |live| {
        let now = text(live);
        if *before.borrow() != now {
            made.set_text_content(None);
            put(rich(&now), &made, live, &Followers::default());
            *before.borrow_mut() = now;
        }
    });
}
