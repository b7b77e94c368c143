//! What is asked.

use super::DisplayText;
use crate::protocol::{Scope, ScopeToken};

/// One scope of the request, in the backend's words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[allow(
    clippy::struct_excessive_bools,
    reason = "four independent facts of the wire, none a state of ours"
)]
pub struct RequestedScope {
    /// The token.
    pub scope: ScopeToken,
    /// What it is called; the raw token is shown where there is none.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub title: Option<String>,
    /// What it means.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub description: Option<String>,
    /// What it means in detail, a line each; shown when the user asks for it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub details: Vec<String>,
    /// The group it is shown in.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub group: Option<String>,
    /// The target it is for (RFC 8707).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub resource: Option<String>,
    /// The scopes at the same target that come with it, such as reading with writing.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub implies: Vec<ScopeToken>,
    /// Whether this account may grant it.
    pub grantable: bool,
    /// Why it may not.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub reason: Option<String>,
    /// Whether the client gets nothing without it.
    pub required: bool,
    /// Whether it was granted before.
    pub granted: bool,
    /// Whether it deserves a second look.
    pub sensitive: bool,
}

impl RequestedScope {
    /// Token and target, as a decision names it.
    #[must_use]
    pub fn id(&self) -> Scope {
        Scope {
            scope: self.scope.clone(),
            resource: self.resource.clone(),
        }
    }

    /// Whether another scope of the request comes with this one.
    pub(crate) fn implies(&self, other: &Self) -> bool {
        self.resource == other.resource
            && self.scope != other.scope
            && self.implies.contains(&other.scope)
    }

    /// Whether it only keeps what the others give (OpenID Connect Core section 11).
    pub(crate) fn is_offline_access(&self) -> bool {
        self.scope.as_str() == "offline_access"
    }

    /// What to call it, cleaned and in full: its title, else the raw token.
    #[must_use]
    pub fn display_name(&self) -> DisplayText {
        DisplayText::whole(self.title.as_deref().unwrap_or_default())
            .or(|| DisplayText::whole(self.scope.as_str()))
    }
}
