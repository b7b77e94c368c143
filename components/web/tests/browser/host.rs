//! What a host may set: trusted auth tokens, a consent manifest, values for tokens, the site's name.

use std::rc::Rc;

use countersign::{
    Realm,
    backend::{
        TrustedToken,
        memory::{Call, MemoryBackend},
    },
    consent::{ManifestItem, ManifestSection},
    protocol::Secret,
};
use countersign_web::{ConsentManifest, Handle, Options, Tokens, TrustedTokens};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    page::{Widget, document, frame, happens},
    script::{Pretended, prototype_of},
    testing::*,
    widget::options,
};

fn token(jwt: &str) -> TrustedToken {
    TrustedToken { token: Secret::new(jwt), profile_id: "profile".into() }
}

/// The tokens that were exchanged, and the number of calls of `start`.
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
    let handle = Handle::default();
    let mut options = options(backend.clone());
    options.trusted_token = Some(TrustedTokens::first(None));
    options.connect = Some(handle.connect());
    let widget = Widget::of(options);
    widget.reaches("attesting").await;
    assert_eq!(widget.text("[role=status]"), "Signing you in…");
    frame().await;
    assert_eq!(exchanged(&backend), (vec![], 0));
    handle.set_token(token("one"));
    widget.reaches("consent").await;
    assert_eq!(exchanged(&backend), (vec!["one".into()], 1));
    handle.set_token(token("two"));
    frame().await;
    widget.reaches("consent").await;
    assert_eq!(exchanged(&backend), (vec!["one".into(), "two".into()], 2));
}

#[wasm_bindgen_test]
async fn a_host_s_own_words_stand_on_the_card_and_its_tokens_on_the_widget() {
    let backend = MemoryBackend::default().then(outcome(&consent()));
    let manifest = ConsentManifest::new(|input| {
        let item = ManifestItem {
            text: format!("{} prints", input.client_name),
            ..ManifestItem::default()
        };
        vec![ManifestSection { header: "In our words".into(), items: vec![item] }]
    });
    let tokens = Tokens::new([("--countersign-accent", "rgb(1, 2, 3)")]);
    let mut options = options(backend);
    options.get_consent_manifest = Some(manifest);
    options.appearance.tokens = Some(tokens);
    let widget = Widget::of(options);
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
    let mut options = options(backend);
    options.site_name = Some("Harbor".into());
    let widget = Widget::of(options);
    widget.reaches("consent").await;
    let heading = widget.text("h1");
    assert_eq!(heading, "Photo Printer wants access to your Harbor account");
}

#[wasm_bindgen_test]
async fn a_member_without_an_organization_can_grant_nothing_and_a_consumer_can() {
    let backend = || MemoryBackend::default().then(outcome(&consent()));
    let member = Widget::of(Options::new(Realm::B2b, move || Rc::new(backend())));
    member.reaches("consent").await;
    assert_eq!(member.texts("[part=actions] > button"), ["Cancel"]);
    let consumer = Widget::with(backend());
    consumer.reaches("consent").await;
    assert_eq!(consumer.texts("[part=actions] > button"), ["Deny", "Allow"]);
}

#[wasm_bindgen_test]
async fn a_page_that_is_only_prepared_asks_nothing_until_it_is_looked_at() {
    let document_prototype = prototype_of("Document");
    let prepared = Pretended::new(&document_prototype, "prerendering", &JsValue::TRUE);
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
