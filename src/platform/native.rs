//! The services for native programs: crate `url` for URLs, `serde_json` for JSON, ICU4X for
//! languages and normal forms, `regress` for patterns, `unicode-segmentation` for graphemes.

use std::{cell::RefCell, collections::HashMap};

use icu_list::{ListFormatter, options::ListFormatterOptions};
use icu_locale_core::Locale;
use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};
use regress::Regex;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation as _;
use url::{Position, Url};

use super::{Json, JsonValue, ParsedUrl, Platform};

/// [`Platform`] and [`Json`] without a browser.
#[derive(Debug, Clone, Copy, Default)]
pub struct Native;

fn resolve(text: &str, base: Option<&str>) -> Option<Url> {
    match base {
        Some(base) => Url::parse(base).ok()?.join(text).ok(),
        None => Url::parse(text).ok(),
    }
}

impl Platform for Native {
    fn parse_url(&self, text: &str, base: Option<&str>) -> Option<ParsedUrl> {
        let url = resolve(text, base)?;
        Some(ParsedUrl {
            scheme: url.scheme().to_owned(),
            username: url.username().to_owned(),
            password: url.password().unwrap_or_default().to_owned(),
            host: url[Position::BeforeHost..Position::AfterPort].to_owned(),
            hostname: url.host_str().unwrap_or_default().to_owned(),
            pathname: url.path().to_owned(),
            search: url
                .query()
                .filter(|query| !query.is_empty())
                .map(|query| format!("?{query}"))
                .unwrap_or_default(),
        })
    }

    fn set_query(&self, url: &str, base: &str, parameters: &[(&str, &str)]) -> Option<String> {
        let mut url = resolve(url, Some(base))?;
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| parameters.iter().all(|(set, _)| name != set))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        url.query_pairs_mut().clear().extend_pairs(kept).extend_pairs(parameters);
        Some(url.into())
    }

    fn replace(&self, text: &str, pattern: &str, by: &str) -> String {
        PATTERNS.with_borrow_mut(|patterns| {
            if !patterns.contains_key(pattern) {
                patterns.insert(pattern.to_owned(), Regex::with_flags(pattern, "u").ok());
            }
            match patterns.get(pattern) {
                Some(Some(pattern)) => replaced(text, pattern, by),
                _ => text.to_owned(),
            }
        })
    }

    fn fold(&self, text: &str) -> String {
        let text = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
        self.replace(&text.to_lowercase(), r"()\p{M}", "")
    }

    fn grapheme(&self, text: &str) -> String {
        text.graphemes(true).next().unwrap_or_default().to_owned()
    }

    fn plural(&self, language: &str, number: u32) -> String {
        let rules = PluralRules::try_new(locale(language).into(), PluralRuleType::Cardinal.into());
        let form = match rules.map(|rules| rules.category_for(number)) {
            Ok(PluralCategory::Zero) => "zero",
            Ok(PluralCategory::One) => "one",
            Ok(PluralCategory::Two) => "two",
            Ok(PluralCategory::Few) => "few",
            Ok(PluralCategory::Many) => "many",
            Ok(PluralCategory::Other) | Err(_) => "other",
        };
        form.to_owned()
    }

    fn list(&self, language: &str, items: &[&str]) -> String {
        let options = ListFormatterOptions::default();
        match ListFormatter::try_new_and(locale(language).into(), options) {
            Ok(list) => list.format(items.iter()).to_string(),
            Err(_) => items.join(", "),
        }
    }
}

thread_local! {
    /// The patterns of the core, compiled: these are few.
    static PATTERNS: RefCell<HashMap<String, Option<Regex>>> = RefCell::default();
}

/// The text with `by` instead of the matches.
fn replaced(text: &str, pattern: &Regex, by: &str) -> String {
    let (mut result, mut end) = (String::new(), 0);
    for found in pattern.find_iter(text) {
        let group = found.group(1).and_then(|group| text.get(group)).unwrap_or_default();
        result.push_str(text.get(end..found.start()).unwrap_or_default());
        result.push_str(&by.replace("$1", group));
        end = found.end();
    }
    result + text.get(end..).unwrap_or_default()
}

/// An invalid language tag becomes the unknown locale.
fn locale(language: &str) -> Locale {
    language.parse().unwrap_or(Locale::UNKNOWN)
}

impl Json for Native {
    fn parse(&self, text: &str) -> Option<Box<dyn JsonValue>> {
        let value: Value = serde_json::from_str(text).ok()?;
        Some(Box::new(value))
    }
}

impl JsonValue for Value {
    fn is_null(&self) -> bool {
        Self::is_null(self)
    }

    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn boolean(&self) -> Option<bool> {
        self.as_bool()
    }

    fn items(&self) -> Option<Vec<Box<dyn JsonValue>>> {
        let items = self.as_array()?;
        Some(items.iter().map(|item| Box::new(item.clone()) as Box<dyn JsonValue>).collect())
    }

    fn member(&self, name: &str) -> Option<Box<dyn JsonValue>> {
        let member = self.as_object()?.get(name)?;
        Some(Box::new(member.clone()))
    }

    fn names(&self) -> Option<Vec<String>> {
        Some(self.as_object()?.keys().cloned().collect())
    }

    fn to_json(&self) -> String {
        self.to_string()
    }
}
