//! The user's hand on the card: tick, choose, allow, deny.

use super::{
    Consent, Effect, Machine, State, Step, SubmittedFrom, Submitting, Timer, machine::unchanged,
    state::Question,
};
use crate::{
    backend::{Decision, Opening, StartRequest, SubmitRequest},
    protocol::{IdempotencyKey, OrganizationId},
};

pub(super) fn allow(machine: Machine, key: IdempotencyKey) -> Step {
    match machine.state.clone() {
        State::Consent(consent) if consent.asked.can_allow() => {
            let request = SubmitRequest {
                transaction: consent.asked.transaction.clone(),
                decision: Decision::Allow,
                scopes: consent.selection.granted(&consent.asked),
                authorization_details: consent
                    .asked
                    .authorization_details
                    .iter()
                    .map(|it| it.json.clone())
                    .collect(),
                organization: consent
                    .asked
                    .organization
                    .as_ref()
                    .map(|it| it.organization_id.clone()),
                key,
            };
            submit(machine, SubmittedFrom::Consent(consent), request)
        }
        _ => unchanged(machine),
    }
}

pub(super) fn deny(machine: Machine, key: IdempotencyKey) -> Step {
    match machine.state.clone() {
        State::Consent(consent) => {
            let request = denial(&consent, key);
            submit(machine, SubmittedFrom::Consent(consent), request)
        }
        State::LoginRequired(login) => match login.transaction.clone() {
            Some(transaction) => {
                let request = SubmitRequest {
                    transaction,
                    decision: Decision::Deny,
                    scopes: Vec::new(),
                    authorization_details: Vec::new(),
                    organization: None,
                    key,
                };
                submit(machine, SubmittedFrom::Login(login), request)
            }
            None => unchanged(machine),
        },
        _ => unchanged(machine),
    }
}

fn denial(consent: &Consent, key: IdempotencyKey) -> SubmitRequest {
    SubmitRequest {
        transaction: consent.asked.transaction.clone(),
        decision: Decision::Deny,
        scopes: Vec::new(),
        authorization_details: Vec::new(),
        organization: consent
            .asked
            .organization
            .as_ref()
            .map(|it| it.organization_id.clone()),
        key,
    }
}

fn submit(mut machine: Machine, from: SubmittedFrom, mut request: SubmitRequest) -> Step {
    if let Some(before) = &machine.unanswered
        && before.is_same_decision(&request)
    {
        request.key = before.key.clone();
    }
    machine.unanswered = Some(request.clone());
    machine.attempt = machine.attempt.next();
    let attempt = machine.attempt;
    let effects = vec![
        Effect::Submit {
            attempt,
            request: request.clone(),
        },
        Effect::Wait {
            attempt,
            timer: Timer::Answer,
        },
    ];
    machine.with(
        State::Submitting(Box::new(Submitting { from, request })),
        effects,
    )
}

pub(super) fn toggle(machine: Machine, place: usize) -> Step {
    match machine.state.clone() {
        State::Consent(mut consent) => {
            let Consent {
                asked, selection, ..
            } = &mut *consent;
            selection.toggle(asked, place);
            machine.to(State::Consent(consent))
        }
        _ => unchanged(machine),
    }
}

/// What can be granted may differ by organization, so choosing one asks the backend again.
pub(super) fn choose(machine: Machine, organization: OrganizationId) -> Step {
    match machine.state.clone() {
        State::Consent(consent)
            if consent
                .asked
                .organizations
                .iter()
                .any(|it| it.organization_id == organization) =>
        {
            let transaction = consent.asked.transaction.clone();
            let opening = Opening::Transaction {
                transaction,
                organization: Some(organization),
            };
            let question = Question::Start(StartRequest {
                realm: machine.realm,
                opening,
            });
            machine.ask(question, State::Starting(Some(consent)))
        }
        _ => unchanged(machine),
    }
}
