//! The texts in every language.

use countersign::{
    messages::{ENGLISH, Key, LANGUAGES, Messages, Piece, Text, is_right_to_left},
    platform::{Json, Platform, native::Native},
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The texts of a language, as in its file.
fn file(language: &str) -> String {
    let path = format!("{}/messages/{language}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn speaking(language: &'static str) -> Messages {
    let texts = Messages::read(&file(language), &Native).unwrap();
    Messages::default().in_language(language, texts)
}

/// The placeholders of a text.
fn values(text: &str) -> Vec<&str> {
    let rests = text.split('{').skip(1);
    let inside = rests.map(|rest| rest.split_once('}').unwrap().0);
    inside.map(|it| it.split('|').next().unwrap()).collect()
}

#[test]
fn every_language_has_every_text() {
    assert!(LANGUAGES.contains(&ENGLISH));
    for language in LANGUAGES {
        let texts = Messages::read(&file(language), &Native).unwrap();
        for key in Key::ALL {
            let own: Vec<_> = texts.iter().filter(|(other, _)| other == key).collect();
            assert_eq!(own.len(), 1, "{language}: {}", key.name());
        }
    }
}

#[test]
fn a_payment_begins_with_its_amount_in_every_language() {
    for language in LANGUAGES {
        let values = [("amount", "5.00 EUR"), ("payee", "Ada")];
        let text = speaking(language).format(Key::ConsentDetailPayment, &values);
        assert_eq!(text.0.first(), Some(&Piece::Value("5.00 EUR".into())), "{language}");
    }
}

#[test]
fn every_text_fills_in_all_its_values() {
    for language in LANGUAGES {
        let messages = speaking(language);
        // A table of names and words, which `tests/rules/messages.test.mjs` checks.
        for key in Key::ALL.iter().filter(|key| **key != Key::ConsentDetailWords) {
            let names = values(key.english());
            let text = if key.english().contains('|') {
                // A number has one value more: the site's name, which a view fills in.
                let text = messages.count(*key, names[names.len() - 1], 2, &Native);
                Text::value(text.plain().replace("{site}", "Ada"))
            } else {
                let values: Vec<_> = names.iter().map(|name| (*name, "Ada")).collect();
                messages.format(*key, &values)
            };
            let plain = text.plain();
            let name = key.name();
            assert!(!plain.contains(['{', '}', '|']), "{language}: {name}: {plain}");
            assert!(!plain.trim().is_empty(), "{language}: {name}");
            let filled = text.0.iter().any(|it| *it == Piece::Value("Ada".into()));
            assert!(filled || names.is_empty() || key.english().contains('|'));
        }
    }
}

#[test]
fn a_number_has_the_plural_form_of_its_language() {
    for language in LANGUAGES {
        let messages = speaking(language);
        for number in [0, 1, 2, 3, 5, 11, 21, 22, 100, 1_000_000] {
            for (key, name) in
                [(Key::ConsentOrganizationFound, "count"), (Key::FailedBusyWait, "seconds")]
            {
                let text = messages.count(key, name, number, &Native).plain();
                let text = text.replace("{site}", "Harbor");
                assert!(!text.contains(['#', '{', '=']), "{language}: {text}");
                let bare = text.contains(&number.to_string());
                // Some languages write one and two as words, and Arabic also zero.
                assert!(bare || number <= 2, "{language}: {number}: {text}");
            }
        }
    }
    let found = |number| {
        let messages = Messages::default();
        messages.count(Key::ConsentOrganizationFound, "count", number, &Native).plain()
    };
    assert_eq!(found(1), "1 organization found");
    assert_eq!(found(0), "0 organizations found");
    assert_eq!(found(21), "21 organizations found");
}

#[test]
fn a_host_s_text_with_a_number_may_have_no_plural_forms() {
    let found = |text: &str, number| {
        let messages = Messages::default().with(Key::ConsentOrganizationFound, text);
        messages.count(Key::ConsentOrganizationFound, "count", number, &Native).plain()
    };
    assert_eq!(found("{count} found", 3), "3 found");
    assert_eq!(found("none of it", 3), "none of it");
    assert_eq!(found("a {count|other=#!} b", 1), "a 1! b");
    assert_eq!(found("a {count|few=#!} b", 1), "a  b");
    assert_eq!(found("{count|one=#", 1), "1");
    assert_eq!(found("{other|one=#} {count}", 1), "{other|one=#} 1");
}

#[test]
fn a_translation_replaces_english_but_not_the_host_s_texts() {
    let messages = Messages::default()
        .with(Key::Deny, "Nie")
        .in_language("de", vec![(Key::Allow, "Erlauben".into()), (Key::Deny, "Ablehnen".into())]);
    assert_eq!(messages.language(), "de");
    assert_eq!(messages.get(Key::Allow).plain(), "Erlauben");
    assert_eq!(messages.get(Key::Deny).plain(), "Nie");
    assert_eq!(messages.get(Key::Stay).plain(), Key::Stay.english());
    let again = messages.in_language("fr", vec![]);
    assert_eq!((again.language(), again.get(Key::Deny).plain().as_str()), ("fr", "Nie"));
    assert_eq!(again.get(Key::Allow).plain(), Key::Allow.english());
    assert_eq!(Messages::default().language(), ENGLISH);
}

#[test]
fn texts_take_the_translation_of_others_and_keep_their_own() {
    let german = speaking("de").with(Key::Deny, "Nein");
    let own = Messages::default().with(Key::Allow, "Jawohl").in_language_of(&german);
    assert_eq!(own.language(), "de");
    assert_eq!(own.get(Key::Allow).plain(), "Jawohl");
    assert_eq!(own.get(Key::Deny), speaking("de").get(Key::Deny), "not the others' own");
    assert_eq!(own.in_language_of(&Messages::default()).language(), ENGLISH);
}

#[test]
fn a_text_has_no_empty_pieces_and_loses_nothing_around_its_values() {
    let text = |own: &str| {
        let messages = Messages::default().with(Key::ConsentScopes, own);
        messages.format(Key::ConsentScopes, &[("client", "X")]).0
    };
    let (value, literal) =
        (|| Piece::Value("X".to_owned()), |words: &str| Piece::Literal(words.to_owned().into()));
    assert_eq!(text("{client}"), [value()]);
    assert_eq!(text("{client}{client}"), [value(), value()]);
    assert_eq!(text("a {client} b"), [literal("a "), value(), literal(" b")]);
    assert_eq!(text("{client} b {client}"), [value(), literal(" b "), value()]);
    assert_eq!(text("a {other} {client}"), [literal("a {other}"), literal(" "), value()]);
    assert_eq!(text(""), []);
}

#[test]
fn a_translation_file_is_read_completely_or_refused() {
    let read = |text: &Value| Messages::read(&text.to_string(), &Native);
    let some = json!({ "allow": "Erlauben", "no_such_text": 1, "shell_title": "x" });
    assert_eq!(read(&some), Some(vec![(Key::Allow, "Erlauben".into())]));
    assert_eq!(read(&json!({})), Some(vec![]));
    for bad in [json!([]), json!("x"), Value::Null, json!({ "allow": 1 }), json!({ "allow": null })]
    {
        assert_eq!(read(&bad), None, "{bad}");
    }
    assert_eq!(Messages::read("<!doctype html>", &Native), None);
    assert_eq!(Messages::read("", &Native), None);
}

#[test]
fn a_host_s_text_with_an_unknown_value_is_ignored() {
    let checked = |text: &str| {
        let messages = Messages::default().with_checked(Key::FailedBusyWait, text);
        messages != Messages::default()
    };
    for good in ["Wait", "{seconds} s", "{seconds|one=# s|other=# s}", "}"] {
        assert!(checked(good), "{good}");
    }
    for bad in ["{second}", "{client}", "{seconds", "{}", "{ seconds}", "{|one=#}", "{"] {
        assert!(!checked(bad), "{bad}");
    }
}

#[test]
fn only_arabic_and_hebrew_are_right_to_left() {
    let right_to_left: Vec<_> = LANGUAGES.iter().filter(|it| is_right_to_left(it)).collect();
    assert_eq!(right_to_left, [&"ar", &"he"]);
}

#[test]
fn a_list_has_the_form_of_its_language() {
    let items = ["a", "b", "c"];
    for (language, expected) in [
        ("en", "a, b, and c"),
        ("de", "a, b und c"),
        ("ja", "a、b、c"),
        ("zh-Hans", "a、b和c"),
        ("tlh", "a, b, c"),
    ] {
        assert_eq!(Native.list(language, &items), expected, "{language}");
    }
    assert_eq!(Native.list("de", &["a"]), "a");
    assert_eq!(Native.list("de", &[]), "");
}

#[test]
fn a_plural_category_is_that_of_the_language() {
    for (language, number, expected) in [
        ("en", 1, "one"),
        ("en", 0, "other"),
        ("fr", 0, "one"),
        ("ja", 1, "other"),
        ("pl", 2, "few"),
        ("pl", 5, "many"),
        ("ar", 0, "zero"),
        ("ar", 2, "two"),
        ("he", 2, "two"),
        ("not a language", 1, "other"),
    ] {
        assert_eq!(Native.plural(language, number), expected, "{language} {number}");
    }
}

proptest! {
    #[test]
    fn any_value_stays_a_value(value in "\\PC{0,12}|[{}|#a-z]{0,12}", place in 0..Key::ALL.len()) {
        let key = Key::ALL[place];
        let names = values(key.english());
        let values: Vec<_> = names.iter().map(|name| (*name, value.as_str())).collect();
        let text = Messages::default().format(key, &values);
        for piece in &text.0 {
            match piece {
                Piece::Literal(words) => prop_assert!(key.english().contains(&**words)),
                Piece::Value(it) => prop_assert_eq!(it, &value),
                Piece::Host(_) => prop_assert!(false, "no host"),
            }
        }
    }

    #[test]
    fn reading_texts_never_panics(text in "\\PC{0,60}", host in "[{}|=#a-z]{0,24}", number in any::<u32>()) {
        let _ = Messages::read(&text, &Native);
        let messages = Messages::default().with(Key::FailedBusyWait, host.clone());
        let _ = messages.format(Key::FailedBusyWait, &[("seconds", "1")]);
        let _ = messages.count(Key::FailedBusyWait, "seconds", number, &Native);
        let _ = Messages::default().with_checked(Key::FailedBusyWait, host);
        prop_assert!(Native.parse(&text).is_none() || !text.is_empty());
    }
}

#[test]
fn no_quotation_mark_stands_before_a_value_in_a_language_with_spaces() {
    // A line could end there. The style sheet keeps the brackets of
    // the other languages with their names.
    for language in LANGUAGES.iter().filter(|it| !["ja", "ko", "zh-Hans", "zh-Hant"].contains(it)) {
        let messages = speaking(language);
        for key in Key::ALL.iter().filter(|key| **key != Key::ConsentDetailWords) {
            let names = values(key.english());
            let values: Vec<_> = names.iter().map(|name| (*name, "Ada")).collect();
            for pair in messages.format(*key, &values).0.windows(2) {
                if let [Piece::Literal(words), Piece::Value(_)] = pair {
                    let end = words.chars().last();
                    let quote = end.is_some_and(|end| "“„«‘״\"'".contains(end));
                    assert!(!quote, "{language}: {}", key.name());
                }
            }
        }
    }
}
