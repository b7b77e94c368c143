//! The widget inside another page.

use std::rc::Rc;

use countersign::backend::{Backend, memory::MemoryBackend};
use countersign_leptos::IdentityProviderProps;
use js_sys::Reflect;
use leptos::mount::mount_to;
use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, Element};

use crate::{
    page::{document, load_in_frame, provider, until},
    support::*,
};

/// Called inside the frame, where these tests are loaded once more.
#[wasm_bindgen]
pub fn mount_in_frame() {
    let backend: Rc<dyn Backend> = Rc::new(MemoryBackend::default().then(outcome(&consent())));
    let body = document().body().unwrap();
    let mounted = mount_to(body, || {
        provider(IdentityProviderProps::builder().backend(backend).build())
    });
    // It goes with the frame.
    mounted.forget();
}

#[wasm_bindgen_test]
async fn a_page_inside_another_page_says_so_and_offers_nothing_to_click() {
    let frame: Element = JsFuture::from(load_in_frame())
        .await
        .unwrap()
        .unchecked_into();
    let inside: Document = Reflect::get(&frame, &"contentDocument".into())
        .unwrap()
        .unchecked_into();
    let find = |selector: &str| inside.query_selector(selector).unwrap();
    until(|| find("[data-state=framed]").is_some()).await;
    let heading = find("h1").unwrap().text_content().unwrap();
    assert_eq!(heading, "This page can’t be shown inside another page");
    assert!(find("button, a, input").is_none());
    frame.remove();
    assert!(document().query_selector("iframe").unwrap().is_none());
}
