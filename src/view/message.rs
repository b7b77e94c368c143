//! Message screens: what happened, and what the user can do next.

use super::{Action, Avatar, Body, Message, MessageKind, Screen};
use crate::{
    backend::{BackendFault, ClientHome, Decision, Refusal, TransportError},
    consent::{Destination, DisplayText},
    flow::{Failure, Invalid, LoginRequired, RedirectReason, Redirecting, Retry, State},
    messages::{Key, Messages, Text},
    platform::Platform,
    protocol::{Link, LoginReason, RequestError},
    strings::concat,
};

/// A message screen that is being built.
struct Builder<'a> {
    messages: &'a Messages,
    platform: &'a dyn Platform,
    heading: Text,
    message: Message,
    actions: Vec<Action>,
    reference: Option<String>,
}

impl<'a> Builder<'a> {
    fn new(messages: &'a Messages, platform: &'a dyn Platform) -> Self {
        let message =
            Message { kind: MessageKind::Error, client: None, paragraphs: Vec::new(), link: None };
        let (heading, actions) = (Text::default(), Vec::new());
        Self { messages, platform, heading, message, actions, reference: None }
    }

    fn head(&mut self, kind: MessageKind, heading: Key) {
        self.message.kind = kind;
        self.heading = self.messages.get(heading);
    }

    fn say(&mut self, key: Key) {
        self.message.paragraphs.push(self.messages.get(key));
    }

    fn say_with(&mut self, key: Key, name: &str, value: &str) {
        self.message.paragraphs.push(self.messages.format(key, &[(name, value)]));
    }

    /// Names the host that the browser leaves for, and shows the client's logo.
    fn say_where(&mut self, key: Key, redirecting: &Redirecting) {
        let client = redirecting.client.as_ref();
        let registrable = client.and_then(|client| client.registrable_domain.as_deref());
        let host = Destination::of(&redirecting.target, registrable).host;
        let text = self.messages.format(key, &[("host", &host.whole())]).with_host(&host);
        self.message.paragraphs.push(text);
        if let Some(client) = client {
            let name = client.display_name(self.messages.language(), self.platform);
            let avatar = Avatar::new(client.logo_uri.as_ref(), &name, self.platform);
            self.message.client = Some(avatar);
        }
    }

    /// Sends the user back to the client, with a link to its home page if that is known.
    fn start_again(&mut self, name: Option<&DisplayText>, home: Option<&str>) {
        match name {
            Some(name) => self.say_with(Key::StartAgainAt, "client", name.as_str()),
            None => self.say(Key::StartAgain),
        }
        let link = home.and_then(|home| Link::check(home, self.platform));
        self.message.link = link.map(|link| (Text::value(link.host()), link));
    }

    /// The way on from a request that is over.
    fn is_over(&mut self, client: Option<&ClientHome>) {
        let name = client.map(|client| DisplayText::name(&client.name, self.platform));
        let name = name.filter(|name| !name.is_empty());
        self.start_again(name.as_ref(), client.and_then(|client| client.client_uri.as_deref()));
        self.message.client = name.map(|name| Avatar::Initial(name.initial(self.platform)));
    }

    fn screen(self) -> Screen {
        Screen {
            heading: Some(self.heading),
            body: Body::Message(self.message),
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
    let mut screen = Builder::new(messages, platform);
    match state {
        State::Framed => {
            screen.head(MessageKind::Error, Key::FramedHeading);
            screen.say(Key::FramedText);
        }
        State::Invalid(invalid) => self::invalid(&mut screen, invalid),
        State::Redirecting(redirecting) => self::redirecting(&mut screen, redirecting),
        State::Returned(returned) => {
            let is_error = returned.target.is_error();
            // A denial is what the user wanted.
            if is_error && returned.reason != RedirectReason::Denied {
                screen.head(MessageKind::Error, Key::FailedHeading);
            } else {
                screen.head(MessageKind::Done, Key::ReturnedHeading);
            }
            let text = if is_error { Key::ReturnedTextError } else { Key::ReturnedTextApp };
            screen.say_where(text, returned);
            screen.actions.push(Action::OpenApp);
        }
        State::Answered(client, decision) => {
            let heading = match decision {
                Some(Decision::Allow) => Key::AnsweredHeadingAllow,
                Some(Decision::Deny) => Key::AnsweredHeadingDeny,
                _ => Key::AnsweredHeading,
            };
            screen.head(MessageKind::Done, heading);
            screen.say(Key::AnsweredText);
            screen.is_over(client.as_ref());
        }
        State::Expired(client) => {
            screen.head(MessageKind::Expired, Key::ExpiredHeading);
            screen.say(Key::ExpiredText);
            screen.is_over(client.as_ref());
        }
        State::UnsafeAddress(_) => {
            screen.head(MessageKind::Error, Key::UnsafeHeading);
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
        screen.say(Key::StartAgain);
    }
}

/// The browser leaves for a site, and this screen stays as long as it takes. If it takes long, the
/// screen also says where to start again: opening the address twice would send its code twice.
fn redirecting(screen: &mut Builder<'_>, redirecting: &Redirecting) {
    screen.head(MessageKind::Wait, Key::RedirectingHeadingUnknown);
    screen.say_where(Key::RedirectingText, redirecting);
    let client = redirecting.client.as_ref();
    let (messages, platform) = (screen.messages, screen.platform);
    let name = client.map(|client| client.display_name(messages.language(), platform));
    if let Some(name) = &name {
        screen.heading = messages.format(Key::RedirectingHeading, &[("client", name.as_str())]);
    }
    if redirecting.late {
        screen.say(Key::RedirectingLate);
        if redirecting.reason == RedirectReason::Logout {
            return screen.say(Key::ClosePage);
        }
        let home = client.and_then(|client| client.client_uri.as_deref());
        screen.start_again(name.as_ref(), home);
    }
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
pub(super) fn login(login: &LoginRequired, messages: &Messages, platform: &dyn Platform) -> Screen {
    let mut screen = Builder::new(messages, platform);
    if login.is_stuck() {
        screen.head(MessageKind::Error, Key::LoginStuckHeading);
        screen.say(Key::LoginStuckText);
    } else {
        screen.head(MessageKind::SignIn, Key::LoginHeading);
        screen.say(match login.hand_off.reason {
            LoginReason::NoSession | LoginReason::Create => Key::LoginText,
            LoginReason::PromptLogin | LoginReason::MaxAge => Key::LoginTextAgain,
            LoginReason::SelectAccount => Key::LoginTextSelect,
            LoginReason::AccountChanged => Key::LoginTextAccountChanged,
        });
    }
    if login.transaction.is_some() {
        if let Some(way_back) = &login.way_back {
            screen.say_where(Key::LoginCancel, way_back);
        }
        screen.actions.push(Action::Cancel);
    }
    screen.actions.push(Action::SignIn);
    screen.screen()
}
