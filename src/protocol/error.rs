//! Why a request cannot be used at all.

use thiserror::Error;

/// What the widget itself refuses: everything else is the backend's to judge.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// A parameter that no backend can do without is missing or empty (RFC 6749 section 4.1.2.1).
    #[error("the parameter {0} is missing")]
    Missing(&'static str),
    /// A parameter that may stand once stands more often (RFC 6749 section 3.1).
    #[error("the parameter {0} stands more than once")]
    Duplicate(&'static str),
    /// The query, one of its values or one of its lists is over its limit ([`super::limits`]).
    #[error("the request is too long")]
    TooLong,
}

impl RequestError {
    /// A stable word for developers.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "parameter_missing",
            Self::Duplicate(_) => "parameter_duplicated",
            Self::TooLong => "request_too_long",
        }
    }
}
