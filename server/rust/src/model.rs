//! The words that the kit, engines and hosts share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An error of a host's own.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// One authorization detail (RFC 9396), with its `type`.
pub type Detail = Map<String, Value>;

/// A scope, of a resource if it has one (RFC 8707).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RequestedScope {
    /// The scope token (RFC 6749 section 3.3).
    pub scope: String,
    /// The resource that it is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
}

impl RequestedScope {
    /// A scope of no resource.
    #[must_use]
    pub fn new(scope: impl Into<String>) -> Self {
        Self { scope: scope.into(), resource: None }
    }

    /// A scope of a resource.
    #[must_use]
    pub fn of(resource: impl Into<String>, scope: impl Into<String>) -> Self {
        Self { scope: scope.into(), resource: Some(resource.into()) }
    }
}

/// Who is signed in at the host.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Account {
    /// The subject, at most 255 characters.
    pub sub: String,
    /// The name.
    pub name: Option<String>,
    /// The address.
    pub email: Option<String>,
    /// A path of the host's own.
    pub picture: Option<String>,
    /// When the user last proved who they are, in milliseconds since 1970. For `prompt=login` and
    /// `max_age`.
    pub signed_in_at: Option<i64>,
    /// When the user last chose this account without signing in anew, in milliseconds since 1970. For
    /// `prompt=select_account`.
    pub chosen_at: Option<i64>,
    /// What else the host knows. The kit passes it to [`Describe`](crate::describe::Describe) and to
    /// the engine, and shows none of it.
    pub more: Map<String, Value>,
}

impl Account {
    /// An account of which nothing but its subject is known.
    #[must_use]
    pub fn new(sub: impl Into<String>) -> Self {
        Self {
            sub: sub.into(),
            name: None,
            email: None,
            picture: None,
            signed_in_at: None,
            chosen_at: None,
            more: Map::new(),
        }
    }
}

/// Whether an organization allows a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationStatus {
    /// Its members can allow the client.
    Allowed,
    /// Nobody can.
    Blocked,
    /// Its administrators have to approve the client first.
    NeedsApproval,
}

/// Whether an approval can be, or was, requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// The user can request it.
    Offered,
    /// It was requested.
    Requested,
}

/// An organization of an account, as the card shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Organization {
    /// Its identifier.
    pub organization_id: String,
    /// Its name.
    pub name: String,
    /// Its short name in addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// A path of the host's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo_uri: Option<String>,
    /// Whether it allows the client.
    pub status: OrganizationStatus,
    /// Whether an approval can be requested, if it needs one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
}

impl Organization {
    /// An organization without logo.
    #[must_use]
    pub fn new(
        organization_id: impl Into<String>,
        name: impl Into<String>,
        status: OrganizationStatus,
    ) -> Self {
        let (organization_id, name) = (organization_id.into(), name.into());
        Self { organization_id, name, slug: None, logo_uri: None, status, approval: None }
    }
}

/// How a client came to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Registration {
    /// An administrator registered it.
    Managed,
    /// It registered itself (RFC 7591).
    Dynamic,
    /// Its identifier is the address of its metadata.
    MetadataDocument,
}

/// A client's metadata as the engine has it (RFC 7591 section 2). All of it is the client's own
/// word, but for `native`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientMetadata {
    /// Its identifier.
    pub client_id: String,
    /// Its name.
    pub client_name: Option<String>,
    /// Its own page.
    pub client_uri: Option<String>,
    /// Its privacy policy.
    pub policy_uri: Option<String>,
    /// Its terms.
    pub tos_uri: Option<String>,
    /// By default a client is taken for one that registered itself.
    pub registration: Option<Registration>,
    /// Whether the engine knows it as an app on the user's device.
    pub native: Option<bool>,
    /// Texts in other languages: `client_name#de` (RFC 7591 section 2.2).
    pub tagged: BTreeMap<String, String>,
}

impl ClientMetadata {
    /// A client of which nothing but its identifier is known.
    #[must_use]
    pub fn new(client_id: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
            client_name: None,
            client_uri: None,
            policy_uri: None,
            tos_uri: None,
            registration: None,
            native: None,
            tagged: BTreeMap::new(),
        }
    }
}
