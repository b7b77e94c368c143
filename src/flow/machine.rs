//! Entry, state and steps: who handles which event.

use super::{
    Attempt, Effect, Event, Gesture, Invalid, Notice, State, Timer, authorize, decide, login,
    logout, state::Question, trouble,
};
use crate::{
    backend::{LogoutStartRequest, Opening, StartRequest, SubmitRequest},
    protocol::{Locale, LogoutRequest, PageRequest, RawQuery, Realm, RequestError},
};

/// What the page was opened as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Whom it serves.
    pub realm: Realm,
    /// Whether it is inside another page.
    pub framed: bool,
    /// What it was opened for.
    pub entry: Entry,
}

/// What a page was opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// An authorization request.
    Authorize(RawQuery),
    /// A logout request.
    Logout(RawQuery),
}

/// The machine: the state, and what holds through all states.
#[derive(Debug, Clone, PartialEq)]
pub struct Machine {
    pub(super) realm: Realm,
    pub(super) attempt: Attempt,
    /// How to ask about this request again, once it is known to be usable.
    pub(super) question: Option<Question>,
    pub(super) ui_locales: Vec<Locale>,
    pub(super) login_hint: Option<crate::protocol::LoginHint>,
    /// The decision that was sent and has no answer. Taken again, it keeps its key: should it have counted after all, it
    /// will not count twice.
    pub(super) unanswered: Option<SubmitRequest>,
    pub(super) state: State,
}

/// A machine after an event, and what is to be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The machine.
    pub machine: Machine,
    /// What is to be done, in order.
    pub effects: Vec<Effect>,
}

impl Machine {
    /// Where the flow stands.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The number that a current answer carries.
    #[must_use]
    pub const fn attempt(&self) -> Attempt {
        self.attempt
    }

    pub(super) fn to(self, state: State) -> Step {
        self.with(state, Vec::new())
    }

    pub(super) fn with(self, state: State, effects: Vec<Effect>) -> Step {
        Step {
            machine: Self { state, ..self },
            effects,
        }
    }

    /// Asks the backend anew, with a new number: whatever is still on its way is late.
    pub(super) fn ask(mut self, question: Question, state: State) -> Step {
        self.attempt = self.attempt.next();
        let attempt = self.attempt;
        self.question = Some(question.clone());
        let ask = match question {
            Question::Start(request) => Effect::Start { attempt, request },
            Question::Logout(query) => Effect::LogoutStart {
                attempt,
                request: LogoutStartRequest {
                    realm: self.realm,
                    query,
                },
            },
        };
        self.with(
            state,
            vec![
                ask,
                Effect::Wait {
                    attempt,
                    timer: Timer::Answer,
                },
            ],
        )
    }
}

/// The first step: reads the request and asks the backend.
#[must_use]
pub fn open(page: Page) -> Step {
    let Page {
        realm,
        framed,
        entry,
    } = page;
    let machine = Machine {
        realm,
        attempt: Attempt::default(),
        question: None,
        ui_locales: Vec::new(),
        login_hint: None,
        unanswered: None,
        state: State::Framed,
    };
    if framed {
        return machine.to(State::Framed);
    }
    match entry {
        Entry::Authorize(raw) => match PageRequest::read(raw) {
            Ok(request) => open_request(machine, request),
            Err(error) => unusable(machine, error),
        },
        Entry::Logout(raw) => match LogoutRequest::read(raw) {
            Ok(request) => machine.ask(
                Question::Logout(request.raw().clone()),
                State::Starting(None),
            ),
            Err(error) => unusable(machine, error),
        },
    }
}

/// The page itself refuses the request.
fn unusable(machine: Machine, error: RequestError) -> Step {
    let notice = Notice::Failed {
        code: error.code(),
        request_id: None,
    };
    machine.with(
        State::Invalid(Invalid::Request(error)),
        vec![Effect::Notify(notice)],
    )
}

fn open_request(mut machine: Machine, request: PageRequest) -> Step {
    let opening = match request {
        PageRequest::Authorize(request) => {
            machine.ui_locales = request.ui_locales();
            machine.login_hint = request.login_hint();
            Opening::Query(request.raw().clone())
        }
        PageRequest::Transaction(transaction) => Opening::Transaction {
            transaction,
            organization: None,
        },
    };
    let realm = machine.realm;
    machine.ask(
        Question::Start(StartRequest { realm, opening }),
        State::Starting(None),
    )
}

/// One step.
#[must_use]
pub fn step(machine: Machine, event: Event) -> Step {
    match event {
        Event::Answered(attempt, answer) if attempt == machine.attempt => {
            authorize::answered(machine, answer)
        }
        Event::LogoutAnswered(attempt, answer) if attempt == machine.attempt => {
            logout::answered(machine, answer)
        }
        Event::TimedOut(attempt, timer) if attempt == machine.attempt => {
            trouble::timed_out(machine, timer)
        }
        Event::HandOffFailed(error) => login::hand_off_failed(machine, error),
        Event::PageRestored => trouble::restored(machine),
        Event::User(gesture) => user(machine, gesture),
        // A late answer.
        Event::Answered(..) | Event::LogoutAnswered(..) | Event::TimedOut(..) => unchanged(machine),
    }
}

fn user(machine: Machine, gesture: Gesture) -> Step {
    match gesture {
        Gesture::Allow(key) => decide::allow(machine, key),
        Gesture::Deny(key) => decide::deny(machine, key),
        Gesture::ScopeToggled(place) => decide::toggle(machine, place),
        Gesture::OrganizationChosen(organization) => decide::choose(machine, organization),
        Gesture::Retry => trouble::retry(machine),
        Gesture::SignIn => login::sign_in(machine),
        Gesture::SwitchAccount => login::switch_account(machine),
        Gesture::OpenAgain => authorize::open_again(machine),
        Gesture::SignOut => logout::decide(machine, crate::backend::LogoutDecision::SignOut),
        Gesture::Stay => logout::decide(machine, crate::backend::LogoutDecision::Stay),
    }
}

/// The event does not fit the state.
pub(super) const fn unchanged(machine: Machine) -> Step {
    Step {
        machine,
        effects: Vec::new(),
    }
}
