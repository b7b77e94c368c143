//! The countersign API (`api/openapi.yaml`): JSON over POST, one header that no form can send.

use std::{future::Future, rc::Rc};

use super::{
    BODY, Backend, BackendError, BackendFault, BackendFuture, Host, HttpRequest, LogoutOutcome,
    LogoutStartRequest, LogoutSubmitRequest, Method, Outcome, StartRequest, SubmitRequest,
    Transport, TransportError,
    wire::{self, WireError, WireProblem},
};

/// A backend that speaks the countersign API.
#[derive(Clone)]
pub struct CountersignBackend {
    base: String,
    transport: Rc<dyn Transport>,
    host: Rc<dyn Host>,
}

impl std::fmt::Debug for CountersignBackend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CountersignBackend")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

impl CountersignBackend {
    /// A backend at `base`, absolute or relative to the page, such as `/countersign`.
    ///
    /// ```
    /// use std::rc::Rc;
    /// use countersign::{backend::{Transport, countersign::CountersignBackend}, platform::native::Native};
    ///
    /// fn backend(transport: Rc<dyn Transport>) -> CountersignBackend {
    ///     CountersignBackend::new("/countersign", transport, Rc::new(Native))
    /// }
    /// ```
    pub fn new(base: impl Into<String>, transport: Rc<dyn Transport>, host: Rc<dyn Host>) -> Self {
        let mut base: String = base.into();
        while base.ends_with('/') {
            base.pop();
        }
        Self {
            base,
            transport,
            host,
        }
    }

    /// Sends one call and answers with the body of a success.
    fn call(
        &self,
        path: &str,
        body: String,
        key: Option<String>,
    ) -> impl Future<Output = Result<String, BackendError>> + 'static {
        let mut headers = vec![("X-Countersign", "1".to_owned())];
        headers.extend(key.map(|key| ("Idempotency-Key", key)));
        let sent = self.transport.send(HttpRequest {
            method: Method::Post,
            url: format!("{}/{path}", self.base),
            headers,
            body: Some(body),
        });
        let host = Rc::clone(&self.host);
        async move {
            let response = sent.await.map_err(BackendFault::from)?;
            if response.body.len() > BODY {
                return Err(BackendFault::from(TransportError::TooLarge).into());
            }
            if response.status != 200 {
                return Err(wire::read_problem(&response, &*host));
            }
            if !response.is_json() {
                return Err(BackendFault::from(WireError {
                    field: "body",
                    problem: WireProblem::NotJson,
                })
                .into());
            }
            Ok(response.body)
        }
    }

    fn authorize(&self, path: &str, body: String, key: Option<String>) -> BackendFuture<Outcome> {
        let (body, host) = (self.call(path, body, key), Rc::clone(&self.host));
        Box::pin(async move {
            let outcome = wire::read_outcome(&body.await?, &*host, &*host);
            outcome.map_err(|error| BackendFault::from(error).into())
        })
    }

    fn logout(&self, path: &str, body: String) -> BackendFuture<LogoutOutcome> {
        let (body, host) = (self.call(path, body, None), Rc::clone(&self.host));
        Box::pin(async move {
            let outcome = wire::read_logout_outcome(&body.await?, &*host, &*host);
            outcome.map_err(|error| BackendFault::from(error).into())
        })
    }
}

impl Backend for CountersignBackend {
    fn host(&self) -> Option<String> {
        Some(self.host.parse_url(&self.base, None)?.host)
    }

    fn start(&self, request: StartRequest) -> BackendFuture<Outcome> {
        self.authorize("authorize/start", wire::write_start(&request), None)
    }

    fn submit(&self, request: SubmitRequest) -> BackendFuture<Outcome> {
        let key = request.key.secret().to_owned();
        self.authorize("authorize/submit", wire::write_submit(&request), Some(key))
    }

    fn logout_start(&self, request: LogoutStartRequest) -> BackendFuture<LogoutOutcome> {
        self.logout("logout/start", wire::write_logout_start(&request))
    }

    fn logout_submit(&self, request: LogoutSubmitRequest) -> BackendFuture<LogoutOutcome> {
        self.logout("logout/submit", wire::write_logout_submit(&request))
    }
}
