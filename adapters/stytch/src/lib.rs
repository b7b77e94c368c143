//! Stytch Connected Apps as a backend of Countersign's consent widget, for consumer and B2B
//! projects.
//!
//! The adapter makes the calls of Stytch's `IdentityProvider` and `B2BIdentityProvider`, without
//! Stytch's script. The project with its clients, sessions and tokens stays as it is.
//!
//! ```
//! use countersign::Realm;
//! use countersign_stytch::StytchOptions;
//!
//! let options = StytchOptions::new("public-token-live-…");
//! let backend = countersign_stytch::backend(Realm::Consumer, options);
//! // In Leptos: view! { <IdentityProvider backend login_url="/login" /> }
//! ```
//!
//! [`messages`], [`theme`] and [`theme_pair`] convert the texts and the theme that a team has for
//! Stytch's components. `docs/from-stytch.md` compares both products, and lists what no page can do
//! in front of Stytch's API.
//!
//! # Modules
//!
//! - `options.rs`: configuration
//! - `backend.rs`: implements the trait `Backend`
//! - `authorize.rs`, `logout.rs`, `attest.rs`: the flows
//! - `call.rs`, `concurrent.rs`, `error.rs`: one call, several calls at once, the API's error types
//! - `request.rs`, `response.rs`, `session.rs`: what the calls send and return
//! - `cookies.rs`, `logos.rs`: the session cookies, and which logos may be loaded
//! - `platform.rs`, `browser.rs`: what the adapter needs of a page, and the same in a browser
//! - `messages.rs`, `theme.rs`: texts and theme

#![deny(rustdoc::broken_intra_doc_links)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod attest;
mod authorize;
mod backend;
#[cfg(target_arch = "wasm32")]
mod browser;
mod call;
mod concurrent;
mod cookies;
mod error;
mod logos;
mod logout;
mod messages;
mod options;
mod platform;
mod request;
mod response;
mod session;
mod theme;

use std::rc::Rc;

use countersign::{Realm, backend::Backend};

pub use backend::StytchBackend;
#[cfg(target_arch = "wasm32")]
pub use browser::StytchBrowser;
pub use error::{Meaning, StytchErrorType};
pub use messages::messages;
pub use options::{StytchCookies, StytchOptions};
pub use platform::{StytchPlatform, telemetry};
pub use theme::{theme, theme_pair};

/// Creates the backend for a Stytch project, on the page that this code runs on.
///
/// `realm` must be the realm of the component: [`Realm::Consumer`] for `IdentityProvider`,
/// [`Realm::B2b`] for `B2BIdentityProvider`. On a server the backend makes no calls.
#[must_use]
pub fn backend(realm: Realm, options: StytchOptions) -> Rc<dyn Backend> {
    #[cfg(target_arch = "wasm32")]
    return browser::backend(realm, options);
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = (realm, options);
        Rc::new(countersign::backend::memory::MemoryBackend::default())
    }
}
