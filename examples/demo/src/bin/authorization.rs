//! The authorization page and the logout page, consumer and B2B: the widget and nothing else.
//!
//! The server serves it at `/oauth/authorize`, `/oauth/logout` and the same paths under `/b2b`. It
//! has no framework, so that nothing slows a sign-up down; `stytch.rs` is a page with Leptos.

fn main() {
    #[cfg(target_arch = "wasm32")]
    let _ = page::mount();
}

#[cfg(target_arch = "wasm32")]
mod page {
    use std::rc::Rc;

    use countersign_web::{
        Browser, Fetch, Flow, Options, Translations,
        countersign::{Realm, api::client::CountersignBackend},
    };
    use web_sys::window;

    /// Replaces the skeleton of the page with the widget.
    pub(super) fn mount() -> Option<()> {
        let document = window()?.document()?;
        let main = document.get_element_by_id("countersign")?;
        let path = window()?.location().pathname().ok()?;
        let realm = if path.starts_with("/b2b/") { Realm::B2b } else { Realm::Consumer };
        let mut options = Options::new(realm, || {
            let base = "/countersign".to_owned();
            Rc::new(CountersignBackend::new(base, Rc::new(Fetch), Rc::new(Browser)))
        });
        options.flow = if path.ends_with("/logout") { Flow::Logout } else { Flow::Authorize };
        // The build writes the address of the languages on the tag of the loader.
        let tag = document.query_selector("[data-messages]").ok()?;
        let messages = tag.and_then(|tag| tag.get_attribute("data-messages"));
        options.translations = Some(Translations::at(messages.unwrap_or_default()));
        main.set_text_content(None);
        // The widget runs as long as the page.
        std::mem::forget(countersign_web::mount(&main, options));
        Some(())
    }
}
