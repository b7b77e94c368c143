//! Error responses.

use countersign::{
    api::{HttpResponse, client},
    backend::{BackendError, BackendFault, TransportError},
    platform::native::Native,
};
use proptest::prelude::*;
use serde_json::json;

fn read(response: &HttpResponse) -> BackendError {
    client::read_problem(response, &Native)
}

fn with_status(status: u16) -> HttpResponse {
    HttpResponse { status, ..HttpResponse::default() }
}

#[test]
fn only_the_status_decides_the_error() {
    let busy = BackendFault::Busy { retry_after: None };
    let faults = [
        (400, BackendFault::Malformed(400)),
        (401, BackendFault::Malformed(401)),
        (403, BackendFault::CrossOriginCall),
        (404, BackendFault::Malformed(404)),
        (409, BackendFault::AlreadyAnswered),
        (410, BackendFault::Expired),
        (422, BackendFault::KeyReused),
        (429, busy.clone()),
        (500, BackendFault::Server(500)),
        (502, BackendFault::Server(502)),
        (503, busy),
        (504, BackendFault::Server(504)),
        (0, BackendFault::Malformed(0)),
        (201, BackendFault::Malformed(201)),
        (302, BackendFault::Malformed(302)),
    ];
    for (status, fault) in faults {
        assert_eq!(read(&with_status(status)).fault, fault, "{status}");
        let page = HttpResponse {
            body: "<html>".into(),
            content_type: "text/html".into(),
            ..with_status(status)
        };
        assert_eq!(read(&page).fault, fault, "{status} as a page");
    }
}

#[test]
fn a_problem_document_names_the_call_and_the_client() {
    let document = json!({
        "type": "about:blank", "title": "Gone", "status": 410, "code": "expired", "request_id": "R1",
        "client": { "name": "Printer", "client_uri": "https://printer.example/" }
    });
    let error = read(&HttpResponse {
        body: document.to_string(),
        request_id: Some("R2".into()),
        ..with_status(410)
    });
    assert_eq!(error.request_id.unwrap().as_str(), "R1", "the document comes before the header");
    let client = error.client.unwrap();
    assert_eq!(client.name, "Printer");
    assert_eq!(client.client_uri.as_deref(), Some("https://printer.example/"));
}

#[test]
fn a_damaged_problem_document_keeps_its_status_and_header() {
    let documents = [
        json!([]),
        json!("x"),
        json!({ "request_id": 1, "client": "Printer" }),
        json!({ "client": { "client_uri": "https://printer.example/" } }),
    ];
    for document in documents {
        let response = HttpResponse {
            body: document.to_string(),
            request_id: Some("R2".into()),
            ..with_status(409)
        };
        let error = read(&response);
        assert_eq!(error.fault, BackendFault::AlreadyAnswered);
        assert_eq!(error.request_id.unwrap().as_str(), "R2");
        assert_eq!(error.client, None);
    }
}

#[test]
fn retry_after_is_between_1_and_120_seconds() {
    let waits = [
        ("0", Some(1)),
        ("1", Some(1)),
        (" 30 ", Some(30)),
        ("120", Some(120)),
        ("121", Some(120)),
        ("99999999999999999999", Some(120)),
        ("-5", None),
        ("+5", None),
        ("1.5", None),
        ("5s", None),
        ("", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
    ];
    for (text, retry_after) in waits {
        let response = HttpResponse { retry_after: Some(text.into()), ..with_status(503) };
        assert_eq!(read(&response).fault, BackendFault::Busy { retry_after }, "{text:?}");
    }
}

#[test]
fn a_decision_has_no_effect_only_if_the_backend_says_so() {
    let unknown = [
        BackendFault::Transport(TransportError::Unreachable),
        BackendFault::Transport(TransportError::TimedOut),
        BackendFault::Transport(TransportError::TooLarge),
        BackendFault::Server(502),
        BackendFault::Server(504),
        BackendFault::KeyReused,
    ];
    let clear = [
        BackendFault::Server(500),
        BackendFault::Malformed(400),
        BackendFault::CrossOriginCall,
        BackendFault::Busy { retry_after: None },
    ];
    assert!(unknown.iter().all(BackendFault::may_have_taken_effect));
    assert!(!clear.iter().any(BackendFault::may_have_taken_effect));
}

#[test]
fn every_error_has_a_code_and_a_message() {
    let faults = [
        (BackendFault::Transport(TransportError::Unreachable), "unreachable", "not reached"),
        (BackendFault::Transport(TransportError::TimedOut), "timed_out", "timed out"),
        (BackendFault::Transport(TransportError::TooLarge), "answer_too_large", "answer too large"),
        (BackendFault::AlreadyAnswered, "already_answered", "already answered"),
        (BackendFault::Expired, "expired", "expired or unknown"),
        (BackendFault::KeyReused, "key_reused", "the key belongs to another decision"),
        (BackendFault::CrossOriginCall, "cross_origin_call", "refused as a foreign call"),
        (
            BackendFault::Malformed(400),
            "malformed_call",
            "refused as a malformed call (status 400)",
        ),
        (BackendFault::Busy { retry_after: None }, "busy", "busy"),
        (BackendFault::Server(500), "server_error", "failed (status 500)"),
    ];
    for (fault, code, sentence) in faults {
        assert_eq!(fault.code(), code);
        assert_eq!(BackendError::from(fault).to_string(), sentence);
    }
}

proptest! {
    #[test]
    fn reading_an_error_never_panics(status in any::<u16>(), body in "\\PC{0,60}", retry_after in proptest::option::of("\\PC{0,12}")) {
        let _ = read(&HttpResponse { body, retry_after, ..with_status(status) });
    }
}
