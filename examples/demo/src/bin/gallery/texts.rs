//! What the scopes and the details of the scenes say, by language: the demo server's texts, and the gallery's own
//! for the rest.

use serde_json::{Map, Value, json};

macro_rules! texts {
    ($($language:literal)*) => {
        &[$((
            $language,
            [
                include_str!(concat!("../../../../authorization-server/fixtures/texts/", $language, ".json")),
                include_str!(concat!("../../../texts/", $language, ".json")),
            ],
        )),*]
    };
}

/// The files of each language.
const TEXTS: &[(&str, [&str; 2])] =
    texts!("ar" "de" "en" "es" "fr" "he" "it" "ja" "ko" "nl" "pl" "pt-BR" "zh-Hans" "zh-Hant");

/// The widget has texts of its own for these.
const STANDARD: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// Completes the scopes of a card: a name alone is a scope that can be granted, and what a scene
/// does not say itself is in the texts of the language.
pub(super) fn complete(card: &mut Map<String, Value>, language: &str) {
    let files = files(language);
    let find = |section: &str, name: &str| {
        files.iter().find_map(|file| file.get(section)?.get(name)).cloned()
    };
    let scopes = card.get_mut("scopes").and_then(Value::as_array_mut);
    for entry in scopes.into_iter().flatten() {
        if entry.is_string() {
            *entry = json!({ "scope": entry.take() });
        }
        let Some(scope) = entry.as_object_mut() else {
            continue;
        };
        let name = scope.get("scope").and_then(Value::as_str).unwrap_or_default().to_owned();
        let texts = (!STANDARD.contains(&&*name)).then(|| find("scopes", &name)).flatten();
        let texts = texts.as_ref().and_then(Value::as_object).into_iter().flatten();
        let facts = [
            ("grantable", true),
            ("required", name == "openid"),
            ("granted", false),
            ("sensitive", false),
        ];
        let facts = facts.map(|(fact, value)| (fact.to_owned(), value.into()));
        for (member, value) in texts.map(|(k, v)| (k.clone(), v.clone())).chain(facts) {
            scope.entry(member).or_insert(value);
        }
        for (member, section) in [("group", "groups"), ("reason", "reasons")] {
            let text = scope.get(member).and_then(Value::as_str);
            if let Some(text) = text.and_then(|key| find(section, key)) {
                scope.insert(member.to_owned(), text);
            }
        }
    }
}

/// The site's words for the authorization details of the scenes, as more of the table of the widget.
pub(super) fn words(language: &str) -> String {
    let mut table = String::new();
    for words in files(language).iter().filter_map(|file| file.get("words")?.as_object()) {
        for (name, words) in words {
            table += &format!("|{name}={}", words.as_str().unwrap_or_default());
        }
    }
    table
}

fn files(language: &str) -> Vec<Value> {
    let texts = TEXTS.iter().find(|(tag, _)| *tag == language);
    let texts = texts.into_iter().flat_map(|(_, texts)| texts);
    texts.filter_map(|text| serde_json::from_str(text).ok()).collect()
}
