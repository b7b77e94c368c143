//! Every screen as HTML: its structure and its accessibility.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failing test panics; the fixtures are shared with the browser's tests"
)]

mod appearance;
mod card;
mod client;
mod details;
mod every_element;
mod every_screen;
mod hostile;
mod languages;
mod messages;
mod must_be_seen;
mod organizations;
mod page;
mod permissions;
mod platform;
mod render;
mod screens;
#[path = "../../../../tests/testing/mod.rs"]
mod testing;
mod write;
