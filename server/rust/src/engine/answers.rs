//! What an engine answers.

use std::fmt;

use countersign::protocol::LoginReason;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Narrows, Remembers};
use crate::model::{ClientMetadata, Detail, RequestedScope};

/// What the engine needs to end a request. The kit decides where it is kept, and the browser never
/// reads it. `Debug` hides it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Resume(pub Value);

impl fmt::Debug for Resume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resume").finish_non_exhaustive()
    }
}

/// An address of an engine's answer. `Debug` hides it, since it may have a code.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Destination {
    /// The address.
    pub to: String,
    /// Whether the client is an app on the user's device, whose address may have a private-use
    /// scheme (RFC 8252).
    pub native: bool,
    /// Whether the address is the engine's own and forwards to the client's.
    pub intermediate: bool,
}

impl Destination {
    /// An address of the client, or of the site itself.
    #[must_use]
    pub fn new(to: impl Into<String>) -> Self {
        Self { to: to.into(), native: false, intermediate: false }
    }

    /// An address of a client. With a private-use scheme the client is an app on the user's device
    /// (RFC 8252): without `native`, no page may be led there.
    #[must_use]
    pub fn leading_to(to: impl Into<String>) -> Self {
        let to = to.into();
        let is_web = ["http:", "https:"].iter().any(|scheme| {
            to.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        Self { native: !is_web, to, intermediate: false }
    }
}

impl fmt::Debug for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Destination").finish_non_exhaustive()
    }
}

/// A form that ends a request: one of the engine's or the site's own, or an answer to the client by
/// `form_post`. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndingForm {
    /// Where it is posted.
    pub action: String,
    /// Its fields, in their order.
    pub fields: Vec<(String, String)>,
}

impl EndingForm {
    /// A form.
    #[must_use]
    pub fn new(action: impl Into<String>, fields: Vec<(String, String)>) -> Self {
        Self { action: action.into(), fields }
    }
}

impl fmt::Debug for EndingForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EndingForm").finish_non_exhaustive()
    }
}

/// How an engine ends a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// By an address.
    To(Destination),
    /// By a form that is posted.
    Form(EndingForm),
}

/// The page has to send the user to sign in.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Login {
    /// Why.
    pub reason: LoginReason,
    /// The account that the client expects.
    pub login_hint: Option<String>,
    /// How the client wants the user to sign in.
    pub acr_values: Option<String>,
    /// Lets the user deny the request before signing in.
    pub resume: Option<Resume>,
}

impl Login {
    /// A login for a reason.
    #[must_use]
    pub const fn new(reason: LoginReason) -> Self {
        Self { reason, login_hint: None, acr_values: None, resume: None }
    }
}

/// The user has to be asked.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Asked {
    /// The client.
    pub client: ClientMetadata,
    /// The scopes that it asks for.
    pub scopes: Vec<RequestedScope>,
    /// RFC 8707 resources that no scope names.
    pub resources: Vec<String>,
    /// RFC 9396 authorization details.
    pub details: Vec<Detail>,
    /// The address that the answer will go to.
    pub redirect_uri: String,
    /// The account that the engine has fixed, if any. Another one in the host's session is never
    /// used instead.
    pub sub: Option<String>,
    /// Where the page goes when the user wants another account, if the engine has fixed it.
    pub switch_account: Option<Destination>,
    /// Scopes that this account has granted to this client before.
    pub granted: Vec<RequestedScope>,
    /// When the engine forgets the request, in seconds since 1970.
    pub expires_at: Option<i64>,
    /// What the engine needs to end the request.
    pub resume: Resume,
    /// A stable name of the request at the engine, if it can be decided twice under several names.
    pub request_id: Option<String>,
    /// OIDC Core 3.1.2.1.
    pub ui_locales: Option<String>,
    /// In place of [`Engine::narrows`](super::Engine::narrows), for this client: [`Narrows::No`] if it
    /// needs all scopes.
    pub narrows: Option<Narrows>,
    /// In place of [`Engine::remembers`](super::Engine::remembers), for this request.
    pub remembers: Option<Remembers>,
}

impl Asked {
    /// A request of a client for no scope.
    #[must_use]
    pub fn new(client: ClientMetadata, redirect_uri: impl Into<String>, resume: Resume) -> Self {
        Self {
            client,
            scopes: Vec::new(),
            resources: Vec::new(),
            details: Vec::new(),
            redirect_uri: redirect_uri.into(),
            sub: None,
            switch_account: None,
            granted: Vec::new(),
            expires_at: None,
            resume,
            request_id: None,
            ui_locales: None,
            narrows: None,
            remembers: None,
        }
    }
}

/// An error for the page itself. Never a redirect: the client or its address is not known to be
/// right.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refused {
    /// The code (RFC 6749 section 4.1.2.1).
    pub error: String,
    /// A text for the client's developer.
    pub description: Option<String>,
}

impl Refused {
    /// An error with a code.
    #[must_use]
    pub fn new(error: impl Into<String>) -> Self {
        Self { error: error.into(), description: None }
    }
}

/// How a request continues.
#[derive(Debug, Clone, PartialEq)]
pub enum Opened {
    /// An error for the page itself.
    Refused(Refused),
    /// The engine has answered: consent was not needed, or the client gets an OAuth error.
    Done(Ending),
    /// The user has to sign in first.
    Login(Login),
    /// The user has to be asked.
    Ask(Box<Asked>),
}

/// What the user allowed: never more than was asked and shown.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Grant {
    /// The scopes.
    pub scopes: Vec<RequestedScope>,
    /// Resources that no scope names.
    pub resources: Vec<String>,
    /// The authorization details.
    pub details: Vec<Detail>,
    /// The organization on the card.
    pub organization: Option<String>,
    /// Whether the user wants the decision remembered.
    pub remember: bool,
}

impl Grant {
    /// A grant of scopes and resources that is not to be remembered.
    #[must_use]
    pub const fn new(scopes: Vec<RequestedScope>, resources: Vec<String>) -> Self {
        Self { scopes, resources, details: Vec::new(), organization: None, remember: false }
    }
}

/// How a request to sign out continues.
#[derive(Debug, Clone, PartialEq)]
pub enum LogoutOpened {
    /// An error for the page itself.
    Refused(Refused),
    /// Nobody is signed in any more.
    SignedOut,
    /// The same, and the page goes to an address.
    Done(Destination),
    /// The user has to be asked.
    Ask(LogoutAsked),
}

/// A question whether to sign out.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LogoutAsked {
    /// The client that wants it.
    pub client: Option<ClientMetadata>,
    /// What the engine needs to sign out.
    pub resume: Resume,
    /// When the engine forgets the request, in seconds since 1970.
    pub expires_at: Option<i64>,
}

impl LogoutAsked {
    /// A question of no client.
    #[must_use]
    pub const fn new(resume: Resume) -> Self {
        Self { client: None, resume, expires_at: None }
    }
}

/// How signing out ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogoutEnding {
    /// On the page.
    SignedOut,
    /// At an address.
    Done(Destination),
}
