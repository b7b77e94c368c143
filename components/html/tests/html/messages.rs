//! The texts on the screens.

use std::collections::HashSet;

use countersign::{
    messages::{Key, Messages},
    view::Body,
};

use crate::{
    page::{page_in, text},
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
    // A table of names and words, which `tests/rules/messages.test.mjs` checks.
    for key in Key::ALL.iter().filter(|key| **key != Key::ConsentDetailWords) {
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
    // The first is taken off before; the second is counted as one types, which a server never sees;
    // the third is a table, of which a screen shows the words that it needs.
    let elsewhere = [Key::Reference, Key::ConsentOrganizationFound, Key::ConsentDetailWords];
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
