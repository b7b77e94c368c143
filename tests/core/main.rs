//! Tests of the core from outside, natively: vectors, transitions, properties.
//!
//! The browser's tests read the same `vectors/*.json`, so that both implementations of `Platform`
//! and `Json` agree.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails says so by panicking"
)]

mod api {
    //! Requests, responses and errors of the countersign API.
    mod broken;
    mod client;
    mod errors;
    mod examples;
    mod optional_members;
    mod requests;
    mod responses;
    mod server;
    mod validation;
    mod versions;
}
mod consent {
    //! Cleaning of the content, and the selection.
    mod authorization_details;
    mod display;
    pub mod identity;
    mod implied_scopes;
    mod selection;
}
mod flow {
    //! The machine, transition by transition.
    mod approval;
    mod arming;
    mod attest;
    mod card_version;
    mod decide;
    mod failure;
    mod languages;
    mod login;
    mod logout;
    mod organization;
    mod post;
    mod redirect;
    mod remember;
    mod reports;
    mod stale;
    mod start;
    mod switch_account;
    mod timers;
}
mod messages;
mod properties {
    //! Properties of every sequence of events.
    mod decisions;
    mod events;
    mod responses;
    mod sequences;
    mod server;
    mod visibility;
    mod world;
}
mod protocol {
    //! The page's query, and safe addresses.
    mod login;
    mod query;
    mod redirects;
    mod requests;
}
mod redacted;
mod strategies;
#[path = "../testing/mod.rs"]
mod testing;
mod view {
    //! The screens.
    mod card;
    mod client;
    mod details;
    mod ended;
    mod failures;
    mod hostile;
    mod leaving;
    mod lists;
    mod manifest;
    mod messages;
    mod payments;
    mod permissions;
    mod site;
    mod submitting;
    mod unavailable;
}
