//! Entry, state and steps: who handles which event.

use std::mem;

use super::{
    Attempt, Effect, Event, Gesture, Invalid, Notice, State, Timer, Trusted, attest, authorize,
    decide, login, logout, state::Question, trouble,
};
use crate::{
    backend::{LogoutDecision, LogoutStartRequest, Opening, StartRequest, SubmitRequest},
    messages,
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
    /// What it knows of a trusted auth token.
    pub trusted: Trusted,
    /// The languages its reader prefers; `None` where somebody else sees to the texts.
    pub languages: Option<Languages>,
    /// The hosts (with their ports) of the page itself and of its backend: a decision may lead there and to where the card said,
    /// and nowhere else.
    pub own_hosts: Vec<String>,
}

impl Page {
    /// A page with nothing special about it.
    #[must_use]
    pub const fn new(realm: Realm, entry: Entry) -> Self {
        Self {
            realm,
            framed: false,
            entry,
            trusted: Trusted::NotUsed,
            languages: None,
            own_hosts: Vec::new(),
        }
    }
}

/// The languages a page's reader prefers, as language tags (BCP 47). What the request asks for (`ui_locales`) comes before them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Languages {
    /// What the host set.
    pub host: Option<String>,
    /// What the browser is set to, best first.
    pub browser: Vec<String>,
}

/// What a page was opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// An authorization request.
    Authorize(RawQuery),
    /// A logout request.
    Logout(RawQuery),
    /// A logout request where it has `post_logout_redirect_uri`, else an authorization request.
    ByAddress(RawQuery),
}

impl Entry {
    /// Which of the two it is.
    fn decided(self) -> Self {
        match self {
            Self::ByAddress(raw) if raw.has("post_logout_redirect_uri") => Self::Logout(raw),
            Self::ByAddress(raw) => Self::Authorize(raw),
            decided => decided,
        }
    }
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
    /// Whether the page is in view.
    pub(super) visible: bool,
    /// How often an arming has begun.
    pub(super) armings: u32,
    /// Whether the texts of another language are on their way: nothing is said meanwhile.
    pub(super) speechless: bool,
    pub(super) own_hosts: Vec<String>,
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
    } = page;
    let mut machine = Machine {
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
        scene: 0,
        state: State::Framed,
    };
    let entry = entry.decided();
    let (Entry::Authorize(raw) | Entry::Logout(raw) | Entry::ByAddress(raw)) = &entry;
    machine.ui_locales = raw.ui_locales();
    let language = languages.filter(|_| !framed);
    let language = language.and_then(|languages| choose(&languages, &machine.ui_locales));
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

/// The language to load: the first that there is, of those that the request asks for, the host sets, and the browser is set to. None
/// where that is English, which is always there.
fn choose(languages: &Languages, asked: &[Locale]) -> Option<&'static str> {
    let asked = asked.iter().map(Locale::as_str);
    let own = languages.host.iter().chain(&languages.browser);
    asked
        .chain(own.map(String::as_str))
        .find_map(messages::language)
        .filter(|language| *language != messages::ENGLISH)
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
        Event::MessagesSettled => settled(&mut machine),
        Event::VisibilityChanged(visible) => authorize::seen(&mut machine, visible),
        Event::User(gesture) => user(&mut machine, gesture),
        // A late answer.
        Event::Answered(..)
        | Event::LogoutAnswered(..)
        | Event::Attested(..)
        | Event::TimedOut(..) => Vec::new(),
    };
    Step { machine, effects }
}

/// From now on it is said in the texts that there are.
fn settled(machine: &mut Machine) -> Effects {
    if mem::take(&mut machine.speechless) {
        let state = machine.take();
        return machine.to(state);
    }
    Vec::new()
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
