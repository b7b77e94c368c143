//! Outcomes as a backend sends them, and a machine without a driver, for native and browser tests.

pub mod fixtures;
pub mod play;
pub mod tables;

use countersign::{
    api::client,
    backend::{LogoutOutcome, Outcome},
};
use serde_json::{Value, json};

#[cfg(not(target_arch = "wasm32"))]
pub use countersign::platform::native::Native as Host;
#[cfg(target_arch = "wasm32")]
pub use countersign_web::Browser as Host;

pub const QUERY: &str =
    "client_id=printer&response_type=code&state=a%2Bb%2Fc%3D%26d%23e%20%25&scope=openid";

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

/// A consumer's card: one scope that is always granted, two that can be unticked.
pub fn consent() -> Value {
    json!({
        "outcome": "consent", "transaction": "T1", "expires_at": EXPIRES_AT, "client": client(),
        "account": { "sub": "1", "name": "Ada Lovelace", "email": "ada@example.com" },
        "organizations": [],
        "scopes": [
            scope("openid", &json!({ "required": true })),
            scope("photos.read", &json!({ "title": "See your photos" })),
            scope("photos.write", &json!({ "title": "Add and delete photos", "description": "All of them.", "sensitive": true }))
        ],
        "resources": [], "authorization_details": [],
        "redirect_uri": "https://printer.example:8443/cb", "can_narrow": true, "remember": true
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

/// A member's card: `globex` is chosen, out of four.
pub fn organization_consent() -> Value {
    consent_with(|it| {
        it["organization"] = organization("globex", "allowed");
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

pub fn redirect(address: &str) -> Value {
    json!({ "outcome": "redirect", "redirect_uri": address, "native": true })
}

pub fn login(reason: &str, attempt: u32) -> Value {
    json!({ "outcome": "login", "reason": reason, "attempt": attempt, "transaction": "T1" })
}

pub fn outcome(answer: &Value) -> Outcome {
    client::read_outcome(&answer.to_string(), &Host, &Host).unwrap()
}

pub fn logout_outcome(answer: &Value) -> LogoutOutcome {
    client::read_logout_outcome(&answer.to_string(), &Host, &Host).unwrap()
}
