//! Every language on every screen, and what a language changes besides the texts.

use std::{fs, path::PathBuf};

use countersign::{
    messages::{Key, LANGUAGES, Messages, is_right_to_left},
    platform::native::Native,
};
use serde_json::json;

use crate::{
    messages::{said, unseen},
    page::{page, page_in, text},
    screens,
    screens::cards::card_of,
    testing::{HOST, consent_with, play::Play},
};

/// A language's texts as a widget loads them.
fn texts(language: &'static str) -> Vec<(Key, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../messages");
    let file = fs::read_to_string(folder.join(format!("{language}.json"))).unwrap();
    Messages::read(&file, &Native).unwrap()
}

fn messages(language: &'static str) -> Messages {
    Messages::default().in_language(language, texts(language))
}

#[test]
fn there_are_fourteen_languages_and_each_has_every_text() {
    assert_eq!(LANGUAGES.len(), 14);
    for language in LANGUAGES {
        let texts = texts(language);
        for key in Key::ALL {
            assert!(texts.iter().any(|(other, _)| other == key), "{language}: {}", key.name());
        }
    }
}

#[test]
fn every_text_of_every_language_is_on_some_screen_with_nothing_left_to_fill_in() {
    for language in LANGUAGES {
        let messages = messages(language);
        let said = said(&messages);
        for (name, text) in &said {
            assert!(!text.contains(['{', '}']), "{language}, {name}: {text}");
        }
        let texts = texts(language);
        let all = texts.iter().map(|(key, text)| (*key, text.as_str()));
        let unseen = unseen(&said, all);
        assert!(unseen.is_empty(), "{language}, never shown: {unseen:?}");
    }
}

#[test]
fn the_widget_says_which_language_it_speaks_and_which_way_that_is_read() {
    for language in LANGUAGES {
        let messages = messages(language);
        let direction = if is_right_to_left(language) { "rtl" } else { "ltr" };
        for play in [Play::authorize(), screens::asked(), screens::confirming()] {
            let page = page_in(play.view_in(&messages), messages.clone());
            let root = page.one(".countersign");
            assert_eq!(root.attr("lang"), Some(*language));
            assert_eq!(root.attr("dir"), Some(direction), "{language}");
        }
    }
    let rightwards: Vec<_> = LANGUAGES.iter().filter(|it| is_right_to_left(it)).collect();
    assert_eq!(rightwards, [&"ar", &"he"]);
}

#[test]
fn a_host_reads_from_left_to_right_in_a_language_that_does_not() {
    let messages = messages("ar");
    let page = page_in(screens::asked().view_in(&messages), messages);
    let host = page.one("[part=destination] bdi");
    assert_eq!(host.attr("dir"), Some("ltr"));
    assert_eq!(text(host), "printer.example");
}

#[test]
fn a_client_that_has_a_name_in_the_language_is_called_by_it() {
    let card = card_of(&json!({
        "name#de": "Fotodrucker", "name#pt": "Impressora", "description": "Prints.", "description#de": "Druckt.",
        "tos_uri": "https://printer.example/terms", "tos_uri#de": "https://printer.example/agb"
    }));
    let shown = |language| {
        let messages = messages(language);
        let page = page_in(card.view_in(&messages), messages);
        let name = page.texts("h1 bdi").remove(0);
        let description = page.texts("[part=description] bdi").remove(0);
        (name, description, page.attributes("[part=legal] a", "href"))
    };
    let pair = |name: &str, description: &str, terms: &str| {
        let terms = format!("https://printer.example/{terms}");
        (name.to_owned(), description.to_owned(), vec![terms])
    };
    assert_eq!(shown("de"), pair("Fotodrucker", "Druckt.", "agb"));
    assert_eq!(shown("pt-BR"), pair("Impressora", "Prints.", "terms"));
    assert_eq!(shown("fr"), pair("Photo Printer", "Prints.", "terms"));
    let english = page(card.view());
    assert_eq!(english.texts("h1 bdi"), ["Photo Printer", HOST]);
}

#[test]
fn a_host_s_own_texts_come_before_the_language_s() {
    let own = Messages::default().with(Key::Allow, "Jawohl");
    let messages = own.in_language("de", texts("de"));
    let page = page_in(screens::asked().view_in(&messages), messages);
    assert_eq!(page.texts("[part=actions] > button"), ["Ablehnen", "Jawohl"]);
    assert_eq!(page.one(".countersign").attr("lang"), Some("de"));
}

#[test]
fn what_comes_with_several_others_lists_them_as_the_language_does() {
    let answer = consent_with(|it| {
        for (place, title) in [(1, "A"), (2, "B")] {
            it["scopes"][place]["title"] = title.into();
            it["scopes"][place]["implies"] = json!(["photos.see"]);
        }
        let see = crate::testing::scope("photos.see", &json!({ "title": "C" }));
        it["scopes"].as_array_mut().unwrap().push(see);
    });
    for (language, list) in [("en", "A and B"), ("de", "A und B"), ("ja", "A、B")] {
        let messages = messages(language);
        let page = page_in(Play::authorize().answer(&answer).view_in(&messages), messages);
        assert_eq!(page.texts("li > p > bdi").last().unwrap(), list);
    }
}
