//! The components on a server: they render the skeleton of the card, start nothing and keep
//! nothing.

#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a failing test panics")]

use std::{
    rc::Rc,
    sync::{Arc, Mutex},
    thread::{self, ThreadId},
};

use countersign::{
    backend::{Backend, TrustedToken, memory::MemoryBackend},
    consent::ManifestInput,
    flow::{WidgetError, WidgetEvent},
    protocol::LoginHandOff,
};
use countersign_leptos::{
    B2BIdentityProvider, B2BIdentityProviderProps, Flow, Handler, IdentityProvider,
    IdentityProviderProps, InBrowser, Theme, Tokens, Translations, TrustedTokens,
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
    assert_eq!(text(page.one("[role=status]")), "Checking the request…");
    let said = text(page.one(".countersign"));
    let late = text(page.one(".countersign-card > .countersign-slow:last-child"));
    assert!(late.starts_with("This is taking longer than usual."), "{late}");
    assert_eq!(said, format!("Checking the request…{late}"), "nothing else is said");
    assert_eq!(page.one("a").attr("href"), Some(""), "it loads the page again");
    assert!(page.all("h1, button, input, select, img").is_empty(), "{}", page.html);
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

/// Writes down where it is dropped. It must not leave its thread.
struct Bound(Arc<Mutex<Vec<ThreadId>>>, #[expect(dead_code, reason = "not Send")] Rc<()>);

impl Drop for Bound {
    fn drop(&mut self) {
        self.0.lock().unwrap().push(thread::current().id());
    }
}

#[test]
fn what_a_browser_alone_needs_is_dropped_at_once_in_the_thread_that_made_it() {
    let drops = Arc::new(Mutex::new(Vec::new()));
    let bound = || Bound(Arc::clone(&drops), Rc::new(()));
    let owner = Owner::new();
    let view = owner.with(|| {
        let [one, two, three, four, five, six, seven] = [(); 7].map(|()| bound());
        let props = IdentityProviderProps::builder()
            .on_event(move |_: WidgetEvent| unreachable!("{:p}", &one))
            .on_error(move |_: WidgetError| unreachable!("{:p}", &two))
            .on_login(move |_: LoginHandOff| unreachable!("{:p}", &three))
            .backend(move || -> Rc<dyn Backend> { unreachable!("{:p}", &four) })
            .get_consent_manifest(move |_: ManifestInput| unreachable!("{:p}", &five))
            .detail_renderers(move |_: &_, _: &str| unreachable!("{:p}", &six))
            .trusted_token(move || -> Option<TrustedToken> { unreachable!("{:p}", &seven) });
        IdentityProvider(props.build()).into_view()
    });
    assert_eq!(*drops.lock().unwrap(), vec![thread::current().id(); 7]);
    let html = thread::spawn(move || {
        let html = view.to_html();
        drop(owner);
        html
    });
    assert!(html.join().unwrap().contains("countersign-card"));
}

#[test]
fn such_a_prop_may_be_made_once_and_cloned_for_every_rendering_in_any_thread() {
    let held = Rc::new(());
    let weak = Rc::downgrade(&held);
    let on_error = Handler::from(move |_: WidgetError| drop(Rc::clone(&held)));
    assert!(weak.upgrade().is_none());
    let backend = InBrowser::from(Rc::new(MemoryBackend::default()) as Rc<dyn Backend>);
    let tokens = TrustedTokens::new(|| None);
    let rendered = thread::spawn(move || {
        let props = IdentityProviderProps::builder().trusted_token(tokens);
        let props = props.on_error(on_error.clone()).backend(backend.clone());
        is_outline(&on_a_server(|| IdentityProvider(props.build()).into_view()));
    });
    rendered.join().unwrap();
}

/// What a server renders for a request of this query and `Accept-Language`.
fn requested(query: &str, accepted: &str, props: impl FnOnce() -> IdentityProviderProps) -> Page {
    let address = format!("https://site.example/oauth/authorize?{query}");
    let request = http::Request::get(address).header("Accept-Language", accepted);
    let (parts, ()) = request.body(()).unwrap().into_parts();
    on_a_server(|| {
        provide_context(parts);
        IdentityProvider(props()).into_view()
    })
}

#[test]
fn the_outline_speaks_the_language_that_the_browser_will_choose() {
    let cases = [
        ("ui_locales=tlh+fr-CA", Some("de"), "ja", "fr", "ltr"),
        ("", Some("he-IL"), "ja", "he", "rtl"),
        ("", None, "tlh, en;q=0.3, pt;q=0.9, de;q=0, it; q=0.5", "pt-BR", "ltr"),
        ("", None, "*", "en", "ltr"),
        ("ui_locales=de&ui_locales=fr", None, ";;,q=,de;q=x", "en", "ltr"),
    ];
    for (query, locale, accepted, language, direction) in cases {
        let translated = |is_translated: bool| {
            let page = requested(query, accepted, || {
                let mut props = IdentityProviderProps::builder().build();
                props.locale = locale.map(str::to_owned);
                props.translations = is_translated.then(|| Translations::at("/messages/").into());
                props
            });
            let root = page.one(".countersign");
            let language = root.attr("lang").map(str::to_owned);
            let direction = root.attr("dir").map(str::to_owned);
            (
                language.unwrap(),
                direction.unwrap(),
                text(page.one("[role=status]")),
                text(page.one("a")),
            )
        };
        let (lang, dir, status, link) = translated(true);
        assert_eq!((lang.as_str(), dir.as_str()), (language, direction), "{query} {accepted}");
        assert_eq!(
            (status == "Checking the request…", link == "Reload"),
            (language == "en", language == "en")
        );
        assert_eq!(translated(false).0, "en", "without translations it is English");
    }
}

#[test]
fn the_outline_is_compact_in_a_popup() {
    for (query, layout) in [("display=popup", Some("compact")), ("display=page", None)] {
        let page = requested(query, "", || IdentityProviderProps::builder().build());
        assert_eq!(page.one(".countersign").attr("data-layout"), layout);
    }
}

#[test]
fn tokens_are_in_a_style_element_of_the_outline_if_they_surely_end_there() {
    let tokens = [
        ("--countersign-accent", "light-dark(#0a7d4b, rgb(1 2 3 / .5))"),
        ("--countersign-font", "\"Inter\", 'Noto Sans', sans-serif"),
        ("--countersign-radius", "0; } body { display: none"),
        ("--countersign-gap", "1px</style><script>alert(1)</script>"),
        ("--countersign-text", "\"red"),
        ("--countersign-page", "rgb(0 0 0"),
        ("--countersign-mono", "a\\"),
        ("--countersign-size", "1px/*"),
        ("color", "red"),
        ("--x: red; --y", "red"),
    ];
    let page = on_a_server(|| {
        let props = IdentityProviderProps::builder().tokens(Tokens::new(tokens));
        IdentityProvider(props.build()).into_view()
    });
    let style = page.one(".countersign-card > style").text().collect::<String>();
    assert_eq!(
        style,
        ".countersign{--countersign-accent:light-dark(#0a7d4b, rgb(1 2 3 / .5));\
         --countersign-font:\"Inter\", 'Noto Sans', sans-serif;}"
    );
    assert!(page.all("script").is_empty());
}
