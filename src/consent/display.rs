//! Cleaning of untrusted text.

/// An untrusted text, cleaned and capped: without control, bidi, zero-width and tag characters, and
/// with whitespace collapsed.
///
/// The text may still be misleading. Show it as text only, isolated (`<bdi>`), beside something
/// that the client cannot choose.
///
/// ```
/// use countersign::consent::DisplayText;
///
/// assert_eq!(DisplayText::name("Goo\u{200b}gle \u{202e}").as_str(), "Google");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayText(String);

/// The longest name, in characters.
const NAME: usize = 80;

/// The most combining marks on one letter. No living language needs more, and more would overlap
/// other lines.
const MARKS: usize = 4;

impl DisplayText {
    /// A name, cut at 80 characters.
    #[must_use]
    pub fn name(text: &str) -> Self {
        Self(clean(text, NAME))
    }

    /// A sentence or two, cut at 200 characters.
    #[must_use]
    pub fn line(text: &str) -> Self {
        Self(clean(text, 200))
    }

    /// A complete text. Use it for everything that is granted, because the user must be able to
    /// read all of it.
    #[must_use]
    pub fn whole(text: &str) -> Self {
        Self(clean(text, usize::MAX))
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

    /// The first character that is neither a space nor ASCII punctuation. It replaces a missing
    /// logo. The style sheet converts it to upper case, because the browser has the tables for
    /// that.
    #[must_use]
    pub fn initial(&self) -> String {
        self.0
            .chars()
            .find(|c| *c != ' ' && !c.is_ascii_punctuation())
            .map(String::from)
            .unwrap_or_default()
    }
}

fn clean(text: &str, limit: usize) -> String {
    let mut cleaned = String::new();
    let mut length = 0;
    let mut space = false;
    // A combining mark without a letter would overlap the text before it.
    let mut marks = MARKS;
    for c in text.chars() {
        if c.is_whitespace() {
            space = length > 0;
            marks = MARKS;
            continue;
        }
        if is_hidden(c) {
            continue;
        }
        marks = if is_mark(c) { marks + 1 } else { 0 };
        if marks > MARKS {
            continue;
        }
        if length + usize::from(space) >= limit {
            cleaned.push('…');
            break;
        }
        if space {
            cleaned.push(' ');
            length += 1;
            space = false;
        }
        cleaned.push(c);
        length += 1;
    }
    cleaned
}

/// Characters that change how others look, or that are invisible (Unicode category Cf, controls and
/// fillers).
const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}'
        | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
        | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Combining marks that stack on any letter, and those of scripts with stacking marks (Cyrillic,
/// Hebrew, Arabic, Thai, Lao, Tibetan).
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}'
        | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6e8}'
        | '\u{6ea}'..='\u{6ed}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}' | '\u{f71}'..='\u{f7e}'
        | '\u{f80}'..='\u{f84}' | '\u{2de0}'..='\u{2dff}' | '\u{a66f}'..='\u{a67d}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reversing_name_loses_its_bidi_controls() {
        assert_eq!(DisplayText::name("moc.elgoog\u{202e} \u{2066}x").as_str(), "moc.elgoog x");
    }

    #[test]
    fn zero_width_tags_and_line_breaks_leave_no_trace() {
        assert_eq!(
            DisplayText::name(" Goo\u{200b}gle\n\n\tInc\u{e0041}. ").as_str(),
            "Google Inc."
        );
    }

    #[test]
    fn a_long_name_is_cut_at_80_characters_with_an_ellipsis() {
        let name = DisplayText::name(&"ä".repeat(500));
        assert_eq!(name.as_str().chars().count(), 81);
        assert!(name.as_str().ends_with('…'));
    }

    #[test]
    fn the_initial_skips_signs() {
        assert_eq!(DisplayText::name("\"photo\" printer").initial(), "p");
        assert_eq!(DisplayText::name("").initial(), "");
    }
}
