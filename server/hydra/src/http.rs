//! Calls of other programs: with a time limit, with a limit of the answer, and without following
//! redirects.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use countersign_server::stores::tls::{TlsError, client_config, machine_roots};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use rustls::RootCertStore;

/// Which program is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Hydra's admin API.
    Hydra,
    /// The host's sign-in.
    Host,
}

impl Target {
    /// Its name in logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hydra => "hydra",
            Self::Host => "host",
        }
    }
}

/// Why a call has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// Nobody answers there.
    #[error("the program cannot be reached")]
    Unreachable(#[source] hyper_util::client::legacy::Error),
    /// The answer breaks off, or is too long.
    #[error("the answer cannot be read")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It takes too long.
    #[error("the program takes too long")]
    TimedOut,
    /// The certificates of this machine cannot be read.
    #[error(transparent)]
    Certificates(#[from] TlsError),
}

impl HttpError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "unreachable",
            Self::Unreadable(_) => "unreadable",
            Self::TimedOut => "timed_out",
            Self::Certificates(_) => "no_certificates",
        }
    }
}

/// Gets to know of every call: its program, its status if there is an answer, and how long it took.
pub type Observer = Arc<dyn Fn(Target, Option<StatusCode>, Duration) + Send + Sync>;

/// Calls other programs over HTTP/1.1, on TLS if their address says so. A clone has the same
/// connections.
#[derive(Clone)]
pub struct HttpClient {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    observer: Option<Observer>,
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpClient").finish_non_exhaustive()
    }
}

impl HttpClient {
    /// A client. Without `tls`, it calls addresses of `http` alone, and reads no certificates.
    ///
    /// # Errors
    /// [`HttpError::Certificates`].
    pub fn new(tls: bool) -> Result<Self, HttpError> {
        let roots = if tls { machine_roots()? } else { RootCertStore::empty() };
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(client_config(roots)?)
            .https_or_http()
            .enable_http1();
        let client = Client::builder(TokioExecutor::new()).build(connector.build());
        Ok(Self { client, observer: None })
    }

    /// Tells an observer of every call.
    #[must_use]
    pub fn observed_by(mut self, observer: Observer) -> Self {
        self.observer = Some(observer);
        self
    }

    async fn answer(
        &self,
        request: Request<Full<Bytes>>,
        most: usize,
    ) -> Result<Response<Bytes>, HttpError> {
        let answer = self.client.request(request).await.map_err(HttpError::Unreachable)?;
        let (parts, body) = answer.into_parts();
        let body = Limited::new(body, most).collect().await.map_err(HttpError::Unreadable)?;
        Ok(Response::from_parts(parts, body.to_bytes()))
    }

    /// Makes a call. The answer has at most so many bytes, and all of it within this time.
    ///
    /// # Errors
    /// [`HttpError`].
    pub async fn send(
        &self,
        target: Target,
        request: Request<Full<Bytes>>,
        within: Duration,
        most: usize,
    ) -> Result<Response<Bytes>, HttpError> {
        let began = Instant::now();
        let answer = tokio::time::timeout(within, self.answer(request, most)).await;
        let answer = answer.unwrap_or(Err(HttpError::TimedOut));
        if let Some(observer) = &self.observer {
            observer(target, answer.as_ref().ok().map(Response::status), began.elapsed());
        }
        answer
    }
}
