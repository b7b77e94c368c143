//! The user's hand on the card: tick, choose, allow, deny.

use super::{
    Effect, Machine, State, SubmittedFrom, Submitting, Timer, login::request_ref, machine::Effects,
    state::Question,
};
use crate::{
    backend::{Decision, Opening, StartRequest, SubmitRequest},
    protocol::{IdempotencyKey, OrganizationId, RequestRef},
};

pub(super) fn allow(machine: &mut Machine, key: IdempotencyKey) -> Effects {
    match machine.take() {
        State::Consent(consent) if consent.asked.can_allow() => {
            let request = SubmitRequest {
                request: request_ref(machine, consent.asked.transaction.as_ref()),
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
        other => machine.back(other),
    }
}

pub(super) fn deny(machine: &mut Machine, key: IdempotencyKey) -> Effects {
    match machine.take() {
        State::Consent(consent) => {
            let organization = consent.asked.organization.as_ref();
            let organization = organization.map(|it| it.organization_id.clone());
            let answered = request_ref(machine, consent.asked.transaction.as_ref());
            let request = denial(answered, organization, key);
            submit(machine, SubmittedFrom::Consent(consent), request)
        }
        State::LoginRequired(login) => match login.transaction.clone() {
            Some(transaction) => {
                let request = denial(RequestRef::Transaction(transaction), None, key);
                submit(machine, SubmittedFrom::Login(login), request)
            }
            None => machine.back(State::LoginRequired(login)),
        },
        other => machine.back(other),
    }
}

const fn denial(
    request: RequestRef,
    organization: Option<OrganizationId>,
    key: IdempotencyKey,
) -> SubmitRequest {
    SubmitRequest {
        request,
        decision: Decision::Deny,
        scopes: Vec::new(),
        authorization_details: Vec::new(),
        organization,
        key,
    }
}

fn submit(machine: &mut Machine, from: SubmittedFrom, mut request: SubmitRequest) -> Effects {
    if let Some(before) = &machine.unanswered
        && before.is_same_decision(&request)
    {
        request.key = before.key.clone();
    }
    machine.unanswered = Some(request.clone());
    let attempt = machine.renumber();
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
    machine.keep(
        State::Submitting(Box::new(Submitting { from, request })),
        effects,
    )
}

pub(super) fn toggle(machine: &mut Machine, place: usize) -> Effects {
    if let State::Consent(consent) = &mut machine.state {
        consent.selection.toggle(&consent.asked, place);
    }
    Vec::new()
}

/// What can be granted may differ by organization, so choosing one asks the backend again.
pub(super) fn choose(machine: &mut Machine, organization: OrganizationId) -> Effects {
    let State::Consent(consent) = &machine.state else {
        return Vec::new();
    };
    let known = consent.asked.organizations.iter();
    let known = known
        .map(|it| &it.organization_id)
        .any(|id| *id == organization);
    let (true, Some(transaction)) = (known, consent.asked.transaction.clone()) else {
        return Vec::new();
    };
    let opening = Opening::Transaction {
        transaction,
        organization: Some(organization),
    };
    let question = Question::Start(StartRequest {
        realm: machine.realm,
        opening,
    });
    let meanwhile = State::Starting(Some(consent.clone()));
    machine.ask(question, meanwhile)
}
