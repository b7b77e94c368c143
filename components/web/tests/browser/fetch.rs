//! The network: whatever `fetch` does is a response or an error.

use std::{
    pin::pin,
    rc::Rc,
    task::{Context, Waker},
};

use countersign::{
    api::{HttpRequest, HttpResponse, Method, Transport, client::CountersignBackend},
    backend::TransportError,
};
use countersign_web::{Browser, Fetch};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    page::{Widget, page_host},
    script::StubbedFetch,
};

fn request() -> HttpRequest {
    let mut request = HttpRequest::new(Method::Post, "/countersign/authorize/start");
    request.headers = vec![("X-Countersign", "1".into())];
    request.body = Some(r#"{"query":"é"}"#.into());
    request
}

#[wasm_bindgen_test]
async fn whatever_goes_wrong_is_an_error_and_no_panic() {
    for ending in [
        "rejects with a text",
        "rejects with nothing",
        "rejects with null",
        "rejects with an error",
        "throws a number",
        "answers with a number",
        "answers with no response",
        "breaks in the body",
        "is not there",
    ] {
        let fetch = StubbedFetch::new(ending);
        let answer = Fetch.send(request()).await;
        fetch.restore();
        assert_eq!(answer, Err(TransportError::Unreachable), "{ending}");
    }
}

#[wasm_bindgen_test]
async fn a_call_is_a_post_of_json_with_cookies_and_without_redirects() {
    let fetch = StubbedFetch::new("answers");
    let answer = Fetch.send(request()).await.unwrap();
    fetch.restore();
    let sent: Value = serde_json::from_str(&fetch.last()).unwrap();
    let expected = json!({
        "url": "/countersign/authorize/start",
        "method": "POST",
        "body": r#"{"query":"é"}"#,
        "headers": { "Content-Type": "application/json", "X-Countersign": "1" },
        "credentials": "include",
        "cache": "no-store",
        "redirect": "manual"
    });
    assert_eq!(sent, expected);
    let expected = HttpResponse {
        status: 429,
        content_type: "application/problem+json".into(),
        retry_after: Some("7".into()),
        request_id: Some("R7".into()),
        body: r#"{"a":"é"}"#.into(),
    };
    assert_eq!(answer, expected);
}

#[wasm_bindgen_test]
async fn what_an_answer_lacks_is_absent() {
    let fetch = StubbedFetch::new("answers bare");
    let answer = Fetch.send(request()).await.unwrap();
    fetch.restore();
    let bare = HttpResponse { status: 204, ..HttpResponse::default() };
    assert_eq!(answer, bare);
}

#[wasm_bindgen_test]
fn a_call_that_is_dropped_is_aborted() {
    let fetch = StubbedFetch::new("never answers");
    {
        let mut call = pin!(Fetch.send(request()));
        let mut context = Context::from_waker(Waker::noop());
        assert!(call.as_mut().poll(&mut context).is_pending());
        assert_eq!(fetch.count(), 1);
        assert!(!fetch.is_aborted());
    }
    assert!(fetch.is_aborted());
    fetch.restore();
}

#[wasm_bindgen_test]
fn a_call_that_nobody_waits_for_is_not_made() {
    let fetch = StubbedFetch::new("never answers");
    drop(Fetch.send(request()));
    assert_eq!(fetch.count(), 0);
    fetch.restore();
}

#[wasm_bindgen_test]
async fn a_widget_survives_a_network_that_rejects_with_a_text() {
    let fetch = StubbedFetch::new("rejects with a text");
    let backend = CountersignBackend::new("/api", Rc::new(Fetch), Rc::new(Browser));
    let widget = Widget::with(backend);
    widget.reaches("failed").await;
    let sent: Value = serde_json::from_str(&fetch.last()).unwrap();
    fetch.restore();
    assert_eq!(sent["url"], "/api/authorize/start");
    assert_eq!(widget.text("h1"), format!("{} couldn’t be reached", page_host()));
    assert_eq!(widget.text(".countersign-text"), "Check your connection and try again.");
}
