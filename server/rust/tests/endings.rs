//! How an engine ends a request, and what of that a page may do.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod support;

use countersign_server::{
    engine::{Asked, Destination, Ending, EndingForm},
    model::RequestedScope,
};
use serde_json::json;
use support::{
    engine::{CALLBACK, Next, Scripted},
    site::{QUERY, Site, allow},
};

#[tokio::test]
async fn what_no_card_can_show_is_500_and_nothing_is_decided() {
    type Change = fn(&mut Asked);
    let changes: [Change; 4] = [
        |asked| asked.scopes.push(RequestedScope::new("two words")),
        |asked| {
            asked.scopes =
                (0..257).map(|number| RequestedScope::new(format!("s{number}"))).collect()
        },
        |asked| {
            asked.resources =
                (0..65).map(|number| format!("https://api.example/{number}")).collect()
        },
        |asked| asked.redirect_uri = "javascript:alert(1)".to_owned(),
    ];
    for change in changes {
        let site = Site::new();
        site.engine.on_ask(change);
        assert_eq!(
            site.browser().start(json!({ "query": QUERY })).await.brief(),
            (500, "server_error")
        );
    }
}

#[tokio::test]
async fn no_answer_of_the_engine_leads_to_an_address_that_was_not_on_the_card() {
    let other_card = "https://app.example/other?code=1";
    for to in [
        other_card,
        "https://evil.example/cb",
        "http://app.example/cb",
        "javascript:alert(1)",
        "com.example.app:/cb",
    ] {
        let site = Site::new();
        let (mut browser, card) = site.at_card().await;
        site.engine.next(Next::End(Ending::To(Destination::new(to))));
        let reply = browser.submit("k", allow(&card)).await;
        assert_eq!(reply.brief(), (500, "server_error"), "{to}");
        assert!(!reply.body.to_string().contains(to));
    }
    let native = Scripted::default();
    native.on_ask(|asked| asked.redirect_uri = "com.example.app:/cb".to_owned());
    native.next(Next::End(Ending::To(Destination::new("com.example.app:/cb?code=1"))));
    let site = Site::with(native, |builder| builder);
    let (mut browser, card) = site.at_card().await;
    assert_eq!(card["remember"], "never");
    let reply = browser.submit("k", allow(&card)).await;
    assert_eq!(
        reply.body,
        json!({ "outcome": "redirect", "redirect_uri": "com.example.app:/cb?code=1", "native": true })
    );
}

#[tokio::test]
async fn a_form_goes_by_the_page_to_the_site_and_by_a_page_of_its_own_to_others() {
    let site = Site::new();
    let form = |action: &str| {
        Next::End(Ending::Form(EndingForm::new(action, vec![("code".to_owned(), "1".to_owned())])))
    };
    let (mut browser, card) = site.at_card().await;
    site.engine.next(form("https://site.example/interaction"));
    let posted = browser.submit("k", allow(&card)).await.body;
    assert_eq!(
        posted,
        json!({ "outcome": "post", "action": "https://site.example/interaction", "fields": { "code": "1" } })
    );

    let card = browser.start(json!({ "query": QUERY })).await.body;
    site.engine.next(form("https://evil.example/cb"));
    assert_eq!(browser.submit("k2", allow(&card)).await.brief(), (500, "server_error"));

    let card = browser.start(json!({ "query": QUERY })).await.body;
    site.engine.next(form(CALLBACK));
    let away = browser.submit("k3", allow(&card)).await.body;
    assert_eq!((&away["outcome"], &away["intermediate"]), (&json!("redirect"), &json!(true)));
    let path = away["redirect_uri"]
        .as_str()
        .unwrap()
        .strip_prefix("https://site.example")
        .unwrap()
        .to_owned();
    let stranger = site.browser().send(http::Method::GET, &path, &[], "").await;
    assert_eq!(stranger.0, 410);
    assert_eq!(browser.send(http::Method::POST, &path, &[], "").await.0, 405);
    let (status, headers, html) = browser.send(http::Method::GET, &path, &[], "").await;
    assert_eq!(status, 200);
    assert!(
        headers["content-security-policy"]
            .to_str()
            .unwrap()
            .contains("form-action https://app.example;")
    );
    assert!(html.contains(r#"<form method="post" action="https://app.example/cb">"#));
    assert_eq!(browser.send(http::Method::GET, &path, &[], "").await.0, 410);
}
