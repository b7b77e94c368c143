//! Countersign's consent widget as Leptos components: [`IdentityProvider`] and [`B2BIdentityProvider`].
//!
//! Mount one at the Authorization URL of your authorization server. It reads the OAuth request from the page's address,
//! checks the session, shows consent, and calls a backend that answers with where to go.
//!
//! ```
//! use countersign_leptos::IdentityProvider;
//! use leptos::prelude::*;
//!
//! #[component]
//! fn Authorize() -> impl IntoView {
//!     view! { <IdentityProvider login_url="/login" /> }
//! }
//! ```
//!
//! # Where to start
//!
//! - `identity_provider.rs`: the two components and their props
//! - `options.rs`: everything a host can set · `widget.rs`, `mounted.rs`: what puts it on a page, in a Leptos app and without one
//! - `driver/`: runs the machine's effects, one function each
//! - `view/`: the card and the screens, as functions of their data
//! - `platform/`: the only users of the browser

#![deny(rustdoc::broken_intra_doc_links)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

#[cfg(target_arch = "wasm32")]
mod driver;
mod identity_provider;
mod manifest;
#[cfg(target_arch = "wasm32")]
mod mounted;
mod options;
#[cfg(target_arch = "wasm32")]
mod platform;
mod remote;
mod theme;
mod tokens;
mod translations;
pub mod view;
mod widget;

pub use countersign;
pub use countersign::protocol::Flow;
pub use identity_provider::{
    B2BIdentityProvider, B2BIdentityProviderProps, IdentityProvider, IdentityProviderProps,
};
pub use manifest::{ConsentManifest, DetailRenderer};
#[cfg(target_arch = "wasm32")]
pub use mounted::{MountHandle, mount};
pub use options::{Handler, Options};
#[cfg(target_arch = "wasm32")]
pub use platform::{Browser, Fetch, random_hex};
pub use remote::{Connect, Handle};
pub use theme::{Layout, Theme, Tokens};
pub use tokens::TrustedTokens;
pub use translations::{TextFuture, Translations};
pub use view::Appearance;
pub use widget::widget;
