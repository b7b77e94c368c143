//! Steps the machine by hand.

use countersign::{
    Realm,
    backend::BackendError,
    flow::{self, Attempt, Effect, Event, Gesture, Machine, PageInfo, Step, Timer},
    messages::Messages,
    protocol::{Flow, IdempotencyKey},
    view::View,
};
use serde_json::Value;

use super::{Host, QUERY, hosted, logout_outcome, outcome};

/// A machine without a driver.
#[derive(Clone)]
pub struct Play(Step);

impl Play {
    pub fn open(page: PageInfo) -> Self {
        Self(flow::open(page))
    }

    pub fn authorize() -> Self {
        Self::query(QUERY)
    }

    pub fn query(query: &str) -> Self {
        Self::of(Realm::Consumer, Flow::Authorize, query)
    }

    pub fn logout() -> Self {
        Self::of(Realm::Consumer, Flow::Logout, "state=s")
    }

    /// A request for a member of an organization.
    pub fn member() -> Self {
        Self::of(Realm::B2b, Flow::Authorize, QUERY)
    }

    fn of(realm: Realm, flow: Flow, query: &str) -> Self {
        Self::open(hosted(realm, flow, query))
    }

    /// The backend returns an outcome.
    pub fn answer(self, answer: &Value) -> Self {
        let answered = Event::AuthorizeResponse(self.attempt(), Ok(outcome(answer)));
        self.event(answered)
    }

    pub fn answer_logout(self, answer: &Value) -> Self {
        let answered = Event::LogoutResponse(self.attempt(), Ok(logout_outcome(answer)));
        self.event(answered)
    }

    /// The call fails.
    pub fn fail(self, error: impl Into<BackendError>) -> Self {
        let failed = Event::AuthorizeResponse(self.attempt(), Err(error.into()));
        self.event(failed)
    }

    pub fn fail_logout(self, error: impl Into<BackendError>) -> Self {
        let failed = Event::LogoutResponse(self.attempt(), Err(error.into()));
        self.event(failed)
    }

    pub fn run_out(self, timer: Timer) -> Self {
        let timed_out = Event::TimedOut(self.attempt(), timer);
        self.event(timed_out)
    }

    /// The arming time has passed and all of the card was in view, so Allow counts.
    pub fn armed(self) -> Self {
        let mut timers = self.0.effects.iter().filter_map(|effect| match effect {
            Effect::Wait { timer, .. } => Some(*timer),
            _ => None,
        });
        let arming = timers.find(|timer| matches!(timer, Timer::Arming(_)));
        let arming = arming.expect("no card has just been shown");
        self.run_out(arming).user(Gesture::CardSeen)
    }

    pub fn user(self, gesture: Gesture) -> Self {
        self.event(Event::User(gesture, IdempotencyKey::new("K1")))
    }

    pub fn toggle(self, place: usize) -> Self {
        self.user(Gesture::ScopeToggled(place))
    }

    /// Arms the card and allows it.
    pub fn allow(self) -> Self {
        self.armed().user(Gesture::Allow)
    }

    pub fn deny(self) -> Self {
        self.user(Gesture::Deny)
    }

    /// An event that carries the current attempt.
    pub fn step(self, event: impl FnOnce(Attempt) -> Event) -> Self {
        let attempt = self.attempt();
        self.event(event(attempt))
    }

    pub fn event(self, event: Event) -> Self {
        Self(flow::step(self.0.machine, event))
    }

    pub fn view(&self) -> View {
        self.view_in(&Messages::default())
    }

    pub fn view_in(&self, messages: &Messages) -> View {
        View::of(&self.0.machine, messages, &Host)
    }

    /// The number of the screen.
    pub fn screen_id(&self) -> u32 {
        self.0.machine.screen_id()
    }

    fn attempt(&self) -> Attempt {
        let machine: &Machine = &self.0.machine;
        machine.attempt()
    }
}
