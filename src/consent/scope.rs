//! A requested scope.

use super::DisplayText;
use crate::{
    platform::Platform,
    protocol::{Scope, ScopeToken},
};

/// A requested scope, as the backend describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[allow(
    clippy::struct_excessive_bools,
    reason = "the API has independent flags; they are not a state"
)]
#[non_exhaustive]
pub struct RequestedScope {
    /// The scope token.
    pub scope: ScopeToken,
    /// The title. Without one, the card shows the token.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub title: Option<String>,
    /// The meaning of the scope.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub description: Option<String>,
    /// The meaning in detail, one line each. The card shows them on demand.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub details: Vec<String>,
    /// The title of the group that contains the scope on the card.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub group: Option<String>,
    /// The resource of the scope (RFC 8707).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub resource: Option<String>,
    /// The scopes of the same resource that this one implies, such as "read" for "write".
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub implies: Vec<ScopeToken>,
    /// Whether this account may grant the scope.
    pub grantable: bool,
    /// Why this account may not grant it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub reason: Option<String>,
    /// Whether the client needs the scope: the user cannot untick it.
    pub required: bool,
    /// Whether the user has granted the scope before.
    pub granted: bool,
    /// Whether the card marks the scope as sensitive.
    pub sensitive: bool,
    /// Whether the user had unticked the scope before a sign-in, on this card.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub unticked: bool,
}

impl RequestedScope {
    /// A grantable, optional scope without a description.
    #[must_use]
    pub const fn new(scope: ScopeToken) -> Self {
        Self {
            scope,
            title: None,
            description: None,
            details: Vec::new(),
            group: None,
            resource: None,
            implies: Vec::new(),
            grantable: true,
            reason: None,
            required: false,
            granted: false,
            sensitive: false,
            unticked: false,
        }
    }

    /// The token and its resource, as a decision names them.
    #[must_use]
    pub fn id(&self) -> Scope {
        Scope { scope: self.scope.clone(), resource: self.resource.clone() }
    }

    /// Whether this scope implies another scope of the request.
    pub(crate) fn implies(&self, other: &Self) -> bool {
        self.resource == other.resource
            && self.scope != other.scope
            && self.implies.contains(&other.scope)
    }

    /// Whether both are the same scope of the same resource.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.resource == other.resource && self.scope == other.scope
    }

    /// Takes over what a second entry for this scope says beyond the first.
    pub(crate) fn merge(&mut self, other: Self) {
        self.grantable &= other.grantable;
        self.granted &= other.granted;
        self.required |= other.required;
        self.sensitive |= other.sensitive;
        self.unticked |= other.unticked;
        self.implies.extend(other.implies);
    }

    /// Whether the scope only prolongs the others (OpenID Connect Core section 11).
    pub(crate) fn is_offline_access(&self) -> bool {
        self.scope.as_str() == "offline_access"
    }

    /// The name to show, cleaned and complete: the host's title, else the token, which the client
    /// may have chosen.
    #[must_use]
    pub fn display_name(&self, platform: &dyn Platform) -> DisplayText {
        DisplayText::own(self.title.as_deref().unwrap_or_default(), platform)
            .or(|| DisplayText::whole(self.scope.as_str(), platform))
    }
}
