//! The client that requests access.

use super::DisplayText;
use crate::{platform::Platform, protocol::ClientId, strings::split_last};

/// The client, as the backend describes it. The names are those of RFC 7591 section 2.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Client {
    /// `client_id`.
    pub client_id: ClientId,
    /// `client_name`, which the client chooses itself.
    pub name: String,
    /// The client's description of itself.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub description: Option<String>,
    /// The logo, as a path on the backend's own origin. It is never the client's own address.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub logo_uri: Option<String>,
    /// The home page.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub client_uri: Option<String>,
    /// The privacy policy.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub policy_uri: Option<String>,
    /// The terms of service.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub tos_uri: Option<String>,
    /// The registrable domain of the redirect host, by the public suffix list.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub registrable_domain: Option<String>,
    /// Whether the client belongs to the site itself.
    pub party: Party,
    /// How the client was registered.
    pub registration: Registration,
    /// Whether the backend has verified who operates the client.
    pub verified: bool,
    /// Whether the client is a native app (RFC 8252), which may use a private-use scheme.
    pub native: bool,
    /// Translations of the texts above (`name#de`).
    #[cfg_attr(feature = "serde", serde(flatten, serialize_with = "serialize_translated"))]
    pub translated: Vec<Translated>,
}

/// A translated text of a client (OpenID Connect Dynamic Client Registration section 2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translated {
    /// The member that is translated.
    pub field: ClientText,
    /// The language (BCP 47).
    pub language: String,
    /// The translation.
    pub text: String,
}

/// The texts of a client that can be translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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
    /// Every text.
    pub const ALL: [Self; 5] =
        [Self::Name, Self::Description, Self::ClientUri, Self::PolicyUri, Self::TosUri];

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
    /// A web client of another party that nobody has verified.
    pub fn new(client_id: ClientId, name: impl Into<String>, registration: Registration) -> Self {
        Self {
            client_id,
            name: name.into(),
            description: None,
            logo_uri: None,
            client_uri: None,
            policy_uri: None,
            tos_uri: None,
            registrable_domain: None,
            party: Party::Third,
            registration,
            verified: false,
            native: false,
            translated: Vec::new(),
        }
    }

    /// The name to show in a language, cleaned, or the `client_id` if the cleaned name is empty.
    #[must_use]
    pub fn display_name(&self, language: &str, platform: &dyn Platform) -> DisplayText {
        let clean = if self.verified || self.party == Party::First {
            DisplayText::verified_name
        } else {
            DisplayText::name
        };
        let name = self.localized(ClientText::Name, language);
        clean(name.unwrap_or_default(), platform)
            .or(|| clean(&self.name, platform))
            .or(|| clean(self.client_id.as_str(), platform))
    }

    /// A text in a language, else the text without a language (lookup, RFC 4647 section 3.4).
    #[must_use]
    pub fn localized(&self, field: ClientText, language: &str) -> Option<&str> {
        let mut wanted = language;
        loop {
            let translation = self.translated.iter().find(|translated| {
                translated.field == field && translated.language.eq_ignore_ascii_case(wanted)
            });
            if let Some(translation) = translation {
                return Some(&translation.text);
            }
            match split_last(wanted, b'-') {
                Some((shorter, _)) => wanted = shorter,
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

/// Who a client belongs to. The backend decides it, never the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Party {
    /// The site itself.
    First,
    /// Another party.
    Third,
}

/// How a client was registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Registration {
    /// An administrator registered it.
    Managed,
    /// It registered itself (RFC 7591).
    Dynamic,
    /// Its `client_id` is the URL of its metadata document.
    MetadataDocument,
}

/// Writes translated texts as members like `name#de`.
#[cfg(feature = "serde")]
fn serialize_translated<S: serde::Serializer>(
    texts: &[Translated],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap as _;

    use crate::strings::concat;

    let mut members = serializer.serialize_map(Some(texts.len()))?;
    for Translated { field, language, text } in texts {
        members.serialize_entry(&concat(&[field.as_str(), "#", language]), text)?;
    }
    members.end()
}
