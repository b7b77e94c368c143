//! Everything that a consent screen and a logout screen show.

use super::{Account, AuthorizationDetail, Client, DisplayText, Organization, RequestedScope};
use crate::protocol::{Address, LogoutId, TransactionId};

/// A request that waits for the user's decision, as the backend described it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ConsentRequest {
    /// The transaction that a decision answers. `None` where the backend keeps none: the page's own query is answered,
    /// and nothing tells a decision that is sent twice from two decisions.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub transaction: Option<TransactionId>,
    /// What the site calls itself, where the backend says.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub site_name: Option<String>,
    /// When it expires, in seconds since the Unix epoch, by the backend's clock.
    pub expires_at: i64,
    /// Who asks.
    pub client: Client,
    /// Who answers.
    pub account: Account,
    /// The organization that the scopes below hold for (B2B).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub organization: Option<Organization>,
    /// Every organization of the account (B2B).
    pub organizations: Vec<Organization>,
    /// What is asked.
    pub scopes: Vec<RequestedScope>,
    /// Where it is asked for (RFC 8707).
    pub resources: Vec<Resource>,
    /// What is asked in detail (RFC 9396).
    pub authorization_details: Vec<AuthorizationDetail>,
    /// Where the user goes after the decision: checked on arrival, so that no code is made for an address that is
    /// never opened. Rendered, not opened: the address to open comes with the decision's answer.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::protocol::serialize::address")
    )]
    pub redirect_uri: Address,
    /// Whether the user may grant less than is asked.
    pub can_narrow: bool,
    /// Whether the backend can remember an `allow`, so that the user is not asked again for the same.
    #[cfg_attr(feature = "serde", serde(rename = "remember"))]
    pub can_remember: bool,
}

/// A target (RFC 8707).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Resource {
    /// Its URI.
    pub resource: String,
    /// What the backend calls it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub name: Option<String>,
}

impl Resource {
    /// What to call it, cleaned and in full: its name, else its URI.
    #[must_use]
    pub fn display_name(&self) -> DisplayText {
        DisplayText::whole(self.name.as_deref().unwrap_or_default())
            .or(|| DisplayText::whole(&self.resource))
    }
}

impl ConsentRequest {
    /// What to call a target by its URI.
    #[must_use]
    pub fn resource_name(&self, uri: &str) -> DisplayText {
        let known = self.resources.iter().find(|it| it.resource == uri);
        known.map_or_else(|| DisplayText::whole(uri), Resource::display_name)
    }
}

/// A logout that waits for the user's word.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LogoutConfirmation {
    /// The logout that a decision answers.
    pub logout: LogoutId,
    /// Who is signed in, where known.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub account: Option<Account>,
    /// What the site calls itself, where the backend says.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub site_name: Option<String>,
    /// Who asks, where known.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub client: Option<Client>,
    /// When it expires, in seconds since the Unix epoch, by the backend's clock.
    pub expires_at: i64,
}
