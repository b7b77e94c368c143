//! Allow counts only after the card was visible for a moment.

use countersign::backend::memory::{Answer, MemoryBackend};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    page::{Widget, document, frame, happens, until},
    script::Pretended,
    testing::*,
};

fn backend() -> MemoryBackend {
    MemoryBackend::default().then(outcome(&consent())).then(Answer::Never)
}

fn counts(widget: &Widget) -> bool {
    widget.attribute("[part~=allow]", "aria-disabled").is_none()
}

/// Hides the page until the test restores it.
fn hidden() -> Pretended {
    Pretended::new(&document(), "hidden", &JsValue::TRUE)
}

#[wasm_bindgen_test]
async fn it_counts_after_a_moment_and_deny_at_once() {
    let widget = Widget::asking(&backend()).await;
    assert!(!counts(&widget));
    let deny = widget.element("[part~=deny]");
    assert!(!deny.has_attribute("aria-disabled"));
    let look = widget.attribute("[part~=allow]", "data-off");
    assert_eq!(look, None, "it looks as ever meanwhile");
    until(|| counts(&widget)).await;
}

#[wasm_bindgen_test]
async fn a_page_that_comes_back_into_focus_is_looked_at_anew() {
    let widget = Widget::asking(&backend()).await;
    until(|| counts(&widget)).await;
    happens(&web_sys::window().unwrap(), "focus");
    assert!(!counts(&widget));
    until(|| counts(&widget)).await;
}

#[wasm_bindgen_test]
async fn a_page_out_of_view_counts_nothing_until_it_is_back_for_a_moment() {
    let widget = Widget::asking(&backend()).await;
    until(|| counts(&widget)).await;
    let page = hidden();
    happens(&document(), "visibilitychange");
    assert!(!counts(&widget));
    page.restore();
    happens(&document(), "visibilitychange");
    assert!(!counts(&widget));
    until(|| counts(&widget)).await;
}

#[wasm_bindgen_test]
async fn a_page_that_was_never_in_view_waits_for_it() {
    let page = hidden();
    let watched = Widget::asking(&backend()).await;
    let timers = crate::script::WatchedTimers::new();
    happens(&document(), "visibilitychange");
    frame().await;
    assert!(!counts(&watched));
    assert_eq!(timers.count(), 0, "no moment has begun");
    page.restore();
    happens(&document(), "visibilitychange");
    frame().await;
    assert_eq!(timers.count(), 1);
    timers.restore();
    until(|| counts(&watched)).await;
}

#[wasm_bindgen_test]
async fn every_other_look_begins_the_moment_anew() {
    let widget = Widget::asking(&backend()).await;
    let window = web_sys::window().unwrap();
    for _ in 0..10 {
        happens(&window, "focus");
        frame().await;
    }
    happens(&window, "focus");
    let last = js_sys::Date::now();
    until(|| counts(&widget)).await;
    // A timer may be a little early by another clock.
    assert!(js_sys::Date::now() - last >= 590.0);
}
