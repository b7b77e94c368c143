//! What the machine asks of a backend.

use crate::protocol::{
    IdempotencyKey, LogoutId, OrganizationId, RawQuery, Realm, RequestRef, Scope, Secret,
};

/// `authorize/start`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartRequest {
    /// Whom the page serves.
    pub realm: Realm,
    /// The request itself, or the transaction that keeps it.
    pub request: RequestRef,
    /// The organization that the user chose (B2B). It needs a transaction.
    pub organization: Option<OrganizationId>,
}

/// `authorize/submit`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmitRequest {
    /// What is answered.
    pub request: RequestRef,
    /// The answer.
    pub decision: Decision,
    /// What `allow` grants: exactly what was ticked on the screen. Empty for `deny`.
    pub scopes: Vec<Scope>,
    /// The details that `allow` grants (RFC 9396), as the JSON texts they came as. Empty for `deny`.
    pub authorization_details: Vec<String>,
    /// The organization that was shown (B2B).
    pub organization: Option<OrganizationId>,
    /// Whether the user wants an `allow` remembered, where the backend offered to.
    pub remember: Option<bool>,
    /// The decision's key.
    pub key: IdempotencyKey,
}

impl SubmitRequest {
    /// Whether two requests are the same decision but for their keys.
    #[must_use]
    pub fn is_same_decision(&self, other: &Self) -> bool {
        Self {
            key: other.key.clone(),
            ..self.clone()
        } == *other
    }
}

/// The user's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum Decision {
    /// Grant what is ticked.
    Allow,
    /// Grant nothing; the client gets `access_denied`.
    Deny,
    /// Ask the organization's administrators to approve the client. The request waits; the answer is the card.
    RequestApproval,
}

impl Decision {
    /// The word of the countersign API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::RequestApproval => "request_approval",
        }
    }
}

/// A trusted auth token: a JWT of another auth system, which the backend exchanges for a session of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedToken {
    /// The JWT.
    pub token: Secret,
    /// The profile by which the backend checks it.
    pub profile_id: String,
}

/// `logout/start`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct LogoutStartRequest {
    /// Whom the page serves.
    pub realm: Realm,
    /// The page's query, byte for byte.
    pub query: RawQuery,
}

/// `logout/submit`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct LogoutSubmitRequest {
    /// What is answered.
    pub logout: LogoutId,
    /// The answer.
    pub decision: LogoutDecision,
}

/// The user's word on a logout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum LogoutDecision {
    /// End the session.
    SignOut,
    /// Keep it.
    Stay,
}

impl LogoutDecision {
    /// The word of the countersign API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignOut => "sign_out",
            Self::Stay => "stay",
        }
    }
}
