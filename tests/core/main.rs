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

mod backend {
    //! Calls, answers and faults.
    mod adapter;
    mod answers;
    mod calls;
    mod members;
    mod problems;
    mod serve;
    mod shapes;
}
mod consent {
    //! What is asked, made fit to be shown, and what is ticked.
    mod details;
    mod display;
    pub mod identity;
    mod narrowing;
    mod selection;
}
mod flow {
    //! The machine, transition by transition.
    mod approval;
    mod arming;
    mod attest;
    mod decide;
    mod languages;
    mod login;
    mod logout;
    mod organization;
    mod remember;
    mod start;
    mod trouble;
}
mod messages;
mod properties {
    //! What holds for every sequence of events.
    mod answers;
    mod decisions;
    mod events;
    mod looks;
    mod sequences;
    mod server;
    mod world;
}
mod protocol {
    //! What the URL says, and which addresses may be opened.
    mod hand_off;
    mod query;
    mod redirects;
    mod requests;
}
mod redacted;
mod support;
mod view {
    //! What is shown.
    mod card;
    mod ends;
    mod hostile;
    mod lists;
    mod manifest;
    mod permissions;
    mod under_way;
    mod who;
}
