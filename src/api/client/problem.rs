//! Faults: problem documents (RFC 9457), and whatever else comes with a status of 400 and above.

use crate::{
    api::HttpResponse,
    api::reader::Reader,
    backend::{BackendError, BackendFault, ClientHome},
    platform::Json,
    protocol::RequestId,
};

/// The fault behind an answer that is not a success. The status alone decides, so that an answer from something in
/// between (a proxy's HTML page) is understood, too.
///
/// ```
/// use countersign::{api::{HttpResponse, client}, backend::BackendFault, platform::native::Native};
///
/// let gone = HttpResponse { status: 410, ..HttpResponse::default() };
/// assert_eq!(client::read_problem(&gone, &Native).fault, BackendFault::Expired);
/// ```
#[must_use]
pub fn read_problem(response: &HttpResponse, json: &dyn Json) -> BackendError {
    let fault = match response.status {
        403 => BackendFault::CrossOriginCall,
        409 => BackendFault::AlreadyAnswered,
        410 => BackendFault::Expired,
        422 => BackendFault::KeyReused,
        429 | 503 => BackendFault::Busy {
            retry_after: retry_after(response),
        },
        status @ 500.. => BackendFault::Server(status),
        status => BackendFault::Malformed(status),
    };
    let document = json
        .parse(&response.body)
        .filter(|value| value.names().is_some())
        .map(Reader::new);
    let read = |field| document.as_ref().and_then(|it| it.optional_text(field));
    let client = document.as_ref().and_then(|it| it.member("client"));
    let client = client.and_then(|it| {
        let it = Reader::new(it);
        let client_uri = it.optional_text("client_uri");
        let name = it.optional_text("name")?;
        Some(ClientHome { name, client_uri })
    });
    let request_id = read("request_id").or_else(|| response.request_id.clone());
    BackendError {
        fault,
        request_id: request_id.map(RequestId::new),
        client,
    }
}

/// When the backend wants to be asked again.
#[must_use]
pub fn retry_after(response: &HttpResponse) -> Option<u32> {
    response.retry_after.as_deref().and_then(seconds)
}

/// `Retry-After` in seconds, within 1 to 120 (RFC 9110 section 10.2.3). A date is not read: the user may try at once.
fn seconds(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // Too long a number is a long wait.
    Some(text.parse().unwrap_or(u32::MAX).clamp(1, 120))
}
