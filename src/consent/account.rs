//! The account that is signed in.

use super::DisplayText;
use crate::platform::Platform;

/// The account that is signed in. The names are those of OpenID Connect Core section 5.1.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Account {
    /// The identifier of the account in the backend.
    pub sub: String,
    /// The name of the person.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub name: Option<String>,
    /// The e-mail address.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub email: Option<String>,
    /// The picture, as a path on the backend's own origin.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub picture: Option<String>,
}

impl Account {
    /// An account with only its identifier.
    pub fn new(sub: impl Into<String>) -> Self {
        Self { sub: sub.into(), name: None, email: None, picture: None }
    }

    /// The name to show first, cleaned: the name, else the e-mail address, else the identifier.
    /// E-mail addresses and identifiers are never cut, because their ends distinguish them.
    #[must_use]
    pub fn display_name(&self, platform: &dyn Platform) -> DisplayText {
        DisplayText::own_name(self.name.as_deref().unwrap_or_default(), platform)
            .or(|| DisplayText::own(self.email.as_deref().unwrap_or_default(), platform))
            .or(|| DisplayText::own(&self.sub, platform))
    }
}
