//! The machine, one event after the other.

use countersign::{
    Realm,
    backend::BackendError,
    flow::{self, Attempt, Entry, Event, Gesture, Machine, Page, Timer, View},
    messages::Messages,
    protocol::{IdempotencyKey, RawQuery},
};
use serde_json::Value;

use super::{Host, QUERY, logout_outcome, outcome};

/// A machine whose effects nobody carries out.
pub struct Play(Machine);

impl Play {
    pub fn open(page: Page) -> Self {
        Self(flow::open(page).machine)
    }

    pub fn authorize() -> Self {
        Self::query(QUERY)
    }

    pub fn query(query: &str) -> Self {
        Self::open(page(Entry::Authorize(RawQuery::new(query))))
    }

    pub fn logout() -> Self {
        Self::open(page(Entry::Logout(RawQuery::new("state=s"))))
    }

    /// The backend answers.
    pub fn answer(self, answer: &Value) -> Self {
        let answered = Event::Answered(self.0.attempt(), Ok(outcome(answer)));
        self.event(answered)
    }

    pub fn answer_logout(self, answer: &Value) -> Self {
        let answered = Event::LogoutAnswered(self.0.attempt(), Ok(logout_outcome(answer)));
        self.event(answered)
    }

    /// The call fails.
    pub fn fail(self, error: impl Into<BackendError>) -> Self {
        let failed = Event::Answered(self.0.attempt(), Err(error.into()));
        self.event(failed)
    }

    pub fn fail_logout(self, error: impl Into<BackendError>) -> Self {
        let failed = Event::LogoutAnswered(self.0.attempt(), Err(error.into()));
        self.event(failed)
    }

    pub fn run_out(self, timer: Timer) -> Self {
        let timed_out = Event::TimedOut(self.0.attempt(), timer);
        self.event(timed_out)
    }

    pub fn user(self, gesture: Gesture) -> Self {
        self.event(Event::User(gesture))
    }

    pub fn allow(self) -> Self {
        self.user(Gesture::Allow(IdempotencyKey::new("K1")))
    }

    pub fn deny(self) -> Self {
        self.user(Gesture::Deny(IdempotencyKey::new("K1")))
    }

    /// An event that carries the current attempt.
    pub fn step(self, event: impl FnOnce(Attempt) -> Event) -> Self {
        let attempt = self.0.attempt();
        self.event(event(attempt))
    }

    pub fn event(self, event: Event) -> Self {
        Self(flow::step(self.0, event).machine)
    }

    pub fn view(&self) -> View {
        flow::view(&self.0, &Messages::default(), &Host)
    }

    /// The number of the screen.
    pub fn scene(&self) -> u32 {
        self.0.scene()
    }
}

fn page(entry: Entry) -> Page {
    Page {
        realm: Realm::Consumer,
        framed: false,
        entry,
        trusted: countersign::flow::Trusted::NotUsed,
    }
}
