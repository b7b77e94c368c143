//! What a backend answers: exactly four shapes, and three more for a logout.

use crate::{
    consent::{ConsentRequest, LogoutConfirmation},
    protocol::{Address, LoginHint, LoginReason, RawQuery, RequestError, RequestId, TransactionId},
};

/// The answer to `start` and to `submit`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(tag = "outcome", rename_all = "snake_case")
)]
pub enum Outcome {
    /// Ask the user.
    Consent(Box<ConsentRequest>),
    /// Go there: consent is not needed, was given or was denied, or the client must get an error.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::protocol::serialize::redirect")
    )]
    Redirect(Address),
    /// The user has to sign in first.
    Login(LoginRequest),
    /// The request cannot be used; the user is told here and goes nowhere.
    Error(ErrorResponse),
    /// The same, found out by the adapter itself, which reads the query for a backend that takes parameters.
    #[cfg_attr(feature = "serde", serde(skip))]
    Unusable(RequestError),
}

/// The user has to sign in first.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct LoginRequest {
    /// Why.
    pub reason: LoginReason,
    /// The transaction that keeps the request meanwhile.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub transaction: Option<TransactionId>,
    /// How many times this request was sent to the login page, this time included.
    #[cfg_attr(feature = "serde", serde(rename = "attempt"))]
    pub sign_in_count: u32,
    /// Whom the client expects.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub login_hint: Option<LoginHint>,
    /// How strong a login the client wants.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub acr_values: Option<String>,
    /// The query to come back with, where there is no transaction and the adapter adds to the page's own.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub return_query: Option<RawQuery>,
}

/// A request that cannot be used (RFC 6749 section 4.1.2.1, the cases that must not be redirected).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ErrorResponse {
    /// What users are told.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub refusal: Refusal,
    /// The backend's error code: OAuth's, or its own.
    pub error: String,
    /// What the backend says of it, for developers.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub error_description: Option<String>,
    /// The backend's name for the call.
    pub request_id: RequestId,
}

/// What users are told of a request that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Refusal {
    /// It is incomplete or not correct.
    #[default]
    Malformed,
    /// The site does not know the client.
    Client,
    /// The address to go back to is not the client's.
    RedirectUri,
    /// It asks for permissions that the client cannot have.
    Scope,
    /// The client is not set up correctly.
    Setup,
    /// The organization does not allow the client.
    Organization,
    /// The permission was taken back.
    Revoked,
    /// It was used already, or took too long.
    Over,
    /// No more clients can be connected.
    Limit,
    /// The client wants an answer without the user being asked, and there can be none.
    Silent,
}

impl Refusal {
    /// What an OAuth error code means (RFC 6749 section 4.1.2.1).
    #[must_use]
    pub fn from_code(error: &str) -> Self {
        match error {
            "invalid_client" | "unauthorized_client" => Self::Client,
            "invalid_redirect_uri" => Self::RedirectUri,
            _ => Self::Malformed,
        }
    }
}

/// The answer to `logout/start` and `logout/submit`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(tag = "outcome", rename_all = "snake_case")
)]
pub enum LogoutOutcome {
    /// Ask the user.
    Confirm(Box<LogoutConfirmation>),
    /// Go there.
    #[cfg_attr(
        feature = "serde",
        serde(serialize_with = "crate::protocol::serialize::redirect")
    )]
    Redirect(Address),
    /// The session is over, and there is nowhere to go.
    SignedOut,
    /// The user stays signed in.
    Stayed,
    /// The request cannot be used.
    Error(ErrorResponse),
    /// The same, found out by the adapter itself, which reads the query for a backend that takes parameters.
    #[cfg_attr(feature = "serde", serde(skip))]
    Unusable(RequestError),
}
