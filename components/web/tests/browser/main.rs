//! The driver and the platform, in Chromium.

#![cfg(target_arch = "wasm32")]
#![allow(
    missing_docs,
    missing_debug_implementations,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails says so by panicking; the fixtures are shared with the native tests"
)]

mod appearance;
mod card;
mod clicks;
mod diagnostics;
mod driver;
mod fetch;
mod foreign;
mod framed;
mod harness;
mod host;
mod hostile;
mod hosts;
mod json;
mod languages;
mod names;
mod narrow;
mod page;
mod picker;
mod pictures;
mod platform;
mod post;
mod rebuilt;
mod script;
mod seen;
mod several;
#[path = "../../../../tests/testing/mod.rs"]
mod testing;
mod texts;
mod unmount;
mod urls;
mod visibility;
mod widget;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
