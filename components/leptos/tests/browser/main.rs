//! What only Leptos decides: signals, owners and unmounting, in Chromium.

#![cfg(target_arch = "wasm32")]
#![allow(
    missing_docs,
    missing_debug_implementations,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failing test panics; the fixtures are shared with other tests"
)]

mod component;
#[path = "../../../web/tests/browser/page.rs"]
mod page;
mod rebuilt;
mod signals;
#[path = "../../../../tests/testing/mod.rs"]
mod testing;
mod unmount;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
