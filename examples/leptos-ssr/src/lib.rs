//! A Leptos app with server rendering. Its authorization page is Countersign's component; the rest
//! is what any such app has.
//!
//! - `app.rs`: the pages, for the server and the browser
//! - `policy.rs`: the headers of every page, with the nonce of this answer
//! - `authorization.rs`: a small authorization server that speaks the countersign API
//! - `main.rs`: the server

pub mod app;
#[cfg(feature = "ssr")]
pub mod authorization;
#[cfg(feature = "ssr")]
pub mod policy;

/// The browser's allocator, which takes less of the page than the standard library's.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(app::App);
}
