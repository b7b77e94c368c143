//! Message screens: what happened, and what the user can do next.

mod builder;

use super::{Action, MessageKind, Screen};
use crate::{
    backend::{BackendFault, Decision, Refusal, TransportError},
    consent::{Client, DisplayText},
    flow::{Failure, Invalid, LoginRequired, RedirectReason, Redirecting, Retry, State},
    messages::{Key, Messages, Text},
    platform::Platform,
    protocol::{LoginReason, RequestError},
    strings::concat,
};
use builder::Builder;

/// The reference of a failed call, for support.
pub(in crate::view) fn reference(text: &str, messages: &Messages) -> Text {
    let text = DisplayText::reference(text);
    messages.format(Key::Reference, &[("reference", text.as_str())])
}

/// The screen of a state without a card. `client`: the one that the backend has named.
pub(in crate::view) fn message(
    state: &State,
    client: Option<&Client>,
    messages: &Messages,
    platform: &dyn Platform,
) -> Screen {
    let client = client.filter(|_| match state {
        State::Redirecting(redirecting) | State::Returned(redirecting) => {
            redirecting.reason != RedirectReason::Elsewhere
        }
        // Nothing is left to do for the client.
        State::SignedOut | State::KeptSignedIn | State::LogoutUnsupported => false,
        _ => true,
    });
    let mut screen = Builder::new(messages, platform, client);
    match state {
        State::Framed => {
            screen.head(MessageKind::Error, Key::FramedHeading);
            screen.say(Key::FramedText);
        }
        State::Invalid(invalid) => self::invalid(&mut screen, invalid),
        State::Redirecting(redirecting) => self::redirecting(&mut screen, redirecting),
        State::Returned(returned) => self::returned(&mut screen, returned),
        State::Answered(decision) => {
            let (kind, heading) = match decision {
                Some(Decision::Allow) => (MessageKind::Done, Key::AnsweredHeadingAllow),
                Some(Decision::Deny) => (MessageKind::Closed, Key::AnsweredHeadingDeny),
                _ => (MessageKind::Closed, Key::AnsweredHeading),
            };
            screen.head(kind, heading);
            if *decision == Some(Decision::Deny) {
                screen.say_client(Key::DeniedText);
            }
            screen.say(Key::AnsweredText);
            screen.start_again();
        }
        State::Expired => {
            screen.head(MessageKind::Expired, Key::ExpiredHeading);
            screen.say(Key::ExpiredText);
            screen.start_again();
        }
        State::UnsafeAddress(_) => {
            screen.head(MessageKind::Error, Key::UnsafeHeading);
            screen.say_client(Key::AskedBy);
            screen.say(Key::UnsafeText);
        }
        State::Failed(failed) => self::failed(&mut screen, &failed.failure, failed.retry),
        State::SignedOut => {
            screen.head(MessageKind::Done, Key::SignedOutHeading);
            screen.say(Key::ClosePage);
        }
        State::LogoutUnsupported => {
            screen.head(MessageKind::Error, Key::KeptHeading);
            screen.say(Key::KeptUnsupported);
        }
        // Other states have a screen of their own and never get here, except the last one: the user
        // stays signed in.
        _ => {
            screen.head(MessageKind::Done, Key::KeptHeading);
            screen.say(Key::KeptText);
        }
    }
    screen.screen()
}

fn invalid(screen: &mut Builder<'_>, invalid: &Invalid) {
    screen.head(MessageKind::Error, Key::InvalidHeading);
    let mut can_start_again = true;
    match invalid {
        Invalid::Request(RequestError::Missing(name)) => {
            screen.say_with(Key::InvalidMissing, "parameter", name);
        }
        Invalid::Request(RequestError::Duplicate(name)) => {
            screen.say_with(Key::InvalidDuplicate, "parameter", name);
        }
        Invalid::Request(RequestError::TooLong) => screen.say(Key::InvalidTooLong),
        Invalid::Response(answer) => {
            match answer.refusal {
                Refusal::Over => screen.head(MessageKind::Expired, Key::ExpiredHeading),
                // Somebody else has to do something first.
                Refusal::Setup | Refusal::Organization | Refusal::Limit => can_start_again = false,
                _ => (),
            }
            screen.say(match answer.refusal {
                Refusal::Malformed => Key::InvalidText,
                Refusal::Client => Key::InvalidClient,
                Refusal::RedirectUri => Key::InvalidRedirectUri,
                Refusal::Scope => Key::InvalidScope,
                Refusal::Setup => Key::InvalidSetup,
                Refusal::Organization => Key::InvalidOrganization,
                Refusal::Revoked => Key::InvalidRevoked,
                Refusal::Over => Key::InvalidOver,
                Refusal::Limit => Key::InvalidLimit,
                Refusal::Silent => Key::InvalidSilent,
            });
            screen.reference = Some(concat(&[&answer.error, " ", answer.request_id.as_str()]));
        }
    }
    if can_start_again {
        screen.start_again();
    }
}

/// The browser leaves for a site, and this screen stays as long as it takes. If it takes long, the
/// screen also says where to start again: opening the address twice would send its code twice.
fn redirecting(screen: &mut Builder<'_>, redirecting: &Redirecting) {
    screen.head(MessageKind::Wait, Key::RedirectingHeadingUnknown);
    if let Some(name) = &screen.name {
        let values = [("client", name.as_str())];
        screen.heading = screen.messages.format(Key::RedirectingHeading, &values);
    }
    screen.say_decision(redirecting.reason);
    screen.say_where(Key::RedirectingText, &redirecting.target);
    if redirecting.late {
        screen.say(Key::RedirectingLate);
        if redirecting.reason == RedirectReason::Logout {
            screen.say(Key::ClosePage);
        } else {
            screen.start_again();
        }
    }
}

/// An app was opened, and the page is still there.
fn returned(screen: &mut Builder<'_>, returned: &Redirecting) {
    // A denial is what the user wanted.
    let (kind, heading, text) = match returned.reason {
        RedirectReason::Denied => (MessageKind::Closed, Key::ReturnedHeading, Key::ReturnedTextApp),
        _ if returned.target.is_error() => {
            (MessageKind::Error, Key::FailedHeading, Key::ReturnedTextError)
        }
        _ => (MessageKind::Done, Key::ReturnedHeading, Key::ReturnedTextApp),
    };
    screen.head(kind, heading);
    screen.say_decision(returned.reason);
    screen.say_where(text, &returned.target);
    screen.actions.push(Action::OpenApp);
}

fn failed(screen: &mut Builder<'_>, failure: &Failure, retry: Retry) {
    let (kind, heading, text) = match failure {
        Failure::Backend(error) => {
            screen.reference = error.reference();
            failed_call(&error.fault)
        }
        Failure::HandOff(_) => SET_UP_WRONG,
    };
    screen.head(kind, heading);
    screen.say_client(Key::AskedBy);
    match retry {
        Retry::Now => screen.say(text),
        Retry::After(wait) => {
            let (key, platform) = (Key::FailedBusyWait, screen.platform);
            let text = screen.messages.count(key, "seconds", wait, platform);
            screen.message.paragraphs.push(text);
        }
    }
    if text == Key::FailedText {
        screen.say(Key::FailedAgain);
    }
    // Nothing that the user does here helps a page that is set up wrong.
    if text != Key::FailedSetup {
        screen.actions.push(Action::Retry);
    }
    if text == Key::FailedToken {
        screen.actions.push(Action::SignIn);
    }
}

const SET_UP_WRONG: (MessageKind, Key, Key) =
    (MessageKind::Error, Key::FailedSetupHeading, Key::FailedSetup);

/// What happened, and what the user can do.
const fn failed_call(fault: &BackendFault) -> (MessageKind, Key, Key) {
    use MessageKind::{Error, Expired, Offline};
    match fault {
        BackendFault::Transport(TransportError::TimedOut) => {
            (Expired, Key::FailedTimeoutHeading, Key::FailedAgain)
        }
        BackendFault::Transport(TransportError::Unreachable) => {
            (Offline, Key::FailedOfflineHeading, Key::FailedOffline)
        }
        BackendFault::CrossOriginCall | BackendFault::Unsupported => SET_UP_WRONG,
        BackendFault::NoCookies => (Error, Key::FailedCookiesHeading, Key::FailedCookies),
        BackendFault::Token => (Error, Key::LoginStuckHeading, Key::FailedToken),
        BackendFault::Busy { .. } => (Expired, Key::FailedBusyHeading, Key::FailedAgain),
        _ => (Error, Key::FailedHeading, Key::FailedText),
    }
}

/// The screen before the login page.
pub(in crate::view) fn login(
    login: &LoginRequired,
    client: Option<&Client>,
    messages: &Messages,
    platform: &dyn Platform,
) -> Screen {
    let mut screen = Builder::new(messages, platform, client);
    let text = match login.hand_off.reason {
        _ if login.is_stuck() => Key::LoginStuckText,
        LoginReason::NoSession | LoginReason::Create => Key::LoginText,
        LoginReason::PromptLogin | LoginReason::MaxAge => Key::LoginTextAgain,
        LoginReason::SelectAccount => Key::LoginTextSelect,
        LoginReason::AccountChanged => Key::LoginTextAccountChanged,
    };
    if login.is_stuck() {
        screen.head(MessageKind::Error, Key::LoginStuckHeading);
    } else {
        screen.head(MessageKind::SignIn, Key::LoginHeading);
    }
    screen.say_client(Key::AskedBy);
    screen.say(text);
    if login.transaction.is_some() {
        if let Some(way_back) = &login.way_back {
            screen.say_where(Key::LoginCancel, way_back);
        }
        screen.actions.push(Action::Cancel);
    }
    screen.actions.push(Action::SignIn);
    screen.screen()
}
