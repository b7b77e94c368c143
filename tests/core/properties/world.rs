//! A backend that takes the first decision by its key, behind a network that loses what it likes.

use crate::support::fixtures::{self, *};
use countersign::{
    backend::{
        BackendError, BackendFault, Decision, Opening, Outcome, StartRequest, SubmitRequest,
    },
    flow::{self, Attempt, Effect, Event, Gesture, Machine, State, Step, Timer},
    protocol::{IdempotencyKey, OrganizationId},
};
use serde_json::json;
use std::collections::HashMap;

pub(super) const HOME: &str = "https://printer.example/cb?code=";

/// What happens next.
#[derive(Debug, Clone)]
pub(super) enum Act {
    User(Hand),
    /// The oldest call that is under way arrives, and its answer comes back.
    Arrives(Mood),
    /// It arrives, and its answer gets lost: the widget learns that it was not reached.
    AnswerLost(Mood),
    /// It gets lost on its way.
    Lost,
    /// It arrives only after the widget has stopped waiting.
    TooSlow(Mood),
    PageRestored,
    Expires,
    /// The user looks at the page for a moment.
    Looks,
    /// The page goes out of view, or comes back.
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

/// How the backend takes a call that it has not answered before.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mood {
    Well,
    Fails,
    NeedsLogin,
    Changed,
}

#[derive(Debug, Clone)]
enum Pending {
    Start(Attempt, StartRequest),
    Submit(Attempt, SubmitRequest),
}

/// The backend's side of one transaction.
#[derive(Debug, Default)]
pub(super) struct Backend {
    pub(super) answered: Option<SubmitRequest>,
    /// Whether the administrators of `globex` were asked.
    pub(super) requested: bool,
    bodies: HashMap<String, SubmitRequest>,
}

type Answer = Result<Outcome, BackendError>;

/// The card for one of two organizations: `acme` allows the client, `globex` has to approve it.
fn consent(mood: Mood, organization: &str, requested: bool) -> Outcome {
    let mut answer = organization_consent_json();
    let approval = if requested { "requested" } else { "offered" };
    answer["organizations"][1]["status"] = "needs_approval".into();
    answer["organizations"][1]["approval"] = approval.into();
    if organization == "globex" {
        answer["organization"] = answer["organizations"][1].clone();
    }
    answer["scopes"][2]["implies"] = json!(["photos.read"]);
    if matches!(mood, Mood::Changed) {
        answer["scopes"] = json!([scope_json("openid", true), scope_json("email", false)]);
    }
    outcome(&answer)
}

impl Backend {
    fn start(&self, request: &StartRequest, mood: Mood) -> Answer {
        let organization = match &request.opening {
            Opening::Transaction { organization, .. } => organization.as_ref(),
            Opening::Query(_) => None,
        };
        let organization = organization.map_or("acme", |it| it.as_str());
        match (&self.answered, mood) {
            (Some(_), _) => Err(fault(BackendFault::Answered)),
            (None, Mood::Fails) => Err(fault(BackendFault::Server(500))),
            (None, Mood::NeedsLogin) => Ok(login("no_session", Some("T1"), 1)),
            (None, Mood::Well | Mood::Changed) => Ok(consent(mood, organization, self.requested)),
        }
    }

    fn submit(&mut self, request: &SubmitRequest, mood: Mood) -> Answer {
        let key = request.key.secret().to_owned();
        match self.bodies.get(&key) {
            Some(before) if !before.is_same_decision(request) => {
                return Err(fault(BackendFault::KeyReused));
            }
            _ => drop(self.bodies.insert(key.clone(), request.clone())),
        }
        let organization = request.organization.as_ref();
        let organization = organization.map_or("acme", |it| it.as_str());
        match (&self.answered, mood) {
            (Some(first), _) if first.key == request.key => Ok(redirect(&format!("{HOME}{key}"))),
            (Some(_), _) => Err(fault(BackendFault::Answered)),
            (None, Mood::Fails) => Err(fault(BackendFault::Server(500))),
            (None, Mood::NeedsLogin) => Ok(login("no_session", None, 1)),
            (None, Mood::Changed) => Ok(consent(mood, organization, self.requested)),
            (None, Mood::Well) if request.decision == Decision::RequestApproval => {
                assert_eq!(organization, "globex", "only there it is offered");
                self.requested = true;
                Ok(consent(mood, organization, true))
            }
            (None, Mood::Well) => {
                let allowed = request.decision != Decision::Allow || organization == "acme";
                assert!(allowed, "nothing is granted that has to be approved first");
                self.answered = Some(request.clone());
                Ok(redirect(&format!("{HOME}{key}")))
            }
        }
    }

    fn take(&mut self, call: &Pending, mood: Mood) -> (Attempt, Answer) {
        match call {
            Pending::Start(attempt, request) => (*attempt, self.start(request, mood)),
            Pending::Submit(attempt, request) => (*attempt, self.submit(request, mood)),
        }
    }
}

/// The widget, its backend, and what is between them.
pub(super) struct World {
    pub(super) machine: Machine,
    pub(super) backend: Backend,
    under_way: Vec<Pending>,
    timers: Vec<(Attempt, Timer)>,
    keys: u32,
    /// The decision that the widget has sent and not given up.
    waits_for: Option<SubmitRequest>,
    /// The last decision without an answer.
    unanswered: Option<SubmitRequest>,
    pub(super) sent: Vec<SubmitRequest>,
    pub(super) navigations: Vec<String>,
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
                let gesture = self.gesture(hand);
                self.send(Event::User(gesture));
            }
            Act::PageRestored => {
                self.waits_for = None;
                self.send(Event::PageRestored);
            }
            Act::Expires => self.run_out(|timer| matches!(timer, Timer::Expiry(_))),
            Act::Looks => self.run_out(|timer| matches!(timer, Timer::Arming(_))),
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
                self.run_out(|timer| *timer == Timer::Answer);
                if let Some((attempt, answer)) = self.arrive(*mood) {
                    self.answer(attempt, answer);
                }
            }
        }
    }

    fn gesture(&mut self, hand: &Hand) -> Gesture {
        self.keys += 1;
        let key = IdempotencyKey::new(format!("K{}", self.keys));
        match hand {
            Hand::Allow => Gesture::Allow(key),
            Hand::Deny => Gesture::Deny(key),
            Hand::Approval => Gesture::RequestApproval(key),
            Hand::ReadOnly => Gesture::ReadOnlyToggled,
            Hand::Remember => Gesture::RememberToggled,
            Hand::Toggle(place) => Gesture::ScopeToggled(*place),
            Hand::Choose(id) => Gesture::OrganizationChosen(OrganizationId::new(*id)),
            Hand::Retry => Gesture::Retry,
            Hand::SwitchAccount => Gesture::SwitchAccount,
        }
    }

    fn next(&mut self) -> Option<Pending> {
        (!self.under_way.is_empty()).then(|| self.under_way.remove(0))
    }

    fn arrive(&mut self, mood: Mood) -> Option<(Attempt, Answer)> {
        let call = self.next()?;
        Some(self.backend.take(&call, mood))
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
        self.send(Event::Answered(attempt, answer));
    }

    fn run_out(&mut self, which: impl Fn(&Timer) -> bool) {
        let attempt = self.machine.attempt();
        // Of several, such as a moment that has begun anew, the last one counts.
        let timer = self
            .timers
            .iter()
            .rev()
            .find(|(of, timer)| *of == attempt && which(timer));
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
        assert!(
            self.navigations.is_empty(),
            "a decision after an answer was taken"
        );
        if let Some(before) = &self.unanswered {
            let (same, same_key) = (before.is_same_decision(&request), before.key == request.key);
            assert_eq!(
                same, same_key,
                "a decision keeps its key, and another has its own"
            );
        }
        for before in &self.sent {
            let one_key = before.key == request.key;
            assert!(
                !one_key || before.is_same_decision(&request),
                "one key for two decisions"
            );
        }
        self.sent.push(request.clone());
        self.waits_for = Some(request.clone());
        self.unanswered = Some(request.clone());
        self.under_way.push(Pending::Submit(attempt, request));
    }
}
