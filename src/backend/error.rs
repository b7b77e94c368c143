//! The errors of a backend.

use thiserror::Error;

use super::Decision;
use crate::{protocol::RequestId, strings::concat};

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
    pub client: Option<ClientHome>,
    /// The decision that counted, if the request was answered before and the backend says how.
    pub decision: Option<Decision>,
    /// Whether the backend itself reported the fault. Anything else may come from a proxy in front
    /// of it, after the backend has done the call.
    pub reported: bool,
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
        !self.reported || self.fault == BackendFault::KeyReused
    }
}

impl From<BackendFault> for BackendError {
    fn from(fault: BackendFault) -> Self {
        Self { fault, request_id: None, client: None, decision: None, reported: false }
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
    Wire(#[from] WireError),
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
#[error("{field}: {problem}")]
pub struct WireError {
    /// The field's name in the API.
    pub field: &'static str,
    /// The problem.
    pub problem: WireProblem,
}

impl WireError {
    /// The same text as [`Display`](std::fmt::Display) writes, without its code.
    pub(crate) fn text(self) -> String {
        concat(&[self.field, ": ", self.problem.as_str()])
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
