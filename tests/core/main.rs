//! The core from outside, natively: vectors, transitions, properties.
//!
//! `vectors/*.json` are read here and by the browser's tests, so that both sides of `Platform` and `Json` agree.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails says so by panicking"
)]

mod adapter;
mod answers;
mod calls;
mod card;
mod display;
mod flow_decide;
mod flow_login;
mod flow_logout;
mod flow_start;
mod flow_trouble;
mod hand_off;
mod problems;
mod properties;
mod query;
mod redacted;
mod redirects;
mod requests;
mod screens;
mod selection;
mod serve;
mod support;
