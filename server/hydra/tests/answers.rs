//! What the adapter makes of answers that the real Hydra does not give to the tests, and what it sends.
//! The same for the kit in TypeScript: `tests/engines/hydra-answers.test.mjs`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

mod support;

use std::time::Duration;

use countersign_hydra::HydraOptions;
use countersign_server::engine::{EngineError, Grant};
use serde_json::{Value, json};

use crate::support::{Browser, Scripted, ending, is_ask, request, to_hydra};

fn is_busy<T>(found: &Result<T, EngineError>) -> bool {
    matches!(found, Err(EngineError::Unavailable { .. }))
}

fn is_gone<T>(found: &Result<T, EngineError>) -> bool {
    matches!(found, Err(EngineError::RequestGone))
}

#[tokio::test]
async fn a_challenge_that_hydra_no_longer_takes_is_gone_when_it_is_read_and_when_it_is_answered() {
    for status in [401, 404, 409, 410] {
        let body = json!({ "redirect_to": "https://evil.example" }).to_string();
        for flow in ["login", "consent"] {
            let hydra = Scripted::answering([(status, body.clone())]).await;
            assert!(is_gone(&hydra.open(flow, &Browser::default()).await));
        }
        let hydra = Scripted::answering([(status, "{}".to_owned())]).await;
        assert!(is_gone(&hydra.deny(json!({ "flow": "login" }), "login_challenge=c").await));
    }
    let hydra = Scripted::answering([]).await;
    let grant = Grant::new(Vec::new(), Vec::new());
    let consent = json!({ "flow": "consent", "scopes": [], "audience": [] });
    for (resume, query) in [
        (json!({ "flow": "login" }), "login_challenge=c"),
        (consent.clone(), "login_challenge=c"),
        (consent, "consent_challenge=c&consent_challenge=d"),
    ] {
        assert!(is_gone(&hydra.allow(resume, &grant, query).await), "{query}");
    }
}

#[tokio::test]
async fn a_hydra_that_is_busy_or_another_program_at_its_address_can_be_asked_again() {
    let strange = [
        (500, "{}".to_owned()),
        (502, "<html>".to_owned()),
        (429, "{}".to_owned()),
        (302, String::new()),
        (200, "<html>".to_owned()),
        (200, "null".to_owned()),
        (200, "[]".to_owned()),
        (200, "{}".to_owned()),
        (200, "x".repeat(4_000_001)),
        (200, request(json!({ "client": "app" }), &[]).to_string()),
        (200, request(json!({ "client": {} }), &[]).to_string()),
        (200, request(json!({ "requested_scope": "openid" }), &[]).to_string()),
        (200, request(json!({ "requested_access_token_audience": [1] }), &[]).to_string()),
        (200, request(json!({ "request_url": "/a" }), &[]).to_string()),
    ];
    for answer in strange {
        let text = format!("{} {:.60}", answer.0, answer.1);
        let hydra = Scripted::answering([answer]).await;
        assert!(is_busy(&hydra.open("consent", &Browser::marked()).await), "{text}");
    }
    for body in ["{}", r#"{"redirect_to":1}"#, r#"{"redirect_to":""}"#, "[]"] {
        let hydra = Scripted::answering([(200, body.to_owned())]).await;
        assert!(
            is_busy(&hydra.deny(json!({ "flow": "login" }), "login_challenge=c").await),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_busy_hydra_says_when_to_ask_it_again_and_one_that_is_down_cannot() {
    let after = |found: Result<_, EngineError>| match found {
        Err(EngineError::Unavailable { retry_after, .. }) => retry_after,
        _ => 0,
    };
    let busy = Scripted::answering([(503, "{}".to_owned())]).await;
    assert_eq!(after(busy.open("login", &Browser::default()).await), 7);
    assert_eq!(after(Scripted::down().open("login", &Browser::default()).await), 5);
}

#[tokio::test]
async fn a_call_that_hydra_refuses_is_not_made_again() {
    let hydra = Scripted::answering([(400, "{}".to_owned())]).await;
    let found = hydra.open("consent", &Browser::default()).await;
    assert!(matches!(found, Err(EngineError::Failed(_))));
    assert_eq!(hydra.calls().len(), 1);
}

#[tokio::test]
async fn a_hydra_that_is_down_or_takes_too_long_can_be_asked_again() {
    let silent =
        Scripted::silent(|options: &mut HydraOptions| options.timeout = Duration::from_millis(1))
            .await;
    assert!(is_busy(&silent.open("login", &Browser::default()).await));
    let down = Scripted::down();
    assert!(is_busy(&down.open("login", &Browser::default()).await));
}

#[tokio::test]
async fn hydra_is_told_who_signed_in_for_how_long_and_in_which_browser() {
    let hydra = Scripted::with([request(json!({}), &[]), to_hydra()], |options| {
        options.remember_login = Some(60);
        options.headers.insert("authorization", "Bearer t".parse().unwrap());
    })
    .await;
    let browser = Browser::default();
    let opened = hydra.open("login", &browser).await.unwrap();
    assert_eq!(ending(&opened), "https://hydra.example/oauth2/auth?consent_verifier=v");
    let calls = hydra.calls();
    assert_eq!(calls[0].line, "GET /admin/oauth2/auth/requests/login?login_challenge=c+c HTTP/1.1");
    assert!(calls.iter().all(|call| call.headers.contains("authorization: Bearer t")));
    let mut body = calls[1].body.clone();
    let mark = body["context"]["countersign"].take();
    assert_eq!(mark.as_str().map(str::len), Some(43));
    let expected = json!({ "subject": "ada", "remember": true, "remember_for": 60, "context": { "countersign": null } });
    assert_eq!(body, expected);
    let cookie = browser.set_cookies.take();
    let line = cookie[0].to_str().unwrap();
    assert!(
        line.starts_with("__Host-countersign_hydra_")
            && line.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=86400"),
        "{line}"
    );
    let never = Scripted::with([request(json!({}), &[]), to_hydra()], |options| {
        options.remember_login = None
    })
    .await;
    never.open("login", &Browser::default()).await.unwrap();
    assert_eq!(never.calls()[1].body["remember"], Value::Bool(false));
}

#[tokio::test]
async fn a_decision_is_bound_to_the_browser_of_the_login_by_a_cookie_of_its_own() {
    let login = Browser::default();
    let hydra = Scripted::with([request(json!({}), &[]), to_hydra()], |_| {}).await;
    hydra.open("login", &login).await.unwrap();
    let context = hydra.calls()[1].body["context"].clone();
    let line = login.set_cookies.take()[0].to_str().unwrap().to_owned();
    let pair = line.split(';').next().unwrap();
    let (name, value) = pair.split_once('=').unwrap();
    let consent = async |cookie: &str, context: Value| {
        let hydra = Scripted::with([request(json!({ "context": context }), &[])], |options| {
            options.own_login = false
        })
        .await;
        hydra.open("consent", &Browser::with_cookie(cookie)).await
    };
    assert!(is_ask(&consent(pair, context.clone()).await.unwrap()));
    let more = format!("a=b; __Host-countersign_hydra_other=x; {pair}");
    assert!(is_ask(&consent(&more, context.clone()).await.unwrap()));
    let hash = context["countersign"].as_str().unwrap();
    for cookie in [
        String::new(),
        format!("{name}=x"),
        format!("countersign_hydra_1={value}"),
        format!("{name}={hash}"),
    ] {
        assert!(is_gone(&consent(&cookie, context.clone()).await), "{cookie}");
    }
    for other in [json!(null), json!({}), json!({ "countersign": null })] {
        assert!(is_gone(&consent(pair, other).await));
    }
}
