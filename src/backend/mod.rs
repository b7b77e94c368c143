//! The backend: the trait, its models and its errors.
//!
//! - [`crate::api::client`]: the countersign API (`api/openapi.yaml`)
//! - [`memory`]: a scripted backend for tests and previews
//!
//! An adapter for another API implements [`Backend`], with the transport, reader and writer of
//! [`crate::api`]. Those parts are public for adapters in other crates.

mod error;
pub mod memory;
mod outcome;
mod request;

use std::{future::Future, pin::Pin};

pub use error::{
    BackendError, BackendFault, ClientHome, FieldPath, Mismatch, TransportError, WireError,
    WireProblem,
};
pub use outcome::{ErrorResponse, FormPost, LoginRequest, LogoutOutcome, Outcome, Refusal};
pub use request::{
    Decision, LogoutDecision, LogoutStartRequest, LogoutSubmitRequest, StartRequest, SubmitRequest,
    TrustedToken,
};

use crate::protocol::Flow;

/// The future of a call. It is not `Send`, because a browser has one thread. Dropping it cancels
/// the call.
pub type BackendFuture<T> = Pin<Box<dyn Future<Output = Result<T, BackendError>>>>;

/// A backend. It alone knows clients, sessions and grants, and it alone decides where to redirect.
pub trait Backend {
    /// Checks the session, validates the client and the request, and looks up the consent, in one
    /// call. The machine may repeat the call at any time, so it must not change anything that the
    /// user can see.
    fn start(&self, request: StartRequest) -> BackendFuture<Outcome>;

    /// Submits the user's decision. The same key with the same content is the same decision.
    fn submit(&self, request: SubmitRequest) -> BackendFuture<Outcome>;

    /// Starts a logout: validates the request and returns the account and the client.
    fn logout_start(&self, request: LogoutStartRequest) -> BackendFuture<LogoutOutcome>;

    /// Submits the user's decision about a logout.
    fn logout_submit(&self, request: LogoutSubmitRequest) -> BackendFuture<LogoutOutcome>;

    /// Exchanges a trusted auth token for a session, which replaces the current one. Most backends
    /// do not support this.
    fn attest(&self, _token: TrustedToken) -> BackendFuture<()> {
        Box::pin(std::future::ready(Err(BackendFault::Unsupported.into())))
    }

    /// The host (with its port) of the backend's own pages, if it is not the page's host.
    fn host(&self) -> Option<String> {
        None
    }

    /// Which flow to run when the host does not set one. [`Flow::Auto`] decides by the query.
    fn default_flow(&self) -> Flow {
        Flow::Authorize
    }
}
