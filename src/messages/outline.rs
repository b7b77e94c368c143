//! What the outline of the card says, for servers that render it.

use super::{ENGLISH, Key, Messages, OUTLINES, language};

/// What the outline of the card says in one language, before the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutlineTexts {
    /// The language.
    pub language: &'static str,
    /// What is going on.
    pub status: &'static str,
    /// Said after a while, if the program does not come.
    pub slow: &'static str,
    /// The link that loads the page again.
    pub reload: &'static str,
}

impl OutlineTexts {
    /// The texts in the first of these languages (BCP 47) that is available, else in English.
    ///
    /// ```
    /// use countersign::messages::OutlineTexts;
    ///
    /// assert_eq!(OutlineTexts::of(["tlh", "de-AT", "fr"]).language, "de");
    /// assert_eq!(OutlineTexts::of([]).reload, "Reload");
    /// ```
    #[must_use]
    pub fn of<'a>(preferred: impl IntoIterator<Item = &'a str>) -> Self {
        let tag = preferred.into_iter().find_map(language).unwrap_or(ENGLISH);
        let texts = OUTLINES.iter().find(|texts| texts.language == tag);
        let english = Self { language: ENGLISH, status: "", slow: "", reload: "" };
        texts.copied().unwrap_or(english)
    }

    /// These texts in the place of the widget's own. The host's have precedence.
    #[must_use]
    pub fn over(self, messages: Messages) -> Messages {
        if self.language == ENGLISH {
            return messages;
        }
        messages.in_language(self.language, vec![(Key::OutlineStatus, self.status.to_owned())])
    }
}
