//! The redirect to the host's login page.

use crate::{
    backend::LoginRequest,
    flow::{
        Effect, Failed, Failure, LoginRequired, Retry, State, WidgetError, WidgetEvent,
        context::Context, transition::Transition,
    },
    protocol::{
        HandOffError, LoginHandOff, LoginReason, RedirectTarget, RequestRef, TransactionId,
    },
};

/// The user must sign in. From the third time on, the page waits for a click before it redirects.
///
/// `way_back`: where a denial leads, if a card has shown it.
pub fn on_login_required(
    context: &mut Context,
    login: LoginRequest,
    way_back: Option<RedirectTarget>,
) -> Transition {
    let LoginRequest { reason, transaction, sign_in_count, login_hint, acr_values, return_query } =
        login;
    let replace_url = transaction.as_ref().map(|id| context.adopt_transaction(id, None));
    let transaction = transaction.or_else(|| known_transaction(context));
    let hand_off = LoginHandOff {
        return_to: return_query
            .map_or_else(|| context.request_ref(transaction.as_ref()), RequestRef::Query),
        reason,
        login_hint: login_hint.or_else(|| context.login_hint.clone()),
        ui_locales: context.ui_locales.clone(),
        acr_values,
    };
    let required = LoginRequired { hand_off, transaction, sign_in_count, way_back, error: None };
    let go = (!required.is_stuck()).then(|| Effect::GoToLogin(required.hand_off.clone()));
    Transition::new_screen(State::LoginRequired(Box::new(required)))
        .with(replace_url)
        .with([Effect::ReportEvent(WidgetEvent::LoginRequired)])
        .with(go)
}

/// The transaction of the last question.
fn known_transaction(context: &Context) -> Option<TransactionId> {
    match &context.question.as_ref()?.start()?.request {
        RequestRef::Transaction(transaction) => Some(transaction.clone()),
        RequestRef::Query(_) => None,
    }
}

/// The user clicks the button for the login page.
pub fn sign_in(context: &mut Context, state: State) -> Transition {
    match state {
        State::LoginRequired(required) => {
            let go = Effect::GoToLogin(required.hand_off.clone());
            Transition::same_screen(State::LoginRequired(required)).with([go])
        }
        State::Failed(failed) if failed.offers_login() => {
            let request = LoginRequest {
                reason: LoginReason::NoSession,
                transaction: None,
                sign_in_count: 1,
                login_hint: None,
                acr_values: None,
                return_query: None,
            };
            on_login_required(context, request, None)
        }
        other => Transition::same_screen(other),
    }
}

/// The user wants another account. The request stays, and the login page offers the choice.
pub fn switch_account(context: &Context, state: State) -> Transition {
    let State::Consent(consent) = state else {
        return Transition::same_screen(state);
    };
    let transaction = consent.request.transaction.clone();
    let hand_off = LoginHandOff {
        return_to: context.request_ref(transaction.as_ref()),
        reason: LoginReason::SelectAccount,
        login_hint: None,
        ui_locales: context.ui_locales.clone(),
        acr_values: None,
    };
    let effects =
        [Effect::ReportEvent(WidgetEvent::LoginRequired), Effect::GoToLogin(hand_off.clone())];
    let way_back = consent.way_back();
    let required = LoginRequired { hand_off, transaction, sign_in_count: 1, way_back, error: None };
    Transition::new_screen(State::LoginRequired(Box::new(required))).with(effects)
}

/// The driver could not build the address of the login page.
pub fn on_hand_off_failed(context: &Context, state: State, error: HandOffError) -> Transition {
    match (state, context.question.clone()) {
        (State::LoginRequired(_), Some(question)) => {
            let failed = Failed { failure: Failure::HandOff(error), retry: Retry::Now, question };
            let reported = WidgetError::of("login_unreachable");
            Transition::new_screen(State::Failed(failed)).with([Effect::ReportError(reported)])
        }
        (state, _) => Transition::same_screen(state),
    }
}
