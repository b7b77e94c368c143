//! The client of the countersign API: JSON over POST, with one header that no HTML form can send.

mod authorize;
mod logout;
mod parties;
mod problem;

use std::{fmt, future::Future, rc::Rc};

pub use authorize::{read_outcome, write_start, write_submit};
pub use logout::{read_logout_outcome, write_logout_start, write_logout_submit};
pub use problem::{read_problem, retry_after};

use super::{HttpRequest, MAX_BODY, Method, Transport, reader::Reader};
use crate::{
    backend::{
        Backend, BackendError, BackendFault, BackendFuture, LogoutOutcome, LogoutStartRequest,
        LogoutSubmitRequest, Outcome, StartRequest, SubmitRequest, TransportError, WireError,
    },
    platform::{Json, Services},
    strings::concat,
};

/// A backend that speaks the countersign API.
#[derive(Clone)]
pub struct CountersignBackend {
    base: String,
    transport: Rc<dyn Transport>,
    services: Rc<dyn Services>,
}

impl fmt::Debug for CountersignBackend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CountersignBackend").field("base", &self.base).finish_non_exhaustive()
    }
}

impl CountersignBackend {
    /// A backend at `base`, absolute or relative to the page, such as `/countersign`.
    ///
    /// ```
    /// use std::rc::Rc;
    /// use countersign::{
    ///     api::{Transport, client::CountersignBackend},
    ///     platform::native::Native,
    /// };
    ///
    /// fn backend(transport: Rc<dyn Transport>) -> CountersignBackend {
    ///     CountersignBackend::new("/countersign", transport, Rc::new(Native))
    /// }
    /// ```
    pub fn new(
        base: impl Into<String>,
        transport: Rc<dyn Transport>,
        services: Rc<dyn Services>,
    ) -> Self {
        let mut base: String = base.into();
        while base.ends_with('/') {
            base.pop();
        }
        Self { base, transport, services }
    }

    /// Sends one request and returns the body of a successful response.
    fn call(
        &self,
        path: &str,
        body: String,
        key: Option<String>,
    ) -> impl Future<Output = Result<String, BackendError>> + 'static {
        let mut headers = vec![("Accept", VERSION.to_owned()), ("X-Countersign", "1".to_owned())];
        headers.extend(key.map(|key| ("Idempotency-Key", key)));
        let sent = self.transport.send(HttpRequest {
            method: Method::Post,
            url: concat(&[&self.base, "/", path]),
            headers,
            body: Some(body),
        });
        let services = Rc::clone(&self.services);
        async move {
            let response = sent.await.map_err(BackendFault::from)?;
            if response.body.len() > MAX_BODY {
                return Err(BackendFault::from(TransportError::TooLarge).into());
            }
            if response.status != 200 {
                return Err(read_problem(&response, &*services));
            }
            if !response.is_json() {
                return Err(not_read(WireError::not_json("another content type")));
            }
            Ok(response.body)
        }
    }

    fn authorize(&self, path: &str, body: String, key: Option<String>) -> BackendFuture<Outcome> {
        let (body, services) = (self.call(path, body, key), Rc::clone(&self.services));
        Box::pin(
            async move { read_outcome(&body.await?, &*services, &*services).map_err(not_read) },
        )
    }

    fn logout(&self, path: &str, body: String) -> BackendFuture<LogoutOutcome> {
        let (body, services) = (self.call(path, body, None), Rc::clone(&self.services));
        Box::pin(async move {
            read_logout_outcome(&body.await?, &*services, &*services).map_err(not_read)
        })
    }
}

impl Backend for CountersignBackend {
    fn host(&self) -> Option<String> {
        Some(self.services.parse_url(&self.base, None)?.host)
    }

    fn start(&self, request: StartRequest) -> BackendFuture<Outcome> {
        self.authorize("authorize/start", write_start(&request), None)
    }

    fn submit(&self, request: SubmitRequest) -> BackendFuture<Outcome> {
        let key = request.key.secret().to_owned();
        self.authorize("authorize/submit", write_submit(&request), Some(key))
    }

    fn logout_start(&self, request: LogoutStartRequest) -> BackendFuture<LogoutOutcome> {
        self.logout("logout/start", write_logout_start(&request))
    }

    fn logout_submit(&self, request: LogoutSubmitRequest) -> BackendFuture<LogoutOutcome> {
        self.logout("logout/submit", write_logout_submit(&request))
    }
}

/// The error of a response with status 200 that does not conform to the API.
fn not_read(error: WireError) -> BackendError {
    BackendFault::from(error).into()
}

/// The version of the API that the readers read, besides the one before.
const VERSION: &str = "application/json;v=2";

/// Parses a response body.
fn parse(text: &str, json: &dyn Json) -> Result<Reader, WireError> {
    json.parse(text).map(Reader::new).ok_or(WireError::not_json("other text"))
}
