//! Failures, missing responses and retries.

use crate::{
    backend::{BackendError, BackendFault, ErrorResponse, TransportError},
    flow::{
        Consent, Effect, Failed, Failure, Invalid, LoginRequired, Question, Retry, State,
        SubmittedFrom, Submitting, Timer, WidgetError, context::Context, transition::Transition,
    },
};

/// The backend refuses the request.
pub fn request_refused(error: ErrorResponse) -> Transition {
    let reported = WidgetError {
        error: Some(error.error.clone()),
        request_id: Some(error.request_id.as_str().to_owned()),
        ..WidgetError::of("request_refused")
    };
    Transition::new_screen(State::Invalid(Invalid::Response(error)))
        .with([Effect::ReportError(reported)])
}

/// A call failed. A failed decision returns to its screen.
pub fn call_failed(context: &mut Context, state: State, mut error: BackendError) -> Transition {
    if let Some(home) = error.client.take() {
        context.remember_home(*home);
    }
    let report = Effect::ReportError(reported(&error));
    if matches!(error.fault, BackendFault::KeyReused) {
        // The key is lost. The next attempt needs another one.
        context.unanswered = None;
    }
    let transition = match (&error.fault, state) {
        (BackendFault::AlreadyAnswered, _) => {
            Transition::new_screen(State::Answered(error.decision))
        }
        (BackendFault::Expired, _) => Transition::new_screen(State::Expired),
        // Nothing that is sent again reaches the request before the user has allowed cookies.
        (BackendFault::NoCookies, _) => failed(context, error),
        (_, State::Submitting(submitting)) => back_to_the_screen(*submitting, error),
        (_, State::SigningOut(signing)) => Transition::same_screen(State::ConfirmLogout {
            confirmation: signing.confirmation,
            error: Some(error),
        }),
        (_, State::Starting(Some(consent))) => {
            // The failed choice of an organization is discarded, so that a retry returns to the
            // card.
            let organization = consent.request.organization;
            let shown = organization.map(|organization| organization.organization_id);
            if let Some(transaction) = &consent.request.transaction {
                context.adopt_transaction(transaction, shown);
            }
            failed(context, error)
        }
        _ => failed(context, error),
    };
    restart_timers(context, transition.with([report]))
}

/// The screen's timers ended with the previous attempt, so they start again.
fn restart_timers(context: &mut Context, transition: Transition) -> Transition {
    let timers = match &transition.state {
        State::Consent(consent) => context.present(consent),
        State::ConfirmLogout { .. } => context.arm().into_iter().collect(),
        State::Failed(Failed { retry: Retry::After(seconds), .. }) => {
            context.renumber();
            vec![context.wait(Timer::RetryAfter(*seconds))]
        }
        _ => Vec::new(),
    };
    transition.with(timers)
}

/// The error for the host.
fn reported(error: &BackendError) -> WidgetError {
    WidgetError {
        error: match &error.fault {
            BackendFault::Unknown { error, .. } => Some(error.clone()),
            // For the backend's developers.
            BackendFault::Wire(error) => Some(error.text()),
            _ => None,
        },
        request_id: error.request_id.as_ref().map(|id| id.as_str().to_owned()),
        status: error.fault.status(),
        detail: error.detail.clone(),
        ..WidgetError::of(error.fault.code())
    }
}

fn back_to_the_screen(submitting: Submitting, error: BackendError) -> Transition {
    let error = Some(error);
    Transition::same_screen(match submitting.from {
        SubmittedFrom::Consent(consent) => State::Consent(Box::new(Consent { error, ..*consent })),
        SubmittedFrom::Login(login) => {
            State::LoginRequired(Box::new(LoginRequired { error, ..*login }))
        }
    })
}

fn failed(context: &Context, error: BackendError) -> Transition {
    let retry = match error.fault {
        BackendFault::Busy { retry_after: Some(seconds) } => Retry::After(seconds.clamp(1, 120)),
        _ => Retry::Now,
    };
    Transition::new_screen(match &context.question {
        Some(question) => State::Failed(Failed {
            failure: Failure::Backend(error),
            retry,
            question: question.clone(),
        }),
        None => State::Expired,
    })
}

/// The response to a call, or a trusted auth token, did not arrive in time.
pub fn no_response(context: &mut Context, state: State) -> Transition {
    let awaits_token = matches!(context.question, Some(Question::Attest(None, _)));
    let fault = match &state {
        State::Attesting if awaits_token => BackendFault::Token,
        State::Attesting | State::Starting(_) | State::Submitting(_) | State::SigningOut(_) => {
            TransportError::TimedOut.into()
        }
        _ => return Transition::same_screen(state),
    };
    // The response may still arrive. The new number makes it stale.
    context.renumber();
    call_failed(context, state, fault.into())
}

/// The user repeats the failed call.
pub fn retry(context: &mut Context, state: State) -> Transition {
    match state {
        State::Failed(Failed { retry: Retry::Now, question, .. }) => context.ask(question, None),
        other => Transition::same_screen(other),
    }
}
