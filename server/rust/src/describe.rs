//! What a host says about itself, accounts, clients and scopes: the parts of the card that no engine
//! knows.

use std::{
    collections::BTreeMap,
    future::{Future, ready},
};

use countersign::protocol::Realm;
use http::request::Parts;

use crate::model::{Account, BoxError, ClientMetadata, Organization, Registration, RequestedScope};

/// Who is signed in at the host.
pub trait Sessions: Send + Sync + 'static {
    /// The account of a request's session, by its cookies.
    fn account(
        &self,
        request: &Parts,
    ) -> impl Future<Output = Result<Option<Account>, BoxError>> + Send;
}

/// What the texts may depend on.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct DescribeContext<'a> {
    /// The realm of the request.
    pub realm: Realm,
    /// The account on the card.
    pub account: &'a Account,
    /// The client.
    pub client: &'a ClientMetadata,
    /// The organization on the card.
    pub organization: Option<&'a Organization>,
    /// Language tags, the best first: the request's `ui_locales`, then the call's `Accept-Language`.
    pub languages: &'a [String],
}

/// The party that a client belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Party {
    /// The host itself.
    First,
    /// Somebody else.
    #[default]
    Third,
}

/// The host's word about a client. Without it, a client is a third party that nobody has verified.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ClientWord {
    /// Whose client it is.
    pub party: Party,
    /// Whether the host has verified who is behind it.
    pub verified: bool,
    /// How it came to be known, in place of the engine's word.
    pub registration: Option<Registration>,
    /// Whether it is an app on the user's device, in place of the engine's word.
    pub native: Option<bool>,
    /// Replaces the client's own name.
    pub name: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// The same in other languages, by their tags: `de`.
    pub descriptions: BTreeMap<String, String>,
    /// A path of the host's own, at which it serves a picture that it has checked.
    pub logo_uri: Option<String>,
}

/// The host's word about a scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ScopeWord {
    /// What it allows, in a few words.
    pub title: Option<String>,
    /// What it allows, in a sentence.
    pub description: Option<String>,
    /// Single lines of it.
    pub details: Vec<String>,
    /// The group that it is shown in.
    pub group: Option<String>,
    /// Other scopes that it includes.
    pub implies: Vec<String>,
    /// Whether the user should think twice.
    pub sensitive: bool,
    /// Whether this account cannot grant it; `reason` says why.
    pub not_grantable: bool,
    /// Whether it cannot be left out; `reason` says why.
    pub required: bool,
    /// Why it cannot be granted, or why it cannot be left out.
    pub reason: Option<String>,
}

/// What a host says. All of it is optional.
pub trait Describe: Send + Sync + 'static {
    /// The site's own name: "wants access to Acme".
    fn site_name(&self) -> Option<&str> {
        None
    }

    /// The host's word about a client.
    fn client(
        &self,
        _client: &ClientMetadata,
        _realm: Realm,
    ) -> impl Future<Output = Result<ClientWord, BoxError>> + Send {
        ready(Ok(ClientWord::default()))
    }

    /// The host's word about a scope. Without it, the raw scope is shown.
    fn scope(
        &self,
        _scope: &RequestedScope,
        _context: &DescribeContext<'_>,
    ) -> impl Future<Output = Result<Option<ScopeWord>, BoxError>> + Send {
        ready(Ok(None))
    }

    /// The name of a resource (RFC 8707).
    fn resource(
        &self,
        _resource: &str,
        _context: &DescribeContext<'_>,
    ) -> impl Future<Output = Result<Option<String>, BoxError>> + Send {
        ready(Ok(None))
    }

    /// Whether accounts belong to organizations: the kit then serves realm `b2b`.
    fn has_organizations(&self) -> bool {
        false
    }

    /// The organizations of an account, for realm `b2b`.
    fn organizations(
        &self,
        _account: &Account,
        _client: &ClientMetadata,
    ) -> impl Future<Output = Result<Vec<Organization>, BoxError>> + Send {
        ready(Ok(Vec::new()))
    }

    /// Whether it can ask the administrators of an organization to approve a client. If not, no such
    /// request is taken.
    fn takes_approvals(&self) -> bool {
        false
    }

    /// Asks the administrators of an organization to approve a client.
    fn request_approval(
        &self,
        _account: &Account,
        _client: &ClientMetadata,
        _organization: &Organization,
    ) -> impl Future<Output = Result<(), BoxError>> + Send {
        ready(Ok(()))
    }

    /// The registrable domain of a host name, by the public-suffix list.
    fn registrable_domain(&self, _host: &str) -> Option<String> {
        None
    }
}

/// A host that says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Undescribed;

impl Describe for Undescribed {}
