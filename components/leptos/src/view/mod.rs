//! The card and the screens, as functions of their data: no fetch, no storage, no effects.
//!
//! The structure of a screen is built once ([`Screen`]); what changes on it ([`countersign::view::Live`]) reaches its places by itself, so
//! that nothing jumps and the focus stays. Views make plain nodes (`node.rs`); a server and a browser each render them in their own way.

mod consent;
mod controls;
mod details;
#[cfg(target_arch = "wasm32")]
mod dom;
#[cfg(not(target_arch = "wasm32"))]
mod html;
mod message;
mod node;
mod organizations;
mod parts;
mod rendered;
mod scopes;
mod search;

use std::{
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use countersign::{
    flow::Gesture,
    messages::{Messages, is_right_to_left},
    view::{Body, Screen},
};
use leptos::prelude::*;

#[cfg(target_arch = "wasm32")]
pub(crate) use rendered::root_in;
pub use rendered::{Rendered, root};

use crate::{Layout, Theme, Tokens};
use node::{Attribute, Node, attr, class, on};

/// Gets what the user does.
pub type OnGesture = Rc<dyn Fn(Gesture)>;

/// How a widget looks, and what stands around its card.
#[derive(Default)]
pub struct Appearance {
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// How much room the card takes.
    pub layout: Layout,
    /// The host's logo: an address that the page's headers allow.
    pub logo: Option<String>,
    /// Values for the style sheet's tokens.
    pub tokens: Option<Tokens>,
    /// What stands above the card.
    pub header: Option<AnyView>,
    /// What stands below it.
    pub footer: Option<AnyView>,
}

impl std::fmt::Debug for Appearance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Appearance")
            .field("theme", &self.theme)
            .field("layout", &self.layout)
            .finish_non_exhaustive()
    }
}

/// What every view needs.
#[derive(Clone)]
pub(crate) struct RenderContext {
    /// The widget's number: no two on a page share an identifier.
    pub widget: u32,
    pub logo: Option<Rc<str>>,
    pub messages: Arc<Messages>,
    pub on_gesture: OnGesture,
    /// Has everything on the screen look again at what it follows.
    pub refresh: Rc<dyn Fn()>,
}

impl RenderContext {
    /// An identifier of this widget's own.
    fn id(&self, name: &str) -> String {
        format!("countersign-{}-{name}", self.widget)
    }
}

static WIDGETS: AtomicU32 = AtomicU32::new(1);

/// The next widget's number.
fn number() -> u32 {
    WIDGETS.fetch_add(1, Ordering::Relaxed)
}

/// What the root element has, apart from what follows the card.
fn around(theme: Theme, layout: Layout) -> Vec<Attribute> {
    let mut attributes = vec![class("countersign"), attr("part", "root")];
    attributes.extend(theme.as_str().map(|theme| attr("data-theme", theme)));
    attributes.extend(layout.as_str().map(|layout| attr("data-layout", layout)));
    attributes
}

/// The language of the texts, and its direction, whatever the page around is in.
fn spoken(messages: &Messages) -> [(&'static str, &str); 2] {
    let language = messages.language();
    let direction = if is_right_to_left(language) {
        "rtl"
    } else {
        "ltr"
    };
    [("lang", language), ("dir", direction)]
}

/// What is going on, for those who do not see it.
fn status() -> Node {
    Node::Says {
        name: "p countersign-status",
        attributes: vec![attr("role", "status")],
        text: Box::new(|live| live.status.clone()),
    }
}

/// What the card has around what is inside.
fn card() -> Vec<Attribute> {
    vec![
        class("countersign-card"),
        attr("part", "card"),
        on("keydown", no_repeat),
        node::aria("aria-busy", |live| live.waiting),
    ]
}

/// A held key presses nothing: it was meant for what was there before.
fn no_repeat(event: leptos::web_sys::Event) {
    use leptos::{wasm_bindgen::JsCast, web_sys::KeyboardEvent};

    let key = event.dyn_ref::<KeyboardEvent>();
    if key.is_some_and(|it| it.repeat() && matches!(it.key().as_str(), "Enter" | " ")) {
        event.prevent_default();
    }
}

/// The inside of the card.
fn inside(screen: &Screen, context: &RenderContext) -> Vec<Node> {
    match &screen.body {
        Body::Outline => parts::outline(),
        Body::Message {
            sign,
            paragraphs,
            link,
        } => message::message(screen, *sign, paragraphs, link.as_ref(), context),
        Body::Consent(card) => consent::consent(screen, card, context),
        Body::Logout(card) => consent::logout(screen, card, context),
    }
}
