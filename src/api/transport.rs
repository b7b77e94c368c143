//! The HTTP transport of an adapter.

use std::{fmt, future::Future, pin::Pin};

use crate::{backend::TransportError, strings::before};

/// The largest response body that is read, in bytes.
pub const MAX_BODY: usize = 512 * 1024;

/// An HTTP request. `Debug` shows the address only, because the rest carries tokens and keys.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The address, absolute or relative to the page.
    pub url: String,
    /// The headers, except `Content-Type: application/json`.
    pub headers: Vec<(&'static str, String)>,
    /// The JSON body, if there is one.
    pub body: Option<String>,
}

impl HttpRequest {
    /// A request without headers and body.
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        Self { method, url: url.into(), headers: Vec::new(), body: None }
    }
}

/// The method of a request (RFC 9110 section 9.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Only reads.
    Get,
    /// May change something.
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

/// A response of any status. `Debug` hides its body, because it may contain the code.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct HttpResponse {
    /// The status code (RFC 9110 section 15).
    pub status: u16,
    /// `Content-Type`, or an empty string.
    pub content_type: String,
    /// `Retry-After`.
    pub retry_after: Option<String>,
    /// `X-Request-Id`.
    pub request_id: Option<String>,
    /// The body, as text.
    pub body: String,
}

impl HttpResponse {
    /// Whether `Content-Type` is JSON.
    #[must_use]
    pub fn is_json(&self) -> bool {
        let essence = before(&self.content_type, b';');
        essence.trim_ascii().eq_ignore_ascii_case("application/json")
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpResponse({}, [redacted])", self.status)
    }
}

/// Sends requests. It follows no redirects, sends cookies to the backend's origin only, and adds
/// nothing.
pub trait Transport {
    /// Sends a request. Dropping the future cancels it.
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>>>>;
}
