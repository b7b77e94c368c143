//! The state in which the card waits for a decision.

use crate::{
    backend::BackendError,
    consent::{Account, Approval, ConsentRequest, Organization, OrganizationStatus, Selection},
    protocol::RedirectTarget,
};

/// The user must decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// The content of the screen.
    pub request: ConsentRequest,
    /// The ticked scopes.
    pub selection: Selection,
    /// Whether to remember an Allow, if the backend can.
    pub remember: bool,
    /// Whether the account has no organization although it must act for one (B2B).
    pub has_no_organization: bool,
    /// Why the last decision failed.
    pub error: Option<BackendError>,
    /// Why the last decision did not count, and the card is shown anew.
    pub change: Option<CardChange>,
}

/// What has changed since the card on which a decision was made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CardChange {
    /// Another account is signed in. This is the one before.
    Account(Box<Account>),
    /// Something else: what is asked, by whom, or for which organization.
    Request,
}

impl Consent {
    /// Whether Allow can be offered.
    #[must_use]
    pub fn can_allow(&self) -> bool {
        self.request.can_allow() && !self.has_no_organization
    }

    /// Where a denial leads.
    pub(in crate::flow) fn way_back(&self) -> Option<RedirectTarget> {
        self.request.redirect_uri.as_ref().ok().cloned()
    }

    /// Whether an organization must be chosen first: the account has several, and one of them may
    /// allow the client.
    #[must_use]
    pub fn is_choosing(&self) -> bool {
        self.request.organization.is_none() && self.has_choice()
    }

    /// Whether the account has an organization that may allow the client.
    #[must_use]
    pub fn has_choice(&self) -> bool {
        let mut organizations = self.request.organizations.iter();
        organizations.any(|one| one.status != OrganizationStatus::Blocked)
    }

    /// Whether Allow is shown: it can be offered, or will be when an organization is chosen.
    #[must_use]
    pub fn shows_allow(&self) -> bool {
        self.can_allow() || self.is_choosing()
    }

    /// Whether Allow would grant something. When it counts is in [`crate::flow::Guard`].
    #[must_use]
    pub fn grants_something(&self) -> bool {
        self.can_allow() && self.selection.grants_something(&self.request)
    }

    /// The organization whose administrators the user can ask.
    #[must_use]
    pub fn approvable(&self) -> Option<&Organization> {
        let organization = self.request.organization.as_ref()?;
        let offered = organization.status == OrganizationStatus::NeedsApproval
            && organization.approval == Some(Approval::Offered);
        offered.then_some(organization)
    }
}
