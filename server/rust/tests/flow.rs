//! From a request to its answer.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod support;

use countersign_server::{
    LoginReason,
    engine::{Destination, EngineError, Login, Opened, Refused, Resume},
};
use http::Method;
use serde_json::json;
use support::{
    engine::{CALLBACK, Scripted, asked, to_client},
    site::{ORIGIN, QUERY, Site, allow, decision_on, deny},
};

#[tokio::test]
async fn an_allow_leads_to_the_client_with_what_was_chosen() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    assert_eq!(card["account"], json!({ "sub": "ada", "name": "Ada", "email": "ada@example.com" }));
    assert_eq!((&card["remember"], &card["can_narrow"]), (&json!("choice"), &json!(true)));
    assert_eq!(card["client"]["name#de"], "Die App");
    let left = json!({ "scopes": [{ "scope": "openid" }, { "scope": "write" }], "remember": true });
    let reply = browser.submit("k", decision_on(&card, "allow", left)).await;
    assert_eq!(reply.brief(), (200, "redirect"));
    assert_eq!(reply.text("redirect_uri"), format!("{CALLBACK}?code=1"));
    assert!(reply.headers.get_all("set-cookie").iter().any(|line| line == "engine=1; Path=/"));
    let grant = site.engine.last_grant();
    let scopes = grant.scopes.iter().map(|entry| entry.scope.as_str()).collect::<Vec<_>>();
    assert_eq!((scopes, grant.remember), (vec!["openid", "write"], true));
}

#[tokio::test]
async fn a_denial_leads_to_the_client_and_grants_nothing() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    let reply = browser.submit("k", deny(&card)).await;
    assert_eq!(reply.text("redirect_uri"), format!("{CALLBACK}?error=access_denied"));
    assert_eq!((site.engine.count("allow"), site.engine.count("deny")), (0, 1));
}

#[tokio::test]
async fn the_engine_gets_the_query_byte_for_byte() {
    let site = Site::new();
    let mut browser = site.browser();
    let query = "client_id=app&state=%2f+%2F&state=a%20b&x";
    browser.start(json!({ "query": query })).await;
    assert_eq!(site.engine.count(&format!("open {query}")), 1);
}

#[tokio::test]
async fn who_is_not_signed_in_is_sent_to_sign_in_and_comes_back_to_the_same_request() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.account = None;
    let away = browser.start(json!({ "query": QUERY })).await.body;
    assert_eq!(
        (&away["outcome"], &away["reason"], &away["attempt"]),
        (&json!("login"), &json!("no_session"), &json!(1))
    );
    assert_eq!(browser.resume(&away).await.body, away);
    browser.account = Some("ada".to_owned());
    let card = browser.resume(&away).await.body;
    assert_eq!((&card["outcome"], &card["transaction"]), (&json!("consent"), &away["transaction"]));
}

#[tokio::test]
async fn each_visit_of_the_login_page_counts_once() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.account = None;
    let away = browser.start(json!({ "query": QUERY })).await.body;
    for (more, attempt) in [("", 2), ("&client_id=app", 2), ("", 3)] {
        let path = format!(
            "{ORIGIN}/oauth/authorize?transaction={}{more}",
            away["transaction"].as_str().unwrap()
        );
        for _ in 0..2 {
            let request =
                http::Request::get(&path).header("cookie", browser.cookies()).body(()).unwrap();
            let mut headers = http::HeaderMap::new();
            for line in site.mount.visited(&request.into_parts().0).await {
                headers.append("set-cookie", line);
            }
            browser.keep(&headers);
        }
        assert_eq!(browser.resume(&away).await.body["attempt"], attempt, "{more}");
    }
}

#[tokio::test]
async fn who_is_not_signed_in_can_deny_if_the_engine_can() {
    let site = Site::new();
    site.engine.on_open(|_, _| {
        let mut login = Login::new(LoginReason::PromptLogin);
        login.resume = Some(Resume(json!(null)));
        login.login_hint = Some("ada".to_owned());
        Ok(Opened::Login(login))
    });
    let mut browser = site.browser();
    let away = browser.start(json!({ "query": QUERY })).await.body;
    assert_eq!((&away["reason"], &away["login_hint"]), (&json!("prompt_login"), &json!("ada")));
    let reply = browser
        .submit(
            "k",
            json!({ "transaction": away["transaction"], "decision": "deny", "scopes": [] }),
        )
        .await;
    assert_eq!(reply.text("redirect_uri"), format!("{CALLBACK}?error=access_denied"));
    assert_eq!(site.engine.count("deny null"), 1);

    site.engine.on_open(|_, _| Ok(Opened::Login(Login::new(LoginReason::MaxAge))));
    let away = browser.start(json!({ "query": QUERY })).await.body;
    let reply = browser
        .submit(
            "k2",
            json!({ "transaction": away["transaction"], "decision": "deny", "scopes": [] }),
        )
        .await;
    assert_eq!((reply.brief(), reply.text("error")), ((200, "error"), "access_denied"));
}

#[tokio::test]
async fn an_error_stays_on_the_page_with_the_id_of_the_call() {
    let site = Site::new();
    site.engine.on_open(|_, _| Ok(Opened::Refused(Refused::new("invalid_client"))));
    let reply = site.browser().start(json!({ "query": QUERY })).await;
    assert_eq!((reply.brief(), reply.text("error")), ((200, "error"), "invalid_client"));
    assert_eq!(reply.text("request_id"), reply.headers["x-request-id"]);
    assert_eq!(reply.headers.get("set-cookie"), None);
}

#[tokio::test]
async fn a_request_that_needs_no_user_opens_no_transaction() {
    let site = Site::new();
    site.engine.on_open(|_, _| Ok(Opened::Done(to_client("code=0"))));
    let reply = site.browser().start(json!({ "query": QUERY })).await;
    assert_eq!(reply.brief(), (200, "redirect"));
    assert_eq!(reply.headers.get("set-cookie"), None);
}

#[tokio::test]
async fn a_silent_request_is_never_a_card_or_a_login() {
    let site = Site::new();
    let mut browser = site.browser();
    let silent = |more: &str| json!({ "query": format!("{QUERY}&prompt=none{more}") });
    let answer = browser.start(silent("")).await;
    assert_eq!(
        answer.text("redirect_uri"),
        format!("{CALLBACK}?error=consent_required&state=s+1&iss=https%3A%2F%2Fissuer.example")
    );
    let answer = browser.start(silent("&response_mode=fragment")).await;
    assert!(answer.text("redirect_uri").starts_with(&format!("{CALLBACK}#error=consent_required")));
    site.engine.on_open(|_, _| Ok(Opened::Login(Login::new(LoginReason::NoSession))));
    assert_eq!(browser.start(silent("")).await.text("error"), "login_required");
}

#[tokio::test]
async fn an_account_that_the_engine_has_fixed_is_never_replaced() {
    let site = Site::new();
    site.engine.on_ask(|asked| asked.sub = Some("grace".to_owned()));
    let mut browser = site.browser();
    let away = browser.start(json!({ "query": QUERY })).await.body;
    assert_eq!((&away["outcome"], &away["reason"]), (&json!("login"), &json!("account_changed")));
    site.engine.on_ask(|asked| {
        asked.sub = Some("grace".to_owned());
        asked.switch_account = Some(Destination::new(format!("{ORIGIN}/switch")));
    });
    assert_eq!(
        browser.start(json!({ "query": QUERY })).await.text("redirect_uri"),
        format!("{ORIGIN}/switch")
    );
    browser.account = Some("grace".to_owned());
    let card = browser.start(json!({ "query": QUERY })).await.body;
    assert_eq!(card["switch_account"], json!({ "redirect_uri": format!("{ORIGIN}/switch") }));
}

#[tokio::test]
async fn a_page_of_version_1_reads_what_it_knows() {
    let site = Site::new();
    let mut browser = site.browser();
    let body = json!({ "realm": "consumer", "query": QUERY }).to_string();
    for (accept, expected) in [
        ("application/json", json!(true)),
        ("application/json;v=1", json!(true)),
        ("text/html;v=2", json!(true)),
        ("application/json;v=2", json!("choice")),
        ("text/html, application/json; q=1; V=\"3\"", json!("choice")),
        ("application/json;v=99999999999", json!("choice")),
    ] {
        let card =
            browser.call_with("/authorize/start", body.clone(), &[("accept", accept)]).await.body;
        assert_eq!(card["remember"], expected, "{accept}");
    }
    let logout = json!({ "realm": "consumer", "query": "" }).to_string();
    let reply =
        browser.call_with("/logout/start", logout.clone(), &[("accept", "application/json")]).await;
    assert_eq!((reply.brief(), reply.text("error")), ((200, "error"), "unsupported"));
    assert_eq!(browser.call_with("/logout/start", logout, &[]).await.brief(), (200, "unsupported"));
}

#[tokio::test]
async fn what_is_no_call_of_the_api_is_404() {
    let mut browser = Site::new().browser();
    for path in [
        "/",
        "/countersign",
        "/countersign/",
        "/countersign/authorize/start/",
        "/x/countersign/authorize/start",
    ] {
        assert_eq!(browser.send(Method::POST, path, &[], "").await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn an_engine_that_is_down_loses_nothing() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    site.engine.on_open(|_, _| Err(EngineError::unavailable("down")));
    for reply in [
        browser.start(json!({ "query": QUERY })).await,
        browser.resume(&card).await,
        browser.submit("k", allow(&card)).await,
    ] {
        assert_eq!(reply.brief(), (503, "unavailable"));
        assert_eq!(reply.headers["retry-after"], "5");
    }
    site.engine.on_open(|_, _| Ok(Opened::Ask(Box::new(asked()))));
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (200, "redirect"));
}

#[tokio::test]
async fn signing_out_is_asked_once_and_only_for_the_account_that_was_asked() {
    let site = Site::with(Scripted { signs_out: true, ..Scripted::default() }, |builder| builder);
    let mut browser = site.browser();
    let asked = browser
        .call("/logout/start", json!({ "realm": "consumer", "query": "state=1" }))
        .await
        .body;
    assert_eq!((&asked["outcome"], &asked["account"]["sub"]), (&json!("confirm"), &json!("ada")));
    let mut stranger = browser.clone();
    stranger.account = Some("grace".to_owned());
    let answer = |decision: &str| json!({ "logout": asked["logout"], "decision": decision });
    let mut other = site.browser();
    assert_eq!(other.call("/logout/submit", answer("sign_out")).await.brief(), (410, "expired"));
    assert_eq!(
        browser.call("/logout/submit", answer("sign_out")).await.brief(),
        (200, "signed_out")
    );
    assert_eq!(
        browser.call("/logout/submit", answer("sign_out")).await.brief(),
        (200, "signed_out")
    );
    let late = browser.call("/logout/submit", answer("stay")).await;
    assert_eq!((late.brief(), late.text("decision")), ((409, "already_answered"), "sign_out"));
    assert_eq!(site.engine.count("sign_out"), 1);

    let again =
        browser.call("/logout/start", json!({ "realm": "consumer", "query": "" })).await.body;
    stranger.jar = browser.jar.clone();
    let body = json!({ "logout": again["logout"], "decision": "sign_out" });
    assert_eq!(stranger.call("/logout/submit", body).await.brief(), (410, "expired"));
    assert_eq!(site.engine.count("sign_out"), 1);
}
