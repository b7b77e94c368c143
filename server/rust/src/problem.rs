//! Errors of the calls as problem documents (RFC 9457).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The part of a client that a problem may name: what the page needs to lead the user back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BriefClient {
    /// Its name.
    pub name: String,
    /// Its own page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_uri: Option<String>,
}

impl BriefClient {
    /// A client with a name, and with its own page if it has one.
    #[must_use]
    pub fn new(name: impl Into<String>, client_uri: Option<String>) -> Self {
        Self { name: name.into(), client_uri }
    }
}

/// An error that a call is answered with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The call is not as described. The text says what is wrong.
    #[error("{0}")]
    Malformed(String),
    /// The call is no POST.
    #[error("Only POST is answered here.")]
    NotPost,
    /// The call does not come from a page of the site. The text says how that shows.
    #[error("{0}")]
    CrossOrigin(String),
    /// The request was decided already.
    #[error("This request was already answered.")]
    Answered {
        /// The decision that counted.
        decision: Option<String>,
        /// The client of the request.
        client: Option<BriefClient>,
    },
    /// The request is over, or is another browser's.
    #[error("This request has expired.")]
    Expired {
        /// The client of the request.
        client: Option<BriefClient>,
        /// Whether the browser seems to keep no cookies.
        no_cookies: bool,
    },
    /// The idempotency key was used for another decision.
    #[error("The idempotency key was used for another decision.")]
    KeyReused,
    /// There were too many calls.
    #[error("Too many tries.")]
    TooMany {
        /// Seconds after which a call may work again.
        retry_after: u64,
    },
    /// The engine or the store cannot be reached.
    #[error("The server is busy.")]
    Unavailable {
        /// Seconds after which a call may work again.
        retry_after: u64,
    },
    /// The engine answered with an address that no page may be led to.
    #[error("The answer leads to an address that is not allowed. Nothing was shared.")]
    UncheckedAddress,
    /// Everything else.
    #[error("Something went wrong. Nothing was shared.")]
    Failed,
}

impl Fault {
    /// A request that is over, without more about it.
    pub const EXPIRED: Self = Self::Expired { client: None, no_cookies: false };

    /// The stable code, also in the document's type.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) | Self::NotPost => "malformed_call",
            Self::CrossOrigin(_) => "cross_origin_call",
            Self::Answered { .. } => "already_answered",
            Self::Expired { .. } => "expired",
            Self::KeyReused => "key_reused",
            Self::TooMany { .. } => "too_many",
            Self::Unavailable { .. } => "unavailable",
            Self::UncheckedAddress | Self::Failed => "server_error",
        }
    }

    /// The status of the answer.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::NotPost => 405,
            Self::CrossOrigin(_) => 403,
            Self::Answered { .. } => 409,
            Self::Expired { .. } => 410,
            Self::KeyReused => 422,
            Self::TooMany { .. } => 429,
            Self::Unavailable { .. } => 503,
            Self::UncheckedAddress | Self::Failed => 500,
        }
    }

    const fn title(&self) -> &'static str {
        match self {
            Self::Malformed(_) | Self::NotPost => "The call is malformed",
            Self::CrossOrigin(_) => "The call does not come from our own page",
            Self::Answered { .. } => "This request was already answered",
            Self::Expired { .. } => "This request has expired",
            Self::KeyReused => "The idempotency key was used for another decision",
            Self::TooMany { .. } => "Too many tries",
            Self::Unavailable { .. } => "The server is busy",
            Self::UncheckedAddress | Self::Failed => "Something went wrong on the server",
        }
    }

    /// The header `Retry-After`, in seconds.
    #[must_use]
    pub const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooMany { retry_after } | Self::Unavailable { retry_after } => Some(*retry_after),
            _ => None,
        }
    }

    /// The problem document.
    #[must_use]
    pub fn document(&self, request_id: &str) -> Value {
        let code = self.code();
        let mut document = json!({
            "type": format!("urn:countersign:problem:{code}"),
            "title": self.title(),
            "status": self.status(),
            "detail": self.to_string(),
            "code": code,
            "request_id": request_id,
        });
        let (client, decision, no_cookies) = match self {
            Self::Answered { decision, client } => (client.as_ref(), decision.as_deref(), false),
            Self::Expired { client, no_cookies } => (client.as_ref(), None, *no_cookies),
            _ => (None, None, false),
        };
        let more = [
            ("client", client.map(|client| json!(client))),
            ("decision", decision.map(Value::from)),
            ("no_cookies", no_cookies.then_some(Value::Bool(true))),
        ];
        for (name, value) in more {
            if let (Some(members), Some(value)) = (document.as_object_mut(), value) {
                members.insert(name.to_owned(), value);
            }
        }
        document
    }
}
