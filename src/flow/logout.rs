//! The way of a logout request.

use super::{
    Effect, Machine, Notice, Redirecting, SigningOut, State, Timer, authorize,
    machine::{Effects, unusable},
    state::Question,
    trouble,
};
use crate::{
    backend::{BackendError, LogoutDecision, LogoutOutcome, LogoutSubmitRequest},
    consent::Client,
};

/// The answer to a logout call.
pub(super) fn answered(
    machine: &mut Machine,
    answer: Result<LogoutOutcome, BackendError>,
) -> Effects {
    let expected = match machine.state {
        State::Starting(_) => matches!(machine.question, Some(Question::Logout(_))),
        State::SigningOut(_) => true,
        _ => false,
    };
    if !expected {
        return Vec::new();
    }
    match answer {
        Ok(LogoutOutcome::Confirm(mut asked)) => {
            asked.site = asked.site.or_else(|| machine.site.clone());
            machine.to(State::ConfirmLogout {
                asked,
                trouble: None,
            })
        }
        Ok(LogoutOutcome::Redirect(Ok(target))) => {
            let client = known_client(&machine.state).map(|client| Box::new(client.clone()));
            authorize::leave(machine, Redirecting { target, client }, Notice::Redirecting)
        }
        Ok(LogoutOutcome::Redirect(Err(unsafe_address))) => {
            authorize::refuse_address(machine, unsafe_address)
        }
        Ok(LogoutOutcome::SignedOut) => {
            machine.with(State::SignedOut, vec![Effect::Notify(Notice::SignedOut)])
        }
        Ok(LogoutOutcome::Stayed) => machine.to(State::KeptSignedIn),
        Ok(LogoutOutcome::Error(error)) => authorize::refused(machine, error),
        Ok(LogoutOutcome::Unusable(error)) => unusable(machine, error),
        Err(error) => trouble::failed(machine, error),
    }
}

const fn known_client(state: &State) -> Option<&Client> {
    match state {
        State::SigningOut(SigningOut { asked, .. }) => asked.client.as_ref(),
        _ => None,
    }
}

/// The user's word.
pub(super) fn decide(machine: &mut Machine, decision: LogoutDecision) -> Effects {
    let asked = match machine.take() {
        State::ConfirmLogout { asked, .. } => asked,
        other => return machine.back(other),
    };
    let attempt = machine.renumber();
    let request = LogoutSubmitRequest {
        logout: asked.logout.clone(),
        decision,
    };
    let effects = vec![
        Effect::LogoutSubmit { attempt, request },
        Effect::Wait {
            attempt,
            timer: Timer::Answer,
        },
    ];
    machine.keep(State::SigningOut(SigningOut { asked, decision }), effects)
}
