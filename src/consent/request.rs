//! The content of a consent screen and of a logout screen.

use std::sync::Arc;

use super::{Account, AuthorizationDetail, Client, Organization, RequestedScope};
use crate::protocol::{Address, CardVersion, LogoutId, TransactionId};

/// An authorization request that waits for the user's decision, as the backend describes it.
///
/// ```
/// use countersign::{
///     consent::{Account, Client, ConsentRequest, Registration, RequestedScope},
///     platform::native::Native,
///     protocol::{ClientId, RedirectTarget, ScopeToken, TransactionId},
/// };
///
/// let client = Client::new(ClientId::new("printer"), "Photo printer", Registration::Managed);
/// let redirect_uri = RedirectTarget::check("https://printer.example/cb", false, &Native);
/// let account = Account::new("user-1");
/// let mut request = ConsentRequest::new(client, account, redirect_uri, 1_800_000_000);
/// request.transaction = Some(TransactionId::new("T1"));
/// request.scopes = vec![RequestedScope::new(ScopeToken::new("photos.read"))];
/// assert!(request.can_allow());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ConsentRequest {
    /// The transaction of the decision. `None` if the backend has no transactions: then the
    /// decision carries the page's query, and a repeated decision looks like a second one.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub transaction: Option<TransactionId>,
    /// The version of the card, for the decision. `None` if the backend itself keeps what a decision
    /// is made on.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub version: Option<CardVersion>,
    /// The name of the site, if the backend gives one.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub site_name: Option<String>,
    /// When the transaction expires, in seconds since the Unix epoch, by the backend's clock.
    pub expires_at: i64,
    /// The client. Screens without the card name it too, so it is shared.
    pub client: Arc<Client>,
    /// The account that is signed in.
    pub account: Account,
    /// The organization that the account acts for (B2B). The scopes are those of this organization.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub organization: Option<Organization>,
    /// Every organization of the account (B2B).
    pub organizations: Vec<Organization>,
    /// The requested scopes.
    pub scopes: Vec<RequestedScope>,
    /// The requested resources (RFC 8707).
    pub resources: Vec<Resource>,
    /// The requested authorization details (RFC 9396).
    pub authorization_details: Vec<AuthorizationDetail>,
    /// Where the user goes after the decision. It is checked on arrival, so that the backend issues
    /// no code for an address that is never opened. It is only shown: the response to the decision
    /// has the address to open.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::protocol::serialize::address"))]
    pub redirect_uri: Address,
    /// Whether the user may grant less than requested.
    pub can_narrow: bool,
    /// Whether the backend remembers an Allow, so that it does not ask for the same again.
    pub remember: Remember,
    /// Whether the user had chosen to be remembered before a sign-in, on this card.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub remember_ticked: bool,
    /// Where the page goes if the user wants another account and the authorization server has fixed
    /// this one. Without it, that is the login page.
    #[cfg_attr(
        feature = "serde",
        serde(
            serialize_with = "crate::protocol::serialize::optional_redirect",
            skip_serializing_if = "Option::is_none"
        )
    )]
    pub switch_account: Option<Address>,
}

/// Whether an Allow is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Remember {
    /// The user chooses, by a box on the card.
    Choice,
    /// In any case. The card says so.
    Always,
    /// In no case.
    #[default]
    Never,
}

impl ConsentRequest {
    /// A request for nothing yet. `expires_at` is in seconds since the Unix epoch.
    #[must_use]
    pub fn new(client: Client, account: Account, redirect_uri: Address, expires_at: i64) -> Self {
        Self {
            transaction: None,
            version: None,
            site_name: None,
            expires_at,
            client: Arc::new(client),
            account,
            organization: None,
            organizations: Vec::new(),
            scopes: Vec::new(),
            resources: Vec::new(),
            authorization_details: Vec::new(),
            redirect_uri,
            can_narrow: false,
            remember: Remember::Never,
            remember_ticked: false,
            switch_account: None,
        }
    }

    /// Whether the user chooses if an Allow is remembered.
    #[must_use]
    pub fn can_remember(&self) -> bool {
        self.remember == Remember::Choice
    }

    /// Whether the client asks for a payment, whatever else it asks for.
    #[inline(never)]
    pub(crate) fn pays(&self) -> bool {
        self.authorization_details.iter().any(AuthorizationDetail::is_payment)
    }

    /// Keeps one of several entries for the same scope of the same resource, so that one box decides
    /// about it. Where they differ, the more careful one counts, whichever is first.
    pub(crate) fn merge_scopes(&mut self) {
        let all = std::mem::take(&mut self.scopes);
        for scope in all {
            match self.scopes.iter_mut().find(|other| other.is_same(&scope)) {
                Some(other) => other.merge(scope),
                None => self.scopes.push(scope),
            }
        }
    }
}

/// A resource of the request (RFC 8707).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Resource {
    /// The URI of the resource.
    pub resource: String,
    /// The name that the backend gives it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub name: Option<String>,
}

impl Resource {
    /// A resource without a name.
    pub fn new(resource: impl Into<String>) -> Self {
        Self { resource: resource.into(), name: None }
    }
}

/// A logout request that waits for the user's decision.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct LogoutConfirmation {
    /// The logout of the decision.
    pub logout: LogoutId,
    /// The account that is signed in, if known.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub account: Option<Account>,
    /// The name of the site, if the backend gives one.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub site_name: Option<String>,
    /// The client that requests the logout, if known.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub client: Option<Arc<Client>>,
    /// When the logout expires, in seconds since the Unix epoch, by the backend's clock.
    pub expires_at: i64,
}

impl LogoutConfirmation {
    /// A logout without an account or a client. `expires_at` is in seconds since the Unix epoch.
    #[must_use]
    pub const fn new(logout: LogoutId, expires_at: i64) -> Self {
        Self { logout, account: None, site_name: None, client: None, expires_at }
    }
}
