//! What a page was opened as.

use super::Trusted;
use crate::{
    messages,
    protocol::{Locale, RawQuery, Realm},
};

/// What the page was opened as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Whom it serves.
    pub realm: Realm,
    /// Whether it is inside another page.
    pub framed: bool,
    /// What it was opened for.
    pub entry: Entry,
    /// What it knows of a trusted auth token.
    pub trusted: Trusted,
    /// The languages its reader prefers; `None` where somebody else sees to the texts.
    pub languages: Option<Languages>,
    /// The hosts (with their ports) of the page itself and of its backend: a decision may lead there and to where the card said,
    /// and nowhere else.
    pub own_hosts: Vec<String>,
    /// What the site calls itself, where its backend does not say.
    pub site: Option<String>,
}

impl Page {
    /// A page with nothing special about it.
    #[must_use]
    pub const fn new(realm: Realm, entry: Entry) -> Self {
        Self {
            realm,
            framed: false,
            entry,
            trusted: Trusted::NotUsed,
            languages: None,
            own_hosts: Vec::new(),
            site: None,
        }
    }
}

/// The languages a page's reader prefers, as language tags (BCP 47). What the request asks for (`ui_locales`) comes before them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Languages {
    /// What the host set.
    pub host: Option<String>,
    /// What the browser is set to, best first.
    pub browser: Vec<String>,
}

impl Languages {
    /// The language to load: the first that there is, of those that the request asks for, the host sets, and the browser is set to. None
    /// where that is English, which is always there.
    pub(super) fn choose(&self, asked: &[Locale]) -> Option<&'static str> {
        let asked = asked.iter().map(Locale::as_str);
        let own = self.host.iter().chain(&self.browser);
        asked
            .chain(own.map(String::as_str))
            .find_map(messages::language)
            .filter(|language| *language != messages::ENGLISH)
    }
}

/// What a page was opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// An authorization request.
    Authorize(RawQuery),
    /// A logout request.
    Logout(RawQuery),
    /// A logout request where it has `post_logout_redirect_uri`, else an authorization request.
    ByAddress(RawQuery),
}

impl Entry {
    /// Which of the two it is.
    pub(super) fn decided(self) -> Self {
        match self {
            Self::ByAddress(raw) if raw.has("post_logout_redirect_uri") => Self::Logout(raw),
            Self::ByAddress(raw) => Self::Authorize(raw),
            decided => decided,
        }
    }
}
