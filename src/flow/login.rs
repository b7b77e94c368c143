//! The way to the login page.

use super::{
    Effect, Failed, Failure, LoginRequired, Machine, Notice, Retry, State, authorize::remember,
    machine::Effects, state::Question,
};
use crate::{
    backend::{LoginRequest, Opening},
    protocol::{HandOffError, LoginHandOff, LoginReason, RawQuery, RequestRef, TransactionId},
};

/// The backend wants the user to sign in.
pub(super) fn required(machine: &mut Machine, login: LoginRequest) -> Effects {
    let LoginRequest {
        reason,
        transaction,
        attempt,
        login_hint,
        acr_values,
        return_query,
    } = login;
    let replace = transaction.as_ref().map(|id| remember(machine, id, None));
    let transaction = transaction.or_else(|| known_transaction(machine));
    let hand_off = LoginHandOff {
        return_to: return_query.map_or_else(
            || request_ref(machine, transaction.as_ref()),
            RequestRef::Query,
        ),
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
    match &machine.question.as_ref()?.start()?.opening {
        Opening::Transaction { transaction, .. } => Some(transaction.clone()),
        Opening::Query(_) => None,
    }
}

/// How the request is found again: by its transaction, else by the query it came as.
pub(super) fn request_ref(machine: &Machine, transaction: Option<&TransactionId>) -> RequestRef {
    if let Some(id) = transaction {
        return RequestRef::Transaction(id.clone());
    }
    let start = machine.question.as_ref().and_then(Question::start);
    RequestRef::Query(match start.map(|start| &start.opening) {
        Some(Opening::Query(raw)) => raw.clone(),
        _ => RawQuery::default(),
    })
}

/// The user goes to the login page by hand.
pub(super) fn sign_in(machine: &mut Machine) -> Effects {
    match &machine.state {
        State::LoginRequired(required) => vec![Effect::GoToLogin(required.hand_off.clone())],
        State::Failed(failed) if failed.offers_login() => {
            let request = LoginRequest {
                reason: LoginReason::NoSession,
                transaction: None,
                attempt: 1,
                login_hint: None,
                acr_values: None,
                return_query: None,
            };
            self::required(machine, request)
        }
        _ => Vec::new(),
    }
}

/// The user wants another account: the request stays, the login page offers the choice.
pub(super) fn switch_account(machine: &mut Machine) -> Effects {
    let State::Consent(consent) = &machine.state else {
        return Vec::new();
    };
    let transaction = consent.asked.transaction.clone();
    let hand_off = LoginHandOff {
        return_to: request_ref(machine, transaction.as_ref()),
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
        transaction,
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
                error: None,
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
