//! The organizations of an account (B2B).

use super::DisplayText;
use crate::{platform::Platform, protocol::OrganizationId};

/// An organization of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Organization {
    /// The identifier of the organization in the backend.
    pub organization_id: OrganizationId,
    /// The name.
    pub name: String,
    /// The short name in URLs.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub slug: Option<String>,
    /// The logo, as a path on the backend's own origin.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub logo_uri: Option<String>,
    /// Whether the organization allows the client.
    pub status: OrganizationStatus,
    /// Whether the user can ask an administrator from here. Only used if the status is
    /// [`OrganizationStatus::NeedsApproval`].
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub approval: Option<Approval>,
}

impl Organization {
    /// An organization with only its required members.
    pub fn new(
        organization_id: OrganizationId,
        name: impl Into<String>,
        status: OrganizationStatus,
    ) -> Self {
        Self {
            organization_id,
            name: name.into(),
            slug: None,
            logo_uri: None,
            status,
            approval: None,
        }
    }

    /// The name to show, cleaned, or the identifier if the cleaned name is empty.
    #[must_use]
    pub fn display_name(&self, platform: &dyn Platform) -> DisplayText {
        DisplayText::own_name(&self.name, platform)
            .or(|| DisplayText::own(self.organization_id.as_str(), platform))
    }
}

/// Whether an organization allows a client.
///
/// The enum is exhaustive: a renderer must handle every status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum OrganizationStatus {
    /// Members may use the client.
    Allowed,
    /// Members may not use the client.
    Blocked,
    /// An administrator must approve the client first.
    NeedsApproval,
}

/// The approval of a client by an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Approval {
    /// The user can request it from here.
    Offered,
    /// The user has requested it.
    Requested,
}
