//! The requests that the machine sends to a backend.

use crate::protocol::{
    CardVersion, IdempotencyKey, LogoutId, OrganizationId, RawQuery, Realm, RequestRef, Scope,
    Secret,
};

/// `authorize/start`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StartRequest {
    /// The kind of accounts that the page serves.
    pub realm: Realm,
    /// The request: its query or its transaction.
    pub request: RequestRef,
    /// The organization that the user chose (B2B). It requires a transaction.
    pub organization: Option<OrganizationId>,
}

impl StartRequest {
    /// A request without a chosen organization.
    #[must_use]
    pub const fn new(realm: Realm, request: RequestRef) -> Self {
        Self { realm, request, organization: None }
    }
}

/// `authorize/submit`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubmitRequest {
    /// The request that the decision is about.
    pub request: RequestRef,
    /// The version of the card that the decision was made on. A denial counts without one.
    pub version: Option<CardVersion>,
    /// The decision.
    pub decision: Decision,
    /// The scopes that Allow grants: exactly those that are ticked on the screen. Empty for the
    /// other decisions.
    pub scopes: Vec<Scope>,
    /// The authorization details that Allow grants (RFC 9396), as the JSON that the backend sent.
    /// Empty for the other decisions.
    pub authorization_details: Vec<String>,
    /// The organization on the card (B2B).
    pub organization: Option<OrganizationId>,
    /// Whether the backend is to remember an Allow. `None` if the backend cannot.
    pub remember: Option<bool>,
    /// The idempotency key of the decision.
    pub key: IdempotencyKey,
}

impl SubmitRequest {
    /// A decision that grants nothing yet.
    #[must_use]
    pub const fn new(request: RequestRef, decision: Decision, key: IdempotencyKey) -> Self {
        Self {
            request,
            version: None,
            decision,
            scopes: Vec::new(),
            authorization_details: Vec::new(),
            organization: None,
            remember: None,
            key,
        }
    }

    /// Whether two requests are equal except for their keys.
    #[must_use]
    pub fn is_same_decision(&self, other: &Self) -> bool {
        Self { key: other.key.clone(), ..self.clone() } == *other
    }
}

/// The user's decision.
///
/// The enum is exhaustive: a server must handle every decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Decision {
    /// Grant what is ticked.
    Allow,
    /// Grant nothing. The client gets `access_denied`.
    Deny,
    /// Ask the organization's administrators to approve the client. The outcome is the card again.
    RequestApproval,
}

impl Decision {
    /// The value in the countersign API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::RequestApproval => "request_approval",
        }
    }
}

/// A trusted auth token: a JWT of another auth system. The backend exchanges it for its own
/// session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedToken {
    /// The JWT.
    pub token: Secret,
    /// The profile that the backend checks it against.
    pub profile_id: String,
}

/// `logout/start`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct LogoutStartRequest {
    /// The kind of accounts that the page serves.
    pub realm: Realm,
    /// The page's query, byte for byte.
    pub query: RawQuery,
}

/// `logout/submit`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(deny_unknown_fields))]
pub struct LogoutSubmitRequest {
    /// The logout that the decision is about.
    pub logout: LogoutId,
    /// The decision.
    pub decision: LogoutDecision,
}

/// The user's decision about a logout.
///
/// The enum is exhaustive: a server must handle every decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum LogoutDecision {
    /// End the session.
    SignOut,
    /// Keep the session.
    Stay,
}

impl LogoutDecision {
    /// The value in the countersign API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignOut => "sign_out",
            Self::Stay => "stay",
        }
    }
}
