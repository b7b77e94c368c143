//! The view model: a [`Screen`] that is built once, and the part of it that changes ([`Live`]).
//!
//! The types are exhaustive: a renderer must handle every body and every action.

use super::card::{Avatar, ConsentCard, LogoutCard};
use crate::{
    flow::Gesture,
    messages::{Key, Messages, Text},
    protocol::Link,
};

/// The view of a machine.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The name of the state, for style sheets and tests.
    pub state: &'static str,
    /// The part that stays the same until the next screen.
    pub screen: Screen,
    /// The part that changes.
    pub live: Live,
}

/// A screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    /// The heading. The focus moves to it when the screen appears. Only the outline has none.
    pub heading: Option<Text>,
    /// The content below the heading.
    pub body: Body,
    /// The actions, in order.
    pub actions: Vec<Action>,
    /// The reference of the failed call, for support.
    pub reference: Option<Text>,
    /// The initial of the site's name, for its mark.
    pub site_initial: String,
}

/// The content below the heading.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The outline of the card, while nothing is known yet.
    Outline,
    /// A message.
    Message(Message),
    /// The consent card.
    Consent(Box<ConsentCard>),
    /// The logout card.
    Logout(Box<LogoutCard>),
}

/// What a screen without a card says.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// What kind of message it is, which decides the sign and its colour.
    pub kind: MessageKind,
    /// The client's logo, if the client is known.
    pub client: Option<Avatar>,
    /// The paragraphs.
    pub paragraphs: Vec<Text>,
    /// A link to the client, if there is one.
    pub link: Option<(Text, Link)>,
}

/// The kind of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// Something is wrong, and the same request will not work.
    Error,
    /// It is a matter of time: the request has expired, or the site takes too long or is busy.
    Expired,
    /// There is no connection.
    Offline,
    /// It is done.
    Done,
    /// It is over, and as far as the page knows nothing was given.
    Closed,
    /// The user has to sign in.
    SignIn,
    /// In progress.
    Wait,
}

/// The part of a screen that changes while it is shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Live {
    /// The progress, for the live region.
    pub status: Text,
    /// What went wrong, shown on the card.
    pub alert: Option<Text>,
    /// Whether a call is pending, so that all controls are disabled.
    pub waiting: bool,
    /// The action whose call is pending.
    pub pressed: Option<Action>,
    /// Which scopes are ticked, by their index in the request.
    pub ticked: Vec<bool>,
    /// Which scopes are implied by another ticked scope, by their index in the request.
    pub implied: Vec<bool>,
    /// Whether all scopes that imply others are unticked.
    pub read_only: bool,
    /// Whether to remember an Allow.
    pub remember: bool,
    /// Whether a press of a guarded action ([`Action::is_guarded`]) comes too early.
    pub unready: bool,
    /// Whether something that the user must see before Allow counts has not been in view.
    pub unseen: bool,
    /// Whether Allow would grant nothing: nothing is ticked, or no organization is chosen.
    pub grants_nothing: bool,
    /// Why nothing would be granted, or why the last press did not count.
    pub hint: Option<Text>,
    /// Whether the user can retry the failed call now.
    pub can_retry: bool,
}

/// An action of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Grant what is ticked.
    Allow,
    /// Grant nothing. It is the other answer beside one that gives something.
    Deny,
    /// Grant nothing, where nothing can be granted now.
    Cancel,
    /// Grant nothing, where all that can be done is done, and go back to the app.
    Return,
    /// Ask the organization's administrators to approve the client.
    RequestApproval,
    /// Repeat the failed call.
    Retry,
    /// Go to the login page.
    SignIn,
    /// Open the app again.
    OpenApp,
    /// Sign out.
    SignOut,
    /// Stay signed in.
    Stay,
}

impl Action {
    /// The label of the button. On a card, [`Screen::label`] has it.
    #[must_use]
    pub const fn label(self) -> Key {
        match self {
            Self::Allow => Key::Allow,
            Self::Deny => Key::Deny,
            Self::Cancel => Key::Cancel,
            Self::RequestApproval => Key::RequestApproval,
            Self::Retry => Key::TryAgain,
            Self::SignIn => Key::ContinueToLogin,
            Self::OpenApp | Self::Return => Key::ReturnedButton,
            Self::SignOut => Key::SignOut,
            Self::Stay => Key::Stay,
        }
    }

    /// The gesture of the button.
    #[must_use]
    pub const fn gesture(self) -> Gesture {
        match self {
            Self::Allow => Gesture::Allow,
            Self::Deny | Self::Cancel | Self::Return => Gesture::Deny,
            Self::RequestApproval => Gesture::RequestApproval,
            Self::Retry => Gesture::Retry,
            Self::SignIn => Gesture::SignIn,
            Self::OpenApp => Gesture::OpenAgain,
            Self::SignOut => Gesture::SignOut,
            Self::Stay => Gesture::Stay,
        }
    }

    /// Whether a press counts only after a moment: the action gives something away.
    #[must_use]
    pub const fn is_guarded(self) -> bool {
        matches!(self, Self::Allow | Self::RequestApproval | Self::SignOut)
    }
}

impl Screen {
    /// The label of an action's button. To allow a payment is called what it is.
    #[must_use]
    pub fn label(&self, action: Action) -> Key {
        match &self.body {
            Body::Consent(card) if card.pays && action == Action::Allow => Key::Pay,
            _ => action.label(),
        }
    }

    /// The outline of the card, without text.
    #[must_use]
    pub const fn outline() -> Self {
        Self {
            heading: None,
            body: Body::Outline,
            actions: Vec::new(),
            reference: None,
            site_initial: String::new(),
        }
    }
}

impl View {
    /// The outline of the card, while nothing is known yet.
    #[must_use]
    pub fn outline(messages: &Messages) -> Self {
        Self {
            state: "starting",
            screen: Screen::outline(),
            live: Live { status: messages.get(Key::OutlineStatus), ..Live::default() },
        }
    }
}
