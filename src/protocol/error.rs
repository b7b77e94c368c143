//! Errors of a request that the page itself refuses.

use thiserror::Error;

/// Why the page refuses a request. The backend judges everything else.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// A required parameter is missing or empty (RFC 6749 section 4.1.2.1).
    #[error("the parameter {0} is missing")]
    Missing(&'static str),
    /// A parameter repeats (RFC 6749 section 3.1).
    #[error("the parameter {0} stands more than once")]
    Duplicate(&'static str),
    /// The query, a value or a list exceeds its limit ([`super::limits`]).
    #[error("the request is too long")]
    TooLong,
}

impl RequestError {
    /// The stable error code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "parameter_missing",
            Self::Duplicate(_) => "parameter_duplicated",
            Self::TooLong => "request_too_long",
        }
    }
}
