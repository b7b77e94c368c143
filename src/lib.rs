//! The core of Countersign: the consent side of an OAuth 2.1 / OpenID Connect authorization server.
//!
//! This crate has no browser, no framework and no runtime. It reads the request from the page's
//! address, decides what happens next, and describes the screen as data. A driver runs it; the
//! crate `countersign-leptos` has one for the browser.
//!
//! # Where to start
//!
//! - [`protocol`]: the page's query, login and logout, and the addresses that are safe to open
//! - [`consent`]: client, account, organizations and scopes
//! - [`flow`]: the state machine: [`flow::open`] and [`flow::step`]
//! - [`view`]: the screen of a state
//! - [`backend`]: the trait [`backend::Backend`], its models and errors
//! - [`api`]: the countersign API: client, server side and HTTP transport
//! - [`messages`]: the texts
//! - [`platform`]: the services that the core needs from its host

#![deny(rustdoc::broken_intra_doc_links)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod api;
pub mod backend;
pub mod consent;
pub mod flow;
pub mod messages;
pub mod platform;
pub mod protocol;
pub mod view;

pub use protocol::Realm;
