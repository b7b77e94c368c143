//! The authorization page, and the logout page: the widget and nothing else.

// The standard library's `main` brings its output and the names of all its errors.
#![cfg_attr(target_arch = "wasm32", no_main)]

/// The allocator, which takes less of the page than the standard library's.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
mod page {
    use countersign_leptos::{Flow, IdentityProvider, Translations};
    use leptos::{mount::mount_to_body, prelude::*};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// The page at your Authorization URL, and the one at your `end_session_endpoint`.
    #[component]
    fn Page() -> impl IntoView {
        let path = window().location().pathname().unwrap_or_default();
        let flow = if path.ends_with("/logout") { Flow::Logout } else { Flow::Authorize };
        view! {
            <IdentityProvider
                flow
                login_url="/login"
                translations=Translations::at("/messages/")
            />
        }
    }

    #[wasm_bindgen(start)]
    pub fn start() {
        mount_to_body(Page);
    }
}
