//! The authorization page and the logout page, consumer and B2B: the widget and nothing else.
//!
//! Served at `/b2b/oauth/authorize` and `/b2b/oauth/logout`, and by Trunk at the same without
//! `/b2b` too: the path selects. `consumer.rs` is the smaller program without organizations.

// The standard library's `main` brings its output and the names of all its errors.
#![cfg_attr(target_arch = "wasm32", no_main)]

/// The allocator, which takes less of the page than the standard library's.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
#[path = "../place.rs"]
mod place;

#[cfg(target_arch = "wasm32")]
mod page {
    use countersign_leptos::{B2BIdentityProvider, Flow, IdentityProvider};
    use leptos::{mount::mount_to, prelude::*};
    use wasm_bindgen::prelude::wasm_bindgen;

    use crate::place::{backend, place, translations};

    /// Puts the widget in the place of the outline that the page came with.
    #[wasm_bindgen(start)]
    pub fn mount() {
        let path = window().location().pathname().unwrap_or_default();
        let flow = if path.ends_with("/logout") { Flow::Logout } else { Flow::Authorize };
        let Some(main) = place() else {
            return;
        };
        let (backend, translations) = (backend(&main), translations());
        if path.starts_with("/b2b/") {
            mount_to(main, move || view! { <B2BIdentityProvider flow backend translations /> })
                .forget();
        } else {
            mount_to(main, move || view! { <IdentityProvider flow backend translations /> })
                .forget();
        }
    }
}
