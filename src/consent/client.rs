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
}

impl Client {
    /// The name to show: cleaned, or the `client_id` where nothing is left of it.
    #[must_use]
    pub fn display_name(&self) -> DisplayText {
        DisplayText::name(&self.name).or(|| DisplayText::name(self.client_id.as_str()))
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
