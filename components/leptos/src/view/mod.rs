//! The card and the screens, as functions of their data: no fetch, no storage, no effects.
//!
//! The structure of a screen is built once ([`Screen`]); what changes on it ([`countersign::flow::Live`]) reaches its places by itself, so
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
mod scopes;
mod search;
mod shown;

use std::{
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use countersign::{
    flow::{Action, Body, Gesture, Screen},
    messages::{Messages, is_right_to_left},
    protocol::{IdempotencyKey, OrganizationId},
};
use leptos::prelude::*;

#[cfg(target_arch = "wasm32")]
pub(crate) use shown::root_in;
pub use shown::{Shown, root};

use crate::{Layout, Theme, Tokens};
use node::{Attribute, Node, attr, class, on};

/// What the user did on a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Pressed a button.
    Action(Action),
    /// Ticked or unticked the scope at this place.
    Scope(usize),
    /// Leaves out what only widens other scopes, or takes it in again.
    ReadOnly,
    /// Wants the answer remembered, or not.
    Remember,
    /// Chose an organization.
    Organization(OrganizationId),
    /// Wants another account.
    SwitchAccount,
}

impl Press {
    /// What it means to the machine. A decision gets a fresh key.
    pub fn gesture(self, key: impl FnOnce() -> IdempotencyKey) -> Gesture {
        match self {
            Self::Action(Action::Allow) => Gesture::Allow(key()),
            Self::Action(Action::Deny) => Gesture::Deny(key()),
            Self::Action(Action::RequestApproval) => Gesture::RequestApproval(key()),
            Self::Action(Action::Retry) => Gesture::Retry,
            Self::Action(Action::SignIn) => Gesture::SignIn,
            Self::Action(Action::OpenAgain | Action::OpenApp) => Gesture::OpenAgain,
            Self::Action(Action::SignOut) => Gesture::SignOut,
            Self::Action(Action::Stay) => Gesture::Stay,
            Self::Scope(place) => Gesture::ScopeToggled(place),
            Self::ReadOnly => Gesture::ReadOnlyToggled,
            Self::Remember => Gesture::RememberToggled,
            Self::Organization(organization) => Gesture::OrganizationChosen(organization),
            Self::SwitchAccount => Gesture::SwitchAccount,
        }
    }
}

/// Where presses go.
pub type Hand = Rc<dyn Fn(Press)>;

/// How a widget looks, and what stands around its card.
#[derive(Default)]
pub struct Dress {
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

impl std::fmt::Debug for Dress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dress")
            .field("theme", &self.theme)
            .field("layout", &self.layout)
            .finish_non_exhaustive()
    }
}

/// What every view needs.
#[derive(Clone)]
pub(crate) struct Scene {
    /// The widget's number: no two on a page share an identifier.
    pub widget: u32,
    pub logo: Option<Rc<str>>,
    pub messages: Arc<Messages>,
    pub hand: Hand,
    /// Has everything on the screen look again at what it follows.
    pub refresh: Rc<dyn Fn()>,
}

impl Scene {
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
fn inside(screen: &Screen, scene: &Scene) -> Vec<Node> {
    match &screen.body {
        Body::Outline => parts::outline(),
        Body::Message {
            sign,
            paragraphs,
            link,
        } => message::message(screen, *sign, paragraphs, link.as_ref(), scene),
        Body::Consent(card) => consent::consent(screen, card, scene),
        Body::Logout(card) => consent::logout(screen, card, scene),
    }
}
