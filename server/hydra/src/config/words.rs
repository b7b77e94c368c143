//! What the file says of the site's scopes, clients and resources, in its languages.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};

use super::reader::Reader;

/// A text, or one for each language.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// In every language.
    One(String),
    /// By the tag of the language.
    Many(BTreeMap<String, String>),
}

impl Text {
    /// The text for readers of any language, and those in other languages.
    pub fn in_each_language(&self) -> (Option<String>, BTreeMap<String, String>) {
        let others = match self {
            Self::One(_) => BTreeMap::new(),
            Self::Many(all) => all.clone(),
        };
        (self.in_language(&[]).map(str::to_owned), others)
    }

    /// The text in the first language that there is, else in English, else in any.
    pub fn in_language(&self, languages: &[String]) -> Option<&str> {
        let all = match self {
            Self::One(text) => return Some(text),
            Self::Many(all) => all,
        };
        let find = |wanted: &str| {
            let is = |tag: &str| tag.eq_ignore_ascii_case(wanted);
            all.iter().find(|(tag, _)| is(tag)).map(|(_, text)| text.as_str())
        };
        let primary =
            |tag: &str| tag.split(['-', '_']).next().map(str::to_owned).unwrap_or_default();
        let near = |tag: &String| find(tag).or_else(|| find(&primary(tag)));
        languages
            .iter()
            .find_map(near)
            .or_else(|| find("en"))
            .or_else(|| all.values().next().map(String::as_str))
    }
}

/// The site's word about a scope.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScopeText {
    pub title: Option<Text>,
    pub description: Option<Text>,
    pub details: Vec<Text>,
    pub group: Option<Text>,
    pub implies: Vec<String>,
    pub sensitive: bool,
    pub required: bool,
    pub reason: Option<Text>,
}

/// The site's word about a client.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClientText {
    pub first_party: bool,
    pub verified: bool,
    pub managed: bool,
    pub native: Option<bool>,
    pub name: Option<String>,
    pub description: Option<Text>,
    pub logo: Option<String>,
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    pub scopes: BTreeMap<String, ScopeText>,
    pub clients: BTreeMap<String, ClientText>,
    pub resources: BTreeMap<String, Text>,
}

/// The entries of a table. Those that cannot be read are problems.
fn table<T: DeserializeOwned>(reader: &mut Reader<'_>, member: &str) -> BTreeMap<String, T> {
    let mut all = BTreeMap::new();
    let entries = match reader.in_file(member) {
        None => return all,
        Some(serde_json::Value::Object(entries)) => entries,
        Some(_) => {
            reader.wrong(member, "must be a table");
            return all;
        }
    };
    for (name, entry) in entries {
        match serde_json::from_value::<T>(entry) {
            Ok(read) => {
                all.insert(name, read);
            }
            Err(error) => reader.wrong(&format!("{member}.{name}"), error.to_string()),
        }
    }
    all
}

impl Texts {
    pub fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            scopes: table(reader, "scopes"),
            clients: table(reader, "clients"),
            resources: table(reader, "resources"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_said_in_the_first_language_that_there_is() {
        let text = |pairs: &[(&str, &str)]| {
            Text::Many(pairs.iter().map(|(tag, text)| ((*tag).into(), (*text).into())).collect())
        };
        let many = text(&[("de", "Fotos"), ("en", "Photos"), ("pt-BR", "Imagens")]);
        let cases = [
            (vec!["fr", "de-AT"], "Fotos"),
            (vec!["PT-br"], "Imagens"),
            (vec!["fr"], "Photos"),
            (vec![], "Photos"),
        ];
        for (languages, expected) in cases {
            let languages = languages.into_iter().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(many.in_language(&languages), Some(expected), "{languages:?}");
        }
        assert_eq!(text(&[("de", "Fotos")]).in_language(&[]), Some("Fotos"));
        assert_eq!(text(&[]).in_language(&[]), None);
        assert_eq!(Text::One("x".into()).in_language(&["de".into()]), Some("x"));
        let (usual, others) = many.in_each_language();
        assert_eq!(
            (usual.as_deref(), others.get("de").map(String::as_str)),
            (Some("Photos"), Some("Fotos"))
        );
        let (usual, others) = Text::One("x".into()).in_each_language();
        assert_eq!((usual.as_deref(), others.len()), (Some("x"), 0));
    }
}
