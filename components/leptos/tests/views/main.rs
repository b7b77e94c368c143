//! Every screen as HTML, natively: what it says, and that everybody can use it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails says so by panicking; the fixtures are shared with the browser's tests"
)]

mod asker;
mod card;
mod cards;
mod details;
mod dress;
mod every_element;
mod every_screen;
mod hostile;
mod languages;
mod messages;
mod more_screens;
mod organizations;
mod page;
mod permissions;
mod platform;
mod screens;
mod server;
#[path = "../support/mod.rs"]
mod support;
