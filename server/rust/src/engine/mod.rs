//! What the kit asks of an authorization server. An adapter implements it in a few dozen lines.

mod answers;

use std::{fmt, future::Future, sync::Mutex, sync::PoisonError};

use countersign::protocol::Realm;
use http::{HeaderValue, request::Parts};
use serde::Serialize;

pub use answers::{
    Asked, Destination, Ending, EndingForm, Grant, Login, LogoutAsked, LogoutEnding, LogoutOpened,
    Opened, Refused, Resume,
};

use crate::model::{Account, BoxError};

/// Why an engine did not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The engine cannot be reached, and has done nothing. The kit answers 503, and nothing is lost.
    #[error("the engine is unavailable")]
    Unavailable {
        /// Seconds after which it may work again.
        retry_after: u64,
        /// What is wrong.
        #[source]
        cause: BoxError,
    },
    /// The engine has already answered the request, or no longer knows it. The kit answers 410.
    #[error("the engine no longer knows this request")]
    RequestGone,
    /// Everything else. Nobody knows what the engine did: the kit answers 500, and no decision about
    /// the request counts any more.
    #[error("the engine failed")]
    Failed(#[source] BoxError),
}

impl EngineError {
    /// An engine that cannot be reached, and may work again in five seconds.
    #[must_use]
    pub fn unavailable(cause: impl Into<BoxError>) -> Self {
        Self::Unavailable { retry_after: 5, cause: cause.into() }
    }

    /// An error of which nothing is known.
    #[must_use]
    pub fn failed(cause: impl Into<BoxError>) -> Self {
        Self::Failed(cause.into())
    }
}

/// Whether the user can leave scopes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Narrows {
    /// Every one that the host does not require.
    Yes,
    /// None.
    No,
    /// Scopes that were granted before come back whatever the user answers, so that the card shows
    /// them as required.
    NewOnly,
}

/// Whether a decision is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Remembers {
    /// As the user chooses: [`Grant::remember`] has the choice.
    Choice,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The lines of `Set-Cookie` that an answer gets.
#[derive(Default)]
pub struct SetCookies(Mutex<Vec<HeaderValue>>);

/// `Debug` hides the values.
impl fmt::Debug for SetCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetCookies").finish_non_exhaustive()
    }
}

impl SetCookies {
    /// Adds a line.
    pub fn push(&self, line: HeaderValue) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    /// All lines, of which none is left.
    #[must_use]
    pub fn take(&self) -> Vec<HeaderValue> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What an engine may know about a call.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct EngineContext<'a> {
    /// The realm of the request.
    pub realm: Realm,
    /// The call of the page. Its cookies are the browser's.
    pub request: &'a Parts,
    /// Who is signed in at the host.
    pub account: Option<&'a Account>,
    /// When the page was first sent to sign in for this request, in milliseconds since 1970. A
    /// forced login counts only if it came later.
    pub handed_off_at: Option<i64>,
    /// The organization that the card shows.
    pub organization: Option<&'a str>,
    /// The raw query of the request, also when it is decided: [`Resume`] need not repeat it.
    pub query: Option<&'a str>,
    /// What `open` last gave for this request, if it did. An engine that takes a request only once,
    /// such as a pushed one (RFC 9126), goes on with it.
    pub resume: Option<&'a Resume>,
    /// Whether the site is on https: cookies are then `Secure`.
    pub secure: bool,
    set_cookies: &'a SetCookies,
}

impl<'a> EngineContext<'a> {
    /// The context of a call by a browser in which nobody is signed in.
    #[must_use]
    pub const fn new(realm: Realm, request: &'a Parts, set_cookies: &'a SetCookies) -> Self {
        Self {
            realm,
            request,
            account: None,
            handed_off_at: None,
            organization: None,
            query: None,
            resume: None,
            secure: true,
            set_cookies,
        }
    }

    /// Passes a `Set-Cookie` of the engine on to the browser.
    pub fn set_cookie(&self, line: HeaderValue) {
        self.set_cookies.push(line);
    }
}

/// `Debug` hides the request, whose cookies are secrets.
impl fmt::Debug for EngineContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EngineContext").field("realm", &self.realm).finish_non_exhaustive()
    }
}

/// An authorization server behind the kit.
///
/// `open` may be called at every `start`, also in parallel: it has no effect that a user could
/// notice. The kit keeps nothing that the engine can tell, and nothing of an engine's answer reaches
/// the page unchecked. A future that takes longer than the kit's time limit is dropped.
pub trait Engine: Send + Sync + 'static {
    /// A short name, for logs and sealed state: `hydra`.
    fn name(&self) -> &str;

    /// Whether the user can leave scopes out.
    fn narrows(&self) -> Narrows;

    /// Whether a decision is remembered.
    fn remembers(&self) -> Remembers;

    /// Other origins of the engine. `intermediate` answers may lead to them, and forms may go there.
    fn origins(&self) -> &[String] {
        &[]
    }

    /// Whether it ends requests with forms of its own, so that pages must allow those.
    fn posts(&self) -> bool {
        false
    }

    /// The issuer, for `iss` in answers that the kit makes itself (RFC 9207).
    fn issuer(&self) -> Option<&str> {
        None
    }

    /// Reads a request: the raw query, byte for byte.
    fn open(
        &self,
        query: &str,
        context: &EngineContext<'_>,
    ) -> impl Future<Output = Result<Opened, EngineError>> + Send;

    /// Ends the request with a grant. Called once for a decision.
    fn allow(
        &self,
        resume: &Resume,
        grant: &Grant,
        context: &EngineContext<'_>,
    ) -> impl Future<Output = Result<Ending, EngineError>> + Send;

    /// Ends the request with `access_denied`. Called once for a decision. Works without an account.
    fn deny(
        &self,
        resume: &Resume,
        context: &EngineContext<'_>,
    ) -> impl Future<Output = Result<Ending, EngineError>> + Send;

    /// Whether it can sign out. If not, the kit says that there is no sign-out here, and the next
    /// two are never called.
    fn signs_out(&self) -> bool {
        false
    }

    /// Reads a request to sign out.
    fn open_logout(
        &self,
        _query: &str,
        _context: &EngineContext<'_>,
    ) -> impl Future<Output = Result<LogoutOpened, EngineError>> + Send {
        std::future::ready(Err(EngineError::failed("this engine does not sign out")))
    }

    /// Signs out.
    fn sign_out(
        &self,
        _resume: &Resume,
        _context: &EngineContext<'_>,
    ) -> impl Future<Output = Result<LogoutEnding, EngineError>> + Send {
        std::future::ready(Err(EngineError::failed("this engine does not sign out")))
    }
}
