//! Exchanges a trusted auth token for a session.

use std::cell::RefCell;

use countersign::{
    backend::{BackendFault, Outcome, TransportError},
    protocol::Realm,
};
use countersign_stytch::StytchOptions;
use serde_json::{Value, json};

use super::api::*;

fn without_tokens(mut session: Value) -> Value {
    session["session_token"] = "".into();
    session["session_jwt"] = "".into();
    session
}

#[test]
fn without_a_session_the_token_is_exchanged_at_once_and_the_start_needs_no_check() {
    for (stytch, prefix) in [(consumer(), ""), (b2b(), "b2b/")] {
        stytch.attest().unwrap();
        let body =
            json!({ "token": "JWT", "profile_id": "profile-1", "session_duration_minutes": 60 });
        let sent = stytch.api.sent();
        assert_eq!(sent[0].body, Some(body));
        assert_eq!(sent[0].basic, "Basic b64(public-token-test-1:public-token-test-1)");
        stytch.card(QUERY);
        assert_eq!(
            stytch.api.paths(),
            [format!("{prefix}sessions/attest"), format!("idp/{prefix}oauth/authorize/start")]
        );
        assert_eq!(stytch.api.sent()[1].basic, "Basic b64(public-token-test-1:fresh)");
        // The next start checks the session again.
        stytch.card(QUERY);
        assert!(stytch.api.paths()[2].ends_with("sessions/authenticate"));
    }
}

#[test]
fn the_session_there_was_is_ended_first_and_its_organization_stays_in_use() {
    for (stytch, prefix) in [(consumer(), ""), (b2b(), "b2b/")] {
        let stytch = stytch.signed_in();
        stytch.attest().unwrap();
        let paths = ["sessions/authenticate", "sessions/revoke", "sessions/attest"];
        assert_eq!(stytch.api.paths(), paths.map(|path| format!("{prefix}{path}")));
        let sent = stytch.api.sent();
        assert_eq!(
            (&sent[1].body, sent[1].basic.as_str()),
            (&None, "Basic b64(public-token-test-1:session)")
        );
        let organization = if prefix.is_empty() { Value::Null } else { "org-1".into() };
        assert_eq!(sent[2].body.as_ref().unwrap()["organization_id"], organization);
        assert_eq!(sent[2].basic, "Basic b64(public-token-test-1:public-token-test-1)");
    }
}

#[test]
fn a_session_that_is_over_or_cannot_be_ended_is_not_in_the_way() {
    for realm in [Realm::Consumer, Realm::B2b] {
        let stytch = Stytch::new(realm, StytchOptions::new(TOKEN)).signed_in();
        stytch.api.on("sessions/revoke", Answer::Fails(TransportError::Unreachable));
        stytch.attest().unwrap();
        assert!(matches!(stytch.start(QUERY), Ok(Outcome::Consent(_))));

        let stytch = own_domain(realm);
        stytch.api.on("b2b/sessions/authenticate", refusal(401, "session_not_found"));
        stytch.api.on("v1/sessions/authenticate", refusal(401, "session_not_found"));
        stytch.attest().unwrap();
        assert!(stytch.api.paths().iter().all(|path| !path.contains("revoke")));
    }
}

#[test]
fn the_cookies_of_the_new_session_are_written_as_stytch_s_sdk_writes_them() {
    let stytch = consumer();
    stytch.attest().unwrap();
    let written: Vec<_> =
        stytch.page.set.borrow().iter().filter(|it| !it.contains("1970")).cloned().collect();
    assert_eq!(
        written,
        [
            "stytch_session=fresh; expires=date(T9000); path=/; samesite=lax; secure",
            "stytch_session_jwt=jwt; expires=date(T9000); path=/; samesite=lax; secure"
        ]
    );
}

#[test]
fn a_session_that_scripts_do_not_see_leaves_no_readable_cookie() {
    let stytch = own_domain(Realm::Consumer).signed_in();
    stytch.api.on("v1/sessions/attest", without_tokens(stytch.session()));
    stytch.attest().unwrap();
    assert!(stytch.page.cookies.borrow().is_empty());
    stytch.card(QUERY);
    assert_eq!(
        stytch.api.sent().pop().unwrap().basic,
        "Basic b64(public-token-test-1:public-token-test-1)"
    );
}

#[test]
fn a_browser_that_keeps_no_cookies_still_asks_with_the_new_session() {
    let page = Page {
        keeps: false,
        cookies: RefCell::default(),
        set: RefCell::default(),
        hostname: "app.example",
    };
    let stytch = Stytch::on(Realm::Consumer, StytchOptions::new(TOKEN), page);
    stytch.attest().unwrap();
    stytch.card(QUERY);
    assert_eq!(stytch.api.sent()[1].basic, "Basic b64(public-token-test-1:fresh)");
}

#[test]
fn a_token_that_stytch_refuses_is_an_error_of_its_own_with_the_request_s_name() {
    for (status, word) in [
        (401, "invalid_trusted_auth_token"),
        (404, "trusted_token_profile_not_found"),
        (400, "trusted_token_profile_invalid_request"),
        (401, "unauthorized_credentials"),
    ] {
        let stytch = consumer();
        stytch.api.on("v1/sessions/attest", refusal(status, word));
        let error = stytch.attest().unwrap_err();
        assert_eq!(error.fault, BackendFault::Token);
        assert_eq!(error.request_id.unwrap().as_str(), "request-id-test-1");
    }
    let stytch = consumer();
    stytch.api.on("v1/sessions/attest", Answer::Fails(TransportError::Unreachable));
    assert_eq!(stytch.attest().unwrap_err().fault, TransportError::Unreachable.into());
}
