//! The flow of a logout request.

use countersign::{
    backend::{LogoutDecision, LogoutOutcome, TransportError},
    protocol::Realm,
};
use serde_json::json;

use super::api::*;

const LOGOUT: &str = "client_id=app&post_logout_redirect_uri=https%3A%2F%2Fclient.example%2Fbye&id_token_hint=H&state=s";
const BYE: &str = "https://client.example/bye";

fn left_for(outcome: &LogoutOutcome) -> &str {
    match outcome {
        LogoutOutcome::Redirect(Ok(target)) => target.as_str(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_user_is_asked_with_the_account_and_then_the_session_ends() {
    for (stytch, prefix) in [(consumer(), ""), (b2b(), "b2b/")] {
        let stytch = stytch.signed_in();
        let Ok(LogoutOutcome::Confirm(asked)) = stytch.logout(LOGOUT) else { panic!("a question") };
        assert_eq!(asked.account.unwrap().name.as_deref(), Some("Ada Lovelace"));
        assert_eq!(
            stytch.api.paths(),
            [format!("{prefix}sessions/authenticate"), format!("{prefix}oauth/logout/start")]
        );
        let body = json!({ "client_id": "app", "post_logout_redirect_uri": BYE, "id_token_hint": "H", "state": "s" });
        assert_eq!(stytch.api.sent()[1].body, Some(body));
        let outcome = stytch.answer_logout(asked.logout, LogoutDecision::SignOut);
        assert_eq!(left_for(&outcome), BYE);
        let sent = stytch.api.sent().pop().unwrap();
        assert!(sent.url.ends_with(&format!("{prefix}sessions/revoke")));
        assert_eq!(
            (sent.body, sent.basic.as_str()),
            (None, "Basic b64(public-token-test-1:session)")
        );
    }
}

#[test]
fn staying_calls_nobody_and_says_that_the_user_is_still_signed_in() {
    let stytch = consumer().signed_in();
    let Ok(LogoutOutcome::Confirm(asked)) = stytch.logout(LOGOUT) else { panic!("a question") };
    let calls = stytch.api.paths().len();
    assert_eq!(stytch.answer_logout(asked.logout, LogoutDecision::Stay), LogoutOutcome::Stayed);
    assert_eq!(stytch.api.paths().len(), calls);
    assert!(!stytch.page.cookies.borrow().is_empty());
}

#[test]
fn a_logout_that_needs_no_word_ends_the_session_and_goes_on() {
    let stytch = consumer().signed_in();
    let answer = json!({ "redirect_uri": BYE, "consent_required": false });
    stytch.api.on("v1/oauth/logout/start", answer);
    assert_eq!(left_for(&stytch.logout(LOGOUT).unwrap()), BYE);
    assert!(stytch.page.cookies.borrow().is_empty());
}

#[test]
fn without_a_session_a_logout_is_answered_all_the_same() {
    let stytch = consumer();
    let Ok(LogoutOutcome::Confirm(asked)) = stytch.logout(LOGOUT) else { panic!("a question") };
    assert_eq!(asked.account, None);
    assert_eq!(stytch.api.paths(), ["oauth/logout/start"]);
}

#[test]
fn a_session_that_cannot_be_checked_or_ended_does_not_hold_a_logout_up() {
    for failing in
        [Answer::Never, refusal(500, "internal"), Answer::Fails(TransportError::Unreachable)]
    {
        let stytch = own_domain(Realm::Consumer);
        stytch.api.on("v1/sessions/authenticate", failing);
        stytch.api.on("v1/sessions/revoke", Answer::Fails(TransportError::Unreachable));
        let Ok(LogoutOutcome::Confirm(asked)) = stytch.logout(LOGOUT) else { panic!("a question") };
        let outcome = stytch.answer_logout(asked.logout, LogoutDecision::SignOut);
        assert_eq!(left_for(&outcome), BYE);
    }
}

#[test]
fn errors_of_the_start_are_refusals_or_faults() {
    let stytch = consumer();
    stytch.api.on("v1/oauth/logout/start", refusal(404, "connected_app_not_found"));
    assert!(matches!(stytch.logout(LOGOUT), Ok(LogoutOutcome::Error(_))));
    for answer in [refusal(500, "internal"), refusal(401, "unauthorized_credentials")] {
        let stytch = consumer();
        stytch.api.on("v1/oauth/logout/start", answer);
        assert!(stytch.logout(LOGOUT).is_err());
    }
}

#[test]
fn a_dangerous_address_is_never_opened() {
    let stytch = consumer();
    let answer = json!({ "redirect_uri": "javascript:alert(1)", "consent_required": false });
    stytch.api.on("v1/oauth/logout/start", answer);
    assert!(matches!(stytch.logout(LOGOUT), Ok(LogoutOutcome::Redirect(Err(_)))));
}
