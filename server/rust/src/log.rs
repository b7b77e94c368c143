//! What is logged of a call. No query, address or subject, unless the host asks for it.

use std::io::Write as _;

use serde::Serialize;

use crate::error::CallError;

/// A call that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LogEvent {
    /// Always `call`.
    pub event: &'static str,
    /// The call: `authorize/start`.
    pub path: &'static str,
    /// The answer's `X-Request-Id`.
    pub request_id: String,
    /// The answer's status.
    pub status: u16,
    /// Of an answer with status 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Of a problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// The time that the call took, in milliseconds.
    pub took: i64,
    /// What failed, if the status is 500 or higher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'static str>,
    /// Only if the host asks for details.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<LogDetails>,
}

/// What may have parts of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LogDetails {
    /// The body of the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The subject of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    /// The error, with its causes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Where events go.
pub(crate) struct Log {
    pub write: Box<dyn Fn(&LogEvent) + Send + Sync>,
    pub details: bool,
}

impl Default for Log {
    fn default() -> Self {
        Self { write: Box::new(to_stderr), details: false }
    }
}

/// What has failed, as a line of JSON.
fn to_stderr(event: &LogEvent) {
    if let Ok(line) = serde_json::to_string(event)
        && event.status >= 500
    {
        // A log that fails costs no answer.
        let _ = writeln!(std::io::stderr(), "countersign: {line}");
    }
}

/// An error with all its causes.
pub(crate) fn chain_of(error: &CallError) -> String {
    let mut texts = vec![error.to_string()];
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        texts.push(error.to_string());
        cause = error.source();
    }
    texts.join(": ")
}
