//! From an answer to the machine that has got it.

use countersign::{
    api::{
        HttpResponse,
        client::{read_logout_outcome, read_outcome, read_problem},
    },
    backend::{BackendError, Decision, Outcome, WireError},
    flow::{self, Arming, Event, Gesture, Machine, PageInfo, Timer},
    platform::{JsonValue, Services},
    protocol::{Flow, IdempotencyKey, RawQuery},
};

use super::{RenderSettings, Submitted};

/// A query that the machine takes for a request. The answer says all that is shown of it.
const QUERY: &str = "client_id=-";

/// The machine of a page that has asked and got this answer, and that of the user's decision if there
/// was one.
pub(super) fn machine(
    answer: &str,
    settings: &RenderSettings,
    services: &dyn Services,
) -> Result<Machine, WireError> {
    let mut page = PageInfo::new(settings.realm, settings.flow, RawQuery::new(QUERY));
    page.own_hosts.extend(settings.host.clone());
    page.site_name.clone_from(&settings.site_name);
    let asked = flow::open(page).machine;
    let attempt = asked.attempt();
    let response = if settings.flow == Flow::Logout {
        let response = match problem(answer, services) {
            Some(problem) => Err(problem),
            None => Ok(read_logout_outcome(answer, services, services)?),
        };
        Event::LogoutResponse(attempt, response)
    } else {
        Event::AuthorizeResponse(attempt, authorized(answer, services)?)
    };
    let answered = flow::step(asked, response).machine;
    match &settings.submitted {
        Some(submitted) => decide(answered, submitted, services),
        None => Ok(answered),
    }
}

/// What a call answered: an outcome or a problem.
fn authorized(
    answer: &str,
    services: &dyn Services,
) -> Result<Result<Outcome, BackendError>, WireError> {
    match problem(answer, services) {
        Some(problem) => Ok(Err(problem)),
        None => read_outcome(answer, services, services).map(Ok),
    }
}

/// The machine after a decision and its answer. Whoever took the decision has guarded it, so that it
/// counts here.
fn decide(
    machine: Machine,
    Submitted { decision, answer }: &Submitted,
    services: &dyn Services,
) -> Result<Machine, WireError> {
    let mut machine = machine;
    let user = |gesture| Event::User(gesture, IdempotencyKey::new("-"));
    if let Arming::Waiting(number) = machine.guard().arming {
        let armed = Event::TimedOut(machine.attempt(), Timer::Arming(number));
        machine = flow::step(machine, armed).machine;
        machine = flow::step(machine, user(Gesture::CardSeen)).machine;
    }
    let gesture = match decision {
        Decision::Allow => Gesture::Allow,
        Decision::Deny => Gesture::Deny,
        Decision::RequestApproval => Gesture::RequestApproval,
    };
    machine = flow::step(machine, user(gesture)).machine;
    let response = Event::AuthorizeResponse(machine.attempt(), authorized(answer, services)?);
    Ok(flow::step(machine, response).machine)
}

/// The error of a problem document. Every one of the API has its status in it, and no outcome.
fn problem(answer: &str, services: &dyn Services) -> Option<BackendError> {
    let document = services.parse(answer)?;
    let status = document.member("status").and_then(|status| status.number())?;
    if document.member("outcome").is_some() || !(400.0..600.0).contains(&status) {
        return None;
    }
    let response = HttpResponse {
        // The value is in range, as checked above.
        status: status as u16,
        retry_after: retry_after(&*document),
        body: answer.to_owned(),
        ..HttpResponse::default()
    };
    Some(read_problem(&response, services))
}

/// When to repeat the call. A response has it in a header, so the caller adds it as a member.
fn retry_after(document: &dyn JsonValue) -> Option<String> {
    Some(document.member("retry_after")?.to_json())
}
