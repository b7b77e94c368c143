//! Who asks.

use super::DisplayText;
use crate::protocol::ClientId;

/// The client, in the backend's words (RFC 7591 section 2 for the names).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Client {
    /// `client_id`.
    pub client_id: ClientId,
    /// `client_name`: the client's own choice.
    pub name: String,
    /// What it says of itself.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub description: Option<String>,
    /// Its logo, as a path that the backend itself serves; never the client's own address.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub logo_uri: Option<String>,
    /// Its home page.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub client_uri: Option<String>,
    /// Its privacy policy.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub policy_uri: Option<String>,
    /// Its terms of service.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub tos_uri: Option<String>,
    /// The part of the redirect host that somebody registered, by the public-suffix list.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub registrable_domain: Option<String>,
    /// Whose app it is.
    pub party: Party,
    /// How the backend came to know it.
    pub registration: Registration,
    /// Whether the backend has checked who runs it.
    pub verified: bool,
    /// Whether it is an app on the user's device (RFC 8252), which may have a private scheme.
    pub native: bool,
    /// The texts above in other languages (`name#de`).
    #[cfg_attr(
        feature = "serde",
        serde(flatten, serialize_with = "serialize_translated")
    )]
    pub translated: Vec<Translated>,
}

/// A text of a client in another language (OpenID Connect Dynamic Client Registration section 2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translated {
    /// Which one.
    pub field: ClientText,
    /// The language (BCP 47).
    pub language: String,
    /// What it is there.
    pub text: String,
}

/// The texts that a client can have in several languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientText {
    /// `name`.
    Name,
    /// `description`.
    Description,
    /// `client_uri`.
    ClientUri,
    /// `policy_uri`.
    PolicyUri,
    /// `tos_uri`.
    TosUri,
}

impl ClientText {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Name,
        Self::Description,
        Self::ClientUri,
        Self::PolicyUri,
        Self::TosUri,
    ];

    /// The member's name in the countersign API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Description => "description",
            Self::ClientUri => "client_uri",
            Self::PolicyUri => "policy_uri",
            Self::TosUri => "tos_uri",
        }
    }
}

impl Client {
    /// The name to show, in a language as far as there is one: cleaned, or the `client_id` where nothing is left of it.
    #[must_use]
    pub fn display_name(&self, language: &str) -> DisplayText {
        let name = self
            .localized(ClientText::Name, language)
            .unwrap_or_default();
        DisplayText::name(name)
            .or(|| DisplayText::name(&self.name))
            .or(|| DisplayText::name(self.client_id.as_str()))
    }

    /// What the client says in a language, or else without one (RFC 4647 section 3.4).
    #[must_use]
    pub fn localized(&self, field: ClientText, language: &str) -> Option<&str> {
        let mut wanted = language;
        loop {
            let found = self
                .translated
                .iter()
                .find(|it| it.field == field && it.language.eq_ignore_ascii_case(wanted));
            if let Some(found) = found {
                return Some(&found.text);
            }
            match wanted.rsplit_once('-') {
                Some((wider, _)) => wanted = wider,
                None => break,
            }
        }
        match field {
            ClientText::Name => Some(&self.name),
            ClientText::Description => self.description.as_deref(),
            ClientText::ClientUri => self.client_uri.as_deref(),
            ClientText::PolicyUri => self.policy_uri.as_deref(),
            ClientText::TosUri => self.tos_uri.as_deref(),
        }
    }
}

/// Whose app a client is: the server's own word, never the client's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "lowercase")
)]
pub enum Party {
    /// An app of the site itself.
    First,
    /// Somebody else's app.
    Third,
}

/// How the backend came to know a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Registration {
    /// An administrator entered it.
    Managed,
    /// It registered itself (RFC 7591).
    Dynamic,
    /// Its `client_id` is the address of its metadata document.
    MetadataDocument,
}

/// Writes the texts of a client in other languages as members like `name#de`.
#[cfg(feature = "serde")]
fn serialize_translated<S: serde::Serializer>(
    texts: &[Translated],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap as _;

    let mut members = serializer.serialize_map(Some(texts.len()))?;
    for Translated {
        field,
        language,
        text,
    } in texts
    {
        members.serialize_entry(&format!("{}#{language}", field.as_str()), text)?;
    }
    members.end()
}
