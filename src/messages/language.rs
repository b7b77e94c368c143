//! The available languages, and the choice among them.

use super::LANGUAGES;
use crate::strings::split;

/// The language that is always available.
pub const ENGLISH: &str = "en";

/// The available language for a language tag (BCP 47), by lookup (RFC 4647 section 3.4). If a
/// language has two scripts, the region decides.
///
/// ```
/// use countersign::messages::language;
///
/// assert_eq!(language("de-AT"), Some("de"));
/// assert_eq!(language("pt"), Some("pt-BR"));
/// assert_eq!(language("zh-TW"), Some("zh-Hant"));
/// assert_eq!(language("tlh"), None);
/// ```
#[must_use]
pub fn language(tag: &str) -> Option<&'static str> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = split(&tag, b'_').flat_map(|part| split(part, b'-'));
    let primary = match parts.next().unwrap_or_default() {
        // The code of old browsers (ISO 639:1988).
        "iw" => "he",
        primary => primary,
    };
    if primary == "zh" {
        let rest: Vec<&str> = parts.collect();
        let traditional = match rest.as_slice() {
            ["hans", ..] => false,
            rest => rest.iter().any(|part| matches!(*part, "hant" | "tw" | "hk" | "mo")),
        };
        return known(if traditional { "zh-Hant" } else { "zh-Hans" });
    }
    known(primary)
}

/// The available language that starts with a subtag.
fn known(start: &str) -> Option<&'static str> {
    let mut all = LANGUAGES.iter().copied();
    all.find(|tag| {
        let rest = tag.strip_prefix(start);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}

/// Whether a language is written from right to left.
#[must_use]
pub fn is_right_to_left(language: &str) -> bool {
    matches!(language, "ar" | "he")
}
