//! The backend, and the state that it keeps between calls.

use std::{cell::RefCell, fmt, rc::Rc};

use countersign::{
    api::Transport,
    backend::{
        Backend, BackendError, BackendFault, BackendFuture, LogoutDecision, LogoutOutcome,
        LogoutStartRequest, LogoutSubmitRequest, Outcome, StartRequest, SubmitRequest,
        TrustedToken,
    },
    platform::Services,
    protocol::{Flow, RawQuery, Realm, RequestRef},
};

use crate::{
    StytchOptions, StytchPlatform, call::Credentials, cookies::CookieJar, logos::Logos,
    session::Session,
};

/// A backend that calls Stytch's frontend API. Clones share the session state.
#[derive(Clone)]
pub struct StytchBackend(Rc<Shared>);

pub(crate) struct Shared {
    pub realm: Realm,
    pub options: StytchOptions,
    pub base: String,
    pub transport: Rc<dyn Transport>,
    pub services: Rc<dyn Services>,
    pub page: Rc<dyn StytchPlatform>,
    pub state: RefCell<SessionState>,
}

/// What the adapter keeps from one call to the next.
#[derive(Default)]
pub(crate) struct SessionState {
    /// The session that a trusted auth token was exchanged for. The next start need not check it.
    pub attested: Option<Session>,
    /// The token of that session, for a browser that refuses cookies.
    pub token: Option<String>,
    /// The credentials that the card was loaded with. A decision is only valid for these.
    pub shown: Option<Credentials>,
}

impl fmt::Debug for StytchBackend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StytchBackend")
            .field("realm", &self.0.realm)
            .field("base", &self.0.base)
            .finish_non_exhaustive()
    }
}

impl StytchBackend {
    /// Creates a backend from its parts. On a web page, [`crate::backend`] chooses the parts.
    pub fn new(
        realm: Realm,
        options: StytchOptions,
        transport: Rc<dyn Transport>,
        services: Rc<dyn Services>,
        page: Rc<dyn StytchPlatform>,
    ) -> Self {
        Self(Rc::new(Shared {
            realm,
            base: options.base_url(),
            options,
            transport,
            services,
            page,
            state: RefCell::default(),
        }))
    }
}

impl Shared {
    /// Chooses between the consumer and the B2B path of a call.
    pub(crate) fn path(&self, consumer: &'static str, b2b: &'static str) -> &'static str {
        match self.realm {
            Realm::Consumer => consumer,
            Realm::B2b => b2b,
        }
    }

    pub(crate) fn jar(&self) -> CookieJar<'_> {
        CookieJar { page: &*self.page, names: &self.options.cookies }
    }

    /// The credentials for the next call. Only a project behind a domain of the team's own can have
    /// a session in `HttpOnly` cookies.
    pub(crate) fn credentials(&self) -> Credentials {
        let kept = || self.state.borrow().token.clone();
        match self.jar().token().or_else(kept) {
            Some(token) => Credentials::Token(token),
            None if self.options.custom_base_url.is_some() => Credentials::Cookies,
            None => Credentials::None,
        }
    }

    /// Removes a session that has ended.
    pub(crate) fn forget(&self) {
        self.jar().forget();
        *self.state.borrow_mut() = SessionState::default();
    }

    pub(crate) fn logos(&self) -> Logos<'_> {
        let mut origins = self.options.picture_origins.clone();
        origins.extend([self.page.origin(), self.base.clone()]);
        Logos { services: &*self.services, origins }
    }
}

/// The query of a request. Stytch has no transactions, so one can only be unknown.
fn query(request: RequestRef) -> Result<RawQuery, BackendError> {
    match request {
        RequestRef::Query(raw) => Ok(raw),
        RequestRef::Transaction(_) => Err(BackendFault::Expired.into()),
    }
}

impl Backend for StytchBackend {
    fn start(&self, request: StartRequest) -> BackendFuture<Outcome> {
        let shared = Rc::clone(&self.0);
        Box::pin(async move { shared.authorize(query(request.request)?, None).await })
    }

    fn submit(&self, request: SubmitRequest) -> BackendFuture<Outcome> {
        let shared = Rc::clone(&self.0);
        Box::pin(async move {
            let raw = query(request.request)?;
            shared.authorize(raw, Some(request.decision)).await
        })
    }

    fn logout_start(&self, request: LogoutStartRequest) -> BackendFuture<LogoutOutcome> {
        Box::pin(Rc::clone(&self.0).logout_start(request.query))
    }

    fn logout_submit(&self, request: LogoutSubmitRequest) -> BackendFuture<LogoutOutcome> {
        let shared = Rc::clone(&self.0);
        Box::pin(async move {
            match request.decision {
                LogoutDecision::SignOut => Ok(shared.sign_out(request.logout.secret()).await),
                LogoutDecision::Stay => Ok(LogoutOutcome::Stayed),
            }
        })
    }

    fn attest(&self, token: TrustedToken) -> BackendFuture<()> {
        Box::pin(Rc::clone(&self.0).attest(token))
    }

    fn default_flow(&self) -> Flow {
        Flow::Auto
    }
}
