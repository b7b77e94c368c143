//! The card and the decision are valid for one session only.

use countersign::{
    backend::{BackendFault, Decision, Outcome},
    platform::native::Native,
};
use serde_json::{Value, json};

use super::api::*;

/// A project whose starts name these accounts, one after the other.
fn naming(stytch: Stytch, field: &str, accounts: &[&str]) -> Stytch {
    let stytch = stytch.signed_in();
    for account in accounts {
        let mut answer = stytch.start_answer();
        answer[field] = (*account).into();
        stytch.api.on("v1/idp/oauth/authorize/start", answer.clone());
        stytch.api.on("v1/idp/b2b/oauth/authorize/start", answer);
    }
    stytch
}

#[test]
fn answers_about_two_accounts_show_nothing_and_are_asked_for_again() {
    for (stytch, field, own) in
        [(consumer(), "user_id", "user-1"), (b2b(), "member_id", "member-1")]
    {
        let stytch = naming(stytch, field, &["somebody-else", own]);
        assert_eq!(stytch.card(QUERY).account.sub, own);
        assert_eq!(stytch.api.paths().len(), 4);
    }
}

#[test]
fn a_session_that_never_stands_still_ends_in_an_error_and_submits_nothing() {
    let stytch = consumer().signed_in();
    let mut answer = stytch.start_answer();
    answer["user_id"] = "somebody-else".into();
    answer["consent_required"] = false.into();
    stytch.api.on("v1/idp/oauth/authorize/start", answer);
    let error = stytch.start(QUERY).unwrap_err();
    assert_eq!(error.fault, BackendFault::SessionChanged);
    assert!(stytch.api.paths().iter().all(|path| !path.contains("submit")));
}

#[test]
fn a_session_that_changes_while_it_is_asked_about_is_asked_about_again() {
    let stytch = consumer().signed_in();
    let released = stytch.api.hold("authorize/start");
    let mut starting = stytch.starting(QUERY);
    assert!(poll(&mut starting).is_none());
    *stytch.page.cookies.borrow_mut() = vec![("stytch_session".into(), "another".into())];
    released.set(true);
    assert!(matches!(poll(&mut starting), Some(Ok(Outcome::Consent(_)))));
    assert_eq!(stytch.api.sent().pop().unwrap().basic, "Basic b64(public-token-test-1:another)");
}

#[test]
fn a_decision_under_another_session_than_the_card_s_shows_the_card_anew() {
    for decision in [Decision::Allow, Decision::Deny] {
        let stytch = consumer().signed_in();
        stytch.card(QUERY);
        *stytch.page.cookies.borrow_mut() = vec![("stytch_session".into(), "another".into())];
        assert!(matches!(stytch.decide(QUERY, decision), Ok(Outcome::Consent(_))));
        assert!(stytch.api.paths().iter().all(|path| !path.contains("submit")));
        assert!(matches!(stytch.decide(QUERY, decision), Ok(Outcome::Redirect(_))));
    }
}

#[test]
fn a_decision_after_signing_out_elsewhere_leads_to_the_login() {
    let stytch = consumer().signed_in();
    stytch.card(QUERY);
    stytch.page.cookies.borrow_mut().clear();
    assert!(matches!(stytch.decide(QUERY, Decision::Allow), Ok(Outcome::Login(_))));
}

#[test]
fn a_session_without_times_or_names_does() {
    let stytch = consumer().signed_in();
    stytch.api.on(
        "v1/sessions/authenticate",
        json!({ "user": { "user_id": "user-1" }, "session": Value::Null }),
    );
    let card = stytch.card(QUERY);
    assert_eq!(card.account.display_name(&Native).as_str(), "user-1");
    assert_eq!(card.expires_at, i64::MAX);
}
