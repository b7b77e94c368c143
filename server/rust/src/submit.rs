//! `authorize/submit`: takes one decision for a transaction.

use crate::{
    authorize::{CardStep, Step, ask, undecided},
    calls::{DecisionKind, SubmitCall},
    card::{Card, Facts, describe_card},
    claims::Decision,
    decisions::{Earlier, Outcome, decide_once, earlier},
    engine::{Asked, Grant, Remembers},
    error::CallError,
    json::Json,
    kit::{Call, Kit},
    model::{Approval, RequestedScope},
    outcomes::{end_with, name_of, refused},
    problem::Fault,
    scopes::CardScope,
    transactions::{Chosen, Transaction},
};

fn malformed<T>(detail: impl Into<String>) -> Result<T, CallError> {
    Err(Fault::Malformed(detail.into()).into())
}

/// Whether a grantable scope must be among the chosen ones, as another includes it or the client
/// needs all.
fn must_be_chosen(facts: &Facts, entry: &CardScope, chosen: &[RequestedScope]) -> bool {
    let includes = |other: &CardScope| {
        other.asked.resource == entry.asked.resource
            && other.implies.contains(&entry.asked.scope)
            && chosen.contains(&other.asked)
    };
    !facts.can_narrow || facts.scopes.iter().any(includes)
}

/// Checks that an `allow` matches the card.
fn check_allow(facts: &Facts, body: &SubmitCall) -> Result<(), CallError> {
    if !facts.is_allowed {
        return malformed("/organization_id does not allow the client.");
    }
    for (index, entry) in body.scopes.iter().enumerate() {
        if !facts.scopes.iter().any(|shown| shown.grantable && shown.asked == *entry) {
            return malformed(format!("/scopes/{index} is a scope that was not offered."));
        }
    }
    for entry in facts.scopes.iter().filter(|entry| !body.scopes.contains(&entry.asked)) {
        if entry.required {
            return malformed("/scopes leaves out a required scope.");
        }
        if entry.grantable && must_be_chosen(facts, entry, &body.scopes) {
            return malformed("/scopes leaves out a scope that cannot be left out.");
        }
    }
    if !Json::List(body.details.clone()).is_equal(&Json::List(facts.details.clone())) {
        return malformed("/authorization_details are not those that were shown.");
    }
    Ok(())
}

/// What is granted: of what was shown, what was chosen. A resource that a scope names comes with that
/// scope.
fn grant_of(facts: &Facts, asked: &Asked, body: &SubmitCall) -> Grant {
    let chosen = facts.scopes.iter().filter(|entry| body.scopes.contains(&entry.asked));
    let mut resources = Vec::new();
    for resource in &asked.resources {
        if !resources.contains(resource) {
            resources.push(resource.clone());
        }
    }
    Grant {
        scopes: chosen.map(|entry| entry.asked.clone()).collect(),
        resources,
        details: asked.details.clone(),
        organization: facts.organization.as_ref().map(|one| one.organization_id.clone()),
        remember: match facts.remember {
            Remembers::Always => true,
            Remembers::Choice => body.remember == Some(true),
            Remembers::Never => false,
        },
    }
}

fn is_current(card: &Card, body: &SubmitCall) -> bool {
    let organization = card.facts.organization.as_ref().map(|one| &one.organization_id);
    Some(&card.facts.version) == body.version.as_ref() && organization == body.organization.as_ref()
}

async fn allow(
    kit: &Kit,
    call: &Call,
    transaction: &mut Transaction,
    body: &SubmitCall,
    decision: &Decision,
) -> Result<Outcome, CallError> {
    let step = match ask(kit, call, transaction).await? {
        Step::Card(step) if is_current(&step.card, body) => step,
        Step::Outcome { outcome, is_final } => {
            if name_of(&outcome) == "login" {
                let version = body.version.clone().unwrap_or_default();
                let (scopes, remember) = (body.scopes.clone(), body.remember == Some(true));
                transaction.state.chosen = Some(Chosen { version, scopes, remember });
            }
            return undecided(kit, call, transaction, Step::Outcome { outcome, is_final }).await;
        }
        step => return undecided(kit, call, transaction, step).await,
    };
    let CardStep { card, asked, .. } = *step;
    check_allow(&card.facts, body)?;
    let grant = grant_of(&card.facts, &asked, body);
    let transaction = &*transaction;
    let work = async {
        let mut context = kit.context(call, &transaction.state);
        context.organization = grant.organization.as_deref();
        let allowed = kit.engine.allow(&asked.resume, &grant, &context);
        let ending = kit.ask_engine(allowed).await?;
        end_with(kit, call, &transaction.state, &ending).await
    };
    let request = transaction.state.claimed_by();
    decide_once(kit, transaction, Some(decision), request, work).await
}

/// A denial counts for every card, and without an account. After a card the engine is not asked about
/// the request again: if consent is no longer needed, it would make a code. If it has answered
/// meanwhile, what it needed before is used.
async fn deny(
    kit: &Kit,
    call: &Call,
    transaction: &mut Transaction,
    decision: &Decision,
) -> Result<Outcome, CallError> {
    if transaction.state.request.is_none() {
        let step = ask(kit, call, transaction).await?;
        if matches!(&step, Step::Outcome { outcome, .. } if name_of(outcome) == "error") {
            return undecided(kit, call, transaction, step).await;
        }
    }
    let transaction = &*transaction;
    let work = async {
        let Some(resume) = &transaction.state.resume else {
            let description = "The request was refused. The app was not told.";
            return Ok(refused("access_denied", Some(description)));
        };
        let context = kit.context(call, &transaction.state);
        let ending = kit.ask_engine(kit.engine.deny(resume, &context)).await?;
        end_with(kit, call, &transaction.state, &ending).await
    };
    let request = transaction.state.claimed_by();
    decide_once(kit, transaction, Some(decision), request, work).await
}

/// Asks the organization's administrators to approve the client. The transaction stays open, and its
/// card shows the request.
async fn request_approval(
    kit: &Kit,
    call: &Call,
    transaction: &mut Transaction,
    body: &SubmitCall,
) -> Result<Outcome, CallError> {
    let step = match ask(kit, call, transaction).await? {
        Step::Card(step) if is_current(&step.card, body) => step,
        step => return undecided(kit, call, transaction, step).await,
    };
    let CardStep { card, asked, account } = *step;
    let organization = card.facts.organization.filter(|_| kit.describe.takes_approvals());
    let Some((organization, approval)) =
        organization.and_then(|one| Some((one.clone(), one.approval?)))
    else {
        return malformed("/decision: there is nothing to approve here.");
    };
    if approval == Approval::Offered {
        let requested = kit.describe.request_approval(&account, &asked.client, &organization).await;
        requested.map_err(CallError::Host)?;
    }
    let (id, state) = (&transaction.id, &transaction.state);
    let card = describe_card(kit, call, id, state, &asked, &account).await?;
    transaction.save(kit, call).await?;
    Ok(card.answer)
}

/// Takes a decision. `text` is the body as it is compared with that of another call.
pub(crate) async fn submit(
    kit: &Kit,
    call: &Call,
    body: SubmitCall,
    text: &str,
    key: &str,
) -> Result<Outcome, CallError> {
    let mut transaction = Transaction::load(kit, call, &body.transaction, None).await?;
    if transaction.state.query.is_none() {
        return malformed("/transaction is no request of a client.");
    }
    let decision = Decision::new(body.decision.name(), key, text);
    if let Earlier::Answer(answer) = earlier(kit, &transaction, Some(&decision)).await? {
        return Ok(answer);
    }
    match body.decision {
        DecisionKind::Allow => allow(kit, call, &mut transaction, &body, &decision).await,
        DecisionKind::Deny => deny(kit, call, &mut transaction, &decision).await,
        DecisionKind::RequestApproval => request_approval(kit, call, &mut transaction, &body).await,
    }
}
