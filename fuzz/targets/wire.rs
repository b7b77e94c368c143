//! Every response of a backend, and every call to one, is read or refused, and what was read can be
//! shown.

#![no_main]

use countersign::{
    Realm,
    api::{HttpResponse, client, server},
    backend::StartRequest,
    flow::{self, Event, PageInfo},
    messages::Messages,
    platform::native::Native,
    protocol::{Flow, IdempotencyKey, RawQuery},
    view::View,
};
use libfuzzer_sys::fuzz_target;

/// The view of a page after this response.
fn shown(flow: Flow, answered: impl FnOnce(flow::Attempt) -> Event) {
    let page = PageInfo::new(Realm::B2b, flow, RawQuery::new("client_id=printer"));
    let machine = flow::open(page).machine;
    let attempt = machine.attempt();
    let machine = flow::step(machine, answered(attempt)).machine;
    let view = View::of(&machine, &Messages::default(), &Native);
    assert!(view.state == "starting" || view.screen.heading.is_some(), "{}", view.state);
}

fuzz_target!(|data: &[u8]| {
    let Some((kind, data)) = data.split_first() else { return };
    let Ok(text) = str::from_utf8(data) else { return };
    match kind % 6 {
        0 => {
            let read = client::read_outcome(text, &Native, &Native);
            if let Ok(outcome) = read {
                shown(Flow::Authorize, |attempt| Event::AuthorizeResponse(attempt, Ok(outcome)));
            }
        }
        1 => {
            let read = client::read_logout_outcome(text, &Native, &Native);
            if let Ok(outcome) = read {
                shown(Flow::Logout, |attempt| Event::LogoutResponse(attempt, Ok(outcome)));
            }
        }
        2 => {
            let (head, body) = text.split_once('\n').unwrap_or((text, ""));
            let response = HttpResponse {
                status: head.len() as u16 + 400,
                retry_after: Some(head.to_owned()),
                body: body.to_owned(),
                ..HttpResponse::default()
            };
            let error = client::read_problem(&response, &Native);
            shown(Flow::Authorize, |attempt| Event::AuthorizeResponse(attempt, Err(error)));
        }
        3 => {
            let _ = serde_json::from_str::<StartRequest>(text);
        }
        4 => {
            if let Ok(body) = serde_json::from_str::<server::SubmitBody>(text) {
                let request = body.with_key(IdempotencyKey::new("K"));
                let written = client::write_submit(&request);
                let again: server::SubmitBody = serde_json::from_str(&written).unwrap();
                assert_eq!(again.with_key(IdempotencyKey::new("K")), request, "{written}");
            }
        }
        _ => {
            let _ = Messages::read(text, &Native);
        }
    }
});
