//! The components on a server: they render the skeleton of the card and start nothing.

#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a failing test panics")]

use std::rc::Rc;

use countersign::backend::{Backend, memory::MemoryBackend};
use countersign_leptos::{
    B2BIdentityProvider, B2BIdentityProviderProps, Flow, IdentityProvider, IdentityProviderProps,
    Theme,
};
use leptos::{either::Either, prelude::*};
use scraper::{ElementRef, Html, Selector};

/// What a server renders.
struct Page {
    html: String,
    parsed: Html,
}

fn on_a_server<V: IntoView>(view: impl FnOnce() -> V) -> Page {
    let owner = Owner::new();
    let html = owner.with(|| view().into_view().to_html());
    let parsed = Html::parse_fragment(&html);
    Page { html, parsed }
}

impl Page {
    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector).unwrap();
        self.parsed.select(&selector).collect()
    }

    fn one(&self, selector: &str) -> ElementRef<'_> {
        match self.all(selector).as_slice() {
            [one] => *one,
            found => panic!("{} elements are {selector}: {}", found.len(), self.html),
        }
    }
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn is_outline(page: &Page) {
    assert_eq!(page.one(".countersign").attr("data-state"), Some("starting"));
    assert_eq!(text(page.one(".countersign")), "Checking the request…", "nothing else is said");
    assert_eq!(text(page.one("[role=status]")), "Checking the request…");
    assert!(page.all("h1, button, input, select, a, img").is_empty(), "{}", page.html);
    assert_eq!(page.all(".countersign-actions > *").len(), 2);
    assert!(!page.html.contains("style=") && !page.html.contains("<script"));
}

/// A view of a host's own, without the macro that the widget's sources do without.
fn own(words: &'static str) -> impl Fn() -> Either<AnyView, ()> + Send + Sync + 'static {
    move || Either::Left(leptos::html::small().child(words).into_any())
}

#[test]
fn what_a_host_puts_around_the_card_stands_above_and_below_it() {
    let page = on_a_server(|| {
        let props = IdentityProviderProps::builder();
        let props = props.header(own("Harbor Bank")).footer(own("Help"));
        IdentityProvider(props.build()).into_view()
    });
    let root = page.one(".countersign");
    let around: Vec<String> = root
        .child_elements()
        .map(|it| it.attr("part").map_or_else(|| text(it), str::to_owned))
        .collect();
    let status = "Checking the request…";
    assert_eq!(around, [status, "Harbor Bank", "card", "Help"]);
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
