//! How an adapter reaches its backend: one call, sent as it is.

use std::{fmt, future::Future, pin::Pin};

use thiserror::Error;

/// One call. `Debug` shows where it goes and hides the rest, since it carries the request and its keys.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// How it is made.
    pub method: Method,
    /// The address, absolute or relative to the page.
    pub url: String,
    /// Headers beside `Content-Type: application/json`.
    pub headers: Vec<(&'static str, String)>,
    /// The body, a JSON text. Some calls have none.
    pub body: Option<String>,
}

/// How a call is made (RFC 9110 section 9.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// It only reads.
    Get,
    /// It may change something.
    Post,
}

impl Method {
    /// The method's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpRequest({}, [redacted])", self.url)
    }
}

/// An answer, whatever its status. `Debug` hides its body, since it carries the code.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct HttpResponse {
    /// The status code (RFC 9110 section 15).
    pub status: u16,
    /// `Content-Type`, empty where there is none.
    pub content_type: String,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// `X-Request-Id`.
    pub request_id: Option<String>,
    /// The body, as text.
    pub body: String,
}

impl HttpResponse {
    /// Whether it says of itself that it is JSON.
    pub(super) fn is_json(&self) -> bool {
        let essence = self.content_type.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("application/json")
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpResponse({}, [redacted])", self.status)
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

/// Sends calls. It follows no redirects, sends cookies to the backend's own origin, and adds nothing.
pub trait Transport {
    /// Sends one call. Dropping the future gives it up.
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>>>>;
}
