//! Start, login, redirect, failure: the way of a request up to the card and away from it.

use super::{
    Consent, Effect, Failed, Failure, Invalid, LoginRequired, Machine, Notice, Redirecting, Retry,
    State, Step, SubmittedFrom, Timer, machine::unchanged, state::Question,
};
use crate::{
    backend::{
        BackendError, BackendFault, LoginRequest, Opening, Outcome, StartRequest, TransportError,
    },
    consent::{ConsentRequest, Selection},
    protocol::{
        Address, HandOffError, LoginHandOff, LoginReason, OrganizationId, ReturnTo, TransactionId,
    },
};

/// The answer to `start` or `submit`.
pub(super) fn answered(machine: Machine, answer: Result<Outcome, BackendError>) -> Step {
    if !matches!(machine.state, State::Starting(_) | State::Submitting(_)) {
        return unchanged(machine);
    }
    match answer {
        Ok(Outcome::Consent(asked)) => consent(machine, *asked),
        Ok(Outcome::Redirect(address)) => redirect(machine, address),
        Ok(Outcome::Login(login)) => login_required(machine, login),
        Ok(Outcome::Error(error)) => {
            let notice = Notice::Failed {
                code: "request_refused",
                request_id: Some(error.request_id.as_str().to_owned()),
            };
            machine.with(
                State::Invalid(Invalid::Answer(error)),
                vec![Effect::Notify(notice)],
            )
        }
        Err(error) => failed(machine, error),
    }
}

fn consent(mut machine: Machine, asked: ConsentRequest) -> Step {
    if let Err(unsafe_address) = asked.redirect_uri {
        return refuse_address(machine, unsafe_address);
    }
    let wait = Effect::Wait {
        attempt: machine.attempt,
        timer: Timer::Expiry(asked.expires_at),
    };
    let replace = remember(
        &mut machine,
        &asked.transaction,
        asked
            .organization
            .as_ref()
            .map(|it| it.organization_id.clone()),
    );
    let shown = Consent {
        asked,
        selection: Selection::default(),
        failed: None,
    };
    machine.with(
        State::Consent(Box::new(shown)),
        vec![replace, wait, Effect::Notify(Notice::ConsentShown)],
    )
}

/// From now on the request is asked for by its transaction, by a reload as well.
fn remember(
    machine: &mut Machine,
    transaction: &TransactionId,
    organization: Option<OrganizationId>,
) -> Effect {
    let opening = Opening::Transaction {
        transaction: transaction.clone(),
        organization,
    };
    machine.question = Some(Question::Start(StartRequest {
        realm: machine.realm,
        opening,
    }));
    Effect::ReplaceUrl(transaction.clone())
}

fn redirect(machine: Machine, address: Address) -> Step {
    match address {
        Ok(target) => {
            let client = known_client(&machine.state);
            leave(machine, Redirecting { target, client })
        }
        Err(unsafe_address) => refuse_address(machine, unsafe_address),
    }
}

/// Leaves the page for a checked address.
pub(super) fn leave(mut machine: Machine, redirecting: Redirecting) -> Step {
    machine.attempt = machine.attempt.next();
    let effects = vec![
        Effect::Notify(Notice::Redirecting),
        Effect::Wait {
            attempt: machine.attempt,
            timer: Timer::Navigation,
        },
        Effect::Navigate(redirecting.target.clone()),
    ];
    machine.with(State::Redirecting(redirecting), effects)
}

pub(super) fn refuse_address(
    machine: Machine,
    unsafe_address: crate::protocol::UnsafeAddress,
) -> Step {
    let notice = Notice::Failed {
        code: unsafe_address.code(),
        request_id: None,
    };
    machine.with(
        State::UnsafeAddress(unsafe_address),
        vec![Effect::Notify(notice)],
    )
}

fn known_client(state: &State) -> Option<String> {
    let consent = match state {
        State::Submitting(submitting) => match &submitting.from {
            SubmittedFrom::Consent(consent) => consent,
            SubmittedFrom::Login(_) => return None,
        },
        State::Starting(Some(consent)) => consent,
        _ => return None,
    };
    Some(consent.asked.client.display_name().as_str().to_owned())
}

fn login_required(mut machine: Machine, login: LoginRequest) -> Step {
    let LoginRequest {
        reason,
        transaction,
        attempt,
        login_hint,
        acr_values,
    } = login;
    let replace = transaction
        .as_ref()
        .map(|id| remember(&mut machine, id, None));
    let hand_off = LoginHandOff {
        return_to: return_to(&machine, transaction.as_ref()),
        reason,
        login_hint: login_hint.or_else(|| machine.login_hint.clone()),
        ui_locales: machine.ui_locales.clone(),
        acr_values,
    };
    let required = LoginRequired {
        hand_off,
        transaction,
        count: attempt,
        failed: None,
    };
    let mut effects: Vec<Effect> = replace.into_iter().collect();
    effects.push(Effect::Notify(Notice::LoginRequired));
    if !required.is_stuck() {
        effects.push(Effect::GoToLogin(required.hand_off.clone()));
    }
    machine.with(State::LoginRequired(required), effects)
}

fn return_to(machine: &Machine, transaction: Option<&TransactionId>) -> ReturnTo {
    match (transaction, &machine.question) {
        (Some(id), _) => ReturnTo::Transaction(id.clone()),
        (None, Some(Question::Start(StartRequest { opening, .. }))) => match opening {
            Opening::Query(raw) => ReturnTo::Query(raw.clone()),
            Opening::Transaction { transaction, .. } => ReturnTo::Transaction(transaction.clone()),
        },
        (None, Some(Question::Logout(raw))) => ReturnTo::Query(raw.clone()),
        (None, None) => ReturnTo::Query(crate::protocol::RawQuery::default()),
    }
}

/// The user goes to the login page by hand.
pub(super) fn sign_in(machine: Machine) -> Step {
    let State::LoginRequired(required) = &machine.state else {
        return unchanged(machine);
    };
    let go = Effect::GoToLogin(required.hand_off.clone());
    Step {
        machine,
        effects: vec![go],
    }
}

/// The user wants another account: the request stays, the login page offers the choice.
pub(super) fn switch_account(machine: Machine) -> Step {
    let State::Consent(consent) = &machine.state else {
        return unchanged(machine);
    };
    let transaction = consent.asked.transaction.clone();
    let hand_off = LoginHandOff {
        return_to: ReturnTo::Transaction(transaction.clone()),
        reason: LoginReason::SelectAccount,
        login_hint: None,
        ui_locales: machine.ui_locales.clone(),
        acr_values: None,
    };
    let effects = vec![
        Effect::Notify(Notice::LoginRequired),
        Effect::GoToLogin(hand_off.clone()),
    ];
    let required = LoginRequired {
        hand_off,
        transaction: Some(transaction),
        count: 1,
        failed: None,
    };
    machine.with(State::LoginRequired(required), effects)
}

/// A call failed.
pub(super) fn failed(mut machine: Machine, error: BackendError) -> Step {
    let notice = Effect::Notify(Notice::Failed {
        code: error.fault.code(),
        request_id: error.request_id.as_ref().map(|id| id.as_str().to_owned()),
    });
    let state = match (error.fault.clone(), machine.state.clone()) {
        (BackendFault::Answered, _) => State::Answered(error.client),
        (BackendFault::Expired, _) => State::Expired(error.client),
        (_, State::Submitting(submitting)) => back_to_the_screen(*submitting, error),
        (_, State::SigningOut(signing)) => State::ConfirmLogout {
            asked: signing.asked,
            trouble: Some(error),
        },
        _ => failed_state(&machine, error),
    };
    let mut effects = vec![notice];
    if let State::Failed(Failed {
        retry: Retry::After(seconds),
        ..
    }) = state
    {
        machine.attempt = machine.attempt.next();
        effects.push(Effect::Wait {
            attempt: machine.attempt,
            timer: Timer::RetryAfter(seconds),
        });
    }
    machine.with(state, effects)
}

/// A failed decision goes back to where it was taken, and is kept, so that sending it again uses its key again.
fn back_to_the_screen(submitting: super::Submitting, error: BackendError) -> State {
    let failed = Some((submitting.request, error));
    match submitting.from {
        SubmittedFrom::Consent(consent) => State::Consent(Box::new(Consent { failed, ..*consent })),
        SubmittedFrom::Login(login) => State::LoginRequired(LoginRequired { failed, ..login }),
    }
}

fn failed_state(machine: &Machine, error: BackendError) -> State {
    let retry = match error.fault {
        BackendFault::Busy {
            retry_after: Some(seconds),
        } => Retry::After(seconds),
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

pub(super) fn hand_off_failed(machine: Machine, error: HandOffError) -> Step {
    match (&machine.state, machine.question.clone()) {
        (State::LoginRequired(_), Some(question)) => {
            let notice = Effect::Notify(Notice::Failed {
                code: "login_unreachable",
                request_id: None,
            });
            let failed = Failed {
                failure: Failure::HandOff(error),
                retry: Retry::Now,
                question,
            };
            machine.with(State::Failed(failed), vec![notice])
        }
        _ => unchanged(machine),
    }
}

pub(super) fn timed_out(mut machine: Machine, timer: Timer) -> Step {
    match (timer, machine.state.clone()) {
        (Timer::Answer, State::Starting(_) | State::Submitting(_) | State::SigningOut(_)) => {
            // The answer may still come: with a new number, it is late.
            machine.attempt = machine.attempt.next();
            failed(machine, BackendFault::from(TransportError::TimedOut).into())
        }
        // The backend has the last word on whether it is over.
        (Timer::Expiry(_), State::Consent(_)) => restored(machine),
        (Timer::RetryAfter(_), State::Failed(failed)) => machine.to(State::Failed(Failed {
            retry: Retry::Now,
            ..failed
        })),
        (Timer::Navigation, State::Redirecting(redirecting)) => {
            machine.to(State::Returned(redirecting))
        }
        _ => unchanged(machine),
    }
}

pub(super) fn retry(machine: Machine) -> Step {
    match &machine.state {
        State::Failed(Failed {
            retry: Retry::Now,
            question,
            ..
        }) => {
            let question = question.clone();
            machine.ask(question, State::Starting(None))
        }
        _ => unchanged(machine),
    }
}

/// Opens the same checked address again.
pub(super) fn open_again(machine: Machine) -> Step {
    match machine.state.clone() {
        State::Returned(redirecting) => leave(machine, redirecting),
        _ => unchanged(machine),
    }
}

/// What is shown may be long over: the backend is asked again.
pub(super) fn restored(machine: Machine) -> Step {
    match (&machine.state, machine.question.clone()) {
        (State::Framed | State::Invalid(_), _) | (_, None) => unchanged(machine),
        (_, Some(question)) => machine.ask(question, State::Starting(None)),
    }
}
