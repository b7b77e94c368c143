//! The widget inside another page.

use countersign::backend::memory::MemoryBackend;
use countersign_web::mount;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, Element};

use crate::{
    page::{document, until},
    script::load_in_frame,
    testing::*,
    widget::options,
};

/// Called inside the frame, which loads these tests again.
#[wasm_bindgen]
pub fn mount_in_frame() {
    let backend = MemoryBackend::default().then(outcome(&consent()));
    let mounted = mount(&document().body().unwrap(), options(backend));
    // It goes with the frame.
    std::mem::forget(mounted);
}

#[wasm_bindgen_test]
async fn a_page_inside_another_page_says_so_and_offers_nothing_to_click() {
    let frame: Element = JsFuture::from(load_in_frame()).await.unwrap().unchecked_into();
    let inside: Document =
        Reflect::get(&frame, &"contentDocument".into()).unwrap().unchecked_into();
    let find = |selector: &str| inside.query_selector(selector).unwrap();
    until(|| find("[data-state=framed]").is_some()).await;
    let heading = find("h1").unwrap().text_content().unwrap();
    assert_eq!(heading, "This page can’t be shown inside another page");
    assert!(find("button, a, input").is_none());
    frame.remove();
    assert!(document().query_selector("iframe").unwrap().is_none());
}
