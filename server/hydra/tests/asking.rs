//! What the user is asked of a request, and what is answered without. The same for the kit in
//! TypeScript: `tests/engines/hydra-answers.test.mjs`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

mod support;

use countersign_server::{
    LoginReason,
    engine::{Engine as _, EngineError, Grant, Opened, Resume},
    model::{Account, RequestedScope},
};
use serde_json::{Value, json};

use crate::support::{Browser, Scripted, asked, is_ask, reason, request, to_hydra};

fn is_busy<T>(found: &Result<T, EngineError>) -> bool {
    matches!(found, Err(EngineError::Unavailable { .. }))
}

#[tokio::test]
async fn what_hydra_remembers_is_granted_again_as_it_was_asked_for_and_nothing_more() {
    let hydra = Scripted::with([request(json!({ "skip": true }), &[]), to_hydra()], |_| {}).await;
    let opened = hydra.open("consent", &Browser::marked()).await.unwrap();
    assert!(matches!(opened, Opened::Done(_)));
    let expected = json!({
        "grant_scope": ["openid", "read"], "grant_access_token_audience": [], "remember": false, "remember_for": 0,
        "session": { "id_token": {}, "access_token": {} },
    });
    assert_eq!(hydra.calls()[1].body, expected);
}

#[tokio::test]
async fn no_more_is_granted_than_was_asked_for_whatever_the_adapter_is_told() {
    let hydra = Scripted::with([to_hydra()], |_| {}).await;
    let scopes = ["read", "admin.everything"].map(RequestedScope::new).to_vec();
    let grant =
        Grant::new(scopes, vec!["https://evil.example".to_owned(), "https://a.example".to_owned()]);
    let resume = json!({ "flow": "consent", "scopes": ["openid", "read"], "audience": ["https://a.example"] });
    hydra.allow(resume, &grant, "consent_challenge=c").await.unwrap();
    let body = &hydra.calls()[0].body;
    assert_eq!(body["grant_scope"], json!(["read"]));
    assert_eq!(body["grant_access_token_audience"], json!(["https://a.example"]));

    // Nor what was asked for, but was not granted.
    let hydra = Scripted::with([to_hydra()], |_| {}).await;
    let grant = Grant::new(vec![RequestedScope::new("read")], Vec::new());
    let resume = json!({ "flow": "consent", "scopes": ["openid", "read"], "audience": ["https://a.example"] });
    hydra.allow(resume, &grant, "consent_challenge=c").await.unwrap();
    let body = &hydra.calls()[0].body;
    assert_eq!(
        (&body["grant_scope"], &body["grant_access_token_audience"]),
        (&json!(["read"]), &json!([]))
    );
}

#[tokio::test]
async fn the_user_is_asked_although_hydra_would_not_where_something_is_new_or_unusual() {
    let skip = |mut more: Value| {
        more["skip"] = more.get("skip").cloned().unwrap_or(Value::Bool(true));
        more
    };
    let ada = Browser::marked;
    let mut nobody = Browser::marked();
    nobody.account = None;
    let none: &[(&str, &str)] = &[];
    let cases = [
        (skip(json!({ "subject": "grace" })), none, ada()),
        (skip(json!({})), none, nobody),
        (skip(json!({})), &[("prompt", "consent")], ada()),
        (skip(json!({})), &[("redirect_uri", "http://127.0.0.1:9/cb")], ada()),
        (skip(json!({})), &[("redirect_uri", "com.example.app:/cb")], ada()),
        (skip(json!({})), &[("authorization_details", r#"[{"type":"payment"}]"#)], ada()),
        (skip(json!({ "skip": "true" })), none, ada()),
    ];
    for (more, parameters, browser) in cases {
        let text = format!("{more} {parameters:?}");
        let hydra = Scripted::with([request(more, parameters)], |_| {}).await;
        assert!(is_ask(&hydra.open("consent", &browser).await.unwrap()), "{text}");
        assert_eq!(hydra.calls().len(), 1, "{text}");
    }
}

#[tokio::test]
async fn an_audience_is_asked_for_unless_one_decision_that_still_holds_has_it_with_all_of_the_scopes()
 {
    let consent = |more: Value| {
        let mut consent = json!({
            "grant_scope": ["openid", "read", "write"],
            "grant_access_token_audience": ["https://a.example", "https://b.example"],
            "remember": true, "remember_for": 0, "handled_at": "2026-01-01T00:00:00.5Z",
            "consent_request": { "client": { "client_id": "app" } },
        });
        consent.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        consent
    };
    let opens = async |consents: Value| {
        let asked = request(
            json!({ "skip": true, "requested_access_token_audience": ["https://b.example"] }),
            &[],
        );
        let hydra = Scripted::with([asked, consents, to_hydra()], |_| {}).await;
        hydra.open("consent", &Browser::marked()).await
    };
    for good in [
        json!([consent(json!({ "grant_scope": [] })), consent(json!({}))]),
        json!([consent(json!({ "remember_for": 4_000_000_000_u32 }))]),
    ] {
        assert!(matches!(opens(good).await.unwrap(), Opened::Done(_)));
    }
    for other in [
        json!({ "remember": false }),
        json!({ "remember": "true" }),
        json!({ "remember_for": 30 }),
        json!({ "remember_for": null }),
        json!({ "remember_for": 4_000_000_000_u32, "handled_at": null }),
        json!({ "grant_scope": ["openid"] }),
        json!({ "grant_access_token_audience": ["https://a.example"] }),
        json!({ "consent_request": { "client": { "client_id": "other" } } }),
        json!({ "consent_request": null }),
        json!({ "grant_access_token_audience": null }),
    ] {
        assert!(is_ask(&opens(json!([consent(other.clone())])).await.unwrap()), "{other}");
    }
    assert!(is_busy(&opens(json!({})).await));
}

#[tokio::test]
async fn a_silent_request_is_answered_with_what_is_missing() {
    let mut nobody = Browser::marked();
    nobody.account = None;
    let old = Browser::marked;
    let grace = json!({ "skip": true, "subject": "grace" });
    let age: &[(&str, &str)] = &[("max_age", "10")];
    let cases = [
        ("login", json!({}), &[][..], nobody, "login_required"),
        ("login", grace.clone(), &[], old(), "login_required"),
        ("login", json!({ "skip": true }), age, old(), "login_required"),
        ("consent", json!({}), &[], old(), "consent_required"),
        ("consent", grace, &[], old(), "login_required"),
    ];
    for (flow, more, parameters, browser, error) in cases {
        let parameters = parameters.iter().copied().chain([("prompt", "none")]).collect::<Vec<_>>();
        let hydra = Scripted::with([request(more, &parameters), to_hydra()], |_| {}).await;
        hydra.open(flow, &browser).await.unwrap();
        let call = &hydra.calls()[1];
        assert!(call.line.contains(&format!("/{flow}/reject?")), "{}", call.line);
        assert_eq!(call.body["error"], error);
    }
}

#[tokio::test]
async fn a_login_is_asked_for_if_the_client_wants_a_newer_one_or_has_another_account_in_mind() {
    let found = async |parameters: &[(&str, &str)], more: Value, browser: Browser| {
        let hydra = Scripted::with([request(more, parameters), to_hydra()], |_| {}).await;
        reason(&hydra.open("login", &browser).await.unwrap())
    };
    let away = |at: i64| Browser { handed_off_at: Some(at), ..Browser::default() };
    let chosen = || {
        let mut browser = away(2000);
        let mut account = Account::new("ada");
        (account.signed_in_at, account.chosen_at) = (Some(1000), Some(3000));
        browser.account = Some(account);
        browser
    };
    let usual = Browser::default;
    let login: &[(&str, &str)] = &[("prompt", "login consent")];
    let choose: &[(&str, &str)] = &[("prompt", "select_account")];
    assert_eq!(found(login, json!({}), usual()).await, Some(LoginReason::PromptLogin));
    assert_eq!(found(login, json!({}), away(999)).await, None);
    assert_eq!(found(choose, json!({}), away(2000)).await, Some(LoginReason::SelectAccount));
    assert_eq!(found(choose, json!({}), chosen()).await, None);
    let both: &[(&str, &str)] = &[("prompt", "select_account login")];
    for strict in [login, both] {
        assert_eq!(found(strict, json!({}), chosen()).await, Some(LoginReason::PromptLogin));
    }
    for (age, expected) in [
        ("10", Some(LoginReason::MaxAge)),
        ("x", Some(LoginReason::MaxAge)),
        ("", None),
        ("1000000000000", None),
    ] {
        assert_eq!(found(&[("max_age", age)], json!({}), usual()).await, expected, "{age}");
    }
    let hint = |sub: &str| json!({ "oidc_context": { "id_token_hint_claims": { "sub": sub } } });
    assert_eq!(found(&[], hint("grace"), usual()).await, Some(LoginReason::AccountChanged));
    assert_eq!(found(&[], hint("ada"), usual()).await, None);
}

#[tokio::test]
async fn the_card_has_what_hydra_says_of_the_request() {
    let more = json!({
        "requested_access_token_audience": ["https://a.example"],
        "oidc_context": { "ui_locales": ["de", "fr"] },
    });
    let parameters = [("prompt", "consent"), ("resource", "https://r.example")];
    let hydra = Scripted::with([request(more, &parameters)], |_| {}).await;
    let card = asked(hydra.open("consent", &Browser::marked()).await.unwrap());
    assert_eq!(card.client.client_name.as_deref(), Some("The App"));
    assert_eq!(card.scopes, ["openid", "read"].map(RequestedScope::new));
    assert_eq!(
        (card.resources, card.redirect_uri.as_str()),
        (vec!["https://a.example".to_owned()], "https://app.example/cb")
    );
    assert_eq!((card.sub.as_deref(), card.request_id.as_deref()), (Some("ada"), Some("l")));
    assert_eq!(card.ui_locales.as_deref(), Some("de fr"));
    let anew = card.switch_account.unwrap();
    assert!(anew.intermediate && anew.to.contains("prompt=login+consent"), "{}", anew.to);
    let resume = json!({ "flow": "consent", "scopes": ["openid", "read"], "audience": ["https://a.example"] });
    assert_eq!(card.resume, Resume(resume));
}

#[tokio::test]
async fn a_request_that_hydra_would_take_and_the_kit_cannot_show_is_refused_at_both_steps() {
    let wrong: [(&str, &[(&str, &str)]); 9] = [
        ("request_not_supported", &[("request", "a.b.")]),
        ("request_uri_not_supported", &[("request_uri", "urn:a")]),
        ("invalid_request", &[("code_challenge_method", "plain")]),
        ("invalid_authorization_details", &[("authorization_details", r#"{"type":"a"}"#)]),
        ("invalid_authorization_details", &[("authorization_details", "[")]),
        ("invalid_authorization_details", &[("authorization_details", "[{}]")]),
        ("invalid_authorization_details", &[("authorization_details", "[null]")]),
        ("invalid_authorization_details", &[("authorization_details", r#"[{"type":1}]"#)]),
        ("invalid_authorization_details", &[("authorization_details", r#""a""#)]),
    ];
    for flow in ["login", "consent"] {
        for (error, parameters) in wrong {
            let hydra =
                Scripted::with([request(json!({ "skip": true }), parameters), to_hydra()], |_| {})
                    .await;
            assert!(matches!(hydra.open(flow, &Browser::marked()).await.unwrap(), Opened::Done(_)));
            let call = &hydra.calls()[1];
            assert_eq!(call.body["error"], error);
            assert!(call.line.contains(&format!("/{flow}/reject?")));
        }
        let url = request(json!({}), &[])["request_url"].as_str().unwrap().to_owned();
        for (address, is_refused) in [
            ("https://hydra.example/oauth2/auth".to_owned(), true),
            (format!("{url}&prompt=a&prompt=b"), true),
            (format!("{url}&resource=a&resource=b&audience=a&audience=b"), false),
        ] {
            let hydra = Scripted::with(
                [request(json!({ "request_url": address }), &[]), to_hydra()],
                |_| {},
            )
            .await;
            let opened = hydra.open(flow, &Browser::marked()).await.unwrap();
            assert_eq!(matches!(opened, Opened::Refused(_)), is_refused, "{address}");
        }
    }
}

#[tokio::test]
async fn a_request_without_pkce_is_refused_only_if_every_client_needs_it() {
    let bare = || {
        request(
            json!({ "request_url": "https://hydra.example/oauth2/auth?client_id=app&redirect_uri=https://app.example/cb" }),
            &[],
        )
    };
    let hydra = Scripted::with([bare()], |_| {}).await;
    assert!(is_ask(&hydra.open("consent", &Browser::marked()).await.unwrap()));
    let strict = Scripted::with([bare(), to_hydra()], |options| options.pkce = true).await;
    strict.open("consent", &Browser::marked()).await.unwrap();
    assert_eq!(strict.calls()[1].body["error"], "invalid_request");
}

#[tokio::test]
async fn a_denial_says_so_at_either_step_and_what_is_no_challenge_is_refused() {
    for (flow, resume) in [
        ("login", json!({ "flow": "login" })),
        ("consent", json!({ "flow": "consent", "scopes": [], "audience": [] })),
    ] {
        let hydra = Scripted::with([to_hydra()], |_| {}).await;
        hydra.deny(resume, &format!("{flow}_challenge=c")).await.unwrap();
        let call = &hydra.calls()[0];
        assert_eq!(call.body["error"], "access_denied");
        assert!(call.line.starts_with(&format!("PUT /admin/oauth2/auth/requests/{flow}/reject?")));
    }
    let hydra = Scripted::answering([]).await;
    for (query, error) in [
        ("", "invalid_request"),
        ("error=server_error", "server_error"),
        ("error=%3Cb%3E", "invalid_request"),
        ("error=a&error=b", "invalid_request"),
        ("login_challenge=a&login_challenge=b", "invalid_request"),
    ] {
        let browser = Browser::default();
        let opened = hydra.engine.open(query, &browser.context(None)).await.unwrap();
        let Opened::Refused(refused) = opened else { panic!("{query}") };
        assert_eq!((refused.error.as_str(), refused.description), (error, None), "{query}");
    }
}
