//! What Hydra gets to know of people: it keeps none.

use std::future::{Future, ready};

use countersign_server::{
    engine::{EngineContext, Grant},
    model::{Account, BoxError},
};
use serde_json::{Map, Value};

/// How an account signed in, for the ID token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HowSignedIn {
    /// The authentication context class (OIDC Core section 2).
    pub acr: Option<String>,
    /// The methods of authentication (RFC 8176).
    pub amr: Vec<String>,
}

/// Claims of the tokens. What a client is to know of a person comes from here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claims {
    /// Of the ID token.
    pub id_token: Map<String, Value>,
    /// Of the access token, under `ext`.
    pub access_token: Map<String, Value>,
}

/// What a host says of its people. All of it is optional.
pub trait HydraHost: Send + Sync + 'static {
    /// How an account signed in.
    fn login(&self, _account: &Account) -> HowSignedIn {
        HowSignedIn::default()
    }

    /// What a client gets to know of an account with a grant.
    fn claims(&self, _account: &Account, _grant: &Grant) -> Claims {
        Claims::default()
    }

    /// Ends the session of the host. Without it, the user is signed out of Hydra alone.
    fn sign_out(
        &self,
        _context: &EngineContext<'_>,
    ) -> impl Future<Output = Result<(), BoxError>> + Send {
        ready(Ok(()))
    }
}

/// A host that says nothing of people.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoHost;

impl HydraHost for NoHost {}
