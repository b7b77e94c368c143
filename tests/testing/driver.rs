//! A driver that runs effects at once, and records events and errors.

use std::collections::VecDeque;

use countersign::{
    backend::{
        Backend, BackendError, BackendFuture, LogoutOutcome, Outcome,
        memory::{Answer, Call, MemoryBackend},
    },
    flow::{
        self, Attempt, Effect, Event, Gesture, Machine, PageInfo, State, Step, Timer, WidgetError,
        WidgetEvent,
    },
    messages::Messages,
    protocol::{FormFields, IdempotencyKey, LoginHandOff},
    view::View,
};

use super::{Host, now};

/// A machine with a scripted backend.
pub struct Driver {
    pub machine: Machine,
    pub backend: MemoryBackend,
    pub navigations: Vec<String>,
    /// The addresses and fields of posted forms.
    pub posts: Vec<(String, FormFields)>,
    pub logins: Vec<LoginHandOff>,
    pub addresses: Vec<String>,
    pub events: Vec<WidgetEvent>,
    pub errors: Vec<WidgetError>,
    pub waits: Vec<(Attempt, Timer)>,
    /// The languages whose texts were requested.
    pub languages: Vec<&'static str>,
    /// How often the user was led to a part of the card that had not been in view.
    pub shown_unseen: usize,
    /// Whether all of each card is in view for a moment, so that Allow counts. Such timers are not
    /// recorded.
    patient: bool,
    queue: VecDeque<Event>,
}

/// A backend with these responses.
pub fn answering(
    outcomes: impl IntoIterator<Item = Result<Outcome, BackendError>>,
) -> MemoryBackend {
    outcomes
        .into_iter()
        .fold(MemoryBackend::default(), |backend, outcome| backend.then(Answer::With(outcome)))
}

/// The same for logout calls.
pub fn answering_logout(
    outcomes: impl IntoIterator<Item = Result<LogoutOutcome, BackendError>>,
) -> MemoryBackend {
    outcomes.into_iter().fold(MemoryBackend::default(), |backend, outcome| {
        backend.then_logout(Answer::With(outcome))
    })
}

impl Driver {
    pub fn open(page: PageInfo, backend: MemoryBackend) -> Self {
        Self::begin(page, backend, true)
    }

    /// The same, but Allow does not count at once.
    pub fn hasty(page: PageInfo, backend: MemoryBackend) -> Self {
        Self::begin(page, backend, false)
    }

    fn begin(page: PageInfo, backend: MemoryBackend, patient: bool) -> Self {
        let Step { machine, effects } = flow::open(page);
        let mut driver = Self {
            machine,
            backend,
            navigations: Vec::new(),
            posts: Vec::new(),
            logins: Vec::new(),
            addresses: Vec::new(),
            events: Vec::new(),
            errors: Vec::new(),
            waits: Vec::new(),
            languages: Vec::new(),
            shown_unseen: 0,
            patient,
            queue: VecDeque::new(),
        };
        driver.run(effects);
        driver
    }

    pub fn state(&self) -> &State {
        self.machine.state()
    }

    pub fn view(&self) -> View {
        View::of(&self.machine, &Messages::default(), &Host)
    }

    /// The name of the client that the page says it redirects to.
    pub fn leaves_for(&self) -> Option<String> {
        let view = self.view();
        assert_eq!(view.state, "redirecting");
        let heading = view.screen.heading.unwrap().plain();
        heading.strip_prefix("Taking you back to ").map(str::to_owned)
    }

    pub fn calls(&self) -> Vec<Call> {
        self.backend.calls()
    }

    pub fn user(&mut self, gesture: Gesture) {
        self.decide(gesture, "K");
    }

    /// A gesture with a key. The machine uses the key if the gesture is a new decision.
    pub fn decide(&mut self, gesture: Gesture, key: &str) {
        self.send(Event::User(gesture, IdempotencyKey::new(key)));
    }

    pub fn send(&mut self, event: Event) {
        let Step { machine, effects } = flow::step(self.machine.clone(), event);
        self.machine = machine;
        self.run(effects);
    }

    /// Lets the last timer of this kind run out.
    pub fn run_out(&mut self, which: impl Fn(&Timer) -> bool) {
        let (attempt, timer) =
            *self.waits.iter().rev().find(|(_, timer)| which(timer)).expect("such a wait");
        self.send(Event::TimedOut(attempt, timer));
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.carry_out(effect);
        }
        while let Some(event) = self.queue.pop_front() {
            self.send(event);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Start { attempt, request } => self.answer(attempt, self.backend.start(request)),
            Effect::Submit { attempt, request } => {
                self.answer(attempt, self.backend.submit(request))
            }
            Effect::LogoutStart { attempt, request } => {
                self.answer_logout(attempt, self.backend.logout_start(request));
            }
            Effect::LogoutSubmit { attempt, request } => {
                self.answer_logout(attempt, self.backend.logout_submit(request));
            }
            Effect::Attest { attempt, token } => {
                let answer = now(self.backend.attest(token));
                self.queue.extend(answer.map(|answer| Event::AttestResponse(attempt, answer)));
            }
            Effect::ReplaceUrl(transaction) => self.addresses.push(transaction.secret().to_owned()),
            Effect::Navigate(target) => self.navigations.push(target.as_str().to_owned()),
            Effect::Post { action, fields } => {
                self.posts.push((action.as_str().to_owned(), fields));
            }
            Effect::GoToLogin(hand_off) => self.logins.push(hand_off),
            Effect::LoadMessages(language) => self.languages.push(language),
            Effect::Wait { attempt, timer: timer @ Timer::Arming(_) } if self.patient => {
                self.queue.push_back(Event::TimedOut(attempt, timer));
                self.queue.push_back(Event::User(Gesture::CardSeen, IdempotencyKey::new("K")));
            }
            Effect::ShowUnseen => self.shown_unseen += 1,
            Effect::Wait { attempt, timer } => self.waits.push((attempt, timer)),
            Effect::ReportEvent(event) => self.events.push(event),
            Effect::ReportError(error) => self.errors.push(error),
            other => panic!("an effect this driver does not know: {other:?}"),
        }
    }

    fn answer(&mut self, attempt: Attempt, call: BackendFuture<Outcome>) {
        self.queue.extend(now(call).map(|answer| Event::AuthorizeResponse(attempt, answer)));
    }

    fn answer_logout(&mut self, attempt: Attempt, call: BackendFuture<LogoutOutcome>) {
        self.queue.extend(now(call).map(|answer| Event::LogoutResponse(attempt, answer)));
    }
}
