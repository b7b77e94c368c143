//! One outcome of each kind, as a backend sends it and as the machine gets it.

use countersign::{
    api::client as codec,
    backend::{BackendError, BackendFault, LogoutOutcome, Outcome, TransportError},
    consent::ConsentRequest,
    flow::{PageInfo, WidgetError},
    protocol::{Flow, IdempotencyKey, RawQuery, Realm, RequestRef},
};
use serde_json::{Value, json};

use super::Host;

pub const QUERY: &str = "client_id=printer&response_type=code&redirect_uri=https%3A%2F%2Fprinter.example%2Fcb&scope=openid%20photos.read&state=a%2Bb%2Fc%3D%26d%23e%20%25";

/// The host of the page.
pub const HOST: &str = "id.harbor.example";

pub fn page() -> PageInfo {
    hosted(Realm::Consumer, Flow::Authorize, QUERY)
}

pub fn logout_page() -> PageInfo {
    hosted(Realm::Consumer, Flow::Logout, "id_token_hint=h&state=s")
}

/// A page at its host.
pub fn hosted(realm: Realm, flow: Flow, query: &str) -> PageInfo {
    let mut page = PageInfo::new(realm, flow, RawQuery::new(query));
    page.own_hosts = vec![HOST.to_owned()];
    page
}

pub fn key(name: &str) -> IdempotencyKey {
    IdempotencyKey::new(name)
}

/// So late that no timer waits for it.
pub const EXPIRES_AT: i64 = 32_503_680_000;

pub fn client() -> Value {
    json!({
        "client_id": "printer", "name": "Photo Printer", "party": "third", "registration": "dynamic",
        "verified": false, "native": false
    })
}

/// A scope with some members of its own.
pub fn scope(name: &str, own: &Value) -> Value {
    let mut scope = json!({
        "scope": name, "grantable": true, "required": false, "granted": false, "sensitive": false
    });
    let members = own.as_object().cloned().unwrap_or_default();
    scope.as_object_mut().unwrap().extend(members);
    scope
}

pub fn plain_scope(name: &str, required: bool) -> Value {
    scope(name, &json!({ "required": required }))
}

/// A consumer's card: one scope that is always granted, two that can be unticked.
pub fn consent() -> Value {
    json!({
        "outcome": "consent", "transaction": "T1", "version": "V1", "expires_at": EXPIRES_AT, "client": client(),
        "account": { "sub": "1", "name": "Ada Lovelace", "email": "ada@example.com" },
        "organizations": [],
        "scopes": [
            scope("openid", &json!({ "required": true })),
            scope("photos.read", &json!({ "title": "See your photos" })),
            scope("photos.write", &json!({ "title": "Add and delete photos", "description": "All of them.", "sensitive": true }))
        ],
        "resources": [], "authorization_details": [],
        "redirect_uri": "https://printer.example/cb", "can_narrow": true, "remember": "choice"
    })
}

/// A consent with some of it changed.
pub fn consent_with(change: impl FnOnce(&mut Value)) -> Value {
    let mut answer = consent();
    change(&mut answer);
    answer
}

pub fn organization(id: &str, status: &str) -> Value {
    json!({ "organization_id": id, "name": format!("The {id} company"), "status": status })
}

/// A member's card: `acme` is chosen, out of four.
pub fn organization_consent() -> Value {
    consent_with(|it| {
        it["organization"] = organization("acme", "allowed");
        it["organizations"] = json!([
            organization("acme", "allowed"),
            organization("globex", "allowed"),
            organization("initech", "blocked"),
            organization("umbrella", "needs_approval")
        ]);
    })
}

pub fn confirmation() -> Value {
    json!({
        "outcome": "confirm", "logout": "L1", "account": { "sub": "1", "name": "Ada Lovelace" },
        "client": client(), "expires_at": EXPIRES_AT
    })
}

/// A form for an address, with two fields.
pub fn post_answer(action: &str) -> Value {
    json!({ "outcome": "post", "action": action, "fields": { "accept": "yes", "ticket": "T1" } })
}

pub fn redirect_answer(address: &str) -> Value {
    json!({ "outcome": "redirect", "redirect_uri": address, "native": true })
}

pub fn login_answer(reason: &str, attempt: u32) -> Value {
    json!({ "outcome": "login", "reason": reason, "attempt": attempt, "transaction": "T1" })
}

pub fn outcome(answer: &Value) -> Outcome {
    codec::read_outcome(&answer.to_string(), &Host, &Host).unwrap()
}

pub fn logout_outcome(answer: &Value) -> LogoutOutcome {
    codec::read_logout_outcome(&answer.to_string(), &Host, &Host).unwrap()
}

/// A consent request of a changed response.
pub fn consent_request(change: impl FnOnce(&mut Value)) -> ConsentRequest {
    let mut answer = consent();
    change(&mut answer);
    match outcome(&answer) {
        Outcome::Consent(request) => *request,
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
