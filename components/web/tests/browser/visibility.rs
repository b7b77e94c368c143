//! Allow counts only after the card was visible for a moment.

use countersign::{
    backend::memory::{Answer, MemoryBackend},
    messages::Messages,
};
use countersign_web::Handle;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    page::{Widget, document, frame, happens, until},
    script::{Pretended, prototype_of},
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
    Pretended::new(&prototype_of("Document"), "hidden", &JsValue::TRUE)
}

/// The page was hidden or restored. Unlike others, this event bubbles from the document to the window.
fn visibility_changes() {
    let event = document().create_event("Event").unwrap();
    event.init_event_with_bubbles("visibilitychange", true);
    document().dispatch_event(&event).unwrap();
}

/// Takes the focus from the window until the test restores it.
fn unfocused() -> Pretended {
    let lost = js_sys::Function::new_no_args("return false");
    Pretended::new(&prototype_of("Document"), "hasFocus", &lost)
}

#[wasm_bindgen_test]
async fn a_visible_page_without_the_focus_counts_nothing_until_it_has_the_focus_for_a_moment() {
    let widget = Widget::asking(&backend()).await;
    until(|| counts(&widget)).await;
    let page = unfocused();
    happens(&web_sys::window().unwrap(), "blur");
    assert!(!counts(&widget));
    page.restore();
    happens(&web_sys::window().unwrap(), "focus");
    assert!(!counts(&widget));
    until(|| counts(&widget)).await;
}

#[wasm_bindgen_test]
async fn a_page_that_comes_up_without_the_focus_waits_for_it() {
    let page = unfocused();
    let widget = Widget::asking(&backend()).await;
    let timers = crate::script::WatchedTimers::new();
    happens(&web_sys::window().unwrap(), "blur");
    frame().await;
    assert!(!counts(&widget));
    assert_eq!(timers.count(), 0, "no moment has begun");
    page.restore();
    timers.restore();
    happens(&web_sys::window().unwrap(), "focus");
    until(|| counts(&widget)).await;
}

#[wasm_bindgen_test]
async fn other_texts_begin_the_moment_anew() {
    let handle = Handle::default();
    let mut options = crate::widget::options(backend());
    options.connect = Some(handle.connect());
    let widget = Widget::of(options);
    widget.reaches("consent").await;
    until(|| counts(&widget)).await;
    handle.set_messages(Messages::default());
    assert!(!counts(&widget), "its buttons may be elsewhere now");
    until(|| counts(&widget)).await;
}

#[wasm_bindgen_test]
async fn it_counts_after_a_moment_and_deny_at_once() {
    let widget = Widget::asking(&backend()).await;
    assert!(!counts(&widget));
    let deny = widget.element("[part~=deny]");
    assert!(!deny.has_attribute("aria-disabled"));
    let look = widget.attribute("[part~=allow]", "data-off");
    assert_eq!(look, None, "it is not off");
    assert!(widget.element("[part~=allow]").has_attribute("data-unready"), "it shows it");
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
    visibility_changes();
    assert!(!counts(&widget));
    page.restore();
    visibility_changes();
    assert!(!counts(&widget));
    until(|| counts(&widget)).await;
}

#[wasm_bindgen_test]
async fn a_page_that_was_never_in_view_waits_for_it() {
    let page = hidden();
    let watched = Widget::asking(&backend()).await;
    let timers = crate::script::WatchedTimers::new();
    visibility_changes();
    frame().await;
    assert!(!counts(&watched));
    assert_eq!(timers.count(), 0, "no moment has begun");
    page.restore();
    visibility_changes();
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
