//! The components on a server: the outline of the card, and nothing begun.

use std::rc::Rc;

use countersign::backend::{Backend, memory::MemoryBackend};
use countersign_leptos::{
    B2BIdentityProvider, B2BIdentityProviderProps, Flow, IdentityProvider, IdentityProviderProps,
    Theme,
};
use leptos::IntoView;

use crate::page::{Page, on_a_server, text};

fn is_outline(page: &Page) {
    assert_eq!(
        page.one(".countersign").attr("data-state"),
        Some("starting")
    );
    assert_eq!(
        text(page.one(".countersign")),
        "Checking the request…",
        "nothing else is said"
    );
    assert_eq!(page.texts("[role=status]"), ["Checking the request…"]);
    assert!(
        page.all("h1, button, input, select, a, img").is_empty(),
        "{}",
        page.html
    );
    assert_eq!(page.all(".countersign-actions > *").len(), 2);
    assert!(!page.html.contains("style=") && !page.html.contains("<script"));
}

#[test]
fn the_consumer_s_component_renders_the_outline_and_calls_nobody() {
    let backend = MemoryBackend::default();
    let shared: Rc<dyn Backend> = Rc::new(backend.clone());
    is_outline(&on_a_server(|| {
        IdentityProvider(IdentityProviderProps::builder().backend(shared).build()).into_view()
    }));
    assert!(backend.calls().is_empty());
}

#[test]
fn the_member_s_component_renders_the_same_outline() {
    let page = on_a_server(|| {
        B2BIdentityProvider(
            B2BIdentityProviderProps::builder()
                .api_base("https://api.example/countersign")
                .login_url("/login")
                .return_to_param("back")
                .theme(Theme::Dark)
                .build(),
        )
        .into_view()
    });
    is_outline(&page);
    assert_eq!(page.one(".countersign").attr("data-theme"), Some("dark"));
}

#[test]
fn a_logout_page_renders_the_outline_too() {
    is_outline(&on_a_server(|| {
        IdentityProvider(IdentityProviderProps::builder().flow(Flow::Logout).build()).into_view()
    }));
}
