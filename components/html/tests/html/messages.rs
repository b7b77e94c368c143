//! The texts on the screens.

use std::collections::HashSet;

use countersign::{
    messages::{Key, Messages},
    view::Body,
};

use crate::{
    page::{page, page_in, text},
    screens,
};

/// All visible texts of all screens, and the texts for screen readers.
pub fn said(messages: &Messages) -> Vec<(&'static str, String)> {
    let screens = screens::all_in(messages).into_iter();
    let said = screens.map(|(name, mut view)| {
        // An error's code is meant to be read as it is.
        view.screen.reference = None;
        // So is what a client sent.
        if let Body::Consent(card) = &mut view.screen.body {
            card.authorization_details.iter_mut().for_each(|detail| detail.json.clear());
        }
        let page = page_in(view, messages.clone());
        let text = text(page.one(".countersign"));
        let labels = page.attributes("[aria-label]", "aria-label");
        (name, labels.iter().fold(text, |all, label| format!("{all} {label}")))
    });
    said.collect()
}

#[test]
fn no_screen_shows_a_key_or_a_placeholder() {
    let keys: HashSet<&str> = Key::ALL.iter().map(|key| key.name()).collect();
    for (name, text) in said(&Messages::default()) {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let raw: Vec<&str> =
            words.filter(|word| word.contains('_') && keys.contains(word)).collect();
        assert!(raw.is_empty(), "{name}: {raw:?}");
        assert!(!text.contains(['{', '}']), "{name}: {text}");
    }
}

#[test]
fn every_text_is_english_and_not_its_own_name() {
    // A table of names and words, which `tests/rules/messages.test.mjs` checks, and the end of a sentence.
    let others = [Key::ConsentDetailWords, Key::ConsentBelowSensitive];
    for key in Key::ALL.iter().filter(|key| !others.contains(key)) {
        let text = key.english();
        let first = text.chars().find(|c| *c != '{').unwrap();
        assert!(first.is_uppercase() || text.starts_with('{'), "{text}");
        assert!(!text.contains('_') || text.contains('{'), "{text}");
        assert_ne!(text, key.name());
    }
}

/// The parts of a text between its placeholders.
fn fragments(text: &str) -> Vec<&str> {
    let pieces = text.split('{');
    pieces
        .map(|piece| piece.split_once('}').map_or(piece, |(_, words)| words).trim())
        .filter(|words| !words.is_empty())
        .collect()
}

/// The texts that no screen shows.
pub fn unseen<'a>(
    said: &[(&str, String)],
    all: impl Iterator<Item = (Key, &'a str)>,
) -> Vec<&'static str> {
    // The first is taken off before, with its button; the fourth is counted as one types, which a
    // server never sees; the last is a table, of which a screen shows the words that it needs.
    let elsewhere = [
        Key::Reference,
        Key::Copy,
        Key::Copied,
        Key::ConsentOrganizationFound,
        Key::ConsentDetailWords,
    ];
    let unseen = all.filter(|(key, text)| {
        let fragments = fragments(text);
        !elsewhere.contains(key)
            && !said.iter().any(|(_, text)| fragments.iter().all(|words| text.contains(words)))
    });
    unseen.map(|(key, _)| key.name()).collect()
}

#[test]
fn every_text_of_the_source_file_is_on_some_screen() {
    let said = said(&Messages::default());
    let all = Key::ALL.iter().map(|key| (*key, key.english()));
    let unseen = unseen(&said, all);
    assert!(unseen.is_empty(), "never shown: {unseen:?}");
}

#[test]
fn a_reference_is_a_text_with_a_button_after_it_and_a_place_that_says_when_it_is_copied() {
    let page = page(screens::find("refused"));
    let reference = page.one("[part=reference]");
    let [value, button, said] = reference.child_elements().collect::<Vec<_>>()[..] else {
        panic!("{}", reference.html())
    };
    assert_eq!(value.value().name(), "bdi");
    assert_eq!((text(button), button.attr("type")), ("Copy".to_owned(), Some("button")));
    assert_eq!((said.attr("role"), text(said).as_str()), (Some("status"), "Copied"));
    assert_eq!(page.all("[part=reference] > [role=status] > [hidden]").len(), 1);
}

#[test]
fn a_message_shows_its_sign_between_those_whom_it_is_about() {
    let marks = |name| {
        let page = page(screens::find(name));
        page.attributes("[part=parties] > *", "class").join(", ")
    };
    let sign = "countersign-mark countersign-sign countersign-wait";
    let person = "countersign-mark countersign-sign countersign-person";
    let host = "countersign-mark countersign-host";
    let closed = "countersign-mark countersign-sign countersign-done countersign-no";
    assert_eq!(marks("denied"), format!("{closed}, {host}"), "no tick");
    assert_eq!(marks("leaving"), format!("countersign-mark, {sign}, {host}"));
    assert_eq!(marks("a login"), format!("{person}, {host}"));
    assert_eq!(marks("a login after a card"), format!("countersign-mark, {person}, {host}"));
}
