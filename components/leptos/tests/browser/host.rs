//! What a host may give the widget: trusted auth tokens, its own words, values for tokens.

use std::rc::Rc;

use countersign::{
    backend::{
        Backend, TrustedToken,
        memory::{Call, MemoryBackend},
    },
    consent::{ManifestItem, ManifestSection},
    protocol::Secret,
};
use countersign_leptos::{
    B2BIdentityProvider, B2BIdentityProviderProps, ConsentManifest, IdentityProviderProps, Tokens,
    TrustedTokens,
};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    page::{Pretended, Widget, document, frame, happens, provider, shared},
    support::*,
};

fn token(jwt: &str) -> TrustedToken {
    TrustedToken {
        token: Secret::new(jwt),
        profile_id: "profile".into(),
    }
}

/// The tokens that were exchanged, and how often the request was asked about.
fn exchanged(backend: &MemoryBackend) -> (Vec<String>, usize) {
    let calls = backend.calls();
    let tokens = calls.iter().filter_map(|call| match call {
        Call::Attest(token) => Some(token.token.secret().to_owned()),
        _ => None,
    });
    let starts = calls.iter().filter(|call| matches!(call, Call::Start(_)));
    (tokens.collect(), starts.count())
}

#[wasm_bindgen_test]
async fn a_token_is_waited_for_and_every_other_one_starts_anew() {
    let card = || outcome(&consent());
    let backend = MemoryBackend::default().then_attest(()).then_attest(());
    let backend = backend.then(card()).then(card());
    let shared: Rc<dyn Backend> = Rc::new(backend.clone());
    let jwt = RwSignal::new(None::<&str>);
    let widget = Widget::at(&format!("/?{QUERY}"), move || {
        let tokens = TrustedTokens::new(move || jwt.get().map(token));
        let props = IdentityProviderProps::builder().backend(shared);
        provider(props.auth_token_params(tokens).build())
    });
    widget.reaches("attesting").await;
    assert_eq!(widget.text("[role=status]"), "Signing you in…");
    frame().await;
    assert_eq!(exchanged(&backend), (vec![], 0));
    jwt.set(Some("one"));
    widget.reaches("consent").await;
    assert_eq!(exchanged(&backend), (vec!["one".into()], 1));
    jwt.set(Some("one"));
    frame().await;
    assert_eq!(exchanged(&backend).1, 1);
    jwt.set(Some("two"));
    frame().await;
    widget.reaches("consent").await;
    assert_eq!(exchanged(&backend), (vec!["one".into(), "two".into()], 2));
}

#[wasm_bindgen_test]
async fn a_host_s_own_words_stand_on_the_card_and_its_tokens_on_the_widget() {
    let backend = MemoryBackend::default().then(outcome(&consent()));
    let backend = shared(&backend);
    let widget = Widget::at(&format!("/?{QUERY}"), move || {
        let manifest = ConsentManifest::new(|input| {
            let item = ManifestItem {
                text: format!("{} prints", input.client_name),
                ..ManifestItem::default()
            };
            vec![ManifestSection {
                header: "In our words".into(),
                items: vec![item],
            }]
        });
        let tokens = Tokens::new([("--countersign-accent", "rgb(1, 2, 3)")]);
        let props = IdentityProviderProps::builder().backend(backend);
        provider(props.consent_manifest(manifest).tokens(tokens).build())
    });
    widget.reaches("consent").await;
    let words = widget.text("[part=manifest]");
    assert!(words.contains("In our words") && words.contains("Photo Printer prints"));
    assert!(widget.text("[part=scopes]").contains("See your photos"));
    let root: HtmlElement = widget.element(".countersign").unchecked_into();
    let set = root.style().get_property_value("--countersign-accent");
    assert_eq!(set.unwrap(), "rgb(1, 2, 3)");
    assert_eq!(root.style().length(), 1);
}

#[wasm_bindgen_test]
async fn what_a_host_calls_its_site_is_in_the_heading() {
    let backend = MemoryBackend::default().then(outcome(&consent()));
    let backend = shared(&backend);
    let widget = Widget::of(|| {
        let props = IdentityProviderProps::builder().backend(backend);
        props.site_name("Harbor").build()
    });
    widget.reaches("consent").await;
    let heading = widget.text("h1");
    assert_eq!(heading, "Photo Printer wants to access your Harbor account");
}

#[wasm_bindgen_test]
async fn a_member_without_an_organization_can_grant_nothing_and_a_consumer_can() {
    let backend = || shared(&MemoryBackend::default().then(outcome(&consent())));
    let address = format!("/?{QUERY}");
    let member = Widget::at(&address, move || {
        let props = B2BIdentityProviderProps::builder().backend(backend());
        B2BIdentityProvider(props.build()).into_view().into_any()
    });
    member.reaches("consent").await;
    assert_eq!(member.texts("[part=actions] > button"), ["Deny"]);
    let consumer = Widget::of(move || {
        let props = IdentityProviderProps::builder().backend(backend());
        props.build()
    });
    consumer.reaches("consent").await;
    assert_eq!(consumer.texts("[part=actions] > button"), ["Deny", "Allow"]);
}

#[wasm_bindgen_test]
async fn a_page_that_is_only_prepared_asks_nothing_until_it_is_looked_at() {
    let prepared = Pretended::new(&document(), "prerendering", &JsValue::TRUE);
    let backend = MemoryBackend::default().then(outcome(&consent()));
    let widget = Widget::with(backend.clone());
    frame().await;
    assert_eq!(widget.state(), "starting");
    assert!(backend.calls().is_empty());
    prepared.restore();
    for _ in 0..2 {
        happens(&document(), "prerenderingchange");
    }
    widget.reaches("consent").await;
    assert_eq!(backend.calls().len(), 1);
}
