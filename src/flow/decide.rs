//! The user's hand on the card: tick, choose, allow, deny.

use super::{
    Consent, Effect, Machine, State, SubmittedFrom, Submitting, Timer, login::request_ref,
    machine::Effects, state::Question,
};
use crate::{
    backend::{Decision, Opening, StartRequest, SubmitRequest},
    protocol::{IdempotencyKey, OrganizationId, RequestRef},
};

pub(super) fn allow(machine: &mut Machine, key: IdempotencyKey) -> Effects {
    match machine.take() {
        State::Consent(consent) if consent.is_ready() => {
            let asked = &consent.asked;
            let details = asked.authorization_details.iter();
            let request = SubmitRequest {
                scopes: consent.selection.granted(asked),
                authorization_details: details.map(|it| it.json.clone()).collect(),
                remember: asked.remember.then_some(consent.remember),
                ..answer(machine, &consent, Decision::Allow, key)
            };
            submit(machine, SubmittedFrom::Consent(consent), request)
        }
        other => machine.back(other),
    }
}

/// Asks the administrators; the request waits meanwhile.
pub(super) fn request_approval(machine: &mut Machine, key: IdempotencyKey) -> Effects {
    match machine.take() {
        State::Consent(consent) if consent.approvable().is_some() => {
            let request = answer(machine, &consent, Decision::RequestApproval, key);
            submit(machine, SubmittedFrom::Consent(consent), request)
        }
        other => machine.back(other),
    }
}

/// An answer to what a card shows, which grants nothing yet.
fn answer(
    machine: &Machine,
    consent: &Consent,
    decision: Decision,
    key: IdempotencyKey,
) -> SubmitRequest {
    let organization = consent.asked.organization.as_ref();
    SubmitRequest {
        request: request_ref(machine, consent.asked.transaction.as_ref()),
        decision,
        scopes: Vec::new(),
        authorization_details: Vec::new(),
        organization: organization.map(|it| it.organization_id.clone()),
        remember: None,
        key,
    }
}

pub(super) fn deny(machine: &mut Machine, key: IdempotencyKey) -> Effects {
    match machine.take() {
        State::Consent(consent) => {
            let request = answer(machine, &consent, Decision::Deny, key);
            submit(machine, SubmittedFrom::Consent(consent), request)
        }
        State::LoginRequired(login) => match login.transaction.clone() {
            Some(transaction) => {
                let request = SubmitRequest {
                    request: RequestRef::Transaction(transaction),
                    decision: Decision::Deny,
                    scopes: Vec::new(),
                    authorization_details: Vec::new(),
                    organization: None,
                    remember: None,
                    key,
                };
                submit(machine, SubmittedFrom::Login(login), request)
            }
            None => machine.back(State::LoginRequired(login)),
        },
        other => machine.back(other),
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

pub(super) fn read_only(machine: &mut Machine) -> Effects {
    if let State::Consent(consent) = &mut machine.state {
        consent.selection.toggle_read_only(&consent.asked);
    }
    Vec::new()
}

pub(super) const fn remember(machine: &mut Machine) -> Effects {
    if let State::Consent(consent) = &mut machine.state {
        consent.remember = consent.asked.remember && !consent.remember;
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
