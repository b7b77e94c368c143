//! A message screen, piece by piece.

use crate::{
    consent::{Client, Destination, DisplayText},
    flow::RedirectReason,
    messages::{Key, Messages, Text},
    platform::Platform,
    protocol::{Link, RedirectTarget},
    view::{Action, Avatar, Body, Message, MessageKind, Screen},
};

/// A message screen that is being built.
pub(super) struct Builder<'a> {
    pub(super) messages: &'a Messages,
    pub(super) platform: &'a dyn Platform,
    /// The client, if the backend has named it.
    client: Option<&'a Client>,
    /// Its name.
    pub(super) name: Option<DisplayText>,
    pub(super) heading: Text,
    pub(super) message: Message,
    pub(super) actions: Vec<Action>,
    pub(super) reference: Option<String>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        messages: &'a Messages,
        platform: &'a dyn Platform,
        client: Option<&'a Client>,
    ) -> Self {
        let name = client.map(|client| client.display_name(messages.language(), platform));
        let name = name.filter(|name| !name.is_empty());
        let logo = client.and_then(|client| client.logo_uri.as_ref());
        let mark = name.as_ref().map(|name| Avatar::new(logo, name, platform));
        let message =
            Message { kind: MessageKind::Error, client: mark, paragraphs: Vec::new(), link: None };
        let (heading, actions) = (Text::default(), Vec::new());
        Self { messages, platform, client, name, heading, message, actions, reference: None }
    }

    pub(super) fn head(&mut self, kind: MessageKind, heading: Key) {
        self.message.kind = kind;
        self.heading = self.messages.get(heading);
    }

    pub(super) fn say(&mut self, key: Key) {
        self.message.paragraphs.push(self.messages.get(key));
    }

    pub(super) fn say_with(&mut self, key: Key, name: &str, value: &str) {
        self.message.paragraphs.push(self.messages.format(key, &[(name, value)]));
    }

    /// A text that names the client. Nothing is said if it is not known.
    pub(super) fn say_client(&mut self, key: Key) {
        if let Some(name) = &self.name {
            let text = self.messages.format(key, &[("client", name.as_str())]);
            self.message.paragraphs.push(text);
        }
    }

    /// Names the host that the browser leaves for.
    pub(super) fn say_where(&mut self, key: Key, target: &RedirectTarget) {
        let registrable = self.client.and_then(|client| client.registrable_domain.as_deref());
        let host = Destination::of(target, registrable).host;
        let text = self.messages.format(key, &[("host", &host.whole())]).with_host(&host);
        self.message.paragraphs.push(text);
    }

    /// What the user has decided, before the page leaves.
    pub(super) fn say_decision(&mut self, reason: RedirectReason) {
        match reason {
            RedirectReason::Denied => self.say_client(Key::DeniedText),
            RedirectReason::Allowed => self.say_client(Key::AllowedText),
            _ => (),
        }
    }

    /// Sends the user back to the client, with a link to its home page if that is known.
    pub(super) fn start_again(&mut self) {
        if self.name.is_none() {
            self.say(Key::StartAgain);
        }
        self.say_client(Key::StartAgainAt);
        let home = self.client.and_then(|client| client.client_uri.as_deref());
        let link = home.and_then(|home| Link::check(home, self.platform));
        self.message.link = link.map(|link| (Text::value(link.host()), link));
    }

    pub(super) fn screen(self) -> Screen {
        Screen {
            heading: Some(self.heading),
            body: Body::Message(self.message),
            actions: self.actions,
            reference: self.reference.map(|text| super::reference(&text, self.messages)),
            site_initial: String::new(),
        }
    }
}
