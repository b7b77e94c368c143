//! A host's own texts and words, in the language that the widget speaks.

use countersign::{
    Realm,
    backend::memory::MemoryBackend,
    consent::{AuthorizationDetailDescription, ManifestItem, ManifestSection},
    messages::{Key, Messages},
};
use countersign_leptos::{
    ConsentManifest, DetailRenderer, Handle, IdentityProviderProps, Options, Translations, widget,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    languages::{backend, files, late, lets_come, speaks},
    page::{Widget, frame, shared},
    support::*,
};

#[wasm_bindgen_test]
async fn a_host_s_own_texts_stay_over_the_language_s() {
    let widget = Widget::of(|| {
        let own = Messages::default().with(Key::Allow, "Jawohl");
        let props = IdentityProviderProps::builder().backend(shared(&backend()));
        props
            .translations(files().1)
            .locale("de")
            .messages(own)
            .build()
    });
    widget.reaches("consent").await;
    assert_eq!(
        widget.texts("[part=actions] > button"),
        ["Ablehnen", "Jawohl"]
    );
}

/// A widget whose host wishes for German, with a hold on it.
fn held(files: Translations) -> (Widget, Handle) {
    let remote = Handle::default();
    let connect = remote.connect();
    let widget = Widget::at(&format!("/?{QUERY}"), move || {
        widget(Options {
            translations: Some(files),
            locale: Some("de".into()),
            connect: Some(connect),
            ..Options::of(Realm::Consumer, || shared(&backend()))
        })
    });
    (widget, remote)
}

#[wasm_bindgen_test]
async fn other_texts_of_the_host_s_keep_the_language() {
    let (widget, remote) = held(files().1);
    widget.reaches("consent").await;
    remote.set_messages(Messages::default().with(Key::Deny, "Nein"));
    assert_eq!(
        widget.texts("[part=actions] > button"),
        ["Nein", "Zulassen"]
    );
    assert_eq!(speaks(&widget), "de");
    remote.set_messages(Messages::default());
    assert_eq!(
        widget.texts("[part=actions] > button"),
        ["Ablehnen", "Zulassen"]
    );
}

#[wasm_bindgen_test]
async fn other_texts_that_come_before_the_language_are_not_lost() {
    let (come, files) = late();
    let (widget, remote) = held(files);
    frame().await;
    remote.set_messages(Messages::default().with(Key::Deny, "Nein"));
    assert_eq!(widget.state(), "starting");
    lets_come(&come, "de");
    widget.reaches("consent").await;
    assert_eq!(
        widget.texts("[part=actions] > button"),
        ["Nein", "Zulassen"]
    );
}

#[wasm_bindgen_test]
async fn what_a_host_words_itself_is_told_the_language() {
    let backend = MemoryBackend::default().then(outcome(&cards::full()));
    let given = shared(&backend);
    let widget = Widget::of(move || {
        let manifest = ConsentManifest::new(|input| {
            let item = ManifestItem {
                text: format!("{} in {}", input.client_name, input.language),
                ..ManifestItem::default()
            };
            let items = vec![item];
            vec![ManifestSection {
                items,
                ..ManifestSection::default()
            }]
        });
        let details = DetailRenderer::new(|detail, language| {
            (detail.kind == "payment").then(|| AuthorizationDetailDescription {
                title: format!("Pay in {language}"),
                ..AuthorizationDetailDescription::default()
            })
        });
        let props = IdentityProviderProps::builder().backend(given);
        let props = props.translations(files().1).locale("de");
        props
            .consent_manifest(manifest)
            .detail_renderer(details)
            .build()
    });
    widget.reaches("consent").await;
    assert!(
        widget
            .text("[part=manifest]")
            .contains("Photo Printer in de")
    );
    let details = widget.text("[part=details]");
    assert!(details.contains("Pay in de") && details.contains("delivery"));
}
