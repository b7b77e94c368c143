//! The adapter, with a scripted transport in place of Stytch's API.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod answers;
mod api;
mod attest;
mod calls;
mod card;
mod cookies;
mod errors;
mod logout;
mod parameters;
mod platform;
mod sessions;
mod sign_in;
