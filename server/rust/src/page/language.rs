//! The language of a visitor, of those that the plain pages have. The texts are those of the kit in
//! TypeScript.

use std::{collections::BTreeMap, sync::LazyLock};

const SOURCE: &str = include_str!("../../page-texts.json");
const RIGHT_TO_LEFT: [&str; 2] = ["ar", "he"];
const MOST_TAGS: usize = 20;
const ENGLISH: &str = "en";
/// The regions that write Chinese in traditional characters.
const TRADITIONAL: [&str; 4] = ["hant", "tw", "hk", "mo"];

type Texts = BTreeMap<String, String>;

static ALL: LazyLock<BTreeMap<String, Texts>> =
    LazyLock::new(|| serde_json::from_str(SOURCE).unwrap_or_default());

/// A language with its texts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Language {
    pub lang: &'static str,
    texts: Option<&'static Texts>,
}

impl Language {
    /// The direction in which it is written.
    pub fn dir(self) -> &'static str {
        if RIGHT_TO_LEFT.contains(&self.lang) { "rtl" } else { "ltr" }
    }

    /// A text, by its name in `messages/en.json`.
    pub fn text(self, key: &str) -> &'static str {
        self.texts.and_then(|texts| texts.get(key)).map_or("", String::as_str)
    }
}

/// The available language for a tag: the same as the widget's (`src/messages/language.rs`).
fn available(tag: &str) -> Option<Language> {
    let tag = tag.to_ascii_lowercase().replace('_', "-");
    let mut parts = tag.split('-');
    let start = parts.next().unwrap_or_default();
    let rest = parts.collect::<Vec<_>>();
    let name = match start {
        "zh" => {
            let is_simple = rest.first() == Some(&"hans");
            match !is_simple && rest.iter().any(|part| TRADITIONAL.contains(part)) {
                true => "zh-Hant",
                false => "zh-Hans",
            }
        }
        // `iw` is the code of old browsers (ISO 639:1988).
        "iw" => "he",
        other => other,
    };
    let fits = |lang: &str| {
        lang == name || lang.strip_prefix(name).is_some_and(|rest| rest.starts_with('-'))
    };
    let (lang, texts) = ALL.iter().find(|(lang, _)| fits(lang))?;
    Some(Language { lang, texts: Some(texts) })
}

/// The first available language of a list of tags, else English.
pub(crate) fn language_for<'a>(tags: impl IntoIterator<Item = &'a str>) -> Language {
    let found = tags.into_iter().take(MOST_TAGS).find_map(available);
    found.unwrap_or_else(|| Language { lang: ENGLISH, texts: ALL.get(ENGLISH) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_available_language_is_chosen() {
        let cases: [(&[&str], &str); 8] = [
            (&["xx", "de-AT", "fr"], "de"),
            (&["zh-TW"], "zh-Hant"),
            (&["zh_Hans_HK"], "zh-Hans"),
            (&["zh"], "zh-Hans"),
            (&["iw"], "he"),
            (&["DE"], "de"),
            (&[""], "en"),
            (&[], "en"),
        ];
        for (tags, lang) in cases {
            assert_eq!(language_for(tags.iter().copied()).lang, lang, "{tags:?}");
        }
    }

    #[test]
    fn every_language_has_every_text_and_two_are_written_from_right_to_left() {
        let english = ALL.get(ENGLISH).map(|texts| texts.keys().collect::<Vec<_>>());
        assert_eq!(ALL.len(), 14);
        for (lang, texts) in ALL.iter() {
            assert_eq!(Some(texts.keys().collect::<Vec<_>>()), english, "{lang}");
            assert!(texts.values().all(|text| !text.is_empty()), "{lang}");
        }
        let rtl = ALL.keys().filter(|lang| language_for([lang.as_str()]).dir() == "rtl");
        assert_eq!(rtl.collect::<Vec<_>>(), ["ar", "he"]);
    }
}
