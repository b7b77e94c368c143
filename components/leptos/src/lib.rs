//! The consent widget of Countersign as Leptos components: [`IdentityProvider`] and
//! [`B2BIdentityProvider`].
//!
//! Mount one at the Authorization URL of your authorization server. It reads the OAuth request from
//! the page's address, checks the session, shows the consent card, and navigates to the address
//! that the backend returns. Crate `countersign-web` does the work.
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
//! # Modules
//!
//! - `identity_provider.rs`: the two components and their props
//! - `in_browser.rs`: props that exist in a browser alone
//! - `browser.rs`: the widget as a view, in a browser
//! - `server.rs`: the same on a server, the skeleton of the card
//! - `trusted_tokens.rs`: trusted auth tokens from signals

#![forbid(unsafe_code)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

#[allow(missing_debug_implementations, reason = "Leptos derives nothing for the structs of props")]
mod identity_provider;
mod in_browser;
#[cfg_attr(target_arch = "wasm32", path = "browser.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "server.rs")]
mod target;
mod trusted_tokens;

pub use countersign;
pub use countersign_web::{
    Browser, ConsentManifest, DetailRenderers, Fetch, FetchBy, Flow, Layout, Theme, Tokens,
    Translations,
};
pub use identity_provider::{
    B2BIdentityProvider, B2BIdentityProviderProps, IdentityProvider, IdentityProviderProps,
};
pub use in_browser::{Handler, InBrowser};
pub use trusted_tokens::TrustedTokens;

/// The pages for Leptos apps, whose samples compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../../../docs/leptos.md")]
struct Pages;
