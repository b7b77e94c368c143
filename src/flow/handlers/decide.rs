//! The card: tick scopes, choose an organization, allow, deny.

use crate::{
    backend::{Decision, StartRequest, SubmitRequest},
    flow::{
        Consent, Effect, Question, State, SubmittedFrom, Submitting, Timer, Uncounted,
        context::Context, transition::Transition,
    },
    protocol::{IdempotencyKey, OrganizationId, RequestRef},
};

/// Grants what is ticked.
pub fn allow(context: &mut Context, state: State, key: IdempotencyKey) -> Transition {
    match state {
        State::Consent(consent) if consent.grants_something() => {
            if let Some(effects) = context.refuse_press(true) {
                return Transition::same_screen(State::Consent(consent)).with(effects);
            }
            let details = consent.request.authorization_details.iter();
            let request = SubmitRequest {
                scopes: consent.selection.granted(&consent.request),
                authorization_details: details.map(|detail| detail.json.clone()).collect(),
                remember: consent.request.can_remember().then_some(consent.remember),
                ..card_decision(context, &consent, Decision::Allow, key)
            };
            submit(context, SubmittedFrom::Consent(consent), request)
        }
        State::Consent(consent) if consent.is_choosing() => {
            context.guard.uncounted = Some(Uncounted::NoOrganization);
            Transition::same_screen(State::Consent(consent))
        }
        other => Transition::same_screen(other),
    }
}

/// Asks the organization's administrators to approve the client.
pub fn request_approval(context: &mut Context, state: State, key: IdempotencyKey) -> Transition {
    match state {
        State::Consent(consent) if consent.approvable().is_some() => {
            if let Some(effects) = context.refuse_press(false) {
                return Transition::same_screen(State::Consent(consent)).with(effects);
            }
            let request = card_decision(context, &consent, Decision::RequestApproval, key);
            submit(context, SubmittedFrom::Consent(consent), request)
        }
        other => Transition::same_screen(other),
    }
}

/// Grants nothing.
pub fn deny(context: &mut Context, state: State, key: IdempotencyKey) -> Transition {
    match state {
        State::Consent(consent) => {
            let request = card_decision(context, &consent, Decision::Deny, key);
            submit(context, SubmittedFrom::Consent(consent), request)
        }
        State::LoginRequired(login) => match login.transaction.clone() {
            Some(transaction) => {
                let request = RequestRef::Transaction(transaction);
                let request = decision(request, None, Decision::Deny, key);
                submit(context, SubmittedFrom::Login(login), request)
            }
            None => Transition::same_screen(State::LoginRequired(login)),
        },
        other => Transition::same_screen(other),
    }
}

/// A decision about the card. It grants nothing yet.
fn card_decision(
    context: &Context,
    consent: &Consent,
    kind: Decision,
    key: IdempotencyKey,
) -> SubmitRequest {
    let request = context.request_ref(consent.request.transaction.as_ref());
    let organization = consent
        .request
        .organization
        .as_ref()
        .map(|organization| organization.organization_id.clone());
    SubmitRequest {
        version: consent.request.version.clone(),
        ..decision(request, organization, kind, key)
    }
}

const fn decision(
    request: RequestRef,
    organization: Option<OrganizationId>,
    decision: Decision,
    key: IdempotencyKey,
) -> SubmitRequest {
    SubmitRequest {
        request,
        version: None,
        decision,
        scopes: Vec::new(),
        authorization_details: Vec::new(),
        organization,
        remember: None,
        key,
    }
}

fn submit(context: &mut Context, from: SubmittedFrom, mut request: SubmitRequest) -> Transition {
    if let Some(before) = &context.unanswered
        && before.is_same_decision(&request)
    {
        request.key = before.key.clone();
    }
    context.guard.uncounted = None;
    context.unanswered = Some(request.clone());
    let attempt = context.renumber();
    let call = Effect::Submit { attempt, request: request.clone() };
    Transition::same_screen(State::Submitting(Box::new(Submitting { from, request })))
        .with([call, context.wait(Timer::Response)])
}

/// Ticks or unticks a scope.
pub fn toggle_scope(mut state: State, index: usize) -> Transition {
    if let State::Consent(consent) = &mut state {
        consent.selection.toggle(&consent.request, index);
    }
    Transition::same_screen(state)
}

/// Unticks the scopes that imply others, or ticks them again.
pub fn toggle_read_only(mut state: State) -> Transition {
    if let State::Consent(consent) = &mut state {
        consent.selection.toggle_read_only(&consent.request);
    }
    Transition::same_screen(state)
}

/// Ticks or unticks the box for remembering the decision.
pub fn toggle_remember(mut state: State) -> Transition {
    if let State::Consent(consent) = &mut state {
        consent.remember = consent.request.can_remember() && !consent.remember;
    }
    Transition::same_screen(state)
}

/// The grantable scopes may differ by organization, so the backend is asked again.
pub fn choose_organization(
    context: &mut Context,
    state: State,
    organization: OrganizationId,
) -> Transition {
    let State::Consent(consent) = state else {
        return Transition::same_screen(state);
    };
    let is_offered =
        consent.request.organizations.iter().any(|offered| offered.organization_id == organization);
    match consent.request.transaction.clone() {
        Some(transaction) if is_offered => {
            let question = Question::Start(StartRequest {
                realm: context.realm,
                request: RequestRef::Transaction(transaction),
                organization: Some(organization),
            });
            context.ask(question, Some(consent))
        }
        _ => Transition::same_screen(State::Consent(consent)),
    }
}
