//! The texts users read: keys and English from `messages/en.json`, and what a host puts in their place.

mod language;

pub use language::{ENGLISH, is_right_to_left, language};

use std::borrow::Cow;

use crate::{
    consent::HostName,
    platform::{Json, Platform},
};

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// A text in pieces: words of ours, and values that somebody else chose.
///
/// A value is shown isolated (`<bdi>`), so that it cannot change how the words around it read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(pub Vec<Piece>);

/// A piece of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words of ours.
    Literal(Cow<'static, str>),
    /// A value.
    Value(String),
    /// A host.
    Host(HostName),
}

impl Text {
    /// A text that is one value.
    pub fn value(text: impl Into<String>) -> Self {
        Self(vec![Piece::Value(text.into())])
    }

    /// The text without its structure, for names that take no markup.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Literal(words) => words.to_string(),
                Piece::Value(value) => value.clone(),
                Piece::Host(host) => host.whole(),
            })
            .collect()
    }

    /// The words alone, for a place beside the value.
    #[must_use]
    pub(crate) fn without_values(self) -> Self {
        let pieces = self.0.into_iter().filter_map(|piece| match piece {
            Piece::Literal(words) => Some(words.trim().to_owned()),
            Piece::Value(_) | Piece::Host(_) => None,
        });
        let words = pieces.filter(|words| !words.is_empty());
        Self(words.map(|words| Piece::Literal(words.into())).collect())
    }

    /// The text, with the value that is this host as a host.
    #[must_use]
    pub(crate) fn with_host(mut self, host: &HostName) -> Self {
        let whole = host.whole();
        for piece in &mut self.0 {
            if matches!(piece, Piece::Value(value) if *value == whole) {
                *piece = Piece::Host(host.clone());
            }
        }
        self
    }
}

/// A language (BCP 47) and its texts.
type Spoken = (Cow<'static, str>, Vec<(Key, String)>);

/// The names of the values in a text, each behind its brace; `None` for one that is not closed.
fn values(text: &str) -> impl Iterator<Item = Option<&str>> {
    let rests = text.split('{').skip(1);
    rests.map(|rest| rest.split_once('}')?.0.split('|').next())
}

/// The texts in use: English or another language, with the host's own where it gave any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Messages {
    own: Vec<(Key, String)>,
    spoken: Option<Spoken>,
}

impl Messages {
    /// Puts a text in the place of the English one. `{placeholders}` are as in `messages/en.json`; an unknown one stays
    /// as it is written.
    ///
    /// ```
    /// use countersign::messages::{Key, Messages};
    ///
    /// let messages = Messages::default().with(Key::ConsentScopes, "{client} darf");
    /// assert_eq!(messages.format(Key::ConsentScopes, &[("client", "Printer")]).plain(), "Printer darf");
    /// ```
    #[must_use]
    pub fn with(mut self, key: Key, text: impl Into<String>) -> Self {
        self.own.retain(|(other, _)| *other != key);
        self.own.push((key, text.into()));
        self
    }

    /// Puts a text in the place of the English one, unless it names a value that the English one does not have: such a text is
    /// left out, since it could not be filled in.
    #[must_use]
    pub fn with_checked(self, key: Key, text: impl Into<String>) -> Self {
        let text = text.into();
        let fits = values(&text).all(|own| {
            own.is_some_and(|own| values(key.english()).any(|known| known == Some(own)))
        });
        if fits { self.with(key, text) } else { self }
    }

    /// Puts the texts of a language in the place of the English ones. The host's own stay.
    #[must_use]
    pub fn in_language(
        self,
        language: impl Into<Cow<'static, str>>,
        texts: Vec<(Key, String)>,
    ) -> Self {
        Self {
            spoken: Some((language.into(), texts)),
            ..self
        }
    }

    /// These texts in the language of others.
    #[must_use]
    pub fn in_language_of(self, others: &Self) -> Self {
        Self {
            spoken: others.spoken.clone(),
            ..self
        }
    }

    /// The texts of a language's file (`messages/*.json`). `None` where it is none, or where one of its texts does not fit.
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
        self.spoken.as_ref().map_or(ENGLISH, |(tag, _)| tag)
    }

    /// A text with a number in it, in the form that the language has for it.
    #[must_use]
    pub fn count(&self, key: Key, name: &str, number: u32, platform: &dyn Platform) -> Text {
        let form = platform.plural(self.language(), number);
        let text = Self::in_form(self.text(key), name, &form, number);
        pieces(&text, &[], |words| Cow::Owned(words.to_owned()))
    }

    /// A text whose `{name|form=…|…}` is replaced by the form's own words, or by those of `other`.
    fn in_form(text: &str, name: &str, form: &str, number: u32) -> String {
        let number = number.to_string();
        let mut parts = text.split('{');
        let mut said = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (inside, after) = part.split_once('}').unwrap_or((part, ""));
            let mut forms = inside.split('|');
            if forms.next() != Some(name) {
                said.extend(["{", part]);
                continue;
            }
            let forms: Vec<(&str, &str)> = forms.filter_map(|it| it.split_once('=')).collect();
            let find = |wanted| forms.iter().find(|(it, _)| *it == wanted);
            // A text without forms is the number alone.
            let plain = if forms.is_empty() { "#" } else { "" };
            let words = find(form).or_else(|| find("other"));
            let words = words.map_or(plain, |(_, words)| *words);
            said.extend([&*words.replace('#', &number), after]);
        }
        said
    }

    /// The text of a key that is not English's own: the host's, else the language's.
    fn other(&self, key: Key) -> Option<&str> {
        let spoken = self.spoken.iter().flat_map(|(_, texts)| texts);
        let mut texts = self.own.iter().chain(spoken);
        let found = texts.find(|(other, _)| *other == key);
        found.map(|(_, text)| text.as_str())
    }

    fn text(&self, key: Key) -> &str {
        self.other(key).unwrap_or_else(|| key.english())
    }

    /// A text without values.
    #[must_use]
    pub fn get(&self, key: Key) -> Text {
        self.format(key, &[])
    }

    /// A text with its values.
    #[must_use]
    pub fn format(&self, key: Key, values: &[(&str, &str)]) -> Text {
        match self.other(key) {
            Some(text) => pieces(text, values, |words| Cow::Owned(words.to_owned())),
            None => pieces(key.english(), values, Cow::Borrowed),
        }
    }
}

fn pieces<'a>(
    mut text: &'a str,
    values: &[(&str, &str)],
    words: impl Fn(&'a str) -> Cow<'static, str>,
) -> Text {
    let mut pieces = Vec::new();
    while let Some((before, rest)) = text.split_once('{') {
        let Some((name, after)) = rest.split_once('}') else {
            break;
        };
        let Some((_, value)) = values.iter().find(|(other, _)| *other == name) else {
            // Unknown: the braces are part of the words.
            let (shown, rest) = text.split_at(text.len() - after.len());
            pieces.push(Piece::Literal(words(shown)));
            text = rest;
            continue;
        };
        if !before.is_empty() {
            pieces.push(Piece::Literal(words(before)));
        }
        pieces.push(Piece::Value((*value).to_owned()));
        text = after;
    }
    if !text.is_empty() {
        pieces.push(Piece::Literal(words(text)));
    }
    Text(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_apart_from_the_words_around_it() {
        let text = Messages::default().format(Key::ConsentHeading, &[("client", "{client}<b>")]);
        assert_eq!(
            text.0,
            [
                Piece::Value("{client}<b>".into()),
                Piece::Literal(" wants to access your account".into())
            ]
        );
    }

    #[test]
    fn a_text_of_the_host_takes_the_place_of_ours_with_its_values_anywhere() {
        let messages = Messages::default().with(
            Key::ConsentHeading,
            "Darf {client} {unknown} hinein? {client}{",
        );
        assert_eq!(
            messages
                .format(Key::ConsentHeading, &[("client", "X")])
                .plain(),
            "Darf X {unknown} hinein? X{"
        );
    }

    #[test]
    fn every_key_has_a_name_of_its_own_and_a_text() {
        assert_eq!(Key::named("no_such_key"), None);
        for key in Key::ALL {
            assert_eq!(Key::named(key.name()), Some(*key));
            assert!(!key.english().is_empty());
            assert_eq!(
                Key::ALL
                    .iter()
                    .filter(|other| other.name() == key.name())
                    .count(),
                1
            );
        }
    }
}
