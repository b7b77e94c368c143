//! One response of each kind.

use countersign::{
    api::client,
    backend::{BackendError, BackendFault, LogoutOutcome, Outcome, TransportError},
    consent::ConsentRequest,
    flow::{PageInfo, WidgetError},
    platform::native::Native,
    protocol::{Flow, IdempotencyKey, RawQuery, Realm, RequestRef},
};
use serde_json::{Value, json};

pub const QUERY: &str = "client_id=printer&response_type=code&redirect_uri=https%3A%2F%2Fprinter.example%2Fcb&scope=openid%20photos.read&state=a%2Bb%2Fc%3D%26d%23e%20%25";

pub fn page() -> PageInfo {
    PageInfo::new(Realm::Consumer, Flow::Authorize, RawQuery::new(QUERY))
}

pub fn logout_page() -> PageInfo {
    let query = RawQuery::new("id_token_hint=h&state=s");
    PageInfo::new(Realm::Consumer, Flow::Logout, query)
}

pub fn key(name: &str) -> IdempotencyKey {
    IdempotencyKey::new(name)
}

pub fn client_json() -> Value {
    json!({
        "client_id": "printer",
        "name": "Photo Printer",
        "party": "third",
        "registration": "dynamic",
        "verified": false,
        "native": false
    })
}

pub fn scope_json(scope: &str, required: bool) -> Value {
    json!({ "scope": scope, "grantable": true, "required": required, "granted": false, "sensitive": false })
}

pub fn consent_json() -> Value {
    json!({
        "outcome": "consent",
        "transaction": "T1",
        "expires_at": 1_800_000_000,
        "client": client_json(),
        "account": { "sub": "1", "name": "Ada Lovelace", "email": "ada@example.com" },
        "organizations": [],
        "scopes": [
            scope_json("openid", true),
            scope_json("photos.read", false),
            scope_json("photos.write", false)
        ],
        "resources": [],
        "authorization_details": [],
        "redirect_uri": "https://printer.example/cb",
        "can_narrow": true,
        "remember": true
    })
}

pub fn organization_json(id: &str, status: &str) -> Value {
    json!({ "organization_id": id, "name": format!("The {id} company"), "status": status })
}

/// The consent request for `acme`, from `acme` and `globex`.
pub fn organization_consent_json() -> Value {
    let mut consent = consent_json();
    consent["organization"] = organization_json("acme", "allowed");
    consent["organizations"] =
        json!([organization_json("acme", "allowed"), organization_json("globex", "allowed")]);
    consent
}

pub fn confirm_json() -> Value {
    json!({
        "outcome": "confirm",
        "logout": "L1",
        "account": { "sub": "1", "name": "Ada Lovelace" },
        "client": client_json(),
        "expires_at": 1_800_000_000
    })
}

pub fn outcome(answer: &Value) -> Outcome {
    client::read_outcome(&answer.to_string(), &Native, &Native).unwrap()
}

pub fn logout_outcome(answer: &Value) -> LogoutOutcome {
    client::read_logout_outcome(&answer.to_string(), &Native, &Native).unwrap()
}

/// A consent request of a changed response.
pub fn asked(change: impl FnOnce(&mut Value)) -> ConsentRequest {
    let mut answer = consent_json();
    change(&mut answer);
    match outcome(&answer) {
        Outcome::Consent(asked) => *asked,
        other => panic!("not a consent: {other:?}"),
    }
}

pub fn redirect(address: &str) -> Outcome {
    outcome(&json!({ "outcome": "redirect", "redirect_uri": address }))
}

pub fn login(reason: &str, transaction: Option<&str>, attempt: u32) -> Outcome {
    let mut answer = json!({ "outcome": "login", "reason": reason, "attempt": attempt });
    if let Some(transaction) = transaction {
        answer["transaction"] = transaction.into();
    }
    outcome(&answer)
}

pub fn error(code: &str) -> Value {
    json!({ "outcome": "error", "error": code, "error_description": "said so", "request_id": "R1" })
}

/// An error as the host receives it.
pub fn reported(code: &'static str, error: Option<&str>, request_id: Option<&str>) -> WidgetError {
    let mut reported = WidgetError::of(code);
    reported.error = error.map(str::to_owned);
    reported.request_id = request_id.map(str::to_owned);
    reported
}

pub fn fault(fault: BackendFault) -> BackendError {
    fault.into()
}

/// A fault that the backend itself reported.
pub fn reported_fault(fault: BackendFault) -> BackendError {
    BackendError { reported: true, ..fault.into() }
}

pub fn unreachable() -> BackendError {
    fault(TransportError::Unreachable.into())
}

/// The transaction of a request.
pub fn named(request: &RequestRef) -> &str {
    match request {
        RequestRef::Transaction(id) => id.secret(),
        RequestRef::Query(_) => panic!("no transaction"),
    }
}
