//! The texts: keys and English texts are generated from `messages/en.json`; a host can replace
//! texts.

mod language;
mod outline;
mod text;

pub use language::{ENGLISH, is_right_to_left, language};
pub use outline::OutlineTexts;
pub use text::{Piece, Text};

use std::{borrow::Cow, sync::Arc};

use crate::{
    platform::{Json, Platform},
    strings::{before, decimal, join, split, split_once},
};

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// A language (BCP 47) and its texts.
type Translation = (Cow<'static, str>, Vec<(Key, String)>);

/// The names of the placeholders in a text, or `None` for one without a closing brace.
fn values(text: &str) -> impl Iterator<Item = Option<&str>> {
    let rests = split(text, b'{').skip(1);
    rests.map(|rest| Some(before(split_once(rest, b'}')?.0, b'|')))
}

/// A text of the host's own, and those that were set before it. The list is shared, because each
/// screen has the site's name as well.
#[derive(Debug, PartialEq, Eq)]
struct Own {
    key: Key,
    text: String,
    next: Option<Arc<Self>>,
}

/// The texts in use: English or a translation, and the host's own texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Messages {
    own: Option<Arc<Own>>,
    translation: Option<Arc<Translation>>,
    /// What `{site}` stands for.
    site: Option<Piece>,
}

impl Messages {
    /// Replaces a text. `{placeholders}` are those of `messages/en.json`; an unknown one stays as
    /// it is.
    ///
    /// ```
    /// use countersign::messages::{Key, Messages};
    ///
    /// let messages = Messages::default().with(Key::ConsentScopes, "{client} darf");
    /// let text = messages.format(Key::ConsentScopes, &[("client", "Printer")]);
    /// assert_eq!(text.plain(), "Printer darf");
    /// ```
    #[must_use]
    pub fn with(mut self, key: Key, text: impl Into<String>) -> Self {
        self.own = Some(Arc::new(Own { key, text: text.into(), next: self.own.take() }));
        self
    }

    /// Replaces a text, unless it has a placeholder that the English text does not have, because
    /// nothing could fill it in.
    #[must_use]
    pub fn with_checked(self, key: Key, text: impl Into<String>) -> Self {
        let text = text.into();
        let fits = values(&text).all(|own| {
            own.is_some_and(|own| values(key.english()).any(|known| known == Some(own)))
        });
        if fits { self.with(key, text) } else { self }
    }

    /// Sets the texts of a translation. The host's own texts have precedence.
    #[must_use]
    pub fn in_language(
        self,
        language: impl Into<Cow<'static, str>>,
        texts: Vec<(Key, String)>,
    ) -> Self {
        Self { translation: Some(Arc::new((language.into(), texts))), ..self }
    }

    /// Takes the translation of other texts.
    #[must_use]
    pub fn in_language_of(self, others: &Self) -> Self {
        Self { translation: others.translation.clone(), ..self }
    }

    /// These texts, with the site's name for `{site}`. A value of that name comes first.
    #[must_use]
    pub(crate) fn naming(mut self, site: Piece) -> Self {
        self.site = Some(site);
        self
    }

    /// The name of the site. `None` for a site that is called by its host.
    pub(crate) fn site(&self) -> Option<&str> {
        match &self.site {
            Some(Piece::Value(name)) => Some(name),
            _ => None,
        }
    }

    /// Reads the file of a translation (`messages/*.json`). `None` if it is not JSON, or if a text
    /// is not a string.
    #[must_use]
    pub fn read(text: &str, json: &dyn Json) -> Option<Vec<(Key, String)>> {
        let file = json.parse(text)?;
        let names = file.names()?;
        let mut texts = Vec::with_capacity(names.len());
        for name in names {
            if let Some(key) = Key::named(&name) {
                texts.push((key, file.member(&name)?.text()?));
            }
        }
        Some(texts)
    }

    /// The language of the texts (BCP 47).
    #[must_use]
    pub fn language(&self) -> &str {
        self.translation.as_ref().map_or(ENGLISH, |translation| &translation.0)
    }

    /// A text with a number, in the plural form of the language.
    #[must_use]
    pub fn count(&self, key: Key, name: &str, number: u32, platform: &dyn Platform) -> Text {
        let form = platform.plural(self.language(), number);
        let text = Self::in_form(self.text(key), name, &form, number);
        self.pieces(&text, &[], owned)
    }

    /// Replaces `{name|form=…|…}` by the text of the form, or of `other`.
    fn in_form(text: &str, name: &str, form: &str, number: u32) -> String {
        let number = decimal(number);
        let mut parts = split(text, b'{');
        let mut result = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (inside, after) = split_once(part, b'}').unwrap_or((part, ""));
            let mut forms = split(inside, b'|');
            if forms.next() != Some(name) {
                result.push('{');
                result.push_str(part);
                continue;
            }
            let (mut found, mut other) = (None, None);
            for (name, text) in forms.filter_map(|form| split_once(form, b'=')) {
                // Without a fitting form the text is empty.
                other.get_or_insert("");
                if name == form {
                    found = Some(text);
                } else if name == "other" {
                    other = Some(text);
                }
            }
            // A placeholder without forms is the number itself.
            let text = found.or(other).unwrap_or("#");
            let parts: Vec<&str> = split(text, b'#').collect();
            result.push_str(&join(&parts, &number));
            result.push_str(after);
        }
        result
    }

    /// The text that replaces the English one: the host's, else the translation.
    fn other(&self, key: Key) -> Option<&str> {
        let mut own = self.own.as_deref();
        while let Some(text) = own {
            if text.key == key {
                return Some(&text.text);
            }
            own = text.next.as_deref();
        }
        let mut texts = self.translation.as_deref()?.1.iter();
        texts.find(|(other, _)| *other == key).map(|(_, text)| text.as_str())
    }

    /// The words for a name in an authorization detail, by the table `consent_detail_words`
    /// (`name=words|name=words`).
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        let mut entries = split(self.text(Key::ConsentDetailWords), b'|');
        entries.find_map(|entry| entry.strip_prefix(name)?.strip_prefix('='))
    }

    fn text(&self, key: Key) -> &str {
        self.other(key).unwrap_or_else(|| key.english())
    }

    /// A text without placeholders.
    #[must_use]
    pub fn get(&self, key: Key) -> Text {
        self.format(key, &[])
    }

    /// A text with its placeholders filled in.
    #[must_use]
    pub fn format(&self, key: Key, values: &[(&str, &str)]) -> Text {
        match self.other(key) {
            Some(text) => self.pieces(text, values, owned),
            None => self.pieces(key.english(), values, Cow::Borrowed),
        }
    }

    // A function pointer, so that pages have this code once.
    fn pieces<'a>(
        &self,
        mut text: &'a str,
        values: &[(&str, &str)],
        literal: fn(&'a str) -> Cow<'static, str>,
    ) -> Text {
        let mut pieces = Vec::new();
        while let Some((before, rest)) = split_once(text, b'{') {
            let Some((name, after)) = split_once(rest, b'}') else {
                break;
            };
            let Some(value) = self.value(name, values) else {
                // An unknown placeholder is part of the literal.
                let (shown, rest) = text.split_at(text.len() - after.len());
                pieces.push(Piece::Literal(literal(shown)));
                text = rest;
                continue;
            };
            if !before.is_empty() {
                pieces.push(Piece::Literal(literal(before)));
            }
            pieces.push(value);
            text = after;
        }
        if !text.is_empty() {
            pieces.push(Piece::Literal(literal(text)));
        }
        Text(pieces)
    }

    /// The value of a placeholder.
    fn value(&self, name: &str, values: &[(&str, &str)]) -> Option<Piece> {
        match values.iter().find(|(other, _)| *other == name) {
            Some((_, value)) => Some(Piece::Value((*value).to_owned())),
            None if name == "site" => self.site.clone(),
            None => None,
        }
    }
}

fn owned(literal: &str) -> Cow<'static, str> {
    Cow::Owned(literal.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_a_piece_of_its_own() {
        let text = Messages::default().format(Key::ConsentHeading, &[("client", "{client}<b>")]);
        assert_eq!(
            text.0,
            [
                Piece::Value("{client}<b>".into()),
                Piece::Literal(" wants access to your {site}".into()),
                Piece::Literal(" account".into()),
            ]
        );
    }

    #[test]
    fn a_host_s_text_replaces_ours_and_may_use_its_values_anywhere() {
        let messages = Messages::default()
            .with(Key::ConsentHeading, "Darf {client} {unknown} hinein? {client}{");
        assert_eq!(
            messages.format(Key::ConsentHeading, &[("client", "X")]).plain(),
            "Darf X {unknown} hinein? X{"
        );
    }

    #[test]
    fn every_key_has_a_unique_name_and_a_text() {
        assert_eq!(Key::named("no_such_key"), None);
        for key in Key::ALL {
            assert_eq!(Key::named(key.name()), Some(*key));
            assert!(!key.english().is_empty());
            assert_eq!(Key::ALL.iter().filter(|other| other.name() == key.name()).count(), 1);
        }
    }
}
