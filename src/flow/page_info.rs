//! The facts about a page when it opens.

use super::Question;
use crate::{
    backend::{StartRequest, TrustedToken},
    messages,
    protocol::{Flow, Locale, RawQuery, Realm},
};

/// The facts about a page when it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageInfo {
    /// The kind of accounts that the page serves.
    pub realm: Realm,
    /// The flow that the page runs. [`Flow::Auto`] decides by the query.
    pub flow: Flow,
    /// The page's query, byte for byte.
    pub query: RawQuery,
    /// Whether the page is inside a frame.
    pub framed: bool,
    /// The trusted auth token, if the page uses one.
    pub trusted: Trusted,
    /// The language to load ([`Languages::choose`]). `None` for English, and if the host provides
    /// the texts itself.
    pub language: Option<&'static str>,
    /// The hosts (with their ports) of the page and of its backend. The page's own is the first: it
    /// is shown if the site has no name. A decision may redirect to one of them or to the host on
    /// the card, and nowhere else.
    pub own_hosts: Vec<String>,
    /// The name of the site, if the backend does not give one.
    pub site_name: Option<String>,
}

impl PageInfo {
    /// A page with only a query.
    #[must_use]
    pub const fn new(realm: Realm, flow: Flow, query: RawQuery) -> Self {
        Self {
            realm,
            flow,
            query,
            framed: false,
            trusted: Trusted::NotUsed,
            language: None,
            own_hosts: Vec::new(),
            site_name: None,
        }
    }

    /// Sets whether the page is inside a frame.
    #[must_use]
    pub const fn framed(mut self, framed: bool) -> Self {
        self.framed = framed;
        self
    }

    /// The flow. The query decides if the page does not.
    pub(super) fn flow(&self) -> Flow {
        match self.flow {
            Flow::Auto if self.query.has("post_logout_redirect_uri") => Flow::Logout,
            Flow::Auto => Flow::Authorize,
            flow => flow,
        }
    }
}

/// The trusted auth token of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Trusted {
    /// The page uses no token: the user's own session counts.
    #[default]
    NotUsed,
    /// The token will arrive ([`super::Event::TokenArrived`]). The machine waits for it before it
    /// calls the backend.
    Awaited,
    /// The token is known.
    Known(TrustedToken),
}

impl Trusted {
    /// The first question of a page.
    pub(super) fn question(self, start: StartRequest) -> Question {
        match self {
            Self::NotUsed => Question::Start(start),
            Self::Awaited => Question::Attest(None, start),
            Self::Known(token) => Question::Attest(Some(token), start),
        }
    }
}

/// The languages that the reader prefers, as language tags (BCP 47). `ui_locales` of the request
/// has precedence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Languages {
    /// The language that the host set.
    pub host: Option<String>,
    /// The browser's languages, best first.
    pub browser: Vec<String>,
}

impl Languages {
    /// The language to load: the first available one of the page's request, the host and the
    /// browser. `None` if that is English, which is always available.
    #[must_use]
    pub fn choose(&self, query: &RawQuery) -> Option<&'static str> {
        let requested = query.ui_locales();
        let own = self.host.iter().chain(&self.browser);
        requested
            .iter()
            .map(Locale::as_str)
            .chain(own.map(String::as_str))
            .find_map(messages::language)
            .filter(|language| *language != messages::ENGLISH)
    }
}
