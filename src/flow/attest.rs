//! A trusted auth token becomes a session before anything else is asked.

use super::{Machine, State, machine::Effects, state::Question, trouble};
use crate::backend::{BackendError, StartRequest, TrustedToken};

/// What a page knows of a trusted auth token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Trusted {
    /// There is none: the user's own session counts.
    #[default]
    NotUsed,
    /// There will be one: nothing is asked until it is there ([`super::Event::TokenArrived`]).
    Awaited,
    /// It is there.
    Here(TrustedToken),
}

impl Trusted {
    /// The first question of a page.
    pub(super) fn question(self, start: StartRequest) -> (Question, State) {
        match self {
            Self::NotUsed => (Question::Start(start), State::Starting(None)),
            Self::Awaited => (Question::Attest(None, start), State::Attesting),
            Self::Here(token) => (Question::Attest(Some(token), start), State::Attesting),
        }
    }
}

/// The answer to the exchange. Only now may the request be asked about: before, it would be under another session.
pub(super) fn attested(machine: &mut Machine, answer: Result<(), BackendError>) -> Effects {
    let (State::Attesting, Some(Question::Attest(_, start))) = (&machine.state, &machine.question)
    else {
        return Vec::new();
    };
    match answer {
        Ok(()) => {
            let question = Question::Start(start.clone());
            machine.ask(question, State::Starting(None))
        }
        Err(error) => trouble::failed(machine, error),
    }
}

/// A token came, the first one or another: what was asked or shown for a session before it no longer holds. A decision
/// that is on its way, or was taken, stays.
pub(super) fn arrived(machine: &mut Machine, token: TrustedToken) -> Effects {
    let open = matches!(
        machine.state,
        State::Attesting
            | State::Starting(_)
            | State::LoginRequired(_)
            | State::Consent(_)
            | State::Failed(_)
            | State::Expired(_)
    );
    match machine.question.as_ref().and_then(Question::start) {
        Some(start) if open => {
            let question = Question::Attest(Some(token), start.clone());
            machine.unanswered = None;
            machine.ask(question, State::Attesting)
        }
        _ => Vec::new(),
    }
}
