//! What to show, as data: a [`Screen`] that is built once, and what changes on it ([`Live`]).

use super::card::{ConsentCard, LogoutCard};
use crate::{
    flow::Gesture,
    messages::{Key, Messages, Text},
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
    /// Which scopes come with another that is ticked, by their place in the request.
    pub implied: Vec<bool>,
    /// Whether what only widens other scopes is left out.
    pub read_only: bool,
    /// Whether an `allow` is to be remembered.
    pub remember: bool,
    /// Whether `allow` does not count yet, or would grant nothing.
    pub unready: bool,
    /// Why `allow` would grant nothing.
    pub hint: Option<Text>,
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
    /// Ask the organization's administrators to approve the client.
    RequestApproval,
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
            Self::RequestApproval => Key::RequestApproval,
            Self::Retry => Key::TryAgain,
            Self::SignIn => Key::ContinueToLogin,
            Self::OpenAgain => Key::ContinueToClient,
            Self::OpenApp => Key::ReturnedButton,
            Self::SignOut => Key::SignOut,
            Self::Stay => Key::Stay,
        }
    }

    /// The gesture that pressing its button makes.
    #[must_use]
    pub const fn gesture(self) -> Gesture {
        match self {
            Self::Allow => Gesture::Allow,
            Self::Deny => Gesture::Deny,
            Self::RequestApproval => Gesture::RequestApproval,
            Self::Retry => Gesture::Retry,
            Self::SignIn => Gesture::SignIn,
            Self::OpenAgain | Self::OpenApp => Gesture::OpenAgain,
            Self::SignOut => Gesture::SignOut,
            Self::Stay => Gesture::Stay,
        }
    }

    /// Whether it is one of two answers that must weigh the same.
    #[must_use]
    pub const fn is_decision(self) -> bool {
        matches!(
            self,
            Self::Allow | Self::Deny | Self::RequestApproval | Self::SignOut | Self::Stay
        )
    }
}

/// What the user can do next. Every screen has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// By itself: a timer ends the wait.
    Waiting,
    /// By one of its actions.
    Actions,
    /// By what it says: start again at the client, or close the window.
    Instruction,
}

impl Screen {
    /// The card's outline, before anything is known. It has no text.
    #[must_use]
    pub const fn outline() -> Self {
        Self {
            heading: None,
            body: Body::Outline,
            actions: Vec::new(),
            reference: None,
        }
    }

    /// What the user can do next; `None` would be a dead end.
    #[must_use]
    pub fn next_step(&self) -> Option<NextStep> {
        match &self.body {
            _ if !self.actions.is_empty() => Some(NextStep::Actions),
            Body::Outline
            | Body::Message {
                sign: Sign::Wait, ..
            } => Some(NextStep::Waiting),
            Body::Message { paragraphs, .. } if !paragraphs.is_empty() => {
                Some(NextStep::Instruction)
            }
            _ => None,
        }
    }
}

impl View {
    /// The card's outline: what is shown before anything is known.
    #[must_use]
    pub fn outline(messages: &Messages) -> Self {
        Self {
            state: "starting",
            screen: Screen::outline(),
            live: Live {
                status: messages.get(Key::OutlineStatus),
                ..Live::default()
            },
        }
    }
}
