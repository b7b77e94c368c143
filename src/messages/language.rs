//! Which languages there are, and which one a reader's wish gets.

use super::LANGUAGES;

/// The language that is always there.
pub const ENGLISH: &str = "en";

/// The language we have for a wish (a BCP 47 tag), after RFC 4647 section 3.4; where a language is written in two ways, by what the
/// region writes.
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
pub fn language(wish: &str) -> Option<&'static str> {
    let wish = wish.to_ascii_lowercase().replace('_', "-");
    let mut parts = wish.split('-');
    let primary = match parts.next().unwrap_or_default() {
        // As old browsers say it (ISO 639, 1988).
        "iw" => "he",
        primary => primary,
    };
    if primary == "zh" {
        let rest: Vec<&str> = parts.collect();
        let traditional = match rest.as_slice() {
            ["hans", ..] => false,
            rest => rest
                .iter()
                .any(|part| matches!(*part, "hant" | "tw" | "hk" | "mo")),
        };
        return known(if traditional { "zh-Hant" } else { "zh-Hans" });
    }
    known(primary)
}

/// The one that begins with this.
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
