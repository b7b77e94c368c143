//! One call of Stytch's API: headers, envelope, errors.

use std::{future::Future, rc::Rc};

use super::{Meaning, Shared, StytchErrorType};
use crate::{
    api::{HttpRequest, HttpResponse, MAX_BODY, Method, client, reader::Reader, writer::Object},
    backend::{
        BackendError, BackendFault, ErrorAnswer, Refusal, TransportError, WireError, WireProblem,
    },
    protocol::RequestId,
};

/// Whose session a call is made with.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Credentials {
    /// The session token out of the readable cookie.
    Token(String),
    /// The cookies alone: there may be a session that scripts cannot see.
    Cookies,
    /// Nobody's.
    Nobody,
}

/// A call that brought no success.
pub(super) enum CallError {
    /// Nobody is signed in any more.
    SignIn(Option<RequestId>),
    /// The request cannot be used.
    Refused(ErrorAnswer),
    /// The trusted auth token was not accepted, or something else is in the way.
    Fault(BackendError),
}

impl From<WireError> for CallError {
    fn from(error: WireError) -> Self {
        Self::Fault(BackendFault::from(error).into())
    }
}

impl Shared {
    /// Makes one call and answers with what is in its envelope.
    pub(super) fn call(
        self: &Rc<Self>,
        method: Method,
        path: &str,
        credentials: &Credentials,
        body: Option<String>,
    ) -> impl Future<Output = Result<Reader, CallError>> + 'static {
        let request = HttpRequest {
            method,
            url: format!("{}/sdk/v1/{path}", self.base),
            headers: self.headers(credentials),
            body,
        };
        let shared = Rc::clone(self);
        async move {
            let sent = shared.transport.send(request).await;
            let response =
                sent.map_err(|error| CallError::Fault(BackendFault::from(error).into()))?;
            shared.opened(&response)
        }
    }

    fn headers(&self, credentials: &Credentials) -> Vec<(&'static str, String)> {
        let public = &self.options.public_token;
        let secret = match credentials {
            Credentials::Token(token) => token,
            Credentials::Cookies | Credentials::Nobody => public,
        };
        let page = &self.page;
        let id = |kind: &str| format!("{kind}-{}", page.identifier());
        let app = Object::new().text("identifier", &page.hostname()).end();
        let sdk = Object::new()
            .text("identifier", env!("CARGO_PKG_NAME"))
            .text("version", env!("CARGO_PKG_VERSION"))
            .end();
        // Stytch refuses calls without it. The identifiers are new each time, so that they follow nobody.
        let client = Object::new()
            .text("event_id", &id("event-id"))
            .text("app_session_id", &id("app-session-id"))
            .text("persistent_id", &id("persistent-id"))
            .text("client_sent_at", &page.now())
            .text("timezone", &page.time_zone())
            .raw("app", &app)
            .raw("sdk", &sdk)
            .end();
        let basic = page.base64(&format!("{public}:{secret}"));
        vec![
            ("Authorization", format!("Basic {basic}")),
            ("X-SDK-Client", page.base64(&client)),
            ("X-SDK-Parent-Host", page.origin()),
        ]
    }

    fn opened(&self, response: &HttpResponse) -> Result<Reader, CallError> {
        if response.body.len() > MAX_BODY {
            return Err(CallError::Fault(
                BackendFault::from(TransportError::TooLarge).into(),
            ));
        }
        let body = self.services.parse(&response.body).map(Reader::new);
        if !(200..300).contains(&response.status) {
            return Err(failure(response, body.as_ref()));
        }
        let not_json = WireError {
            field: "body",
            problem: WireProblem::NotJson,
        };
        let data = body.ok_or(not_json)?.object("data");
        data.checked(())?;
        Ok(data)
    }
}

/// What an answer that is no success means.
fn failure(response: &HttpResponse, body: Option<&Reader>) -> CallError {
    let text = |field| body.and_then(|body| body.optional_text(field));
    let request_id = text("request_id").or_else(|| response.request_id.clone());
    let request_id = request_id.map(RequestId::new);
    let word = text("error_type").unwrap_or_default();
    let status = response.status;
    let known = StytchErrorType::parse(&word);
    let fault = match known.map(StytchErrorType::meaning) {
        Some(Meaning::SignIn) => return CallError::SignIn(request_id),
        Some(Meaning::Refused(refusal)) => {
            return CallError::Refused(refused(refusal, word, request_id));
        }
        Some(Meaning::Token) => BackendFault::Token,
        None if status == 429 || status == 503 => BackendFault::Busy {
            retry_after: client::retry_after(response),
        },
        None if status >= 500 => BackendFault::Server(status),
        None if status == 401 => return CallError::SignIn(request_id),
        None if word.is_empty() => BackendFault::Malformed(status),
        None => BackendFault::Unknown {
            status,
            error: word,
        },
    };
    CallError::Fault(BackendError {
        fault,
        request_id,
        client: None,
    })
}

/// The answer for a request that cannot be used.
pub(super) fn refused(
    refusal: Refusal,
    error: String,
    request_id: Option<RequestId>,
) -> ErrorAnswer {
    ErrorAnswer {
        refusal,
        error,
        error_description: None,
        request_id: request_id.unwrap_or_else(|| RequestId::new("")),
    }
}
