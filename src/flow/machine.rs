//! State and steps: who handles which event.

use std::mem;

use super::{
    Attempt, Effect, Entry, Event, Gesture, Invalid, Notice, Page, State, Timer, Trusted, attest,
    authorize, decide, login, logout, state::Question, trouble,
};
use crate::{
    backend::{LogoutDecision, LogoutStartRequest, Opening, StartRequest, SubmitRequest},
    protocol::{Locale, LogoutRequest, PageRequest, Realm, RequestError},
};

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
    /// Whether the page is in view.
    pub(super) visible: bool,
    /// How often an arming has begun.
    pub(super) armings: u32,
    /// Whether the texts of another language are on their way: nothing is said meanwhile.
    pub(super) speechless: bool,
    pub(super) own_hosts: Vec<String>,
    pub(super) site: Option<String>,
    /// The number of the screen: as long as it stays, so does what is shown, but for [`super::Live`].
    pub(super) scene: u32,
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

/// What an event asks to be done.
pub(super) type Effects = Vec<Effect>;

impl Machine {
    /// A machine that nothing has happened to.
    fn new(realm: Realm, own_hosts: Vec<String>, site: Option<String>) -> Self {
        Self {
            realm,
            attempt: Attempt::default(),
            question: None,
            ui_locales: Vec::new(),
            login_hint: None,
            unanswered: None,
            visible: true,
            armings: 0,
            speechless: false,
            own_hosts,
            site,
            scene: 0,
            state: State::Framed,
        }
    }

    /// Where the flow stands.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The number of the screen. As long as it stays the same, so does [`super::View::screen`], and only
    /// [`super::View::live`] changes: there is no need to build, or to compare, the screen anew.
    #[must_use]
    pub const fn scene(&self) -> u32 {
        self.scene
    }

    /// The number that a current answer carries.
    #[must_use]
    pub const fn attempt(&self) -> Attempt {
        self.attempt
    }

    /// The next state, with nothing to be done.
    pub(super) fn to(&mut self, state: State) -> Effects {
        self.with(state, Vec::new())
    }

    /// The next state, on a screen of its own, and what is to be done.
    pub(super) fn with(&mut self, state: State, effects: Effects) -> Effects {
        self.scene = self.scene.wrapping_add(1);
        self.keep(state, effects)
    }

    /// The next state, on the screen that stands already, and what is to be done.
    pub(super) fn keep(&mut self, state: State, effects: Effects) -> Effects {
        self.state = state;
        effects
    }

    /// The state, to be taken apart: whoever takes it puts the next one in its place, or itself back.
    pub(super) const fn take(&mut self) -> State {
        mem::replace(&mut self.state, State::Framed)
    }

    /// The state that was taken, as it was: the event does not fit it.
    pub(super) fn back(&mut self, state: State) -> Effects {
        self.keep(state, Vec::new())
    }

    /// A new number: whatever is still on its way is late.
    pub(super) const fn renumber(&mut self) -> Attempt {
        self.attempt = self.attempt.next();
        self.attempt
    }

    /// Asks the backend anew.
    pub(super) fn ask(&mut self, question: Question, state: State) -> Effects {
        let attempt = self.renumber();
        self.question = Some(question.clone());
        let ask = match question {
            Question::Start(request) => Some(Effect::Start { attempt, request }),
            Question::Logout(query) => Some(Effect::LogoutStart {
                attempt,
                request: LogoutStartRequest {
                    realm: self.realm,
                    query,
                },
            }),
            Question::Attest(token, _) => token.map(|token| Effect::Attest { attempt, token }),
        };
        let wait = Effect::Wait {
            attempt,
            timer: Timer::Answer,
        };
        let effects = ask.into_iter().chain([wait]).collect();
        match state {
            State::Starting(Some(_)) => self.keep(state, effects),
            _ => self.with(state, effects),
        }
    }
}

/// The first step: reads the request and asks the backend.
#[must_use]
pub fn open(page: Page) -> Step {
    let Page {
        realm,
        framed,
        entry,
        trusted,
        languages,
        own_hosts,
        site,
    } = page;
    let mut machine = Machine::new(realm, own_hosts, site);
    let entry = entry.decided();
    let (Entry::Authorize(raw) | Entry::Logout(raw) | Entry::ByAddress(raw)) = &entry;
    machine.ui_locales = raw.ui_locales();
    let language = languages.filter(|_| !framed);
    let language = language.and_then(|languages| languages.choose(&machine.ui_locales));
    machine.speechless = language.is_some();
    let mut effects = match entry {
        _ if framed => machine.to(State::Framed),
        Entry::Authorize(raw) => match PageRequest::read(raw) {
            Ok(request) => open_request(&mut machine, request, trusted),
            Err(error) => unusable(&mut machine, error),
        },
        Entry::Logout(raw) | Entry::ByAddress(raw) => match LogoutRequest::read(raw) {
            Ok(request) => {
                let question = Question::Logout(request.raw().clone());
                machine.ask(question, State::Starting(None))
            }
            Err(error) => unusable(&mut machine, error),
        },
    };
    effects.extend(language.map(Effect::LoadMessages));
    Step { machine, effects }
}

/// The request is one that no backend could answer.
pub(super) fn unusable(machine: &mut Machine, error: RequestError) -> Effects {
    let notice = Notice::Failed {
        code: error.code(),
        error: None,
        request_id: None,
    };
    let state = State::Invalid(Invalid::Request(error));
    machine.with(state, vec![Effect::Notify(notice)])
}

fn open_request(machine: &mut Machine, request: PageRequest, trusted: Trusted) -> Effects {
    let opening = match request {
        PageRequest::Authorize(request) => {
            machine.login_hint = request.login_hint();
            Opening::Query(request.raw().clone())
        }
        PageRequest::Transaction(transaction) => Opening::Transaction {
            transaction,
            organization: None,
        },
    };
    let realm = machine.realm;
    let (question, state) = trusted.question(StartRequest { realm, opening });
    let mut effects = machine.ask(question, state);
    effects.push(Effect::Notify(Notice::Started));
    effects
}

/// One step.
///
/// ```
/// use countersign::flow::{self, Event, Gesture, Machine};
///
/// /// The user tries again: the step has the next machine, and what the driver is to do.
/// fn retry(machine: Machine) -> flow::Step {
///     flow::step(machine, Event::User(Gesture::Retry))
/// }
/// ```
#[must_use]
pub fn step(mut machine: Machine, event: Event) -> Step {
    let effects = match event {
        Event::Answered(attempt, answer) if attempt == machine.attempt => {
            authorize::answered(&mut machine, answer)
        }
        Event::LogoutAnswered(attempt, answer) if attempt == machine.attempt => {
            logout::answered(&mut machine, answer)
        }
        Event::Attested(attempt, answer) if attempt == machine.attempt => {
            attest::attested(&mut machine, answer)
        }
        Event::TokenArrived(token) => attest::arrived(&mut machine, token),
        Event::TimedOut(attempt, timer) if attempt == machine.attempt => {
            trouble::timed_out(&mut machine, timer)
        }
        Event::HandOffFailed(error) => login::hand_off_failed(&mut machine, error),
        Event::PageRestored => trouble::restored(&mut machine),
        Event::MessagesSettled => authorize::settled(&mut machine),
        Event::VisibilityChanged(visible) => authorize::seen(&mut machine, visible),
        Event::User(gesture) if !machine.speechless => user(&mut machine, gesture),
        // A late answer, or a hand on what is not shown yet.
        Event::User(_)
        | Event::Answered(..)
        | Event::LogoutAnswered(..)
        | Event::Attested(..)
        | Event::TimedOut(..) => Vec::new(),
    };
    Step { machine, effects }
}

fn user(machine: &mut Machine, gesture: Gesture) -> Effects {
    match gesture {
        Gesture::Allow(key) => decide::allow(machine, key),
        Gesture::Deny(key) => decide::deny(machine, key),
        Gesture::ScopeToggled(place) => decide::toggle(machine, place),
        Gesture::ReadOnlyToggled => decide::read_only(machine),
        Gesture::RememberToggled => decide::remember(machine),
        Gesture::RequestApproval(key) => decide::request_approval(machine, key),
        Gesture::OrganizationChosen(organization) => decide::choose(machine, organization),
        Gesture::Retry => trouble::retry(machine),
        Gesture::SignIn => login::sign_in(machine),
        Gesture::SwitchAccount => login::switch_account(machine),
        Gesture::OpenAgain => authorize::open_again(machine),
        Gesture::SignOut => logout::decide(machine, LogoutDecision::SignOut),
        Gesture::Stay => logout::decide(machine, LogoutDecision::Stay),
    }
}
