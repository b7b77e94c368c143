//! A form of the backend's, which the page posts.

use countersign::backend::memory::MemoryBackend;
use serde_json::{Value, json};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    page::{Widget, frame},
    script::PostedForm,
    testing::fixtures::*,
};

fn form(action: &str, fields: &Value) -> MemoryBackend {
    let answer = json!({ "outcome": "post", "action": action, "fields": fields });
    MemoryBackend::default().then(outcome(&answer))
}

#[wasm_bindgen_test]
async fn a_form_is_posted_with_exactly_its_fields_whatever_they_are_called() {
    let origin = web_sys::window().unwrap().location().origin().unwrap();
    let action = format!("{origin}/posted?step=2");
    // Fields hide members of a form, such as the method that submits it.
    let fields = json!({ "submit": "yes", "method": "get", "action": "<&>", "appendChild": "", "target": "é\n\"" });
    let posting = PostedForm::new();
    let widget = Widget::with(form(&action, &fields));
    let posted = JsFuture::from(posting.posted()).await.unwrap().as_string().unwrap();
    posting.restore();
    let posted: Value = serde_json::from_str(&posted).unwrap();
    assert_eq!(posted, json!({ "action": action, "method": "post", "fields": fields }));
    assert_eq!(widget.state(), "redirecting");
}

#[wasm_bindgen_test]
async fn a_form_for_another_host_is_not_posted() {
    let widget = Widget::with(form("https://printer.example/posted", &json!({ "code": "1" })));
    widget.reaches("unsafe-address").await;
    frame().await;
    let document = web_sys::window().unwrap().document().unwrap();
    assert!(document.query_selector("form").unwrap().is_none());
}
