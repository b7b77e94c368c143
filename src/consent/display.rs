//! Cleaning of texts.

use super::characters::{SYMBOLS, UNWANTED};
use crate::platform::Platform;

/// A text that somebody else chose, cleaned and capped.
///
/// A stranger's text keeps no character that changes how others look or that nobody sees. Joiners
/// and selectors stay where a script or an emoji needs them. The host's own texts keep everything
/// but what would break their line or direction.
///
/// The text may still be misleading. Show it as text only, isolated (`<bdi>`), beside something
/// that the client cannot choose.
///
/// ```
/// use countersign::{consent::DisplayText, platform::native::Native};
///
/// let name = |text| DisplayText::name(text, &Native).into_string();
/// assert_eq!(name("Goo\u{200b}gle \u{202e}✅"), "Google");
/// assert_eq!(name("می\u{200c}خواهم"), "می\u{200c}خواهم");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayText(String);

/// The longest name of a stranger's, in characters: what goes on is rather a sentence than a name.
const NAME: usize = 80;

/// The longest name that somebody has checked.
const CHECKED_NAME: usize = 200;

impl DisplayText {
    /// A stranger's name, cut at 80 characters, without symbols that look like a badge: a check
    /// mark beside a name would be read as this site's word.
    #[must_use]
    pub fn name(text: &str, platform: &dyn Platform) -> Self {
        let text = platform.replace(text, SYMBOLS, "$1");
        Self(cut(clean(&text, platform), NAME, platform))
    }

    /// A name that the backend has verified, cut at 200 characters. It keeps its symbols.
    #[must_use]
    pub fn verified_name(text: &str, platform: &dyn Platform) -> Self {
        Self(cut(clean(text, platform), CHECKED_NAME, platform))
    }

    /// A sentence or two of a stranger's, cut at 200 characters, without symbols that look like a
    /// badge.
    #[must_use]
    pub fn line(text: &str, platform: &dyn Platform) -> Self {
        let text = platform.replace(text, SYMBOLS, "$1");
        Self(cut(clean(&text, platform), 200, platform))
    }

    /// A stranger's text, complete. Use it for everything that is granted, because the user must be
    /// able to read all of it.
    #[must_use]
    pub fn whole(text: &str, platform: &dyn Platform) -> Self {
        Self(clean(text, platform))
    }

    /// A name of the host's, cut at 200 characters.
    #[must_use]
    pub fn own_name(text: &str, platform: &dyn Platform) -> Self {
        Self(cut(Self::own(text, platform).0, CHECKED_NAME, platform))
    }

    /// A text of the host's, complete and in one line. It is empty if there is nothing to see.
    #[must_use]
    pub fn own(text: &str, platform: &dyn Platform) -> Self {
        let is_seen = !clean(text, platform).is_empty();
        Self(if is_seen { one_line(text) } else { String::new() })
    }

    /// A reference of the host's, cut at 80 characters.
    pub(crate) fn reference(text: &str) -> Self {
        let mut line = one_line(text);
        if let Some((end, _)) = line.char_indices().nth(NAME) {
            line.truncate(end);
            line.push('…');
        }
        Self(line)
    }

    /// This text, or another one if this one is empty.
    #[must_use]
    pub fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.is_empty() { other() } else { self }
    }

    /// Whether nothing is left of the text.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The cleaned text. It may be empty.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the cleaned text.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// The first grapheme that is neither a space nor ASCII punctuation. It replaces a missing
    /// logo. The style sheet converts it to upper case, because the browser has the tables for
    /// that.
    #[must_use]
    pub fn initial(&self, platform: &dyn Platform) -> String {
        // The host's own texts may start with a character that nobody sees.
        let seen = clean(&self.0, platform);
        let is_sign = |c: char| c == ' ' || c.is_ascii_punctuation();
        platform.grapheme(seen.trim_start_matches(is_sign))
    }
}

/// The words of a text with one space between them.
fn words(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// A text without controls. Bidi controls leave it too, because a text that opens or closes one too
/// many turns what stands beside it.
fn one_line(text: &str) -> String {
    let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    words(&words(text).replace(|c: char| c.is_control() || turns(c), ""))
}

/// Removes what a stranger's text must not have.
fn clean(text: &str, platform: &dyn Platform) -> String {
    let mut text = words(text);
    loop {
        let next = words(&platform.replace(&text, UNWANTED, "$1"));
        // What stood beside a removed character may be out of place now.
        if next == text {
            return text;
        }
        text = next;
    }
}

/// Cuts a text after whole graphemes.
fn cut(mut text: String, limit: usize, platform: &dyn Platform) -> String {
    let (mut end, mut left) = (0, limit);
    if text.chars().count() <= limit {
        return text;
    }
    while let Some(rest) = text.get(end..) {
        let grapheme = platform.grapheme(rest);
        let length = grapheme.chars().count();
        if length == 0 || length > left {
            break;
        }
        left -= length;
        end += grapheme.len();
    }
    text.truncate(end);
    while text.ends_with(char::is_whitespace) {
        text.pop();
    }
    text.push('…');
    text
}
