//! Logos and pictures in a browser.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::{
    harness::Harness,
    page::{happens, until},
    script::WatchedErrors,
    testing::{play::Play, *},
};

fn with_logo() -> Play {
    Play::authorize().answer(&consent_with(|it| {
        it["client"]["logo_uri"] = "/no-such-logo.png".into();
    }))
}

#[wasm_bindgen_test]
async fn a_logo_that_does_not_come_leaves_the_initial() {
    let harness = Harness::of(&with_logo());
    let mark = harness.widget.element("[part=parties] > :first-child");
    until(|| mark.child_element_count() == 0).await;
    assert_eq!(mark.text_content().as_deref(), Some("P"));
    assert!(!harness.widget.has("img"));
}

#[wasm_bindgen_test]
async fn a_logo_that_fails_after_its_screen_is_gone_means_nothing() {
    let errors = WatchedErrors::new();
    let play = with_logo();
    let harness = Harness::of(&play);
    let logo: Element = harness.widget.element("img");
    harness.show(&Play::logout()).await;
    happens(&logo, "error");
    let harness = Harness::of(&play);
    let logo: Element = harness.widget.element("img");
    drop(harness);
    happens(&logo, "error");
    assert_eq!(errors.told().length(), 0, "{:?}", errors.told());
    errors.restore();
}
