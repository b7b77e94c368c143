//! A backend behind a network that loses messages.

use super::server::{Answer, Backend, Mood};
use crate::testing::fixtures::{self, unreachable};
use countersign::{
    backend::{BackendFault, StartRequest, SubmitRequest},
    flow::{self, Attempt, Effect, Event, Gesture, Machine, State, Step, Timer},
    protocol::{IdempotencyKey, OrganizationId},
};

/// What happens next.
#[derive(Debug, Clone)]
pub(super) enum Act {
    User(Hand),
    /// The oldest pending call arrives, and its response returns.
    Arrives(Mood),
    /// The oldest pending call arrives, but its response is lost: the call fails as unreachable.
    AnswerLost(Mood),
    /// The call is lost.
    Lost,
    /// The call arrives only after the widget has stopped waiting.
    TooSlow(Mood),
    PageRestored,
    Expires,
    /// The card is visible for a moment.
    Looks,
    /// The page becomes hidden, or visible again.
    Turns(bool),
}

#[derive(Debug, Clone)]
pub(super) enum Hand {
    Allow,
    Deny,
    Approval,
    Toggle(usize),
    ReadOnly,
    Remember,
    Choose(&'static str),
    Retry,
    SwitchAccount,
}

#[derive(Debug, Clone)]
enum Pending {
    Start(Attempt, StartRequest),
    Submit(Attempt, SubmitRequest),
}

/// The widget, its backend, and the network between them.
pub(super) struct World {
    pub(super) machine: Machine,
    pub(super) backend: Backend,
    under_way: Vec<Pending>,
    timers: Vec<(Attempt, Timer)>,
    keys: u32,
    /// The decision that the widget has sent and waits for.
    waits_for: Option<SubmitRequest>,
    /// The last decision without a response.
    unanswered: Option<SubmitRequest>,
    pub(super) sent: Vec<SubmitRequest>,
    pub(super) navigations: Vec<String>,
}

fn gesture(hand: &Hand) -> Gesture {
    match hand {
        Hand::Allow => Gesture::Allow,
        Hand::Deny => Gesture::Deny,
        Hand::Approval => Gesture::RequestApproval,
        Hand::ReadOnly => Gesture::ReadOnlyToggled,
        Hand::Remember => Gesture::RememberToggled,
        Hand::Toggle(place) => Gesture::ScopeToggled(*place),
        Hand::Choose(id) => Gesture::OrganizationChosen(OrganizationId::new(*id)),
        Hand::Retry => Gesture::Retry,
        Hand::SwitchAccount => Gesture::SwitchAccount,
    }
}

impl World {
    pub(super) fn new() -> Self {
        let Step { machine, effects } = flow::open(fixtures::page());
        let mut world = Self {
            machine,
            backend: Backend::default(),
            under_way: Vec::new(),
            timers: Vec::new(),
            keys: 0,
            waits_for: None,
            unanswered: None,
            sent: Vec::new(),
            navigations: Vec::new(),
        };
        world.carry_out(effects);
        world
    }

    pub(super) fn act(&mut self, act: &Act) {
        match act {
            Act::User(hand) => {
                self.keys += 1;
                let key = IdempotencyKey::new(format!("K{}", self.keys));
                self.send(Event::User(gesture(hand), key));
            }
            Act::PageRestored => {
                self.waits_for = None;
                self.send(Event::PageRestored);
            }
            Act::Expires => self.run_out(|timer| matches!(timer, Timer::Expiry(_))),
            Act::Looks => {
                self.run_out(|timer| matches!(timer, Timer::Arming(_)));
                self.send(Event::User(Gesture::CardSeen, IdempotencyKey::new("K0")));
            }
            Act::Turns(visible) => self.send(Event::VisibilityChanged(*visible)),
            Act::Arrives(mood) => {
                if let Some((attempt, answer)) = self.arrive(*mood) {
                    self.answer(attempt, answer);
                }
            }
            Act::AnswerLost(mood) => {
                if let Some((attempt, _)) = self.arrive(*mood) {
                    self.answer(attempt, Err(unreachable()));
                }
            }
            Act::Lost => {
                if let Some(call) = self.next() {
                    let (Pending::Start(attempt, _) | Pending::Submit(attempt, _)) = call;
                    self.answer(attempt, Err(unreachable()));
                }
            }
            Act::TooSlow(mood) => {
                self.waits_for = None;
                self.run_out(|timer| *timer == Timer::Response);
                if let Some((attempt, answer)) = self.arrive(*mood) {
                    self.answer(attempt, answer);
                }
            }
        }
    }

    fn next(&mut self) -> Option<Pending> {
        (!self.under_way.is_empty()).then(|| self.under_way.remove(0))
    }

    fn arrive(&mut self, mood: Mood) -> Option<(Attempt, Answer)> {
        Some(match self.next()? {
            Pending::Start(attempt, request) => (attempt, self.backend.start(&request, mood)),
            Pending::Submit(attempt, request) => (attempt, self.backend.submit(&request, mood)),
        })
    }

    fn answer(&mut self, attempt: Attempt, answer: Answer) {
        if attempt == self.machine.attempt() && matches!(self.machine.state(), State::Submitting(_))
        {
            self.waits_for = None;
            let key_is_lost =
                matches!(&answer, Err(error) if error.fault == BackendFault::KeyReused);
            if answer.is_ok() || key_is_lost {
                self.unanswered = None;
            }
        }
        self.send(Event::AuthorizeResponse(attempt, answer));
    }

    fn run_out(&mut self, which: impl Fn(&Timer) -> bool) {
        let attempt = self.machine.attempt();
        // If there are several, such as after a restart of the delay, the last one counts.
        let timer = self.timers.iter().rev().find(|(of, timer)| *of == attempt && which(timer));
        if let Some((attempt, timer)) = timer.copied() {
            self.send(Event::TimedOut(attempt, timer));
        }
    }

    fn send(&mut self, event: Event) {
        let Step { machine, effects } = flow::step(self.machine.clone(), event);
        self.machine = machine;
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Start { attempt, request } => {
                    self.under_way.push(Pending::Start(attempt, request));
                }
                Effect::Submit { attempt, request } => self.submit(attempt, request),
                Effect::Wait { attempt, timer } => self.timers.push((attempt, timer)),
                Effect::Navigate(target) => self.navigations.push(target.as_str().to_owned()),
                _ => {}
            }
        }
    }

    fn submit(&mut self, attempt: Attempt, request: SubmitRequest) {
        assert_eq!(self.waits_for, None, "two decisions under way");
        assert!(self.navigations.is_empty(), "a decision after an answer was taken");
        if let Some(before) = &self.unanswered {
            let (same, same_key) = (before.is_same_decision(&request), before.key == request.key);
            assert_eq!(same, same_key, "a decision keeps its key, and another has its own");
        }
        for before in &self.sent {
            let one_key = before.key == request.key;
            assert!(!one_key || before.is_same_decision(&request), "one key for two decisions");
        }
        self.sent.push(request.clone());
        self.waits_for = Some(request.clone());
        self.unanswered = Some(request.clone());
        self.under_way.push(Pending::Submit(attempt, request));
    }
}
