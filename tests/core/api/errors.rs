//! Error responses.

use countersign::{
    api::{HttpResponse, client},
    backend::{BackendError, BackendFault, Decision, TransportError},
    platform::native::Native,
};
use proptest::prelude::*;
use serde_json::{Value, json};

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
        (302, BackendFault::Redirected),
        (308, BackendFault::Redirected),
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
    let detail = "It was answered too late.";
    let document = json!({
        "detail": detail,
        "type": "about:blank", "title": "Gone", "status": 410, "code": "expired", "request_id": "R1",
        "client": { "name": "Printer", "client_uri": "https://printer.example/" }
    });
    let error = read(&HttpResponse {
        body: document.to_string(),
        request_id: Some("R2".into()),
        ..with_status(410)
    });
    assert_eq!(error.request_id.unwrap().as_str(), "R1", "the document comes before the header");
    assert_eq!((error.fault.status(), error.detail.as_deref()), (410, Some(detail)));
    let client = error.client.unwrap();
    assert_eq!(client.name, "Printer");
    assert_eq!(client.client_uri.as_deref(), Some("https://printer.example/"));
}

#[test]
fn a_problem_document_says_that_the_browser_sends_no_cookies() {
    for (status, value, expected) in [
        (410, json!(true), BackendFault::NoCookies),
        (410, json!(false), BackendFault::Expired),
        (410, json!("true"), BackendFault::Expired),
        (409, json!(true), BackendFault::AlreadyAnswered),
    ] {
        let document = json!({ "status": status, "code": "expired", "no_cookies": value });
        let response = HttpResponse { body: document.to_string(), ..with_status(status) };
        assert_eq!(read(&response).fault, expected, "{status} {value}");
    }
}

#[test]
fn a_problem_document_says_which_decision_counted() {
    for (decision, expected) in [
        (json!("allow"), Some(Decision::Allow)),
        (json!("deny"), Some(Decision::Deny)),
        (json!("sign_out"), None),
        (json!("request_approval"), None),
        (json!(true), None),
        (json!(null), None),
    ] {
        let document = json!({ "code": "already_answered", "decision": decision });
        let response = HttpResponse { body: document.to_string(), ..with_status(409) };
        let error = read(&response);
        assert_eq!((error.decision, error.reported), (expected, true), "{decision}");
    }
    assert_eq!(read(&with_status(409)).decision, None);
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

/// A response with a problem document that has this code.
fn with_code(status: u16, code: &Value) -> HttpResponse {
    let document =
        json!({ "type": "about:blank", "status": status, "code": code, "request_id": "R" });
    HttpResponse { body: document.to_string(), ..with_status(status) }
}

const CODES: [(u16, &str); 9] = [
    (400, "malformed_call"),
    (401, "malformed_call"),
    (403, "cross_origin_call"),
    (409, "already_answered"),
    (410, "expired"),
    (429, "too_many"),
    (500, "server_error"),
    (503, "unavailable"),
    (504, "server_error"),
];

#[test]
fn a_call_has_no_effect_only_if_the_backend_itself_says_so() {
    for (status, code) in CODES {
        let error = read(&with_code(status, &code.into()));
        assert!(error.reported && !error.may_have_taken_effect(), "{status} {code}");
        assert!(read(&with_status(status)).may_have_taken_effect(), "{status} of a proxy");
        for other in [json!("gateway"), json!(""), json!(status), Value::Null, json!([code])] {
            let error = read(&with_code(status, &other));
            assert!(!error.reported && error.may_have_taken_effect(), "{status} {other}");
        }
        let foreign = if code == "expired" { "malformed_call" } else { "expired" };
        let error = read(&with_code(status, &foreign.into()));
        assert!(error.may_have_taken_effect(), "{foreign} with {status}");
    }
    let reused = read(&with_code(422, &"key_reused".into()));
    assert!(reused.reported && reused.may_have_taken_effect(), "the backend got the key before");
    for error in [TransportError::Unreachable, TransportError::TimedOut, TransportError::TooLarge] {
        assert!(BackendError::from(BackendFault::from(error)).may_have_taken_effect());
    }
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
        (BackendFault::Redirected, "call_redirected", "redirected"),
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
