//! The context of all states, and steps that several handlers share.

use std::sync::Arc;

use super::{
    Arming, Attempt, Consent, Effect, Guard, PageInfo, Question, State, Timer, Transition,
    Uncounted, WidgetError,
};
use crate::{
    backend::{ClientHome, LogoutStartRequest, StartRequest, SubmitRequest},
    consent::{Client, Registration},
    protocol::{
        ClientId, Locale, LoginHint, OrganizationId, RawQuery, Realm, RequestError, RequestRef,
        TransactionId, UnsafeAddress,
    },
};

use super::state::Invalid;

/// The data that all states share.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Context {
    pub realm: Realm,
    pub attempt: Attempt,
    /// The question to repeat for this request. It is set as soon as the request is known to be
    /// usable.
    pub question: Option<Question>,
    pub ui_locales: Vec<Locale>,
    pub login_hint: Option<LoginHint>,
    /// The decision that was sent and has no response yet. If the user repeats it, it keeps its
    /// key, so that it counts once.
    pub unanswered: Option<SubmitRequest>,
    /// The client that the backend named last: who asks, and the way back if the request ends without
    /// an outcome.
    pub client: Option<Arc<Client>>,
    /// Whether the page is visible and has the focus.
    pub visible: bool,
    /// The number of armings so far.
    pub armings: u32,
    /// When a press of a decision counts.
    pub guard: Guard,
    /// `true` while a translation is loading; views render the skeleton without text.
    pub loading_messages: bool,
    pub own_hosts: Vec<String>,
    /// The name that the backend gave last, else the page's.
    pub site_name: Option<String>,
    /// The number of the current screen.
    pub screen_id: u32,
}

impl Context {
    /// The context of a new page.
    pub fn new(page: &PageInfo) -> Self {
        Self {
            realm: page.realm,
            attempt: Attempt::default(),
            question: None,
            ui_locales: page.query.ui_locales(),
            login_hint: None,
            unanswered: None,
            client: None,
            visible: true,
            armings: 0,
            guard: Guard::default(),
            loading_messages: false,
            own_hosts: page.own_hosts.clone(),
            site_name: page.site_name.clone(),
            screen_id: 0,
        }
    }

    /// Remembers the client of the request.
    pub fn remember_client(&mut self, client: &Arc<Client>) {
        self.client = Some(Arc::clone(client));
    }

    /// Remembers the client that an error names, unless the page knows more about it.
    #[inline(never)]
    pub fn remember_home(&mut self, home: ClientHome) {
        if self.client.as_ref().is_none_or(|client| client.name != home.name) {
            let client = Client::new(ClientId::new(""), home.name, Registration::Dynamic);
            self.client = Some(Arc::new(Client { client_uri: home.client_uri, ..client }));
        }
    }

    /// Keeps the site's name for all later screens.
    pub fn remember_site(&mut self, name: &mut Option<String>) {
        self.site_name = name.take().or_else(|| self.site_name.take());
    }

    /// Takes a new attempt number, so that every pending response becomes stale.
    pub const fn renumber(&mut self) -> Attempt {
        self.attempt = self.attempt.next();
        self.attempt
    }

    /// Waits for a timer of the current attempt.
    pub const fn wait(&self, timer: Timer) -> Effect {
        Effect::Wait { attempt: self.attempt, timer }
    }

    /// Asks the backend in a new attempt. A card stays on the screen meanwhile.
    pub fn ask(&mut self, question: Question, card: Option<Box<Consent>>) -> Transition {
        let attempt = self.renumber();
        self.question = Some(question.clone());
        let (state, call) = match question {
            Question::Start(request) => {
                (State::Starting(card), Some(Effect::Start { attempt, request }))
            }
            Question::Logout(query) => {
                let realm = self.realm;
                let request = LogoutStartRequest { realm, query };
                let call = Effect::LogoutStart { attempt, request };
                (State::Starting(card), Some(call))
            }
            Question::Attest(token, _) => {
                (State::Attesting, token.map(|token| Effect::Attest { attempt, token }))
            }
        };
        let transition = match state {
            State::Starting(Some(_)) => Transition::same_screen(state),
            _ => Transition::new_screen(state),
        };
        let wait = self.wait(Timer::Response);
        transition.with(call).with([wait])
    }

    /// Repeats the last question. Without one, nothing changes.
    pub fn ask_again(&mut self, state: State, card: Option<Box<Consent>>) -> Transition {
        match self.question.clone() {
            Some(question) => self.ask(question, card),
            None => Transition::same_screen(state),
        }
    }

    /// Starts the timers of a card: the time before Allow counts, and the end of the transaction.
    pub fn present(&mut self, consent: &Consent) -> Vec<Effect> {
        let mut effects = vec![self.wait(Timer::Expiry(consent.request.expires_at))];
        effects.extend(self.arm());
        effects
    }

    /// Starts the time before a decision counts, if the page is visible and its texts are shown.
    pub fn arm(&mut self) -> Option<Effect> {
        self.guard.uncounted = None;
        if !self.visible || self.loading_messages {
            self.guard.arming = Arming::Hidden;
            return None;
        }
        self.armings = self.armings.wrapping_add(1);
        self.guard.arming = Arming::Waiting(self.armings);
        Some(self.wait(Timer::Arming(self.armings)))
    }

    /// The effects of a press that does not count: the time starts again, and what was not in view
    /// comes into view. `None` if the press counts.
    pub fn refuse_press(&mut self, must_be_seen: bool) -> Option<Vec<Effect>> {
        let uncounted = self.guard.refuses(must_be_seen)?;
        let arming = self.arm();
        self.guard.uncounted = Some(uncounted);
        let show = (uncounted == Uncounted::Unseen).then_some(Effect::ShowUnseen);
        Some(arming.into_iter().chain(show).collect())
    }

    /// Refers to the request by its transaction from now on, also after a reload.
    pub fn adopt_transaction(
        &mut self,
        transaction: &TransactionId,
        organization: Option<OrganizationId>,
    ) -> Effect {
        self.question = Some(Question::Start(StartRequest {
            realm: self.realm,
            request: RequestRef::Transaction(transaction.clone()),
            organization,
        }));
        Effect::ReplaceUrl(transaction.clone())
    }

    /// The reference to the request: its transaction, else its query.
    pub fn request_ref(&self, transaction: Option<&TransactionId>) -> RequestRef {
        if let Some(transaction) = transaction {
            return RequestRef::Transaction(transaction.clone());
        }
        match self.question.as_ref().and_then(Question::start) {
            Some(StartRequest { request: query @ RequestRef::Query(_), .. }) => query.clone(),
            _ => RequestRef::Query(RawQuery::default()),
        }
    }
}

/// Refuses a request that no backend could answer.
pub(super) fn unusable(error: RequestError) -> Transition {
    let reported = WidgetError::of(error.code());
    Transition::new_screen(State::Invalid(Invalid::Request(error)))
        .with([Effect::ReportError(reported)])
}

/// Refuses to open an address.
pub(super) fn refuse_address(unsafe_address: UnsafeAddress) -> Transition {
    let reported = WidgetError::of(unsafe_address.code());
    Transition::new_screen(State::UnsafeAddress(unsafe_address))
        .with([Effect::ReportError(reported)])
}
