//! Stytch Connected Apps, consumer and B2B: what its `IdentityProvider` and `B2BIdentityProvider` call, without its script.
//!
//! - `options.rs`: what a team configures · `page.rs`: the page, and the session cookies
//! - `request.rs`: the page's query as the API wants it · `call.rs`: one call
//! - `session.rs`, `answer.rs`: what the answers say · `error.rs`: the API's error types
//! - `authorize.rs`, `logout.rs`, `attest.rs`: the flows
//!
//! The browser cannot hold Stytch to everything an authorization server should do: `docs/from-stytch.md` lists the limits.

mod answer;
mod attest;
mod authorize;
mod call;
mod error;
mod logout;
mod options;
mod page;
mod pictures;
mod request;
mod session;
mod together;

use std::{cell::RefCell, fmt, rc::Rc};

pub use error::{Meaning, StytchErrorType};
pub use options::{StytchCookies, StytchOptions};
pub use page::StytchPage;

use super::{
    Backend, BackendError, BackendFault, BackendFuture, LogoutDecision, LogoutOutcome,
    LogoutStartRequest, LogoutSubmitRequest, Outcome, StartRequest, SubmitRequest, TrustedToken,
};
use crate::{
    api::Transport,
    platform::Services,
    protocol::{Flow, Realm, RequestRef},
};
use call::{CallError, Credentials};
use page::CookieJar;
use pictures::Pictures;
use session::Session;

/// A backend that speaks Stytch's frontend API. Clones share what they know of the session.
#[derive(Clone)]
pub struct StytchBackend(Rc<Shared>);

struct Shared {
    realm: Realm,
    options: StytchOptions,
    base: String,
    transport: Rc<dyn Transport>,
    services: Rc<dyn Services>,
    page: Rc<dyn StytchPage>,
    known: RefCell<Known>,
}

/// What holds from one call to the next.
#[derive(Default)]
struct Known {
    /// The session that an exchanged token gave: the next start need not check it.
    attested: Option<Session>,
    /// Its token, for a browser that takes no cookies.
    token: Option<String>,
    /// Whose session the card was made with: a decision counts for this one alone.
    shown: Option<Credentials>,
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
    /// A backend for a consumer or a B2B project. The realm is that of the component it is given to.
    pub fn new(
        realm: Realm,
        options: StytchOptions,
        transport: Rc<dyn Transport>,
        services: Rc<dyn Services>,
        page: Rc<dyn StytchPage>,
    ) -> Self {
        Self(Rc::new(Shared {
            realm,
            base: options.base_url(),
            options,
            transport,
            services,
            page,
            known: RefCell::default(),
        }))
    }
}

impl Shared {
    /// A path of the API, which names B2B in its middle.
    fn path(&self, consumer: &'static str, b2b: &'static str) -> &'static str {
        match self.realm {
            Realm::Consumer => consumer,
            Realm::B2b => b2b,
        }
    }

    fn jar(&self) -> CookieJar<'_> {
        CookieJar {
            page: &*self.page,
            names: &self.options.cookies,
        }
    }

    /// Whose session there may be. Only behind a domain of the team's own can it be one that scripts do not see.
    fn credentials(&self) -> Credentials {
        let kept = || self.known.borrow().token.clone();
        match self.jar().token().or_else(kept) {
            Some(token) => Credentials::Token(token),
            None if self.options.custom_base_url.is_some() => Credentials::Cookies,
            None => Credentials::Nobody,
        }
    }

    /// The session is over.
    fn forget(&self) {
        self.jar().forget();
        *self.known.borrow_mut() = Known::default();
    }

    fn pictures(&self) -> Pictures<'_> {
        let mut origins = self.options.picture_origins.clone();
        origins.extend([self.page.origin(), self.base.clone()]);
        Pictures {
            services: &*self.services,
            origins,
        }
    }
}

fn fault<T>(fault: BackendFault) -> Result<T, BackendError> {
    Err(fault.into())
}

impl Backend for StytchBackend {
    fn start(&self, request: StartRequest) -> BackendFuture<Outcome> {
        let shared = Rc::clone(&self.0);
        Box::pin(async move {
            match request.request {
                RequestRef::Query(raw) => shared.start(raw).await,
                // Stytch keeps no requests, so there is none by that name.
                RequestRef::Transaction(_) => fault(BackendFault::Expired),
            }
        })
    }

    fn submit(&self, request: SubmitRequest) -> BackendFuture<Outcome> {
        let shared = Rc::clone(&self.0);
        Box::pin(async move {
            match request.request {
                RequestRef::Query(raw) => shared.submit(raw, request.decision).await,
                RequestRef::Transaction(_) => fault(BackendFault::Expired),
            }
        })
    }

    fn logout_start(&self, request: LogoutStartRequest) -> BackendFuture<LogoutOutcome> {
        let shared = Rc::clone(&self.0);
        Box::pin(async move { shared.logout_start(request.query).await })
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
        let shared = Rc::clone(&self.0);
        Box::pin(async move { shared.attest(token).await })
    }

    fn default_flow(&self) -> Flow {
        Flow::Auto
    }
}
