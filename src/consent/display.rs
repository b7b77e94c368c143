//! Attacker text, made fit to be shown.

/// A text that somebody else chose, cleaned and capped: no control, bidi, zero-width or tag characters, blanks folded.
///
/// It still lies as it likes: show it as text only, isolated (`<bdi>`), and beside something that cannot lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayText(String);

/// The longest name, in characters.
const NAME: usize = 80;
/// The longest description, in characters.
const DESCRIPTION: usize = 200;

impl DisplayText {
    /// A name: at most 80 characters.
    #[must_use]
    pub fn name(text: &str) -> Self {
        Self(clean(text, NAME))
    }

    /// A description: at most 200 characters.
    #[must_use]
    pub fn description(text: &str) -> Self {
        Self(clean(text, DESCRIPTION))
    }

    /// The cleaned text. It may be empty.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first character that is no ASCII sign: stands where there is no logo. The style sheet makes it upper case,
    /// since the browser has the tables for that.
    #[must_use]
    pub fn initial(&self) -> String {
        self.0
            .chars()
            .find(|c| !c.is_ascii_punctuation())
            .map(String::from)
            .unwrap_or_default()
    }
}

fn clean(text: &str, most: usize) -> String {
    let mut cleaned = String::new();
    let mut length = 0;
    for word in text.split(char::is_whitespace) {
        let word: String = word.chars().filter(|c| !is_hidden(*c)).collect();
        if word.is_empty() {
            continue;
        }
        if length > 0 {
            cleaned.push(' ');
            length += 1;
        }
        for letter in word.chars() {
            if length >= most {
                cleaned.push('…');
                return cleaned;
            }
            cleaned.push(letter);
            length += 1;
        }
    }
    cleaned
}

/// Characters that change how others look, or show nothing themselves (Unicode categories Cc and Cf, and fillers).
const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reversing_name_loses_its_bidi_controls() {
        assert_eq!(
            DisplayText::name("moc.elgoog\u{202e} \u{2066}x").as_str(),
            "moc.elgoog x"
        );
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
