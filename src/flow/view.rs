//! What to show, as data: a [`Screen`] that is built once, and what changes on it ([`Live`]).

use super::{
    Consent, LoginRequired, Machine, State, SubmittedFrom, Submitting,
    card::{self, ConsentCard, LogoutCard},
    screen,
};
use crate::{
    backend::{BackendError, Decision, LogoutDecision},
    messages::{Key, Messages, Text},
    platform::Platform,
    protocol::Link,
};

/// What to show.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The state's name, for style sheets and tests.
    pub state: &'static str,
    /// What stays as long as the same thing is shown.
    pub screen: Screen,
    /// What changes on it.
    pub live: Live,
}

/// One screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    /// The heading; the focus moves to it when the screen appears. None on the outline alone.
    pub heading: Option<Text>,
    /// What stands below it.
    pub body: Body,
    /// What the user can do, in the order shown.
    pub actions: Vec<Action>,
    /// The backend's name for the failed call, for support.
    pub reference: Option<Text>,
}

/// What stands below the heading.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The card's own outline while nothing is known yet.
    Outline,
    /// A few sentences.
    Message {
        /// The sign above the heading.
        sign: Sign,
        /// The sentences.
        paragraphs: Vec<Text>,
        /// Where to go from here, if the user wants to.
        link: Option<(Text, Link)>,
    },
    /// The card.
    Consent(Box<ConsentCard>),
    /// The question whether to sign out.
    Logout(Box<LogoutCard>),
}

/// The sign above a message's heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Something is in the way.
    Caution,
    /// It is done.
    Done,
    /// It is under way.
    Wait,
}

/// What changes while a screen stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Live {
    /// What is going on, for the live region.
    pub status: Text,
    /// What went wrong, on the card itself.
    pub alert: Option<Text>,
    /// Whether controls wait: an answer is on its way.
    pub waiting: bool,
    /// The action whose answer is on its way.
    pub pressed: Option<Action>,
    /// Which scopes are ticked, by their place in the request.
    pub ticked: Vec<bool>,
    /// Whether the failed call can be made again already.
    pub can_retry: bool,
}

/// Something the user can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Grant what is ticked.
    Allow,
    /// Grant nothing.
    Deny,
    /// Make the failed call again.
    Retry,
    /// Go to the login page.
    SignIn,
    /// Open the address again.
    OpenAgain,
    /// The same, where it leads to an app.
    OpenApp,
    /// Sign out.
    SignOut,
    /// Stay signed in.
    Stay,
}

impl Action {
    /// The action's name on its button.
    #[must_use]
    pub const fn label(self) -> Key {
        match self {
            Self::Allow => Key::Allow,
            Self::Deny => Key::Deny,
            Self::Retry => Key::TryAgain,
            Self::SignIn => Key::ContinueToLogin,
            Self::OpenAgain => Key::ContinueToClient,
            Self::OpenApp => Key::ReturnedButton,
            Self::SignOut => Key::SignOut,
            Self::Stay => Key::Stay,
        }
    }

    /// Whether it is one of two answers that must weigh the same.
    #[must_use]
    pub const fn is_decision(self) -> bool {
        matches!(self, Self::Allow | Self::Deny | Self::SignOut | Self::Stay)
    }
}

/// How the user gets on from a screen. There is no screen without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayOn {
    /// By itself: a timer ends the wait.
    Waiting,
    /// By one of its actions.
    Actions,
    /// By what it says: start again at the client, or close the window.
    Instruction,
}

impl View {
    /// The card's outline: what is shown before anything is known.
    #[must_use]
    pub fn outline(messages: &Messages) -> Self {
        Self {
            state: "starting",
            screen: Screen {
                heading: None,
                body: Body::Outline,
                actions: Vec::new(),
                reference: None,
            },
            live: Live {
                status: messages.get(Key::OutlineStatus),
                ..Live::default()
            },
        }
    }

    /// How the user gets on from here; `None` would be a dead end.
    #[must_use]
    pub fn way_on(&self) -> Option<WayOn> {
        let screen = &self.screen;
        match &screen.body {
            _ if !screen.actions.is_empty() => Some(WayOn::Actions),
            Body::Outline
            | Body::Message {
                sign: Sign::Wait, ..
            } => Some(WayOn::Waiting),
            Body::Message { paragraphs, .. } if !paragraphs.is_empty() => Some(WayOn::Instruction),
            _ => None,
        }
    }
}

/// What to show for a machine.
#[must_use]
pub fn view(machine: &Machine, messages: &Messages, platform: &dyn Platform) -> View {
    let show = Shower { messages, platform };
    match machine.state() {
        State::Starting(None) => View::outline(messages),
        State::Starting(Some(consent)) => {
            let live = Live {
                waiting: true,
                status: messages.get(Key::OutlineStatus),
                ..show.live(consent)
            };
            View {
                state: "starting",
                screen: show.consent(consent),
                live,
            }
        }
        State::Consent(consent) => View {
            state: "consent",
            screen: show.consent(consent),
            live: show.live(consent),
        },
        State::Submitting(submitting) => show.submitting(submitting),
        State::LoginRequired(login) => View {
            state: "login-required",
            screen: show.login(login),
            live: Live {
                alert: show.trouble(login.trouble.as_ref()),
                ..Live::default()
            },
        },
        State::ConfirmLogout { asked, trouble } => {
            let alert = trouble.as_ref().map(|_| messages.get(Key::LogoutFailed));
            View {
                state: "confirm-logout",
                screen: card::logout(asked, messages),
                live: Live {
                    alert,
                    ..Live::default()
                },
            }
        }
        State::SigningOut(signing) => {
            let (pressed, status) = match signing.decision {
                LogoutDecision::SignOut => (Action::SignOut, Key::SigningOut),
                LogoutDecision::Stay => (Action::Stay, Key::Staying),
            };
            let live = Live {
                status: messages.get(status),
                waiting: true,
                pressed: Some(pressed),
                ..Live::default()
            };
            View {
                state: "signing-out",
                screen: card::logout(&signing.asked, messages),
                live,
            }
        }
        other => screen::message(other, messages, platform),
    }
}

/// Builds the screens that a decision can be taken on.
struct Shower<'a> {
    messages: &'a Messages,
    platform: &'a dyn Platform,
}

impl Shower<'_> {
    fn consent(&self, consent: &Consent) -> Screen {
        card::consent(&consent.asked, self.messages, self.platform)
    }

    fn live(&self, consent: &Consent) -> Live {
        let places = 0..consent.asked.scopes.len();
        Live {
            alert: self.trouble(consent.trouble.as_ref()),
            ticked: places
                .map(|place| consent.selection.is_ticked(&consent.asked, place))
                .collect(),
            ..Live::default()
        }
    }

    fn submitting(&self, submitting: &Submitting) -> View {
        let (pressed, status) = match submitting.decision() {
            Decision::Allow => (Action::Allow, Key::SubmittingAllow),
            Decision::Deny => (Action::Deny, Key::SubmittingDeny),
        };
        let (screen, live) = match &submitting.from {
            SubmittedFrom::Consent(consent) => (self.consent(consent), self.live(consent)),
            SubmittedFrom::Login(login) => (self.login(login), Live::default()),
        };
        let live = Live {
            status: self.messages.get(status),
            alert: None,
            waiting: true,
            pressed: Some(pressed),
            ..live
        };
        View {
            state: "submitting",
            screen,
            live,
        }
    }

    fn login(&self, login: &LoginRequired) -> Screen {
        screen::login(login, self.messages)
    }

    /// Whether nothing was shared is known only where the backend itself said that it failed.
    fn trouble(&self, error: Option<&BackendError>) -> Option<Text> {
        let unknown = error?.fault.may_have_counted();
        Some(self.messages.get(if unknown {
            Key::SubmitUnknown
        } else {
            Key::SubmitFailed
        }))
    }
}
