//! The part of a screen that changes while it is shown.

use super::{Action, Live, card::denial, message};
use crate::{
    backend::{BackendError, Decision, LogoutDecision},
    flow::{
        Arming, CardChange, Consent, Failed, Guard, Machine, Retry, State, SubmittedFrom,
        Submitting, Uncounted,
    },
    messages::{Key, Messages, Piece, Text},
};

/// The live part of the screen of a machine's state.
#[must_use]
pub fn live(machine: &Machine, messages: &Messages) -> Live {
    match machine.state() {
        _ if machine.is_loading_messages() => Live::default(),
        State::Starting(None) => status(Key::OutlineStatus, messages),
        State::Attesting => status(Key::AttestingStatus, messages),
        // The card stays while the backend loads another organization.
        State::Starting(Some(consent)) => Live {
            waiting: true,
            status: messages.get(Key::OutlineStatus),
            ..card(consent, machine.guard(), messages)
        },
        State::Consent(consent) => card(consent, machine.guard(), messages),
        State::Submitting(submitting) => submit(submitting, machine.guard(), messages),
        State::LoginRequired(login) => Live {
            // Deny is offered only with a transaction, so the decision has a key.
            alert: alert(login.error.as_ref(), true, messages),
            ..Live::default()
        },
        State::ConfirmLogout { error, .. } => Live {
            alert: error.as_ref().map(|error| explain(Key::LogoutFailed, error, messages)),
            ..guarded(machine.guard(), messages)
        },
        State::SigningOut(signing) => {
            let (pressed, key) = match signing.decision {
                LogoutDecision::SignOut => (Action::SignOut, Key::SigningOut),
                LogoutDecision::Stay => (Action::Stay, Key::Staying),
            };
            wait_for(pressed, key, Live::default(), messages)
        }
        State::Failed(Failed { retry, .. }) => {
            Live { can_retry: *retry == Retry::Now, ..Live::default() }
        }
        _ => Live::default(),
    }
}

fn status(key: Key, messages: &Messages) -> Live {
    Live { status: messages.get(key), ..Live::default() }
}

/// When a press counts, and why the last one did not.
fn guarded(guard: Guard, messages: &Messages) -> Live {
    let hint = guard.uncounted.map(|uncounted| match uncounted {
        Uncounted::TooEarly => Key::PressTooEarly,
        Uncounted::Unseen => Key::PressUnseen,
        Uncounted::NoOrganization => Key::ConsentOrganizationChoose,
    });
    Live {
        unready: guard.arming != Arming::Armed,
        unseen: !guard.seen,
        hint: hint.map(|key| messages.get(key)),
        ..Live::default()
    }
}

fn card(consent: &Consent, guard: Guard, messages: &Messages) -> Live {
    let (request, selection) = (&consent.request, &consent.selection);
    let selects_nothing = consent.can_allow() && !consent.grants_something();
    let live = guarded(guard, messages);
    Live {
        alert: alert(consent.error.as_ref(), request.transaction.is_some(), messages).or_else(
            || {
                // That of the account is on the card, beside it.
                matches!(consent.change, Some(CardChange::Request))
                    .then(|| messages.get(Key::SubmitChanged))
            },
        ),
        ticked: selection.ticked(request),
        implied: (0..request.scopes.len())
            .map(|index| selection.is_implied(request, index))
            .collect(),
        read_only: selection.is_read_only(request),
        remember: consent.remember,
        grants_nothing: consent.shows_allow() && !consent.grants_something(),
        hint: if selects_nothing { Some(messages.get(Key::ConsentScopesEmpty)) } else { live.hint },
        ..live
    }
}

fn submit(submitting: &Submitting, guard: Guard, messages: &Messages) -> Live {
    let pressed = match (submitting.decision(), &submitting.from) {
        (Decision::Allow, _) => Action::Allow,
        (Decision::Deny, SubmittedFrom::Consent(consent)) => denial(consent),
        (Decision::Deny, SubmittedFrom::Login(_)) => Action::Cancel,
        (Decision::RequestApproval, _) => Action::RequestApproval,
    };
    let (live, pays) = match &submitting.from {
        SubmittedFrom::Consent(consent) => (card(consent, guard, messages), consent.request.pays()),
        SubmittedFrom::Login(_) => (Live::default(), false),
    };
    let key = match pressed {
        Action::Allow if !pays => Key::SubmittingAllow,
        Action::Deny => Key::SubmittingDeny,
        Action::RequestApproval => Key::SubmittingApproval,
        // Who pressed Pay is not told that something is allowed.
        _ => Key::RedirectingHeadingUnknown,
    };
    Live { alert: None, ..wait_for(pressed, key, live, messages) }
}

/// The screen waits for the response to the pressed action.
fn wait_for(pressed: Action, key: Key, live: Live, messages: &Messages) -> Live {
    Live { status: messages.get(key), waiting: true, pressed: Some(pressed), ..live }
}

/// Why a decision failed. The text "Nothing has been shared" requires that the backend itself
/// reported the failure. The text that a retry cannot count twice requires that the decision has a
/// key.
fn alert(error: Option<&BackendError>, has_key: bool, messages: &Messages) -> Option<Text> {
    let error = error?;
    let key = match (error.may_have_taken_effect(), has_key) {
        (false, _) => Key::SubmitFailed,
        (true, true) => Key::SubmitUnknown,
        (true, false) => Key::SubmitUnknownAgain,
    };
    Some(explain(key, error, messages))
}

/// A text, followed by the backend's identifier of the failed call if it has one.
fn explain(key: Key, error: &BackendError, messages: &Messages) -> Text {
    let mut text = messages.get(key);
    if let Some(reference) = error.reference() {
        text.0.push(Piece::Literal(" ".into()));
        text.0.extend(message::reference(&reference, messages).0);
    }
    text
}
