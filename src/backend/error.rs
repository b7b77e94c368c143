//! The errors of a backend.

use std::fmt;

use thiserror::Error;

use super::Decision;
use crate::{
    protocol::RequestId,
    strings::{concat, decimal},
};

/// A call without an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{fault}")]
pub struct BackendError {
    /// What happened.
    pub fault: BackendFault,
    /// The backend's identifier of the call, if it gave one.
    pub request_id: Option<RequestId>,
    /// The client, if the backend still knows it. The screens of an expired or answered request
    /// link to it.
    pub client: Option<Box<ClientHome>>,
    /// The decision that counted, if the request was answered before and the backend says how.
    pub decision: Option<Decision>,
    /// Whether the backend itself reported the fault. Anything else may come from a proxy in front
    /// of it, after the backend has done the call.
    pub reported: bool,
    /// What the backend says about the fault (`detail` of RFC 9457), in builds for development
    /// alone: it is for developers, and a page in production does not keep it.
    pub detail: Option<String>,
}

impl BackendError {
    /// A reference for support: the error code and the backend's identifier of the call.
    #[must_use]
    pub fn reference(&self) -> Option<String> {
        let code = match &self.fault {
            BackendFault::Unknown { error, .. } => error,
            fault => fault.code(),
        };
        let id = self.request_id.as_ref()?.as_str();
        Some(concat(&[code, " ", id]))
    }

    /// Whether the call may have taken effect although there is no outcome. Only the backend itself
    /// can say that it has not. A key is reused only if the backend got it before.
    #[must_use]
    pub fn may_have_taken_effect(&self) -> bool {
        !self.reported || matches!(self.fault, BackendFault::KeyReused)
    }
}

impl From<BackendFault> for BackendError {
    fn from(fault: BackendFault) -> Self {
        Self {
            fault,
            request_id: None,
            client: None,
            decision: None,
            reported: false,
            detail: None,
        }
    }
}

impl From<WireError> for BackendFault {
    fn from(error: WireError) -> Self {
        Self::Wire(Box::new(error))
    }
}

/// The client's name and home page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClientHome {
    /// The name that the client chose.
    pub name: String,
    /// The home page.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub client_uri: Option<String>,
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BackendFault {
    /// There is no response.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The response does not conform to the API.
    #[error(transparent)]
    Wire(Box<WireError>),
    /// 409: the transaction already has a decision.
    #[error("already answered")]
    AlreadyAnswered,
    /// 410: the transaction is expired, unknown, or belongs to another browser.
    #[error("expired or unknown")]
    Expired,
    /// 410: the browser sends no cookies, so that the backend cannot know it again.
    #[error("the browser sends no cookies")]
    NoCookies,
    /// 422: the key belongs to another decision.
    #[error("the key belongs to another decision")]
    KeyReused,
    /// 403: the call came from another origin.
    #[error("refused as a foreign call")]
    CrossOriginCall,
    /// 3xx: the call was redirected, such as by a guard that sends browsers to a login page.
    #[error("redirected")]
    Redirected,
    /// 400 and other client errors.
    #[error("refused as a malformed call (status {0})")]
    Malformed(u16),
    /// 429 and 503.
    #[error("busy")]
    Busy {
        /// `Retry-After` in seconds, between 1 and 120.
        retry_after: Option<u32>,
    },
    /// 500 and other server errors.
    #[error("failed (status {0})")]
    Server(u16),
    /// The trusted auth token was refused, or did not arrive in time.
    #[error("the trusted auth token was not accepted")]
    Token,
    /// An error that the API does not document.
    #[error("refused ({error}, status {status})")]
    Unknown {
        /// The status code.
        status: u16,
        /// The backend's error code.
        error: String,
    },
    /// The session and the response belong to different accounts, even after several attempts.
    #[error("the session changes while it is asked about")]
    SessionChanged,
    /// The backend does not support the call.
    #[error("not supported")]
    Unsupported,
}

impl BackendFault {
    /// The status of the response, or 0 if there is none. A redirect is 302, whatever its status: a
    /// browser does not tell.
    #[must_use]
    #[inline(never)]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Wire(_) => 200,
            Self::Redirected => 302,
            Self::CrossOriginCall => 403,
            Self::AlreadyAnswered => 409,
            Self::Expired | Self::NoCookies => 410,
            Self::KeyReused => 422,
            Self::Busy { retry_after: _ } => 503,
            Self::Malformed(status) | Self::Server(status) | Self::Unknown { status, .. } => {
                *status
            }
            Self::Transport(_) | Self::Token | Self::SessionChanged | Self::Unsupported => 0,
        }
    }

    /// The stable error code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Transport(error) => error.code(),
            Self::Wire(_) => "answer_malformed",
            Self::AlreadyAnswered => "already_answered",
            Self::Expired => "expired",
            Self::NoCookies => "no_cookies",
            Self::KeyReused => "key_reused",
            Self::CrossOriginCall => "cross_origin_call",
            Self::Redirected => "call_redirected",
            Self::Malformed(_) => "malformed_call",
            Self::Busy { .. } => "busy",
            Self::Server(_) => "server_error",
            Self::Token => "trusted_token_refused",
            Self::Unknown { .. } => "unknown_error",
            Self::SessionChanged => "session_changed",
            Self::Unsupported => "not_supported",
        }
    }
}

/// Why there is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TransportError {
    /// The backend is unreachable.
    #[error("not reached")]
    Unreachable,
    /// The call timed out.
    #[error("timed out")]
    TimedOut,
    /// The response is too large.
    #[error("answer too large")]
    TooLarge,
}

impl TransportError {
    /// The stable error code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed_out",
            Self::TooLarge => "answer_too_large",
        }
    }
}

/// A field that does not conform to the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{}", self.text())]
pub struct WireError {
    /// Where the field is in the response.
    pub path: FieldPath,
    /// The problem.
    pub problem: WireProblem,
    /// More for developers, in builds for development.
    pub mismatch: Mismatch,
}

impl WireError {
    /// A response that is not JSON.
    #[must_use]
    pub const fn not_json(got: &'static str) -> Self {
        let path = FieldPath { parent: "", index: None, field: "body" };
        Self { path, problem: WireProblem::NotJson, mismatch: Mismatch::new("JSON", got) }
    }

    /// The same text as [`Display`](fmt::Display) writes, without its code.
    pub(crate) fn text(&self) -> String {
        concat(&[&self.path.text(), ": ", self.problem.as_str(), &self.mismatch.text()])
    }
}

/// Where a field is in a response, such as `scopes[1].granted`.
// It is a text only if something fails: a page reads hundreds of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FieldPath {
    /// The member with the object or the list, or an empty text for the response itself.
    pub parent: &'static str,
    /// The place in the list, if it is one.
    pub index: Option<u16>,
    /// The field, or an empty text for the object itself.
    pub field: &'static str,
}

impl FieldPath {
    /// The same text as [`Display`](fmt::Display) writes, without its code.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.parent.to_owned();
        if let Some(index) = self.index {
            text = concat(&[&text, "[", &decimal(index.into()), "]"]);
        }
        let dot = if text.is_empty() || self.field.is_empty() { "" } else { "." };
        concat(&[&text, dot, self.field])
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// What the API has at a field, and what the response has there: types and names, never a value.
///
/// It is kept in builds with debug assertions, and with the feature `debug`. A page in production has
/// none of these texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mismatch {
    #[cfg(any(debug_assertions, feature = "debug"))]
    expected: &'static str,
    #[cfg(any(debug_assertions, feature = "debug"))]
    got: &'static str,
}

impl Mismatch {
    /// What is expected, such as `a boolean` or `first|third`, and what came, such as `a string`.
    #[must_use]
    #[cfg_attr(not(any(debug_assertions, feature = "debug")), allow(unused_variables))]
    pub const fn new(expected: &'static str, got: &'static str) -> Self {
        Self {
            #[cfg(any(debug_assertions, feature = "debug"))]
            expected,
            #[cfg(any(debug_assertions, feature = "debug"))]
            got,
        }
    }

    /// ` (expected a boolean, got a string)`, or an empty text.
    #[must_use]
    pub fn text(&self) -> String {
        #[cfg(any(debug_assertions, feature = "debug"))]
        return concat(&[" (expected ", self.expected, ", got ", self.got, ")"]);
        #[cfg(not(any(debug_assertions, feature = "debug")))]
        String::new()
    }
}

/// The problem with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{}", self.as_str())]
#[non_exhaustive]
pub enum WireProblem {
    /// The field is missing.
    Missing,
    /// The field has the wrong type.
    WrongType,
    /// The value is not defined in the API.
    Unknown,
    /// The value is too long.
    TooLong,
    /// The response is not JSON.
    NotJson,
}

impl WireProblem {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::WrongType => "of the wrong type",
            Self::Unknown => "of an unknown value",
            Self::TooLong => "too long",
            Self::NotJson => "not JSON",
        }
    }
}
