//! The card and the screens, as functions of their data: no fetch, no storage, no effects.
//!
//! The structure of a screen is built once ([`Screen`]); what changes on it ([`Live`]) reaches its places by signals, so
//! that nothing jumps and the focus stays.

mod consent;
mod details;
mod message;
mod node;
mod organizations;
mod parts;
mod scopes;
mod search;

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use countersign::{
    flow::{Action, Body, Live, Screen, View},
    messages::{Messages, is_right_to_left},
    protocol::OrganizationId,
};
use leptos::{prelude::*, tachys::html::attribute::any_attribute::AnyAttribute};

use crate::{Layout, Theme, Tokens};
use node::{attr, class, live_attr, live_node, node, on, text};

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

/// Where presses go.
pub type Hand = UnsyncCallback<Press>;

/// What is shown, for the views to follow.
#[derive(Debug, Clone)]
pub struct Shown {
    state: ArcRwSignal<&'static str>,
    screen: ArcRwSignal<Shot>,
    live: ArcRwSignal<Live>,
}

/// A screen, its number, and the texts it is in.
#[derive(Debug, Clone)]
struct Shot {
    scene: u32,
    screen: Screen,
    messages: Arc<Messages>,
}

impl Shown {
    /// Starts with a view, in these texts.
    #[must_use]
    pub fn new(view: View, messages: Arc<Messages>) -> Self {
        let View {
            state,
            screen,
            live,
        } = view;
        Self {
            state: ArcRwSignal::new(state),
            screen: ArcRwSignal::new(Shot {
                scene: 0,
                screen,
                messages,
            }),
            live: ArcRwSignal::new(live),
        }
    }

    /// Whether the screen of this number is shown.
    pub(crate) fn is_at(&self, scene: u32) -> bool {
        self.screen.with_untracked(|shot| shot.scene == scene)
    }

    /// Shows another view. As long as the number of the screen stays the same, the screen stays as it is.
    pub fn show(&self, view: View, scene: u32) {
        self.put(view, scene, None);
    }

    /// Shows a view, in these texts from now on where there are any: then its screen is made anew.
    pub fn put(&self, view: View, scene: u32, texts: Option<Arc<Messages>>) {
        let View {
            state,
            screen,
            live,
        } = view;
        self.state.set(state);
        self.live.set(live);
        if texts.is_some() || !self.is_at(scene) {
            let before = || self.screen.with_untracked(|shot| Arc::clone(&shot.messages));
            let messages = texts.unwrap_or_else(before);
            self.screen.set(Shot {
                scene,
                screen,
                messages,
            });
        }
    }
}

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
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    /// The widget's number: no two on a page share an identifier.
    pub widget: u32,
    pub logo: Option<String>,
    pub messages: Arc<Messages>,
    pub live: ArcRwSignal<Live>,
    pub hand: Hand,
}

impl Scene {
    /// An identifier of this widget's own.
    fn id(&self, name: &str) -> String {
        format!("countersign-{}-{name}", self.widget)
    }
}

static WIDGETS: AtomicU32 = AtomicU32::new(1);

/// The whole widget.
#[must_use]
pub fn root(shown: Shown, dress: Dress, hand: Hand) -> AnyView {
    let Shown {
        state,
        screen,
        live,
    } = shown;
    let language = |read: fn(&str) -> &str| {
        let screen = screen.clone();
        move || screen.with(|shot| Some(read(shot.messages.language()).to_owned()))
    };
    let mut attributes: Vec<AnyAttribute> = vec![
        class("countersign"),
        attr("part", "root"),
        // The language of the texts, and its direction, whatever the page around is in.
        live_attr("lang", language(|tag| tag)),
        live_attr(
            "dir",
            language(|tag| if is_right_to_left(tag) { "rtl" } else { "ltr" }),
        ),
        live_attr("data-state", move || Some(state.get().to_owned())),
        on("keydown", no_repeat),
    ];
    let Dress {
        theme,
        layout,
        logo,
        tokens,
        header,
        footer,
    } = dress;
    attributes.extend(theme.as_str().map(|theme| attr("data-theme", theme)));
    attributes.extend(layout.as_str().map(|layout| attr("data-layout", layout)));
    attributes.extend(tokens.map(|tokens| tokens.0));
    let (busy, status) = (live.clone(), live.clone());
    let card = live_node(
        "div",
        vec![
            class("countersign-card"),
            attr("part", "card"),
            live_attr("aria-busy", move || {
                busy.with(|live| live.waiting).then(|| "true".to_owned())
            }),
        ],
        {
            let widget = WIDGETS.fetch_add(1, Ordering::Relaxed);
            move || {
                screen.with(|shot| {
                    let scene = Scene {
                        widget,
                        logo: logo.clone(),
                        messages: Arc::clone(&shot.messages),
                        live: live.clone(),
                        hand,
                    };
                    inside(&shot.screen, &scene)
                })
            }
        },
    );
    let status = live_node(
        "p",
        vec![class("countersign-status"), attr("role", "status")],
        move || vec![text(status.with(|live| live.status.plain()))],
    );
    let mut nodes = vec![status];
    nodes.extend(header);
    nodes.push(card);
    nodes.extend(footer);
    node("div", attributes, nodes)
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
fn inside(screen: &Screen, scene: &Scene) -> Vec<AnyView> {
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
