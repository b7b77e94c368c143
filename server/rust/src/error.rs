//! What can go wrong in a call, and what its answer is then.

use crate::{
    engine::EngineError, model::BoxError, problem::Fault, seal::SealError, store::StoreError,
};

/// Seconds after which a store may work again.
const STORE_AGAIN: u64 = 2;
/// Seconds after which a slow engine may work again.
const ENGINE_AGAIN: u64 = 5;

#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Nobody knows what the engine did.
    #[error("the engine took too long")]
    EngineTimedOut,
    #[error("the engine panicked")]
    EnginePanicked,
    #[error("the engine answered with an address that is not allowed")]
    UncheckedAddress,
    #[error("the engine asks for what no card can show: {0}")]
    Unshowable(&'static str),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the store took too long")]
    StoreTimedOut,
    #[error("what was kept cannot be read")]
    Kept(#[from] serde_json::Error),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("the call panicked")]
    Panicked,
    #[error("the host failed")]
    Host(#[source] BoxError),
    /// Nothing has happened yet, so that a failure costs nothing: the call can be made again.
    #[error("the host cannot say who is signed in")]
    Sessions(#[source] BoxError),
    #[error("the host took too long")]
    SessionsTimedOut,
}

impl CallError {
    /// What the caller gets to know.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Fault(fault) => fault.clone(),
            Self::Engine(EngineError::Unavailable { retry_after, .. }) => {
                Fault::Unavailable { retry_after: (*retry_after).max(1) }
            }
            Self::EngineTimedOut => Fault::Unavailable { retry_after: ENGINE_AGAIN },
            Self::Engine(EngineError::RequestGone) => Fault::EXPIRED,
            Self::Store(_) | Self::StoreTimedOut | Self::Sessions(_) | Self::SessionsTimedOut => {
                Fault::Unavailable { retry_after: STORE_AGAIN }
            }
            Self::UncheckedAddress => Fault::UncheckedAddress,
            _ => Fault::Failed,
        }
    }

    /// A name for the log. It has nothing of a request.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Fault(fault) => fault.code(),
            Self::Engine(EngineError::Unavailable { .. }) => "engine_unavailable",
            Self::Engine(EngineError::RequestGone) => "request_gone",
            Self::Engine(EngineError::Failed(_)) => "engine_failed",
            Self::EngineTimedOut => "engine_timed_out",
            Self::EnginePanicked => "engine_panicked",
            Self::UncheckedAddress => "unchecked_address",
            Self::Unshowable(_) => "unshowable_request",
            Self::Store(_) => "store_unavailable",
            Self::StoreTimedOut => "store_timed_out",
            Self::Kept(_) => "unreadable_state",
            Self::Seal(_) => "seal_failed",
            Self::Panicked => "call_panicked",
            Self::Host(_) => "host_failed",
            Self::Sessions(_) => "host_unavailable",
            Self::SessionsTimedOut => "host_timed_out",
        }
    }
}
