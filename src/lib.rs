//! The core of Countersign: the consent side of an OAuth 2.1 / OpenID Connect authorization server.
//!
//! This crate knows no browser, no framework and no runtime. It reads the request from the page's address, decides what
//! happens next and says what to show; a driver (crate `countersign-leptos`) carries it out.
//!
//! # Where to start
//!
//! - [`protocol`]: what the URL says, and which addresses may be opened
//! - [`consent`]: who asks, for what, and who answers
//! - [`flow`]: the machine: [`flow::open`] and [`flow::step`]
//! - [`view`]: what a state looks like
//! - [`backend`]: what a backend can do: the trait, its models and errors
//! - [`api`]: the countersign API: its client, its server side, and the HTTP transport
//! - [`messages`]: the texts users read
//! - [`platform`]: what the core asks of its host

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
