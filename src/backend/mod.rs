//! What a backend can do: the trait, its models and errors.
//!
//! - [`crate::api::client`]: the countersign API (`api/openapi.yaml`)
//! - [`memory`]: a scripted backend for tests and previews
//!
//! A team with an API of its own implements [`Backend`].

mod error;
pub mod memory;
mod outcome;
mod request;

use std::{future::Future, pin::Pin};

pub use error::{BackendError, BackendFault, ClientHome, TransportError, WireError, WireProblem};
pub use outcome::{ErrorResponse, LoginRequest, LogoutOutcome, Outcome, Refusal};
pub use request::{
    Decision, LogoutDecision, LogoutStartRequest, LogoutSubmitRequest, StartRequest, SubmitRequest,
    TrustedToken,
};

use crate::protocol::Flow;

/// An answer on its way. Not `Send`: a browser has one thread. Dropping it gives the call up.
pub type BackendFuture<T> = Pin<Box<dyn Future<Output = Result<T, BackendError>>>>;

/// A backend: the only one who knows clients, sessions and grants, and the only one who says where to go.
pub trait Backend {
    /// Session check, validation of the client and its request, and consent look-up, in one call. It may be asked
    /// again for the same request at any time, and changes nothing that a user would see.
    fn start(&self, request: StartRequest) -> BackendFuture<Outcome>;

    /// The user's decision. The same key and content again is the same decision.
    fn submit(&self, request: SubmitRequest) -> BackendFuture<Outcome>;

    /// A logout request: who is signed in, and who asks.
    fn logout_start(&self, request: LogoutStartRequest) -> BackendFuture<LogoutOutcome>;

    /// The user's word on a logout.
    fn logout_submit(&self, request: LogoutSubmitRequest) -> BackendFuture<LogoutOutcome>;

    /// Exchanges a trusted auth token for a session, in the place of the one there is. Most backends know no such tokens.
    fn attest(&self, _token: TrustedToken) -> BackendFuture<()> {
        Box::pin(std::future::ready(Err(BackendFault::Unsupported.into())))
    }

    /// The host (with its port) that the backend's own pages are at, where that is not the page's.
    fn host(&self) -> Option<String> {
        None
    }

    /// Which flow to run when the host does not set one. [`Flow::Auto`] decides by the query.
    fn default_flow(&self) -> Flow {
        Flow::Authorize
    }
}
