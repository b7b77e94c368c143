//! The way to the login page.

use super::{
    Effect, Failed, Failure, LoginRequired, Machine, Notice, Retry, State, authorize::remember,
    machine::Effects, state::Question,
};
use crate::{
    backend::{LoginRequest, Opening, StartRequest},
    protocol::{HandOffError, LoginHandOff, LoginReason, RawQuery, ReturnTo, TransactionId},
};

/// The backend wants the user to sign in.
pub(super) fn required(machine: &mut Machine, login: LoginRequest) -> Effects {
    let LoginRequest {
        reason,
        transaction,
        attempt,
        login_hint,
        acr_values,
    } = login;
    let replace = transaction.as_ref().map(|id| remember(machine, id, None));
    let transaction = transaction.or_else(|| known_transaction(machine));
    let hand_off = LoginHandOff {
        return_to: return_to(machine, transaction.as_ref()),
        reason,
        login_hint: login_hint.or_else(|| machine.login_hint.clone()),
        ui_locales: machine.ui_locales.clone(),
        acr_values,
    };
    let required = LoginRequired {
        hand_off,
        transaction,
        count: attempt,
        trouble: None,
    };
    let mut effects: Vec<Effect> = replace.into_iter().collect();
    effects.push(Effect::Notify(Notice::LoginRequired));
    if !required.is_stuck() {
        effects.push(Effect::GoToLogin(required.hand_off.clone()));
    }
    machine.with(State::LoginRequired(Box::new(required)), effects)
}

/// The transaction that the last question was about.
fn known_transaction(machine: &Machine) -> Option<TransactionId> {
    match &machine.question {
        Some(Question::Start(request)) => match &request.opening {
            Opening::Transaction { transaction, .. } => Some(transaction.clone()),
            Opening::Query(_) => None,
        },
        _ => None,
    }
}

fn return_to(machine: &Machine, transaction: Option<&TransactionId>) -> ReturnTo {
    match (transaction, &machine.question) {
        (Some(id), _) => ReturnTo::Transaction(id.clone()),
        (
            None,
            Some(
                Question::Start(StartRequest {
                    opening: Opening::Query(raw),
                    ..
                })
                | Question::Logout(raw),
            ),
        ) => ReturnTo::Query(raw.clone()),
        (None, _) => ReturnTo::Query(RawQuery::default()),
    }
}

/// The user goes to the login page by hand.
pub(super) fn sign_in(machine: &mut Machine) -> Effects {
    let State::LoginRequired(required) = &machine.state else {
        return Vec::new();
    };
    vec![Effect::GoToLogin(required.hand_off.clone())]
}

/// The user wants another account: the request stays, the login page offers the choice.
pub(super) fn switch_account(machine: &mut Machine) -> Effects {
    let State::Consent(consent) = &machine.state else {
        return Vec::new();
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
        trouble: None,
    };
    machine.with(State::LoginRequired(Box::new(required)), effects)
}

/// No address could be made.
pub(super) fn hand_off_failed(machine: &mut Machine, error: HandOffError) -> Effects {
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
        _ => Vec::new(),
    }
}
