//! The protocol: strict parsing of the query, newtypes, authorization and logout requests, redirect
//! targets.
//!
//! This module turns raw text into types. It does not decide whether a request is allowed: the
//! backend does. It refuses only requests that no backend could answer safely ([`RequestError`]).

mod error;
mod link;
mod login;
mod query;
mod redirect;
mod request_ref;
#[cfg(feature = "serde")]
pub(crate) mod serialize;
mod values;

pub use error::RequestError;
pub use link::Link;
pub use login::{HandOffError, LoginHandOff, LoginPage, LoginReason};
pub use query::{Query, RawQuery, limits};
pub use redirect::{Address, AddressKind, RedirectTarget, UnsafeAddress};
pub use request_ref::RequestRef;
pub use values::{
    CardVersion, ClientId, FormFields, IdempotencyKey, Locale, LoginHint, LogoutId, OrganizationId,
    RequestId, Scope, ScopeToken, Secret, TransactionId,
};

/// The kind of accounts that a page serves. It is the whole difference between the two widgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Realm {
    /// Users act for themselves.
    #[default]
    Consumer,
    /// Users act as members of an organization.
    B2b,
}

impl Realm {
    /// The value in the countersign API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Consumer => "consumer",
            Self::B2b => "b2b",
        }
    }
}

/// The flow that a page runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flow {
    /// The backend's default. If the backend serves both from one page, a query with
    /// `post_logout_redirect_uri` is a logout request.
    #[default]
    Auto,
    /// The authorization endpoint.
    Authorize,
    /// The end-session endpoint.
    Logout,
}
