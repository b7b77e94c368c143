//! From an answer to the machine that has got it.

use countersign::{
    api::{
        HttpResponse,
        client::{read_logout_outcome, read_outcome, read_problem},
    },
    backend::{BackendError, WireError},
    flow::{self, Event, Machine, PageInfo},
    platform::{JsonValue, Services},
    protocol::{Flow, RawQuery},
};

use super::RenderSettings;

/// A query that the machine takes for a request. The answer says all that is shown of it.
const QUERY: &str = "client_id=-";

/// The machine of a page that has asked and got this answer.
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
    let problem = problem(answer, services);
    let event = match (settings.flow, problem) {
        (Flow::Logout, Some(problem)) => Event::LogoutResponse(attempt, Err(problem)),
        (_, Some(problem)) => Event::AuthorizeResponse(attempt, Err(problem)),
        (Flow::Logout, None) => {
            Event::LogoutResponse(attempt, Ok(read_logout_outcome(answer, services, services)?))
        }
        (_, None) => {
            Event::AuthorizeResponse(attempt, Ok(read_outcome(answer, services, services)?))
        }
    };
    Ok(flow::step(asked, event).machine)
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
