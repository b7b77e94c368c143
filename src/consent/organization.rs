//! Organizations the account belongs to.

use super::DisplayText;
use crate::protocol::OrganizationId;

/// An organization the account belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Organization {
    /// Its identifier in the backend.
    pub organization_id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its short name in addresses.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub slug: Option<String>,
    /// Its logo, as a path that the backend itself serves.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub logo_uri: Option<String>,
    /// Whether the client may be used in it.
    pub status: OrganizationStatus,
    /// Where an administrator has to agree first: whether the backend takes the question from here.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub approval: Option<Approval>,
}

impl Organization {
    /// The name to show: cleaned, or the identifier where nothing is left of it.
    #[must_use]
    pub fn display_name(&self) -> DisplayText {
        DisplayText::name(&self.name).or(|| DisplayText::whole(self.organization_id.as_str()))
    }
}

/// Whether a client may be used in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum OrganizationStatus {
    /// Its members may.
    Allowed,
    /// They may not.
    Blocked,
    /// An administrator has to agree first.
    NeedsApproval,
}

/// What can be done where an administrator has to agree first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Approval {
    /// The backend takes the question from here.
    Offered,
    /// It was asked.
    Requested,
}
