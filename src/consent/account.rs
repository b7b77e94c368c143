//! The account that is signed in.

use super::DisplayText;

/// The account that is signed in (names as in OpenID Connect Core section 5.1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Account {
    /// The account's identifier in the backend.
    pub sub: String,
    /// The person's name.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub name: Option<String>,
    /// The e-mail address.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub email: Option<String>,
    /// A picture, as a path that the backend itself serves.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub picture: Option<String>,
}

impl Account {
    /// The name to show first, cleaned: the name, else the e-mail address, else the identifier. Addresses and identifiers
    /// are not cut, since their ends tell them apart.
    #[must_use]
    pub fn display_name(&self) -> DisplayText {
        DisplayText::name(self.name.as_deref().unwrap_or_default())
            .or(|| DisplayText::whole(self.email.as_deref().unwrap_or_default()))
            .or(|| DisplayText::whole(&self.sub))
    }
}
