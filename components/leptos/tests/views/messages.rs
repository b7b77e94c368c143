//! The words on the screens.

use std::collections::HashSet;

use countersign::messages::Key;

use crate::{
    page::{page, text},
    screens,
};

/// Everything that all screens say, and what the unseen hear.
fn said() -> Vec<(&'static str, String)> {
    let screens = screens::all().into_iter();
    let said = screens.map(|(name, mut view)| {
        // An error's code is meant to be read as it is.
        view.screen.reference = None;
        let page = page(view);
        let labels = page.all("[aria-label]");
        let labels = labels.iter().filter_map(|it| it.attr("aria-label"));
        let text = text(page.one(".countersign"));
        (
            name,
            labels.fold(text, |all, label| format!("{all} {label}")),
        )
    });
    said.collect()
}

#[test]
fn no_screen_shows_a_key_or_a_placeholder() {
    let keys: HashSet<&str> = Key::ALL.iter().map(|key| key.name()).collect();
    for (name, text) in said() {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let raw: Vec<&str> = words
            .filter(|word| word.contains('_') && keys.contains(word))
            .collect();
        assert!(raw.is_empty(), "{name}: {raw:?}");
        assert!(!text.contains(['{', '}']), "{name}: {text}");
    }
}

#[test]
fn every_text_is_english_and_not_its_own_name() {
    for key in Key::ALL {
        let text = key.english();
        let first = text.chars().find(|c| *c != '{').unwrap();
        assert!(first.is_uppercase() || text.starts_with('{'), "{text}");
        assert!(!text.contains('_') || text.contains('{'), "{text}");
        assert_ne!(text, key.name());
    }
}

/// The words of a text between its placeholders.
fn fragments(key: Key) -> Vec<&'static str> {
    let pieces = key.english().split('{');
    pieces
        .map(|piece| {
            piece
                .split_once('}')
                .map_or(piece, |(_, words)| words)
                .trim()
        })
        .filter(|words| !words.is_empty())
        .collect()
}

#[test]
fn every_text_of_the_source_file_is_on_some_screen() {
    let said = said();
    let unseen: Vec<&str> = Key::ALL
        .iter()
        .filter(|key| **key != Key::Reference)
        .filter(|key| {
            let fragments = fragments(**key);
            !said
                .iter()
                .any(|(_, text)| fragments.iter().all(|words| text.contains(words)))
        })
        .map(|key| key.name())
        .collect();
    assert!(unseen.is_empty(), "never shown: {unseen:?}");
}
