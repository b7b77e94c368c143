//! The authorization page and the logout page for consumers: the widget and nothing else.
//!
//! Served at `/oauth/authorize` and `/oauth/logout`. A page with one realm only is smaller than
//! `authorization.rs` with both.

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
    use countersign_leptos::{Flow, IdentityProvider};
    use leptos::{mount::mount_to, prelude::*};
    use wasm_bindgen::prelude::wasm_bindgen;

    use crate::place::{backend, chosen_translations, place};

    /// Puts the widget in the place of the outline that the page came with.
    #[wasm_bindgen(start)]
    pub fn mount() {
        let path = window().location().pathname().unwrap_or_default();
        let flow = if path.ends_with("/logout") { Flow::Logout } else { Flow::Authorize };
        let Some(main) = place() else {
            return;
        };
        let (backend, translations) = (backend(&main), chosen_translations(&main));
        mount_to(main, move || view! { <IdentityProvider flow backend translations /> }).forget();
    }
}
