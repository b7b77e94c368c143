//! The outcomes of calls: four for an authorization request, and three more for a logout.

use crate::{
    consent::{ConsentRequest, LogoutConfirmation},
    protocol::{
        Address, FormFields, LoginHint, LoginReason, RawQuery, RequestError, RequestId,
        TransactionId,
    },
};

/// The outcome of `start` and of `submit`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(tag = "outcome", rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Outcome {
    /// The user must decide.
    Consent(Box<ConsentRequest>),
    /// The page redirects: consent is not needed, was given or was denied, or the client gets an
    /// error.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::protocol::serialize::redirect"))]
    Redirect(Address),
    /// The page posts a form to the authorization server.
    Post(FormPost),
    /// The user must sign in first.
    Login(LoginRequest),
    /// The request cannot be used. The page shows the error and does not redirect.
    Error(ErrorResponse),
    /// The adapter itself found that the request cannot be used. Only adapters that read the query
    /// return this.
    #[cfg_attr(feature = "serde", serde(skip))]
    Unusable(RequestError),
}

/// A form for the page to post, as servers need it whose decision is a form of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct FormPost {
    /// Where it goes. The machine refuses every host but the page's and the backend's own.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::protocol::serialize::address"))]
    pub action: Address,
    /// What it has.
    pub fields: FormFields,
}

impl FormPost {
    /// A form for an address, with its fields.
    #[must_use]
    pub const fn new(action: Address, fields: FormFields) -> Self {
        Self { action, fields }
    }
}

/// The user must sign in first.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct LoginRequest {
    /// Why the user must sign in.
    pub reason: LoginReason,
    /// The transaction that keeps the request during the login.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub transaction: Option<TransactionId>,
    /// How many times the user was sent to the login page for this request, including this time.
    #[cfg_attr(feature = "serde", serde(rename = "attempt"))]
    pub sign_in_count: u32,
    /// The account that the client expects.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub login_hint: Option<LoginHint>,
    /// The authentication context classes that the client requests, best first.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub acr_values: Option<String>,
    /// The query to return with. An adapter without transactions sets it to extend the page's
    /// query.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub return_query: Option<RawQuery>,
}

impl LoginRequest {
    /// The first login for a request.
    #[must_use]
    pub const fn new(reason: LoginReason) -> Self {
        Self {
            reason,
            transaction: None,
            sign_in_count: 1,
            login_hint: None,
            acr_values: None,
            return_query: None,
        }
    }
}

/// The request cannot be used, and the error must not be redirected (RFC 6749 section 4.1.2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ErrorResponse {
    /// The text that users read.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub refusal: Refusal,
    /// The error code of OAuth, or the backend's own.
    pub error: String,
    /// The backend's description, for developers.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub error_description: Option<String>,
    /// The backend's identifier of the call.
    pub request_id: RequestId,
}

impl ErrorResponse {
    /// An error with a code of OAuth, or the backend's own.
    pub fn new(error: impl Into<String>, request_id: RequestId) -> Self {
        let error = error.into();
        Self { refusal: Refusal::from_code(&error), error, error_description: None, request_id }
    }
}

/// Why a request cannot be used. Each reason has its own text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Refusal {
    /// The request is incomplete or incorrect.
    #[default]
    Malformed,
    /// The site does not know the client.
    Client,
    /// The redirect URI is not registered for the client.
    RedirectUri,
    /// The client may not request these scopes.
    Scope,
    /// The client's configuration is incorrect.
    Setup,
    /// The organization does not allow the client.
    Organization,
    /// The permission was revoked.
    Revoked,
    /// The request was used already, or has expired.
    Over,
    /// No more clients can be connected.
    Limit,
    /// The client requested a response without user interaction, which is not possible.
    Silent,
}

impl Refusal {
    /// The reason behind an OAuth error code (RFC 6749 section 4.1.2.1).
    #[must_use]
    pub fn from_code(error: &str) -> Self {
        match error {
            "invalid_client" | "unauthorized_client" => Self::Client,
            "invalid_redirect_uri" => Self::RedirectUri,
            _ => Self::Malformed,
        }
    }
}

/// The outcome of `logout_start` and of `logout_submit`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(tag = "outcome", rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LogoutOutcome {
    /// The user must confirm.
    Confirm(Box<LogoutConfirmation>),
    /// The page redirects.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::protocol::serialize::redirect"))]
    Redirect(Address),
    /// The session has ended, and there is no redirect.
    SignedOut,
    /// The user stays signed in.
    Stayed,
    /// The authorization server has no sign-out here, and the user stays signed in.
    Unsupported,
    /// The request cannot be used.
    Error(ErrorResponse),
    /// The adapter itself found that the request cannot be used. Only adapters that read the query
    /// return this.
    #[cfg_attr(feature = "serde", serde(skip))]
    Unusable(RequestError),
}
