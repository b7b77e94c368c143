//! The consent widget of Countersign in a browser.
//!
//! [`mount`] puts a widget on a page: it reads the OAuth request from the page's address, calls a
//! [backend](countersign::backend::Backend), shows the consent card, and navigates to the address
//! that the backend returns. Crate `countersign-leptos` wraps it as Leptos components, and the npm
//! package `countersign` as custom elements and React components.
//!
//! ```no_run
//! use std::rc::Rc;
//! use countersign_web::{
//!     Browser, Fetch, Handler, Options,
//!     countersign::{Realm, api::client::CountersignBackend, flow::WidgetError},
//!     mount,
//! };
//!
//! # fn authorize(parent: &web_sys::Element) {
//! let mut options = Options::new(Realm::Consumer, || {
//!     Rc::new(CountersignBackend::new("/countersign", Rc::new(Fetch), Rc::new(Browser)))
//! });
//! options.on_error = Some(Handler::new(|error: WidgetError| eprintln!("{}", error.code)));
//! let widget = mount(parent, options);
//! # std::mem::forget(widget);
//! # }
//! ```
//!
//! The crate compiles on a server too, so that code for both sides can name its types. There, only
//! those that hold data work: everything else panics.
//!
//! # Modules
//!
//! - `options.rs`, `appearance.rs`, `manifest.rs`, `tokens.rs`, `translations.rs`,
//!   `trusted_tokens.rs`: what a host can set
//! - `mount.rs`, `handle.rs`: starts, updates and ends a widget
//! - `diagnostics.rs`: what developers read in the console
//! - `driver/`: carries out the effects of the state machine
//! - `dom/`: renders the nodes of crate `countersign-html`
//! - `platform/`: URLs, JSON, network, page and clock

#![forbid(unsafe_code)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

mod appearance;
mod diagnostics;
mod dom;
mod driver;
mod handle;
mod manifest;
mod mount;
mod options;
mod platform;
mod tokens;
mod translations;
mod trusted_tokens;

pub use appearance::{Appearance, Slot};
pub use countersign;
pub use countersign::protocol::Flow;
pub use countersign_html::{Layout, Theme};
pub use dom::{OnGesture, OrganizationPicker, Rendered};
pub use handle::{Connect, Handle};
pub use manifest::{ConsentManifest, DetailRenderers};
pub use mount::{MountHandle, attach, mount};
pub use options::{Handler, Options};
pub use platform::{Browser, Fetch, FetchBy, random_hex};
pub use tokens::Tokens;
pub use translations::{TextFuture, Translations};
pub use trusted_tokens::{OnToken, TrustedTokens};
