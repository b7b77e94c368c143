//! What the API receives of the page's query.

use countersign::{
    backend::{LogoutOutcome, Outcome},
    protocol::RequestError,
};
use serde_json::{Value, json};

use super::api::*;

/// The body of the start that a query leads to.
fn body(query: &str) -> Value {
    let stytch = consumer().signed_in();
    let _ = stytch.start(query);
    stytch.api.sent().pop().unwrap().body.unwrap()
}

const LEAST: &str = "client_id=app&redirect_uri=https%3A%2F%2Fclient.example%2Fcb";

#[test]
fn what_a_client_leaves_out_has_stytch_s_defaults() {
    for query in [
        LEAST.to_owned(),
        format!("{LEAST}&scope=&response_type=&state=&prompt="),
        format!("{LEAST}&scope=+++"),
    ] {
        assert_eq!(
            body(&query),
            json!({
                "client_id": "app", "redirect_uri": "https://client.example/cb", "response_type": "code",
                "scopes": ["openid", "email", "profile"]
            })
        );
    }
}

#[test]
fn everything_that_the_api_takes_is_carried_byte_for_byte() {
    let query = format!(
        "{LEAST}&response_type=token&scope=a++b&code_challenge=c_-&state=a%2Bb%2Fc%3D%26d%23e+%25&nonce=%C3%A9&prompt=consent\
         &resource=https%3A%2F%2Fone.example&resource=https%3A%2F%2Ftwo.example"
    );
    assert_eq!(
        body(&query),
        json!({
            "client_id": "app", "redirect_uri": "https://client.example/cb", "response_type": "token",
            "scopes": ["a", "b"], "code_challenge": "c_-", "state": "a+b/c=&d#e %", "nonce": "é", "prompt": "consent",
            "resources": ["https://one.example", "https://two.example"]
        })
    );
}

#[test]
fn what_the_api_does_not_take_is_not_sent() {
    let more = "code_challenge_method=S256&response_mode=query&max_age=900&ui_locales=de&login_hint=ada&claims=%7B%7D&x=y";
    let sent = body(&format!("{LEAST}&{more}&resource="));
    assert_eq!(sent, body(LEAST));
}

#[test]
fn of_a_repeated_parameter_the_first_counts_but_never_for_client_and_address() {
    let sent = body(&format!("{LEAST}&state=one&state=two&nonce=&nonce=two"));
    assert_eq!((&sent["state"], &sent["nonce"]), (&json!("one"), &Value::Null));
    for name in ["client_id", "redirect_uri"] {
        let stytch = consumer().signed_in();
        let outcome = stytch.start(&format!("{LEAST}&{name}=other"));
        assert_eq!(outcome, Ok(Outcome::Unusable(RequestError::Duplicate(name))));
        assert!(stytch.api.paths().is_empty());
    }
}

#[test]
fn a_request_that_stytch_could_not_answer_is_refused_here_signed_in_or_not() {
    for stytch in [consumer(), b2b().signed_in()] {
        for (query, missing) in [
            ("client_id=app", "redirect_uri"),
            ("client_id=app&redirect_uri=", "redirect_uri"),
            ("redirect_uri=https%3A%2F%2Fclient.example", "client_id"),
        ] {
            let outcome = stytch.start(query);
            assert_eq!(outcome, Ok(Outcome::Unusable(RequestError::Missing(missing))));
        }
        for (query, missing) in [
            ("post_logout_redirect_uri=https%3A%2F%2Fclient.example", "client_id"),
            ("client_id=app&post_logout_redirect_uri=", "post_logout_redirect_uri"),
        ] {
            let outcome = stytch.logout(query);
            assert_eq!(outcome, Ok(LogoutOutcome::Unusable(RequestError::Missing(missing))));
        }
        assert!(stytch.api.paths().is_empty());
    }
}
