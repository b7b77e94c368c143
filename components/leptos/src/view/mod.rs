//! The card and the screens, as functions of their data: no fetch, no storage, no effects.
//!
//! The structure of a screen is built once ([`Screen`]); what changes on it ([`Live`]) reaches its places by signals, so
//! that nothing jumps and the focus stays.

mod consent;
mod message;
mod node;
mod parts;
mod scopes;

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use countersign::{
    flow::{Action, Body, Live, Screen, View},
    messages::Messages,
    protocol::OrganizationId,
};
use leptos::{prelude::*, tachys::html::attribute::any_attribute::AnyAttribute};

use crate::{Theme, Tokens};
use node::{attr, class, live_attr, live_node, node, text};

/// What the user did on a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Pressed a button.
    Action(Action),
    /// Ticked or unticked the scope at this place.
    Scope(usize),
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

/// A screen, its number, and the texts it is in where they are not those of the start.
#[derive(Debug, Clone)]
struct Shot {
    scene: u32,
    screen: Screen,
    messages: Option<Arc<Messages>>,
}

impl Shown {
    /// Starts with a view.
    #[must_use]
    pub fn new(view: View) -> Self {
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
                messages: None,
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
    pub(crate) fn put(&self, view: View, scene: u32, texts: Option<Arc<Messages>>) {
        let View {
            state,
            screen,
            live,
        } = view;
        self.state.set(state);
        self.live.set(live);
        if texts.is_some() || !self.is_at(scene) {
            let before = self.screen.with_untracked(|shot| shot.messages.clone());
            let messages = texts.or(before);
            self.screen.set(Shot {
                scene,
                screen,
                messages,
            });
        }
    }
}

/// What every view needs.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    /// The widget's number: no two on a page share an identifier.
    pub widget: u32,
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
pub fn root(shown: Shown, messages: Arc<Messages>, theme: Theme, hand: Hand) -> AnyView {
    dressed(shown, messages, theme, None, hand)
}

/// The whole widget, with values for its tokens.
pub(crate) fn dressed(
    shown: Shown,
    messages: Arc<Messages>,
    theme: Theme,
    tokens: Option<Tokens>,
    hand: Hand,
) -> AnyView {
    let Shown {
        state,
        screen,
        live,
    } = shown;
    let scene = Scene {
        widget: WIDGETS.fetch_add(1, Ordering::Relaxed),
        messages,
        live: live.clone(),
        hand,
    };
    let (busy, status) = (live.clone(), live);
    let mut attributes: Vec<AnyAttribute> = vec![
        class("countersign"),
        attr("part", "root"),
        // The language of the texts, and its direction, whatever the page around is in.
        attr("lang", "en"),
        attr("dir", "ltr"),
        live_attr("data-state", move || Some(state.get().to_owned())),
    ];
    attributes.extend(theme.as_str().map(|theme| attr("data-theme", theme)));
    attributes.extend(tokens.map(|tokens| tokens.0));
    node(
        "div",
        attributes,
        vec![
            live_node(
                "p",
                vec![class("countersign-status"), attr("role", "status")],
                move || vec![text(status.with(|live| live.status.plain()))],
            ),
            live_node(
                "div",
                vec![
                    class("countersign-card"),
                    attr("part", "card"),
                    live_attr("aria-busy", move || {
                        busy.with(|live| live.waiting).then(|| "true".to_owned())
                    }),
                ],
                move || {
                    screen.with(|shot| {
                        let mut scene = scene.clone();
                        if let Some(messages) = &shot.messages {
                            scene.messages = Arc::clone(messages);
                        }
                        card(&shot.screen, &scene)
                    })
                },
            ),
        ],
    )
}

/// The inside of the card.
fn card(screen: &Screen, scene: &Scene) -> Vec<AnyView> {
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
