//! What an answer sets, and what the engine hears of a request's state.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod support;

use std::sync::{Arc, Mutex};

use countersign_server::{
    LoginReason,
    engine::{Ending, EndingForm, Login, Opened},
};
use serde_json::json;
use support::{
    engine::{Next, lock},
    site::{QUERY, START, Site, allow},
};

#[tokio::test]
async fn five_requests_stand_in_cookies_and_later_ones_in_the_store() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.account = None;
    let mut lengths = Vec::new();
    for _ in 0..7 {
        let away = browser.start(json!({ "query": "a" })).await.body;
        let name = format!("__Host-countersign-{}", away["transaction"].as_str().unwrap());
        lengths.push(browser.jar[&name].len() > 120);
    }
    assert_eq!(lengths, [true, true, true, true, true, false, false]);
}

#[tokio::test]
async fn a_request_that_has_not_changed_sets_no_cookie() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    assert_eq!(browser.resume(&card).await.headers.get("set-cookie"), None);
    browser.account = None;
    assert!(browser.resume(&card).await.headers.contains_key("set-cookie"));
    assert_eq!(browser.resume(&card).await.headers.get("set-cookie"), None);
}

#[tokio::test]
async fn the_engine_hears_when_the_page_was_first_sent_to_sign_in() {
    let site = Site::new();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&heard);
    site.engine.on_open(move |_, context| {
        lock(&told).push(context.handed_off_at);
        Ok(Opened::Login(Login::new(LoginReason::PromptLogin)))
    });
    let mut browser = site.browser();
    let away = browser.start(json!({ "query": QUERY })).await.body;
    site.advance(10);
    browser.resume(&away).await;
    site.advance(10);
    browser.resume(&away).await;
    assert_eq!(*lock(&heard), [None, Some(START), Some(START)]);
}

#[tokio::test]
async fn a_page_of_version_1_posts_no_form_and_goes_by_a_page_that_does() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    let form = EndingForm::new("https://site.example/interaction", Vec::new());
    site.engine.next(Next::End(Ending::Form(form)));
    let headers = [("accept", "application/json"), ("idempotency-key", "k")];
    let reply = browser.call_with("/authorize/submit", allow(&card).to_string(), &headers).await;
    assert_eq!(reply.brief(), (200, "redirect"));
    let path = reply.text("redirect_uri").strip_prefix("https://site.example").unwrap().to_owned();
    let (status, headers, html) = browser.send(http::Method::GET, &path, &[], "").await;
    assert_eq!(status, 200);
    // The site forwards the browser: a policy would apply to where that leads, too.
    assert!(!headers["content-security-policy"].to_str().unwrap().contains("form-action"));
    assert!(html.contains(r#"action="https://site.example/interaction""#));
}
