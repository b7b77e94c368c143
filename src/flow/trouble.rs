//! What did not work, what ran out, and how it goes on.

use super::{
    Arming, Consent, Effect, Failed, Failure, LoginRequired, Machine, Notice, Retry, State,
    SubmittedFrom, Submitting, Timer,
    authorize::{present, remember},
    machine::Effects,
    state::Question,
};
use crate::backend::{BackendError, BackendFault, TransportError};

/// A call failed.
pub(super) fn failed(machine: &mut Machine, error: BackendError) -> Effects {
    let notice = told(&error);
    if error.fault == BackendFault::KeyReused {
        // That key is lost; the next try needs another.
        machine.unanswered = None;
    }
    let mut state = match (&error.fault, machine.take()) {
        (BackendFault::Answered, _) => State::Answered(error.client),
        (BackendFault::Expired, _) => State::Expired(error.client),
        (_, State::Submitting(submitting)) => back_to_the_screen(*submitting, error),
        (_, State::SigningOut(signing)) => State::ConfirmLogout {
            asked: signing.asked,
            trouble: Some(error),
        },
        (_, State::Starting(Some(consent))) => {
            // The organization that could not be chosen is given up, so that trying again leads back to the card.
            let shown = consent.asked.organization.map(|it| it.organization_id);
            if let Some(transaction) = &consent.asked.transaction {
                remember(machine, transaction, shown);
            }
            failed_state(machine, error)
        }
        _ => failed_state(machine, error),
    };
    let mut effects = vec![notice];
    match &mut state {
        // The waits of the card went with the attempt before.
        State::Consent(consent) => effects.extend(present(machine, consent)),
        State::Failed(Failed {
            retry: Retry::After(seconds),
            ..
        }) => {
            effects.push(Effect::Wait {
                attempt: machine.renumber(),
                timer: Timer::RetryAfter(*seconds),
            });
        }
        _ => {}
    }
    match state {
        State::Consent(_) | State::LoginRequired(_) | State::ConfirmLogout { .. } => {
            machine.keep(state, effects)
        }
        _ => machine.with(state, effects),
    }
}

/// What the host hears of it.
fn told(error: &BackendError) -> Effect {
    Effect::Notify(Notice::Failed {
        code: error.fault.code(),
        error: match &error.fault {
            BackendFault::Unknown { error, .. } => Some(error.clone()),
            // Which field is wrong, for those who wrote it.
            BackendFault::Wire(error) => Some(error.to_string()),
            _ => None,
        },
        request_id: error.request_id.as_ref().map(|id| id.as_str().to_owned()),
    })
}

/// A failed decision goes back to where it was taken.
fn back_to_the_screen(submitting: Submitting, error: BackendError) -> State {
    let trouble = Some(error);
    match submitting.from {
        SubmittedFrom::Consent(consent) => State::Consent(Box::new(Consent {
            trouble,
            ..*consent
        })),
        SubmittedFrom::Login(login) => {
            State::LoginRequired(Box::new(LoginRequired { trouble, ..*login }))
        }
    }
}

fn failed_state(machine: &Machine, error: BackendError) -> State {
    let retry = match error.fault {
        BackendFault::Busy {
            retry_after: Some(seconds),
        } => Retry::After(seconds.clamp(1, 120)),
        _ => Retry::Now,
    };
    match &machine.question {
        Some(question) => State::Failed(Failed {
            failure: Failure::Backend(error),
            retry,
            question: question.clone(),
        }),
        None => State::Expired(error.client),
    }
}

/// A timer ran out.
pub(super) fn timed_out(machine: &mut Machine, timer: Timer) -> Effects {
    match (timer, machine.take()) {
        (
            Timer::Answer,
            late @ (State::Starting(_) | State::Submitting(_) | State::SigningOut(_)),
        ) => {
            machine.state = late;
            // The answer may still come: with a new number, it is late.
            machine.renumber();
            failed(machine, BackendFault::from(TransportError::TimedOut).into())
        }
        (Timer::Answer, State::Attesting) => {
            machine.state = State::Attesting;
            machine.renumber();
            let awaited = matches!(machine.question, Some(Question::Attest(None, _)));
            failed(
                machine,
                if awaited {
                    BackendFault::Token.into()
                } else {
                    BackendFault::from(TransportError::TimedOut).into()
                },
            )
        }
        // The backend has the last word on whether it is over.
        (Timer::Expiry(_), State::Consent(consent)) => {
            ask_again(machine, State::Starting(Some(consent)))
        }
        (Timer::RetryAfter(_), State::Failed(failed)) if failed.retry != Retry::Now => {
            let retry = Retry::Now;
            machine.to(State::Failed(Failed { retry, ..failed }))
        }
        (Timer::Arming(number), State::Consent(mut consent))
            if consent.arming == Arming::Waiting(number) =>
        {
            consent.arming = Arming::Armed;
            machine.keep(State::Consent(consent), Vec::new())
        }
        (Timer::Navigation | Timer::HandOver, State::Redirecting(redirecting)) => {
            machine.to(State::Returned(redirecting))
        }
        (_, other) => machine.back(other),
    }
}

/// The user makes the failed call again.
pub(super) fn retry(machine: &mut Machine) -> Effects {
    match &machine.state {
        State::Failed(Failed {
            retry: Retry::Now,
            question,
            ..
        }) => {
            let question = question.clone();
            ask(machine, question, State::Starting(None))
        }
        _ => Vec::new(),
    }
}

fn ask(machine: &mut Machine, question: Question, meanwhile: State) -> Effects {
    let state = match question {
        Question::Attest(..) => State::Attesting,
        _ => meanwhile,
    };
    machine.ask(question, state)
}

/// What is shown may be long over: the backend is asked again.
pub(super) fn restored(machine: &mut Machine) -> Effects {
    match machine.state {
        State::Framed | State::Invalid(_) => Vec::new(),
        _ => ask_again(machine, State::Starting(None)),
    }
}

fn ask_again(machine: &mut Machine, meanwhile: State) -> Effects {
    match machine.question.clone() {
        Some(question) => ask(machine, question, meanwhile),
        None => Vec::new(),
    }
}
