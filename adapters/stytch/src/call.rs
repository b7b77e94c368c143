//! One call of Stytch's API: headers, envelope and errors.

use std::{future::Future, pin::Pin, rc::Rc};

use countersign::{
    api::{HttpRequest, HttpResponse, MAX_BODY, Method, client, reader::Reader},
    backend::{BackendError, BackendFault, ErrorResponse, Refusal, TransportError, WireError},
    protocol::RequestId,
    strings::concat,
};

use crate::{Meaning, StytchErrorType, backend::Shared};

/// The content of a response, or why there is none.
pub(crate) type Answer = Result<Reader, CallError>;
/// A call in progress. One type for all calls keeps the flows small.
pub(crate) type Call = Pin<Box<dyn Future<Output = Answer>>>;

/// The credentials of a call.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Credentials {
    /// The session token from the readable cookie.
    Token(String),
    /// Cookies only: there may be a session that scripts cannot see.
    Cookies,
    /// No session.
    None,
}

/// Why a call failed.
pub(crate) enum CallError {
    /// No user is signed in.
    SignIn(Option<RequestId>),
    /// The request cannot be used.
    Refused(ErrorResponse),
    /// Anything else.
    Fault(BackendError),
}

impl From<BackendFault> for CallError {
    fn from(fault: BackendFault) -> Self {
        Self::Fault(fault.into())
    }
}

impl From<WireError> for CallError {
    fn from(error: WireError) -> Self {
        BackendFault::from(error).into()
    }
}

impl From<TransportError> for CallError {
    fn from(error: TransportError) -> Self {
        BackendFault::from(error).into()
    }
}

impl Shared {
    /// Makes a call.
    pub(crate) fn call(
        self: &Rc<Self>,
        method: Method,
        path: &str,
        credentials: &Credentials,
        body: Option<String>,
    ) -> Call {
        let mut request = HttpRequest::new(method, concat(&[&self.base, "/sdk/v1/", path]));
        request.headers = self.headers(credentials);
        request.body = body;
        let sent = self.transport.send(request);
        let shared = Rc::clone(self);
        Box::pin(async move { shared.open(&sent.await?) })
    }

    fn headers(&self, credentials: &Credentials) -> Vec<(&'static str, String)> {
        let public = &self.options.public_token;
        let secret = match credentials {
            Credentials::Token(token) => token,
            Credentials::Cookies | Credentials::None => public,
        };
        let page = &self.page;
        let basic = page.base64(&concat(&[public, ":", secret]));
        vec![
            ("Authorization", concat(&["Basic ", &basic])),
            ("X-SDK-Client", page.base64(&page.telemetry())),
            ("X-SDK-Parent-Host", page.origin()),
        ]
    }

    /// Opens the envelope of a response.
    fn open(&self, response: &HttpResponse) -> Answer {
        if response.body.len() > MAX_BODY {
            return Err(TransportError::TooLarge.into());
        }
        let body = self.services.parse(&response.body).map(Reader::new);
        if !(200..300).contains(&response.status) {
            return Err(failure(response, body.as_ref()));
        }
        let data = body.ok_or(WireError::not_json("other text"))?.object("data");
        data.checked(())?;
        Ok(data)
    }
}

/// Maps a response without success to an error.
fn failure(response: &HttpResponse, body: Option<&Reader>) -> CallError {
    let text = |field| body.and_then(|body| body.optional_text(field));
    let request_id = text("request_id").or_else(|| response.request_id.clone());
    let request_id = request_id.map(RequestId::new);
    let code = text("error_type").unwrap_or_default();
    let status = response.status;
    let known = StytchErrorType::parse(&code);
    let fault = match known.map(StytchErrorType::meaning) {
        Some(Meaning::SignIn) => return CallError::SignIn(request_id),
        Some(Meaning::Refused(refusal)) => {
            return CallError::Refused(refused(refusal, code, request_id));
        }
        Some(Meaning::Token) => BackendFault::Token,
        None if status == 429 || status == 503 => {
            BackendFault::Busy { retry_after: client::retry_after(response) }
        }
        None if status >= 500 => BackendFault::Server(status),
        None if status == 401 => return CallError::SignIn(request_id),
        None if code.is_empty() => BackendFault::Malformed(status),
        None => BackendFault::Unknown { status, error: code },
    };
    CallError::Fault(fault_of(fault, request_id))
}

/// A fault with the request id of the call.
pub(crate) fn fault_of(fault: BackendFault, request_id: Option<RequestId>) -> BackendError {
    BackendError { request_id, ..fault.into() }
}

/// The answer to a request that cannot be used.
pub(crate) fn refused(
    refusal: Refusal,
    error: String,
    request_id: Option<RequestId>,
) -> ErrorResponse {
    let request_id = request_id.unwrap_or_else(|| RequestId::new(""));
    let mut response = ErrorResponse::new(error, request_id);
    response.refusal = refusal;
    response
}
