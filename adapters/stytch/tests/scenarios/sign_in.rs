//! When the user must sign in, and the query that the user returns with.

use countersign::{
    backend::{LoginRequest, Outcome, Refusal},
    protocol::LoginReason,
};
use serde_json::json;

use super::api::*;

fn login(stytch: &Stytch, query: &str) -> LoginRequest {
    match stytch.start(query) {
        Ok(Outcome::Login(login)) => login,
        other => panic!("no login: {other:?}"),
    }
}

fn back(login: &LoginRequest) -> &str {
    login.return_query.as_ref().unwrap().as_str()
}

fn asks(query: &str) -> String {
    format!("{QUERY}&{query}")
}

#[test]
fn the_request_comes_back_byte_for_byte_with_a_count_of_its_own() {
    let query = asks("acr_values=gold&nonce=a%2Bb%20c");
    let first = login(&consumer(), &query);
    assert_eq!((first.reason, first.sign_in_count), (LoginReason::NoSession, 1));
    assert_eq!(first.acr_values.as_deref(), Some("gold"));
    assert_eq!(back(&first), format!("{query}&countersign_login=1"));
    let second = login(&consumer(), back(&first));
    assert_eq!(second.sign_in_count, 2);
    assert_eq!(back(&second), format!("{query}&countersign_login=2"));
    assert_eq!(login(&consumer(), &asks("countersign_login=x")).sign_in_count, 1);
}

#[test]
fn our_count_is_never_sent_to_stytch() {
    let stytch = consumer().signed_in();
    stytch.card(&asks("countersign_login=2.7"));
    let body = stytch.api.sent().pop().unwrap().body.unwrap();
    assert_eq!(body["state"], "s");
    assert!(!body.to_string().contains("countersign"));
}

#[test]
fn a_client_that_asks_for_a_fresh_login_gets_one_and_only_one() {
    for asked in ["prompt=login", "max_age=0", "prompt=consent+login"] {
        let first = login(&consumer().signed_in(), &asks(asked));
        assert_eq!(first.reason, LoginReason::PromptLogin);
        // The mark includes the time at which Stytch checked the session.
        assert_eq!(back(&first), format!("{}&countersign_login=1.500", asks(asked)));

        // A login page that returns at once has not authenticated the user.
        let bounced = login(&consumer().signed_in(), back(&first));
        assert_eq!((bounced.reason, bounced.sign_in_count), (LoginReason::PromptLogin, 2));

        let stytch = consumer().signed_in();
        let mut session = stytch.session();
        session["session"]["authentication_factors"] =
            json!([{ "last_authenticated_at": "T501" }, { "last_authenticated_at": "T300" }]);
        session["session"]["last_accessed_at"] = "T501".into();
        stytch.api.on("v1/sessions/authenticate", session);
        stytch.card(back(&first));
    }
}

#[test]
fn signing_in_because_nobody_was_is_fresh_enough() {
    let first = login(&consumer(), &asks("prompt=login"));
    consumer().signed_in().card(back(&first));
}

#[test]
fn a_login_that_is_too_old_is_told_by_stytch_s_own_clock() {
    // Authenticated at 200, checked at 500.
    assert_eq!(login(&consumer().signed_in(), &asks("max_age=299")).reason, LoginReason::MaxAge);
    assert_eq!(login(&b2b().signed_in(), &asks("max_age=299")).reason, LoginReason::MaxAge);
    for fine in ["max_age=300", "max_age=-1", "max_age=soon", "max_age=99999999999999", "max_age="]
    {
        consumer().signed_in().card(&asks(fine));
    }
}

#[test]
fn choosing_an_account_or_making_one_is_asked_for_once() {
    for (asked, reason) in [
        ("prompt=select_account", LoginReason::SelectAccount),
        ("prompt=create", LoginReason::Create),
    ] {
        let first = login(&consumer().signed_in(), &asks(asked));
        assert_eq!(first.reason, reason);
        consumer().signed_in().card(back(&first));
    }
}

#[test]
fn where_nobody_may_be_asked_there_is_an_answer_or_a_screen_but_no_login() {
    let silent = asks("prompt=none");
    let stytch = consumer().signed_in();
    assert!(matches!(stytch.start(&silent), Ok(Outcome::Redirect(Ok(_)))));
    let body = stytch.api.sent().pop().unwrap().body.unwrap();
    assert_eq!((&body["prompt"], &body["consent_granted"]), (&json!("none"), &json!(false)));

    let outcome = consumer().start(&silent);
    assert!(
        matches!(outcome, Ok(Outcome::Error(error)) if error.refusal == Refusal::Silent && error.error == "login_required")
    );
}
