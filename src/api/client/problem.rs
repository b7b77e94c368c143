//! Errors: problem documents (RFC 9457), and any other response with a status of 400 or more.

use crate::{
    api::HttpResponse,
    api::reader::Reader,
    backend::{BackendError, BackendFault, ClientHome, Decision},
    platform::Json,
    protocol::RequestId,
};

/// Maps a non-2xx response to an error. Only the status decides about the fault, so that this also
/// works for a response without a problem document, such as the HTML page of a proxy. Only a problem
/// document with the code of the fault is the backend's own word.
///
/// ```
/// use countersign::{api::{HttpResponse, client}, backend::BackendFault, platform::native::Native};
///
/// let gone = HttpResponse { status: 410, ..HttpResponse::default() };
/// assert_eq!(client::read_problem(&gone, &Native).fault, BackendFault::Expired);
/// ```
#[must_use]
pub fn read_problem(response: &HttpResponse, json: &dyn Json) -> BackendError {
    let document =
        json.parse(&response.body).filter(|value| value.names().is_some()).map(Reader::new);
    let text = |field| document.as_ref()?.optional_text(field);
    let fault = match response.status {
        403 => BackendFault::CrossOriginCall,
        409 => BackendFault::AlreadyAnswered,
        410 if document.as_ref().is_some_and(|it| it.optional_boolean("no_cookies")) => {
            BackendFault::NoCookies
        }
        410 => BackendFault::Expired,
        422 => BackendFault::KeyReused,
        429 | 503 => BackendFault::Busy { retry_after: retry_after(response) },
        status @ 500.. => BackendFault::Server(status),
        300..400 => BackendFault::Redirected,
        status => BackendFault::Malformed(status),
    };
    let client =
        document.as_ref().and_then(|document| document.member("client")).map(Reader::new).and_then(
            |client| {
                Some(Box::new(ClientHome {
                    name: client.optional_text("name")?,
                    client_uri: client.optional_text("client_uri"),
                }))
            },
        );
    let request_id = text("request_id").or_else(|| response.request_id.clone());
    let reported = text("code").is_some_and(|code| is_code_of(&fault, &code));
    let decision = match text("decision").as_deref() {
        Some("allow") => Some(Decision::Allow),
        Some("deny") => Some(Decision::Deny),
        _ => None,
    };
    BackendError {
        fault,
        request_id: request_id.map(RequestId::new),
        client,
        decision,
        reported,
        detail: if cfg!(any(debug_assertions, feature = "debug")) { text("detail") } else { None },
    }
}

/// Whether the API has this code for the fault.
fn is_code_of(fault: &BackendFault, code: &str) -> bool {
    match fault {
        BackendFault::Busy { .. } => matches!(code, "too_many" | "unavailable"),
        fault => code == fault.code(),
    }
}

/// When to repeat the call.
#[must_use]
pub fn retry_after(response: &HttpResponse) -> Option<u32> {
    response.retry_after.as_deref().and_then(seconds)
}

/// `Retry-After` in seconds, between 1 and 120 (RFC 9110 section 10.2.3). A date is ignored: the
/// user may retry at once.
fn seconds(text: &str) -> Option<u32> {
    let text = text.trim_ascii();
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // A number that is too large means the longest wait.
    Some(text.parse().unwrap_or(u32::MAX).clamp(1, 120))
}
