//! The headers of the calls, and their order.

use countersign::{
    backend::{Decision, Outcome},
    protocol::Realm,
};
use countersign_stytch::StytchOptions;
use serde_json::json;

use super::api::*;

#[test]
fn a_call_carries_the_headers_and_the_credentials_that_stytch_wants() {
    let stytch = consumer().signed_in();
    stytch.card(QUERY);
    let requests = stytch.api.requests.borrow();
    let header = |name| {
        let headers = &requests[0].headers;
        &headers.iter().find(|(other, _)| *other == name).unwrap().1
    };
    assert_eq!(header("Authorization"), "Basic b64(public-token-test-1:session)");
    assert_eq!(header("X-SDK-Parent-Host"), "https://app.example");
    let client = header("X-SDK-Client");
    let client = client.strip_prefix("b64(").unwrap().strip_suffix(')').unwrap();
    let client: serde_json::Value = serde_json::from_str(client).unwrap();
    assert_eq!(
        client,
        json!({
            "event_id": "event-id-1", "app_session_id": "app-session-id-1", "persistent_id": "persistent-id-1",
            "client_sent_at": "2026-01-01T00:00:00.000Z", "timezone": "Europe/Berlin",
            "app": { "identifier": "app.example" },
            "sdk": { "identifier": "countersign", "version": env!("CARGO_PKG_VERSION") }
        })
    );
}

#[test]
fn the_api_is_where_the_kind_of_token_or_the_team_s_own_domain_says() {
    let base = |token: &str, own: Option<&str>| {
        let mut options = StytchOptions::new(token);
        options.custom_base_url = own.map(str::to_owned);
        options.base_url()
    };
    assert_eq!(base("public-token-test-1", None), "https://test.stytch.com");
    assert_eq!(base("public-token-live-1", None), "https://api.stytch.com");
    for own in ["login.example", "https://login.example", "https://login.example/"] {
        assert_eq!(base("public-token-live-1", Some(own)), "https://login.example");
    }
    assert_eq!(
        base("public-token-test-1", Some("http://localhost:4402/")),
        "http://localhost:4402"
    );
}

#[test]
fn session_check_and_start_leave_together_with_the_session_s_token() {
    for (stytch, prefix) in [(consumer(), ""), (b2b(), "b2b/")] {
        let stytch = stytch.signed_in();
        let released = stytch.api.hold("sessions/authenticate");
        let mut starting = stytch.starting(QUERY);
        assert!(poll(&mut starting).is_none());
        let sent = stytch.api.sent();
        let base = "POST https://test.stytch.com/sdk/v1";
        let urls: Vec<_> = sent.iter().map(|it| it.url.clone()).collect();
        assert_eq!(
            urls,
            [
                format!("{base}/{prefix}sessions/authenticate"),
                format!("{base}/idp/{prefix}oauth/authorize/start")
            ]
        );
        assert!(sent.iter().all(|it| it.basic == "Basic b64(public-token-test-1:session)"));
        assert_eq!(sent[0].body, Some(json!({})));
        // The response to the start is there; the session's is still missing.
        assert!(poll(&mut starting).is_none());
        released.set(true);
        assert!(matches!(poll(&mut starting), Some(Ok(Outcome::Consent(_)))));
    }
}

#[test]
fn a_session_in_http_only_cookies_is_asked_for_with_the_public_token_and_the_cookies() {
    for realm in [Realm::Consumer, Realm::B2b] {
        let stytch = own_domain(realm);
        stytch.card(QUERY);
        let sent = stytch.api.sent();
        assert_eq!(sent.len(), 2);
        for call in sent {
            assert_eq!(call.basic, "Basic b64(public-token-test-1:public-token-test-1)");
            assert!(call.url.starts_with("POST https://login.example/sdk/v1/"));
        }
    }
}

#[test]
fn a_readable_token_counts_behind_a_domain_of_the_team_too() {
    let stytch = own_domain(Realm::Consumer).signed_in();
    stytch.card(QUERY);
    let sent = stytch.api.sent();
    assert!(sent.iter().all(|it| it.basic == "Basic b64(public-token-test-1:session)"));
}

#[test]
fn with_nothing_to_ask_with_nothing_is_asked() {
    for stytch in [consumer(), b2b()] {
        assert!(matches!(stytch.start(QUERY), Ok(Outcome::Login(_))));
        assert_eq!(stytch.api.paths(), Vec::<String>::new());
    }
}

#[test]
fn a_decision_sends_the_whole_request_with_the_user_s_word() {
    for (decision, granted) in [(Decision::Allow, true), (Decision::Deny, false)] {
        for (stytch, prefix) in [(consumer(), ""), (b2b(), "b2b/")] {
            let stytch = stytch.signed_in();
            stytch.card(QUERY);
            let outcome = stytch.decide(QUERY, decision);
            let Ok(Outcome::Redirect(Ok(target))) = outcome else { panic!("somewhere to go") };
            assert_eq!(target.as_str(), HOME);
            let sent = stytch.api.sent().pop().unwrap();
            let path = format!("/sdk/v1/idp/{prefix}oauth/authorize/submit");
            assert!(sent.url.ends_with(&path));
            assert_eq!(
                sent.body,
                Some(json!({
                    "client_id": "app", "redirect_uri": "https://client.example/cb", "response_type": "code",
                    "scopes": ["openid", "photos.read"], "state": "s", "consent_granted": granted
                }))
            );
        }
    }
}

#[test]
fn where_no_consent_is_needed_the_answer_is_fetched_at_once() {
    for granted in [false, true] {
        let options = options(|it| it.granted_without_consent = granted);
        let stytch = Stytch::new(Realm::Consumer, options).signed_in();
        let mut answer = stytch.start_answer();
        answer["consent_required"] = false.into();
        stytch.api.on("oauth/authorize/start", answer);
        assert!(matches!(stytch.start(QUERY), Ok(Outcome::Redirect(Ok(_)))));
        let sent = stytch.api.sent().pop().unwrap();
        assert!(sent.url.ends_with("authorize/submit"));
        assert_eq!(sent.body.unwrap()["consent_granted"], granted);
    }
}

#[test]
fn the_project_s_name_is_asked_for_only_where_it_is_wanted_and_never_waited_for() {
    let options = || options(|it| it.bootstrap = true);
    let stytch = Stytch::new(Realm::Consumer, options()).signed_in();
    assert_eq!(stytch.card(QUERY).site_name.as_deref(), Some("Harbor"));
    let asked = "GET https://test.stytch.com/sdk/v1/projects/bootstrap/public-token-test-1";
    let sent = stytch.api.sent();
    assert_eq!((sent[0].url.as_str(), &sent[0].body), (asked, &None));

    for answer in [Answer::Never, Answer::Text(500, ""), json!({ "project_name": 7 }).into()] {
        let stytch = Stytch::new(Realm::Consumer, options()).signed_in();
        stytch.api.on("test-1", answer.clone());
        stytch.api.on("bootstrap/public-token-test-1", answer);
        assert_eq!(stytch.card(QUERY).site_name, None);
    }

    let mut named = options();
    named.project_name = Some("Quay".into());
    let stytch = Stytch::new(Realm::Consumer, named).signed_in();
    assert_eq!(stytch.card(QUERY).site_name.as_deref(), Some("Quay"));
    assert_eq!(stytch.api.sent().len(), 2);
}
