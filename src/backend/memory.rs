//! A scripted backend for tests, galleries and previews. It takes its responses from a list, in
//! order.

use std::{cell::RefCell, collections::VecDeque, future, rc::Rc};

use super::{
    Backend, BackendError, BackendFault, BackendFuture, LogoutOutcome, LogoutStartRequest,
    LogoutSubmitRequest, Outcome, StartRequest, SubmitRequest, TransportError, TrustedToken,
};

/// A call to the backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// `start`.
    Start(StartRequest),
    /// `submit`.
    Submit(SubmitRequest),
    /// `logout_start`.
    LogoutStart(LogoutStartRequest),
    /// `logout_submit`.
    LogoutSubmit(LogoutSubmitRequest),
    /// `attest`.
    Attest(TrustedToken),
}

/// The scripted response to a call.
#[derive(Debug, Clone)]
pub enum Answer<T> {
    /// The call returns this.
    With(Result<T, BackendError>),
    /// The call never returns.
    Never,
}

impl<T> From<T> for Answer<T> {
    fn from(outcome: T) -> Self {
        Self::With(Ok(outcome))
    }
}

#[derive(Debug, Default)]
struct Script {
    outcomes: VecDeque<Answer<Outcome>>,
    logout_outcomes: VecDeque<Answer<LogoutOutcome>>,
    attests: VecDeque<Answer<()>>,
    calls: Vec<Call>,
}

/// The scripted backend. Clones share one script. A call without a scripted response fails as
/// unreachable.
///
/// ```
/// use countersign::backend::{BackendFault, memory::{Answer, MemoryBackend}};
///
/// // The first call finds the request expired, the second never gets an answer.
/// let expired = Answer::With(Err(BackendFault::Expired.into()));
/// let backend = MemoryBackend::default().then(expired).then(Answer::Never);
/// assert!(backend.calls().is_empty());
/// ```
#[derive(Debug, Clone, Default)]
pub struct MemoryBackend(Rc<RefCell<Script>>);

impl MemoryBackend {
    /// Adds the response to the next `start` or `submit`.
    #[must_use]
    pub fn then(self, answer: impl Into<Answer<Outcome>>) -> Self {
        self.0.borrow_mut().outcomes.push_back(answer.into());
        self
    }

    /// Adds the response to the next logout call.
    #[must_use]
    pub fn then_logout(self, answer: impl Into<Answer<LogoutOutcome>>) -> Self {
        self.0.borrow_mut().logout_outcomes.push_back(answer.into());
        self
    }

    /// Adds the response to the next `attest`.
    #[must_use]
    pub fn then_attest(self, answer: impl Into<Answer<()>>) -> Self {
        self.0.borrow_mut().attests.push_back(answer.into());
        self
    }

    /// Every call so far, in order.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.0.borrow().calls.clone()
    }

    fn outcome(&self, call: Call) -> BackendFuture<Outcome> {
        let mut script = self.0.borrow_mut();
        script.calls.push(call);
        play(script.outcomes.pop_front())
    }

    fn logout_outcome(&self, call: Call) -> BackendFuture<LogoutOutcome> {
        let mut script = self.0.borrow_mut();
        script.calls.push(call);
        play(script.logout_outcomes.pop_front())
    }
}

fn play<T: 'static>(answer: Option<Answer<T>>) -> BackendFuture<T> {
    match answer {
        Some(Answer::With(answer)) => Box::pin(future::ready(answer)),
        Some(Answer::Never) => Box::pin(future::pending()),
        None => {
            Box::pin(future::ready(Err(BackendFault::from(TransportError::Unreachable).into())))
        }
    }
}

impl Backend for MemoryBackend {
    fn start(&self, request: StartRequest) -> BackendFuture<Outcome> {
        self.outcome(Call::Start(request))
    }

    fn submit(&self, request: SubmitRequest) -> BackendFuture<Outcome> {
        self.outcome(Call::Submit(request))
    }

    fn logout_start(&self, request: LogoutStartRequest) -> BackendFuture<LogoutOutcome> {
        self.logout_outcome(Call::LogoutStart(request))
    }

    fn logout_submit(&self, request: LogoutSubmitRequest) -> BackendFuture<LogoutOutcome> {
        self.logout_outcome(Call::LogoutSubmit(request))
    }

    fn attest(&self, token: TrustedToken) -> BackendFuture<()> {
        let mut script = self.0.borrow_mut();
        script.calls.push(Call::Attest(token));
        play(script.attests.pop_front())
    }
}
