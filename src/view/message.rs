//! Message screens: what happened, and what the user can do next.

use super::{Action, Body, Screen, Sign};
use crate::{
    backend::{BackendFault, ClientHome, Decision, Refusal, TransportError},
    consent::{Destination, DisplayText},
    flow::{Failure, Invalid, LoginRequired, Redirecting, Retry, State},
    messages::{Key, Messages, Text},
    platform::Platform,
    protocol::{Link, LoginReason, RequestError},
};

/// A builder for a message screen.
struct Message<'a> {
    messages: &'a Messages,
    sign: Sign,
    heading: Text,
    paragraphs: Vec<Text>,
    link: Option<(Text, Link)>,
    actions: Vec<Action>,
    reference: Option<String>,
}

impl<'a> Message<'a> {
    fn new(sign: Sign, heading: Key, messages: &'a Messages) -> Self {
        let heading = messages.get(heading);
        Self {
            messages,
            sign,
            heading,
            paragraphs: Vec::new(),
            link: None,
            actions: Vec::new(),
            reference: None,
        }
    }

    fn say(mut self, key: Key) -> Self {
        self.paragraphs.push(self.messages.get(key));
        self
    }

    fn say_text(mut self, text: Text) -> Self {
        self.paragraphs.push(text);
        self
    }

    fn say_with(mut self, key: Key, name: &str, value: &str) -> Self {
        self.paragraphs.push(self.messages.format(key, &[(name, value)]));
        self
    }

    /// Names the host that the browser leaves for.
    fn say_where(self, key: Key, redirecting: &Redirecting) -> Self {
        let client = redirecting.client.as_ref();
        let registrable = client.and_then(|client| client.registrable_domain.as_deref());
        let host = Destination::of(&redirecting.target, registrable).host;
        let text = self.messages.format(key, &[("host", &host.whole())]).with_host(&host);
        self.say_text(text)
    }

    fn act(mut self, action: Action) -> Self {
        self.actions.push(action);
        self
    }

    /// Sends the user back to the client, with a link to its home page if that is known.
    fn start_again(self, client: Option<&ClientHome>, platform: &dyn Platform) -> Self {
        let name = client.map(|client| DisplayText::name(&client.name, platform));
        let screen = match name.filter(|name| !name.is_empty()) {
            Some(name) => self.say_with(Key::StartAgainAt, "client", name.as_str()),
            None => self.say(Key::StartAgain),
        };
        let link = client.and_then(|client| Link::check(client.client_uri.as_deref()?, platform));
        Self { link: link.map(|link| (Text::value(link.host()), link)), ..screen }
    }

    /// Without a link to follow, the way on is to close the page.
    fn or_close(self) -> Self {
        if self.link.is_some() { self } else { self.say(Key::ClosePage) }
    }

    fn screen(self) -> Screen {
        Screen {
            heading: Some(self.heading),
            body: Body::Message { sign: self.sign, paragraphs: self.paragraphs, link: self.link },
            actions: self.actions,
            reference: self.reference.map(|text| reference(&text, self.messages)),
            site_initial: String::new(),
        }
    }
}

/// The reference of a failed call, for support.
pub(super) fn reference(text: &str, messages: &Messages) -> Text {
    let text = DisplayText::reference(text);
    messages.format(Key::Reference, &[("reference", text.as_str())])
}

/// The screen of a state without a card.
pub(super) fn message(state: &State, messages: &Messages, platform: &dyn Platform) -> Screen {
    let new = |sign, heading| Message::new(sign, heading, messages);
    match state {
        State::Framed => new(Sign::Caution, Key::FramedHeading).say(Key::FramedText).screen(),
        State::Invalid(invalid) => self::invalid(invalid, messages).screen(),
        State::Redirecting(redirecting) => {
            self::redirecting(redirecting, messages, platform).screen()
        }
        State::Returned(returned) => {
            let (sign, text) = if returned.target.is_error() {
                (Sign::Caution, Key::ReturnedTextError)
            } else {
                (Sign::Done, Key::ReturnedTextApp)
            };
            new(sign, Key::ReturnedHeading).say_where(text, returned).act(Action::OpenApp).screen()
        }
        State::Answered(client, decision) => {
            let heading = match decision {
                Some(Decision::Allow) => Key::AnsweredHeadingAllow,
                Some(Decision::Deny) => Key::AnsweredHeadingDeny,
                _ => Key::AnsweredHeading,
            };
            new(Sign::Done, heading)
                .say(Key::AnsweredText)
                .start_again(client.as_ref(), platform)
                .or_close()
                .screen()
        }
        State::Expired(client) => new(Sign::Caution, Key::ExpiredHeading)
            .say(Key::ExpiredText)
            .start_again(client.as_ref(), platform)
            .or_close()
            .screen(),
        State::UnsafeAddress(_) => {
            new(Sign::Caution, Key::UnsafeHeading).say(Key::UnsafeText).screen()
        }
        State::Failed(failed) => self::failed(&failed.failure, failed.retry, messages, platform),
        State::SignedOut => new(Sign::Done, Key::SignedOutHeading).say(Key::ClosePage).screen(),
        // Other states have a screen of their own and never get here, except the last one: the user
        // stays signed in.
        _ => new(Sign::Done, Key::KeptHeading).say(Key::KeptText).screen(),
    }
}

fn invalid<'a>(invalid: &Invalid, messages: &'a Messages) -> Message<'a> {
    let screen = Message::new(Sign::Caution, Key::InvalidHeading, messages);
    let screen = match invalid {
        Invalid::Request(RequestError::Missing(name)) => {
            screen.say_with(Key::InvalidMissing, "parameter", name)
        }
        Invalid::Request(RequestError::Duplicate(name)) => {
            screen.say_with(Key::InvalidDuplicate, "parameter", name)
        }
        Invalid::Request(RequestError::TooLong) => screen.say(Key::InvalidTooLong),
        Invalid::Response(answer) => {
            let key = match answer.refusal {
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
            };
            let reference = format!("{} {}", answer.error, answer.request_id.as_str());
            Message { reference: Some(reference), ..screen.say(key) }
        }
    };
    screen.say(Key::StartAgain)
}

/// The browser leaves for a site, and this screen stays as long as it takes. If it takes long, the
/// screen also says where to start again: opening the address twice would send its code twice.
fn redirecting<'a>(
    redirecting: &Redirecting,
    messages: &'a Messages,
    platform: &dyn Platform,
) -> Message<'a> {
    let mut screen = Message::new(Sign::Wait, Key::RedirectingHeadingUnknown, messages)
        .say_where(Key::RedirectingText, redirecting);
    let client = redirecting.client.as_ref().map(|client| ClientHome {
        name: client.display_name(messages.language(), platform).into_string(),
        client_uri: client.client_uri.clone(),
    });
    if let Some(client) = &client {
        screen.heading = messages.format(Key::RedirectingHeading, &[("client", &client.name)]);
    }
    if redirecting.late {
        screen = screen.say(Key::RedirectingLate).start_again(client.as_ref(), platform);
    }
    screen
}

fn failed(failure: &Failure, retry: Retry, messages: &Messages, platform: &dyn Platform) -> Screen {
    let screen = Message::new(Sign::Caution, Key::FailedHeading, messages).act(Action::Retry);
    let screen = match failure {
        Failure::HandOff(_) => screen.say(Key::FailedSetup),
        Failure::Backend(error) => {
            let screen = match (&error.fault, retry) {
                (BackendFault::Transport(TransportError::TimedOut), _) => {
                    screen.say(Key::FailedTimeout)
                }
                (BackendFault::Transport(TransportError::Unreachable), _) => {
                    screen.say(Key::FailedOffline)
                }
                (BackendFault::CrossOriginCall | BackendFault::Unsupported, _) => {
                    screen.say(Key::FailedSetup)
                }
                (BackendFault::NoCookies, _) => screen.say(Key::LoginStuckText),
                (BackendFault::Token, _) => screen.say(Key::FailedToken).act(Action::SignIn),
                (BackendFault::Busy { .. }, Retry::Now) => screen.say(Key::FailedBusy),
                (BackendFault::Busy { .. }, Retry::After(wait)) => {
                    screen.say_text(messages.count(Key::FailedBusyWait, "seconds", wait, platform))
                }
                _ => screen.say(Key::FailedText),
            };
            Message { reference: error.reference(), ..screen }
        }
    };
    screen.screen()
}

/// The screen before the login page.
pub(super) fn login(login: &LoginRequired, messages: &Messages) -> Screen {
    let screen = if login.is_stuck() {
        Message::new(Sign::Caution, Key::LoginStuckHeading, messages).say(Key::LoginStuckText)
    } else {
        Message::new(Sign::Wait, Key::LoginHeading, messages).say(match login.hand_off.reason {
            LoginReason::NoSession | LoginReason::Create => Key::LoginText,
            LoginReason::PromptLogin | LoginReason::MaxAge => Key::LoginTextAgain,
            LoginReason::SelectAccount => Key::LoginTextSelect,
            LoginReason::AccountChanged => Key::LoginTextAccountChanged,
        })
    };
    let screen = if login.transaction.is_some() { screen.act(Action::Deny) } else { screen };
    screen.act(Action::SignIn).screen()
}
