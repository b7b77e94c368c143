//! The choice of the language, and the screen while it loads.

use std::{cell::RefCell, rc::Rc};

use countersign::backend::memory::MemoryBackend;
use countersign_web::Translations;
use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    harness::file,
    page::{Widget, frame, page_host, until},
    script::{HeldTimers, Pretended, StubbedFetch},
    testing::*,
    widget::options,
};

pub fn backend() -> MemoryBackend {
    MemoryBackend::default().then(outcome(&consent()))
}

/// Loads the real files and records which.
pub fn files() -> (Rc<RefCell<Vec<&'static str>>>, Translations) {
    let asked: Rc<RefCell<Vec<&'static str>>> = Rc::default();
    let to = Rc::clone(&asked);
    let files = Translations::new(move |language| {
        to.borrow_mut().push(language);
        Box::pin(std::future::ready(file(language).map(str::to_owned)))
    });
    (asked, files)
}

/// A file that arrives when the test resolves it.
pub fn late() -> (Function, Translations) {
    let mut come = None;
    let promise = Promise::new(&mut |resolve, _| come = Some(resolve));
    let files = Translations::new(move |_| {
        let promise = promise.clone();
        Box::pin(async move { JsFuture::from(promise).await.ok()?.as_string() })
    });
    (come.unwrap(), files)
}

pub fn lets_come(come: &Function, language: &str) {
    let file = JsValue::from_str(file(language).unwrap());
    come.call1(&JsValue::NULL, &file).unwrap();
}

/// Sets the languages of the browser.
fn set_to(languages: &[&str]) -> Pretended {
    let navigator = web_sys::window().unwrap().navigator();
    let languages: Array = languages.iter().map(|it| JsValue::from_str(it)).collect();
    Pretended::new(&navigator, "languages", &languages)
}

pub fn speaks(widget: &Widget) -> String {
    widget.attribute(".countersign", "lang").unwrap()
}

#[wasm_bindgen_test]
async fn the_request_s_wish_comes_before_the_host_s_and_that_before_the_browser_s() {
    let browser = set_to(&["tlh", "pl-PL", "de"]);
    for (wishes, host, language) in [
        ("&ui_locales=xx%20ar%20de", Some("de"), "ar"),
        ("&ui_locales=xx", Some("de-AT"), "de"),
        ("", Some("de"), "de"),
        ("", Some("xx"), "pl"),
        ("", None, "pl"),
    ] {
        let (asked, files) = files();
        let mut options = options(backend());
        options.translations = Some(files);
        options.locale = host.map(str::to_owned);
        let widget = Widget::at(&format!("/?{QUERY}{wishes}"), options);
        widget.reaches("consent").await;
        assert_eq!(speaks(&widget), language);
        assert_eq!(*asked.borrow(), [language], "no other file is loaded");
    }
    browser.restore();
}

#[wasm_bindgen_test]
async fn english_is_there_already() {
    let browser = set_to(&["en-GB", "de"]);
    let (asked, files) = files();
    let mut options = options(backend());
    options.translations = Some(files);
    let widget = Widget::of(options);
    widget.reaches("consent").await;
    assert_eq!(speaks(&widget), "en");
    assert!(asked.borrow().is_empty());
    browser.restore();
}

#[wasm_bindgen_test]
async fn without_translations_it_speaks_english_whatever_is_wished_for() {
    let browser = set_to(&["de"]);
    let mut options = options(backend());
    options.locale = Some("de".into());
    let widget = Widget::of(options);
    widget.reaches("consent").await;
    assert_eq!(speaks(&widget), "en");
    assert_eq!(widget.attribute(".countersign", "dir").unwrap(), "ltr");
    browser.restore();
}

/// A widget with the locale Arabic.
fn arabic(files: Translations) -> (Widget, MemoryBackend) {
    let backend = backend();
    let mut options = options(backend.clone());
    options.translations = Some(files);
    options.locale = Some("ar".into());
    (Widget::of(options), backend)
}

#[wasm_bindgen_test]
async fn nothing_is_said_in_one_language_to_be_said_again_in_another() {
    let (come, files) = late();
    let (widget, backend) = arabic(files);
    until(|| backend.calls().len() == 1).await;
    frame().await;
    frame().await;
    assert_eq!(widget.state(), "starting", "the answer is here, the texts are not");
    assert!(!widget.has("h1, button"));
    lets_come(&come, "ar");
    widget.reaches("consent").await;
    assert_eq!(speaks(&widget), "ar");
    assert_eq!(widget.attribute(".countersign", "dir").unwrap(), "rtl");
    assert!(widget.text("h1").contains("Photo Printer"));
    assert!(!widget.text("h1").contains("wants"));
}

#[wasm_bindgen_test]
async fn a_file_that_never_comes_is_waited_for_four_seconds() {
    let timers = HeldTimers::new();
    let (come, files) = late();
    let (widget, _) = arabic(files);
    until(|| timers.waits().includes(&4000.into(), 0)).await;
    frame().await;
    assert_eq!(widget.state(), "starting");
    timers.run_out();
    widget.reaches("consent").await;
    assert_eq!(speaks(&widget), "en");
    assert_eq!(
        widget.text("h1"),
        format!("Photo Printer wants access to your {} account", page_host())
    );
    lets_come(&come, "ar");
    frame().await;
    assert_eq!(speaks(&widget), "en", "it is too late for that");
    timers.restore();
}

#[wasm_bindgen_test]
async fn a_file_that_has_come_is_not_waited_for_any_more() {
    let timers = HeldTimers::new();
    let (widget, _) = arabic(files().1);
    widget.reaches("consent").await;
    frame().await;
    assert!(!timers.waits().includes(&4000.into(), 0));
    timers.restore();
}

#[wasm_bindgen_test]
async fn a_file_that_comes_when_the_widget_is_gone_means_nothing() {
    let timers = HeldTimers::new();
    let (come, files) = late();
    let (mut widget, _) = arabic(files);
    until(|| timers.waits().includes(&4000.into(), 0)).await;
    widget.unmount();
    frame().await;
    assert_eq!(timers.waits().length(), 0);
    lets_come(&come, "ar");
    frame().await;
    assert_eq!(widget.host().child_element_count(), 0);
    timers.restore();
}

#[wasm_bindgen_test]
async fn a_file_that_is_none_leaves_it_english() {
    for file in [None, Some(""), Some("<!doctype html>"), Some("[]"), Some(r#"{"allow":1}"#)] {
        let files =
            Translations::new(move |_| Box::pin(std::future::ready(file.map(str::to_owned))));
        let (widget, _) = arabic(files);
        widget.reaches("consent").await;
        assert_eq!(speaks(&widget), "en", "{file:?}");
        assert_eq!(widget.texts("[part~=allow]"), ["Allow"], "{file:?}");
    }
}

#[wasm_bindgen_test]
async fn the_files_are_where_the_host_says_and_one_that_is_missing_leaves_it_english() {
    for (ending, language, allow) in [
        ("has the file", "ar", "Erlauben"),
        ("has no such file", "en", "Allow"),
        ("rejects with a text", "en", "Allow"),
        ("breaks in the body", "en", "Allow"),
        ("answers with a number", "en", "Allow"),
    ] {
        let fetch = StubbedFetch::new(ending);
        let (widget, _) = arabic(Translations::at("/texts/"));
        widget.reaches("consent").await;
        let last: serde_json::Value = serde_json::from_str(&fetch.last()).unwrap();
        let count = fetch.count();
        fetch.restore();
        assert_eq!(last["url"], "/texts/ar.json");
        assert_eq!(count, 1, "{ending}");
        assert_eq!(speaks(&widget), language, "{ending}");
        assert_eq!(widget.texts("[part~=allow]"), [allow], "{ending}");
    }
}
