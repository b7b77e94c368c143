//! From the state to its view.

use super::{
    Consent, LoginRequired, Machine, SigningOut, State, SubmittedFrom, Submitting, card, screen,
    view::{Action, Live, Screen, View},
};
use crate::{
    backend::{BackendError, Decision, LogoutDecision},
    consent::LogoutConfirmation,
    messages::{Key, Messages, Piece, Text},
    platform::Platform,
};

/// What to show for a machine.
///
/// ```
/// use countersign::{flow::{self, Entry, Page}, messages::Messages, platform::native::Native};
/// use countersign::protocol::{RawQuery, Realm};
///
/// let page = Page { framed: true, ..Page::new(Realm::B2b, Entry::Authorize(RawQuery::default())) };
/// let view = flow::view(&flow::open(page).machine, &Messages::default(), &Native);
/// assert_eq!(view.state, "framed");
/// assert!(view.way_on().is_some());
/// ```
#[must_use]
pub fn view(machine: &Machine, messages: &Messages, platform: &dyn Platform) -> View {
    let show = Shower { messages, platform };
    match machine.state() {
        // Nothing is said in one language to be said again in another.
        _ if machine.speechless => View {
            live: Live::default(),
            ..View::outline(messages)
        },
        State::Starting(None) => View::outline(messages),
        State::Attesting => View::attesting(messages),
        State::Starting(Some(consent)) => show.starting(consent),
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
                // Only where there is a transaction is there a denial.
                alert: show.trouble(login.trouble.as_ref(), true),
                ..Live::default()
            },
        },
        State::ConfirmLogout { asked, trouble } => show.confirm_logout(asked, trouble.as_ref()),
        State::SigningOut(signing) => show.signing_out(signing),
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
        card::consent(consent, self.messages, self.platform)
    }

    fn live(&self, consent: &Consent) -> Live {
        let (asked, selection) = (&consent.asked, &consent.selection);
        let places = 0..asked.scopes.len();
        let empty = consent.can_allow() && !selection.grants_something(asked);
        Live {
            alert: self.trouble(
                consent.trouble.as_ref(),
                consent.asked.transaction.is_some(),
            ),
            ticked: selection.ticked(asked),
            held: places
                .map(|place| selection.is_held(asked, place))
                .collect(),
            read_only: selection.is_read_only(asked),
            remember: consent.remember,
            unready: !consent.is_ready(),
            hint: empty.then(|| self.messages.get(Key::ConsentScopesEmpty)),
            ..Live::default()
        }
    }

    /// The card stays while another organization is asked for.
    fn starting(&self, consent: &Consent) -> View {
        View {
            state: "starting",
            screen: self.consent(consent),
            live: Live {
                waiting: true,
                status: self.messages.get(Key::OutlineStatus),
                ..self.live(consent)
            },
        }
    }

    fn submitting(&self, submitting: &Submitting) -> View {
        let (pressed, status) = match submitting.decision() {
            Decision::Allow => (Action::Allow, Key::SubmittingAllow),
            Decision::Deny => (Action::Deny, Key::SubmittingDeny),
            Decision::RequestApproval => (Action::RequestApproval, Key::SubmittingApproval),
        };
        let (screen, live) = match &submitting.from {
            SubmittedFrom::Consent(consent) => (self.consent(consent), self.live(consent)),
            SubmittedFrom::Login(login) => (self.login(login), Live::default()),
        };
        View {
            state: "submitting",
            screen,
            live: Live {
                alert: None,
                ..self.pressed(pressed, status, live)
            },
        }
    }

    fn login(&self, login: &LoginRequired) -> Screen {
        screen::login(login, self.messages)
    }

    fn confirm_logout(&self, asked: &LogoutConfirmation, trouble: Option<&BackendError>) -> View {
        View {
            state: "confirm-logout",
            screen: card::logout(asked, self.messages),
            live: Live {
                alert: trouble.map(|error| self.explained(Key::LogoutFailed, error)),
                ..Live::default()
            },
        }
    }

    fn signing_out(&self, signing: &SigningOut) -> View {
        let (pressed, status) = match signing.decision {
            LogoutDecision::SignOut => (Action::SignOut, Key::SigningOut),
            LogoutDecision::Stay => (Action::Stay, Key::Staying),
        };
        View {
            state: "signing-out",
            screen: card::logout(&signing.asked, self.messages),
            live: self.pressed(pressed, status, Live::default()),
        }
    }

    /// What changes on a screen whose answer is on its way.
    fn pressed(&self, pressed: Action, status: Key, live: Live) -> Live {
        Live {
            status: self.messages.get(status),
            waiting: true,
            pressed: Some(pressed),
            ..live
        }
    }

    /// Whether nothing was shared is known only where the backend itself said that it failed; and that a second try cannot
    /// count twice, only where the decision has a key.
    fn trouble(&self, error: Option<&BackendError>, keyed: bool) -> Option<Text> {
        let error = error?;
        let key = match (error.fault.may_have_counted(), keyed) {
            (false, _) => Key::SubmitFailed,
            (true, true) => Key::SubmitUnknown,
            (true, false) => Key::SubmitUnknownAgain,
        };
        Some(self.explained(key, error))
    }

    /// A text, with the backend's name for the failed call where there is one.
    fn explained(&self, key: Key, error: &BackendError) -> Text {
        let mut text = self.messages.get(key);
        if let Some(reference) = error.reference() {
            text.0.push(Piece::Words(" ".into()));
            text.0
                .extend(screen::reference(&reference, self.messages).0);
        }
        text
    }
}
