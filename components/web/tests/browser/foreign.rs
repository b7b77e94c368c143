//! What belongs to the host's page and its scripts is no part of the widget, and is left alone.

use countersign::{
    api::{HttpRequest, Method, Transport},
    backend::memory::MemoryBackend,
};
use countersign_web::{Browser, Fetch, mount};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    page::{Widget, address, go_to, page_host, until},
    script::{Inherited, NamedElements, StubbedFetch, history_state},
    testing::*,
    widget::options,
};

fn backend() -> MemoryBackend {
    MemoryBackend::default().then(outcome(&consent()))
}

fn parsed(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap()
}

#[wasm_bindgen_test]
async fn elements_named_like_members_of_the_document_change_nothing() {
    let mut named = None;
    let widget = Widget::mount(&format!("/?{QUERY}"), |host| {
        named = Some(NamedElements::new());
        mount(host, options(backend()))
    });
    let named = named.unwrap();
    assert!(named.hide());
    widget.reaches("consent").await;
    until(|| widget.attribute("[part~=allow]", "aria-disabled").is_none()).await;
    named.restore();
    assert_eq!(
        widget.text("h1"),
        format!("Photo Printer wants access to your {} account", page_host())
    );
}

#[wasm_bindgen_test]
async fn what_every_object_inherits_is_no_option_of_a_call() {
    let fetch = StubbedFetch::new("answers");
    let answer = Fetch.send(HttpRequest::new(Method::Post, "/start")).await;
    let bare = fetch.is_bare();
    fetch.restore();
    assert!(answer.is_ok());
    assert!(bare, "the options and the headers have a prototype");
}

#[wasm_bindgen_test]
fn what_every_object_inherits_is_no_member_of_a_value() {
    let inherited = Inherited::new(&parsed(r#"{"loginUrl": "https://evil.example/login"}"#));
    let value = Browser::value(parsed(r#"{"b2b": true}"#));
    let (own, found) = (value.member("b2b").is_some(), value.member("loginUrl").is_some());
    let names = value.names();
    inherited.restore();
    assert_eq!((own, found, names), (true, false, Some(vec!["b2b".to_owned()])));
}

#[wasm_bindgen_test]
async fn the_router_s_state_stays_when_the_address_becomes_the_transaction_s() {
    go_to(&format!("/?{QUERY}"));
    let state = r#"{"index":3,"scrollX":0,"current":"/oauth/authorize","usr":{"from":"home"}}"#;
    let history = web_sys::window().unwrap().history().unwrap();
    history.replace_state(&parsed(state), "").unwrap();
    let _widget = Widget::asking(&backend()).await;
    let kept = history_state();
    history.replace_state(&JsValue::NULL, "").unwrap();
    assert_eq!(address(), "/?transaction=T1");
    assert_eq!(kept, state);
}
