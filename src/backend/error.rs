//! What can go wrong between the widget and its backend.

use thiserror::Error;

use crate::protocol::RequestId;

/// A call that brought no outcome.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{fault}")]
pub struct BackendError {
    /// What happened.
    pub fault: BackendFault,
    /// The backend's name for the call, where it gave one.
    pub request_id: Option<RequestId>,
    /// Who asked, where the backend still knows it: the way on from an expired or answered request.
    pub client: Option<ClientHome>,
}

impl BackendError {
    /// What support needs to find the call: the error's word and the backend's name for the call, where it gave one.
    #[must_use]
    pub fn reference(&self) -> Option<String> {
        let word = match &self.fault {
            BackendFault::Unknown { error, .. } => error,
            fault => fault.code(),
        };
        let id = self.request_id.as_ref()?.as_str();
        Some(format!("{word} {id}"))
    }
}

impl From<BackendFault> for BackendError {
    fn from(fault: BackendFault) -> Self {
        Self {
            fault,
            request_id: None,
            client: None,
        }
    }
}

/// The client's name and home page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClientHome {
    /// Its name, as the client chose it.
    pub name: String,
    /// Its home page.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub client_uri: Option<String>,
}

/// What happened to a call.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BackendFault {
    /// No answer came.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// An answer came that is not what the API says.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// 409: the transaction has its answer.
    #[error("already answered")]
    AlreadyAnswered,
    /// 410: the transaction is over, unknown, or another browser's.
    #[error("expired or unknown")]
    Expired,
    /// 422: the key was used for another decision.
    #[error("the key belongs to another decision")]
    KeyReused,
    /// 403: the call did not come from the backend's own page.
    #[error("refused as a foreign call")]
    CrossOriginCall,
    /// 400 and other faults of the call itself.
    #[error("refused as a malformed call (status {0})")]
    Malformed(u16),
    /// 429 and 503, with the seconds to wait where given.
    #[error("busy")]
    Busy {
        /// `Retry-After`, between 1 and 120 seconds.
        retry_after: Option<u32>,
    },
    /// 500 and the like.
    #[error("failed (status {0})")]
    Server(u16),
    /// The trusted auth token was not accepted, or there was none in time.
    #[error("the trusted auth token was not accepted")]
    Token,
    /// An error that the API's documents do not name.
    #[error("refused ({error}, status {status})")]
    Unknown {
        /// The status code.
        status: u16,
        /// The backend's word for it.
        error: String,
    },
    /// The session and the request's answer are not of the same account, again and again.
    #[error("the session changes while it is asked about")]
    SessionChanged,
    /// The backend cannot do this.
    #[error("not supported")]
    Unsupported,
}

impl BackendFault {
    /// A stable word for developers.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Transport(error) => error.code(),
            Self::Wire(_) => "answer_malformed",
            Self::AlreadyAnswered => "already_answered",
            Self::Expired => "expired",
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

    /// Whether the call may have taken effect although no outcome came back.
    #[must_use]
    pub const fn may_have_taken_effect(&self) -> bool {
        // 502 and 504 come from something in between, and a key is known only to whoever got it before.
        matches!(
            self,
            Self::Transport(_) | Self::Wire(_) | Self::KeyReused | Self::Server(502 | 504)
        )
    }
}

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TransportError {
    /// The backend could not be reached.
    #[error("not reached")]
    Unreachable,
    /// It took too long.
    #[error("timed out")]
    TimedOut,
    /// The answer is larger than any true one.
    #[error("answer too large")]
    TooLarge,
}

impl TransportError {
    /// A stable word for developers.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed_out",
            Self::TooLarge => "answer_too_large",
        }
    }
}

/// A field that is not what the API says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{field}: {problem}")]
pub struct WireError {
    /// The field's name in the API.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: WireProblem,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WireProblem {
    /// It has to be there.
    #[error("missing")]
    Missing,
    /// It is of another type.
    #[error("of the wrong type")]
    WrongType,
    /// Its value is none that the API knows.
    #[error("of an unknown value")]
    Unknown,
    /// It is longer than any true one.
    #[error("too long")]
    TooLong,
    /// The whole answer is not JSON.
    #[error("not JSON")]
    NotJson,
}
