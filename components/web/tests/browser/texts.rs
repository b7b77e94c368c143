//! The host's own texts and descriptions in the widget's language.

use countersign::{
    backend::memory::MemoryBackend,
    consent::{AuthorizationDetailDescription, ManifestItem, ManifestSection},
    messages::{Key, Messages},
};
use countersign_web::{ConsentManifest, DetailRenderers, Handle, Translations};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    languages::{backend, files, late, lets_come, speaks},
    page::{Widget, frame},
    testing::*,
    widget::options,
};

#[wasm_bindgen_test]
async fn a_host_s_own_texts_stay_over_the_language_s() {
    let mut options = options(backend());
    options.translations = Some(files().1);
    options.locale = Some("de".into());
    options.messages = Messages::default().with(Key::Allow, "Jawohl");
    let widget = Widget::of(options);
    widget.reaches("consent").await;
    assert_eq!(widget.texts("[part=actions] > button"), ["Ablehnen", "Jawohl"]);
}

/// A widget with the locale German, and its handle.
fn held(files: Translations) -> (Widget, Handle) {
    let handle = Handle::default();
    let mut options = options(backend());
    options.translations = Some(files);
    options.locale = Some("de".into());
    options.connect = Some(handle.connect());
    (Widget::of(options), handle)
}

#[wasm_bindgen_test]
async fn other_texts_of_the_host_s_keep_the_language() {
    let (widget, handle) = held(files().1);
    widget.reaches("consent").await;
    handle.set_messages(Messages::default().with(Key::Deny, "Nein"));
    assert_eq!(widget.texts("[part=actions] > button"), ["Nein", "Zulassen"]);
    assert_eq!(speaks(&widget), "de");
    handle.set_messages(Messages::default());
    assert_eq!(widget.texts("[part=actions] > button"), ["Ablehnen", "Zulassen"]);
}

#[wasm_bindgen_test]
async fn other_texts_that_come_before_the_language_are_not_lost() {
    let (come, files) = late();
    let (widget, handle) = held(files);
    frame().await;
    handle.set_messages(Messages::default().with(Key::Deny, "Nein"));
    assert_eq!(widget.state(), "starting");
    lets_come(&come, "de");
    widget.reaches("consent").await;
    assert_eq!(widget.texts("[part=actions] > button"), ["Nein", "Zulassen"]);
}

#[wasm_bindgen_test]
async fn what_a_host_words_itself_is_told_the_language() {
    let backend = MemoryBackend::default().then(outcome(&cards::full()));
    let manifest = ConsentManifest::new(|input| {
        let item = ManifestItem {
            text: format!("{} in {}", input.client_name, input.language),
            ..ManifestItem::default()
        };
        let items = vec![item];
        vec![ManifestSection { items, ..ManifestSection::default() }]
    });
    let renderers = DetailRenderers::new(|detail, language| {
        (detail.kind == "payment").then(|| AuthorizationDetailDescription {
            title: format!("Pay in {language}"),
            ..AuthorizationDetailDescription::default()
        })
    });
    let mut options = options(backend);
    options.translations = Some(files().1);
    options.locale = Some("de".into());
    options.get_consent_manifest = Some(manifest);
    options.detail_renderers = Some(renderers);
    let widget = Widget::of(options);
    widget.reaches("consent").await;
    assert!(widget.text("[part=manifest]").contains("Photo Printer in de"));
    let details = widget.text("[part=details]");
    assert!(details.contains("Pay in de") && details.contains("delivery"));
}
