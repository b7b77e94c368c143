//! Answers of the service.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use http_body_util::Full;
use serde_json::Value;

use crate::{kit::Call, problem::Fault};

/// An answer of the service.
pub type Answer = Response<Full<Bytes>>;

fn add(answer: &mut Answer, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

/// An answer in a line of text.
pub(crate) fn plain(status: StatusCode, text: &str) -> Answer {
    let mut answer = Response::new(Full::from(format!("{text}\n")));
    *answer.status_mut() = status;
    add(&mut answer, header::CONTENT_TYPE, "text/plain");
    add(&mut answer, header::CACHE_CONTROL, "no-store");
    add(&mut answer, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    answer
}

/// An answer of the API. No other origin and no cache ever has it.
pub(crate) fn answer_with(
    id: &str,
    status: u16,
    media: &str,
    body: &Value,
    call: Option<&Call>,
) -> Answer {
    let mut answer = plain(StatusCode::from_u16(status).unwrap_or_default(), "");
    *answer.body_mut() = Full::from(body.to_string());
    add(&mut answer, header::CONTENT_TYPE, media);
    add(&mut answer, HeaderName::from_static("x-request-id"), id);
    add(&mut answer, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    for line in call.map(|call| call.set_cookies.take()).unwrap_or_default() {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
    answer
}

/// The problem document of a fault.
pub(crate) fn answer_fault(id: &str, fault: &Fault, call: Option<&Call>) -> Answer {
    let document = fault.document(id);
    let mut answer = answer_with(id, fault.status(), "application/problem+json", &document, call);
    if let Some(seconds) = fault.retry_after() {
        add(&mut answer, header::RETRY_AFTER, &seconds.to_string());
    }
    if fault.status() == 405 {
        add(&mut answer, header::ALLOW, "POST");
    }
    answer
}
