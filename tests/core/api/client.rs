//! The client of the countersign API, over a fake transport.

use std::{cell::RefCell, future::Future, pin::Pin, rc::Rc};

use countersign::{
    api::{HttpRequest, HttpResponse, Method, Transport, client::CountersignBackend},
    backend::{
        Backend, BackendError, BackendFault, BackendFuture, Decision, FieldPath, LogoutDecision,
        LogoutOutcome, LogoutStartRequest, LogoutSubmitRequest, Mismatch, Outcome, StartRequest,
        SubmitRequest, TransportError, TrustedToken, WireError, WireProblem,
    },
    platform::native::Native,
    protocol::{
        Flow, IdempotencyKey, LogoutId, RawQuery, Realm, RequestRef, Secret, TransactionId,
    },
};
use serde_json::{Value, json};

use crate::testing::now;

/// A transport that returns one response for every request, and records the requests.
struct Fake {
    sent: RefCell<Vec<HttpRequest>>,
    answer: Result<HttpResponse, TransportError>,
}

impl Transport for Fake {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>>>> {
        self.sent.borrow_mut().push(request);
        Box::pin(std::future::ready(self.answer.clone()))
    }
}

pub(super) fn json_answer(answer: &Value) -> HttpResponse {
    HttpResponse {
        status: 200,
        content_type: "application/json; charset=utf-8".into(),
        body: answer.to_string(),
        ..HttpResponse::default()
    }
}

fn backend(
    base: &str,
    answer: Result<HttpResponse, TransportError>,
) -> (Rc<Fake>, CountersignBackend) {
    let fake = Rc::new(Fake { sent: RefCell::default(), answer });
    let backend =
        CountersignBackend::new(base, Rc::clone(&fake) as Rc<dyn Transport>, Rc::new(Native));
    (fake, backend)
}

fn start_request() -> StartRequest {
    StartRequest::new(Realm::Consumer, RequestRef::Query(RawQuery::new("client_id=a")))
}

fn submit_request() -> SubmitRequest {
    SubmitRequest::new(
        RequestRef::Transaction(TransactionId::new("T1")),
        Decision::Deny,
        IdempotencyKey::new("K1"),
    )
}

/// The only request.
fn sent(fake: &Fake) -> (String, Vec<(&'static str, String)>, String) {
    let mut sent = fake.sent.borrow_mut();
    assert_eq!(sent.len(), 1);
    let HttpRequest { method, url, headers, body, .. } = sent.remove(0);
    assert_eq!(method, Method::Post);
    (url, headers, body.unwrap_or_default())
}

pub(super) fn start(answer: Result<HttpResponse, TransportError>) -> Result<Outcome, BackendError> {
    now(backend("/countersign", answer).1.start(start_request())).unwrap()
}

/// The version that is read, and the header that no form can send.
fn own_headers() -> Vec<(&'static str, String)> {
    [("Accept", "application/json;v=2"), ("X-Countersign", "1")]
        .map(|(name, value)| (name, value.to_owned()))
        .to_vec()
}

#[test]
fn start_and_submit_go_to_their_paths_with_their_headers() {
    let redirect =
        json_answer(&json!({ "outcome": "redirect", "redirect_uri": "https://printer.example/" }));
    let (fake, api) = backend("/countersign", Ok(redirect));
    assert!(matches!(now(api.start(start_request())), Some(Ok(Outcome::Redirect(Ok(_))))));
    let own = own_headers();
    let body = r#"{"realm":"consumer","query":"client_id=a"}"#.to_owned();
    assert_eq!(sent(&fake), ("/countersign/authorize/start".to_owned(), own.clone(), body));

    assert!(matches!(now(api.submit(submit_request())), Some(Ok(Outcome::Redirect(Ok(_))))));
    let key = ("Idempotency-Key", "K1".to_owned());
    let body = r#"{"transaction":"T1","decision":"deny","scopes":[]}"#.to_owned();
    let headers = [own, vec![key]].concat();
    assert_eq!(sent(&fake), ("/countersign/authorize/submit".to_owned(), headers, body));
}

#[test]
fn logout_calls_go_to_their_paths_without_a_key() {
    let (fake, api) = backend("/countersign", Ok(json_answer(&json!({ "outcome": "signed_out" }))));
    let own = own_headers;
    let start = LogoutStartRequest { realm: Realm::B2b, query: RawQuery::new("") };
    assert_eq!(now(api.logout_start(start)), Some(Ok(LogoutOutcome::SignedOut)));
    let body = r#"{"realm":"b2b","query":""}"#.to_owned();
    assert_eq!(sent(&fake), ("/countersign/logout/start".to_owned(), own(), body));

    let submit =
        LogoutSubmitRequest { logout: LogoutId::new("L1"), decision: LogoutDecision::Stay };
    assert_eq!(now(api.logout_submit(submit)), Some(Ok(LogoutOutcome::SignedOut)));
    let body = r#"{"logout":"L1","decision":"stay"}"#.to_owned();
    assert_eq!(sent(&fake), ("/countersign/logout/submit".to_owned(), own(), body));
}

#[test]
fn the_base_may_end_with_slashes_or_be_a_whole_address() {
    let bases = [
        ("/countersign/", "/countersign/authorize/start"),
        ("https://as.example/api//", "https://as.example/api/authorize/start"),
        ("/", "/authorize/start"),
        ("", "/authorize/start"),
    ];
    for (base, url) in bases {
        let (fake, api) = backend(base, Err(TransportError::Unreachable));
        let _ = now(api.start(start_request()));
        assert_eq!(sent(&fake).0, url, "{base:?}");
    }
}

#[test]
fn a_call_is_sent_immediately_and_once() {
    let (fake, api) = backend("/countersign", Err(TransportError::TimedOut));
    let call = api.submit(submit_request());
    assert_eq!(fake.sent.borrow().len(), 1);
    assert_eq!(now(call), Some(Err(BackendFault::Transport(TransportError::TimedOut).into())));
    assert_eq!(fake.sent.borrow().len(), 1);
}

#[test]
fn error_statuses_become_errors() {
    let answer = HttpResponse {
        status: 503,
        content_type: "application/problem+json".into(),
        retry_after: Some("7".into()),
        body: json!({ "request_id": "R1" }).to_string(),
        ..HttpResponse::default()
    };
    let error = start(Ok(answer)).unwrap_err();
    assert_eq!(error.fault, BackendFault::Busy { retry_after: Some(7) });
    assert_eq!(error.request_id.unwrap().as_str(), "R1");
}

#[test]
fn malformed_responses_are_named() {
    let error = |error: WireError| Err(BackendFault::from(error).into());
    let empty = json_answer(&json!({}));
    assert_eq!(
        start(Ok(empty)),
        error(WireError {
            path: FieldPath { field: "outcome", ..FieldPath::default() },
            problem: WireProblem::Missing,
            mismatch: Mismatch::new("a string", "nothing"),
        })
    );
    let page = HttpResponse { body: "<html>".into(), ..json_answer(&json!({})) };
    assert_eq!(start(Ok(page)), error(WireError::not_json("other text")));
    let typed = HttpResponse { content_type: "text/plain".into(), ..json_answer(&json!({})) };
    assert_eq!(start(Ok(typed)), error(WireError::not_json("another content type")));
    let large = HttpResponse { body: " ".repeat(512 * 1024 + 1), ..json_answer(&json!({})) };
    assert_eq!(start(Ok(large)), Err(BackendFault::Transport(TransportError::TooLarge).into()));
}

#[test]
fn a_response_must_be_json() {
    let redirect = json!({ "outcome": "redirect", "redirect_uri": "https://printer.example/" });
    let typed = |content_type: &str| {
        start(Ok(HttpResponse { content_type: content_type.into(), ..json_answer(&redirect) }))
    };
    for good in ["application/json", "Application/JSON;charset=utf-8", "application/json ; x"] {
        assert!(typed(good).is_ok(), "{good}");
    }
    for bad in ["", "text/html", "text/plain", "application/jsonp", "text/html; application/json"] {
        assert!(typed(bad).is_err(), "{bad}");
    }
}

#[test]
fn debug_shows_only_the_base() {
    let (_, api) = backend("/countersign", Err(TransportError::Unreachable));
    assert_eq!(format!("{api:?}"), r#"CountersignBackend { base: "/countersign", .. }"#);
}

#[test]
fn a_body_of_exactly_the_limit_is_read() {
    let redirect = json!({ "outcome": "redirect", "redirect_uri": "https://printer.example/" });
    let padded = |length: usize| {
        let mut response = json_answer(&redirect);
        let padding = length - response.body.len();
        response.body.push_str(&" ".repeat(padding));
        start(Ok(response))
    };
    assert!(padded(512 * 1024).is_ok());
    assert!(padded(512 * 1024 + 1).is_err());
}

#[test]
fn a_backend_on_another_host_names_it() {
    let host = |base| backend(base, Err(TransportError::Unreachable)).1.host();
    assert_eq!(host("/countersign"), None);
    let other = host("https://api.example:8443/countersign");
    assert_eq!(other.as_deref(), Some("api.example:8443"));
}

#[test]
fn a_backend_runs_the_authorization_flow_unless_it_says_otherwise() {
    let (_, api) = backend("/countersign", Err(TransportError::Unreachable));
    assert_eq!(api.default_flow(), Flow::Authorize);
}

#[test]
fn a_backend_without_an_opinion_is_on_the_page_s_host_and_takes_no_tokens() {
    /// A backend with nothing but its calls.
    struct Plain(CountersignBackend);
    impl Backend for Plain {
        fn start(&self, request: StartRequest) -> BackendFuture<Outcome> {
            self.0.start(request)
        }
        fn submit(&self, request: SubmitRequest) -> BackendFuture<Outcome> {
            self.0.submit(request)
        }
        fn logout_start(&self, request: LogoutStartRequest) -> BackendFuture<LogoutOutcome> {
            self.0.logout_start(request)
        }
        fn logout_submit(&self, request: LogoutSubmitRequest) -> BackendFuture<LogoutOutcome> {
            self.0.logout_submit(request)
        }
    }
    let plain = Plain(backend("https://api.example/", Err(TransportError::Unreachable)).1);
    assert_eq!((plain.host(), plain.default_flow()), (None, Flow::Authorize));
    let token = TrustedToken { token: Secret::new("jwt"), profile_id: "profile".into() };
    assert_eq!(now(plain.attest(token)), Some(Err(BackendFault::Unsupported.into())));
}
