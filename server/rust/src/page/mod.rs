//! The authorization endpoint for browsers, and the one for sign-out. GET is the page with the widget,
//! or the engine's answer where no user is needed. POST stores the request.

mod authorize;
mod files;
mod language;
mod plain;
mod query;
mod respond;
mod widget;

use std::fmt;

use countersign::protocol::Realm;

pub use files::Files;
pub(crate) use query::MOST_QUERY;
pub(crate) use respond::{gone, is_page, respond};

/// What a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// A client asks for something.
    Authorize,
    /// Somebody wants to sign out.
    Logout,
}

/// What a page may depend on.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct PageContext<'a> {
    /// The visitor's language, of those that the kit has.
    pub lang: &'a str,
    /// The direction in which it is written: `ltr` or `rtl`.
    pub dir: &'a str,
    /// The realm of the page.
    pub realm: Realm,
    /// What it is for.
    pub flow: Flow,
    /// The name of the site.
    pub site_name: &'a str,
    /// The path of the calls, for the attribute `api-base`.
    pub api_base: &'a str,
    /// The host's login page, for the attribute `login-url`.
    pub login_url: &'a str,
    /// The path of the widget's files, with its last slash.
    pub files: &'a str,
    /// What is said where there is no script.
    pub unavailable: &'a str,
    /// The path of the site's icon, if it has one.
    pub icon: Option<&'a str>,
}

/// Makes the page of a host.
type Html = Box<dyn Fn(&PageContext<'_>) -> String + Send + Sync>;

/// Where the widget's files are.
enum Widget {
    Served(Files),
    At(String),
}

/// The pages of a realm: an option of [`Builder`](crate::Builder::page).
///
/// ```
/// use countersign_server::page::Page;
///
/// // The host serves the files itself; `Page::new` takes them instead.
/// let page = Page::with_files_at("/assets/countersign/").login_url("/sign-in").logout("/oauth/logout");
/// ```
pub struct Page {
    realm: Realm,
    pub(crate) authorize: String,
    pub(crate) logout: Option<String>,
    login_url: String,
    icon: Option<String>,
    keeps_queries: bool,
    widget: Widget,
    html: Option<Html>,
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page").field("authorize", &self.authorize).finish_non_exhaustive()
    }
}

impl Page {
    fn of(widget: Widget) -> Self {
        Self {
            realm: Realm::Consumer,
            authorize: "/oauth/authorize".to_owned(),
            logout: None,
            login_url: "/login".to_owned(),
            icon: None,
            keeps_queries: false,
            widget,
            html: None,
        }
    }

    /// Pages whose files the kit serves.
    #[must_use]
    pub fn new(files: Files) -> Self {
        Self::of(Widget::Served(files))
    }

    /// Pages whose files are at a path of the host, with its last slash.
    #[must_use]
    pub fn with_files_at(path: impl Into<String>) -> Self {
        Self::of(Widget::At(path.into()))
    }

    /// The realm of the pages (`consumer`).
    #[must_use]
    pub const fn realm(mut self, realm: Realm) -> Self {
        self.realm = realm;
        self
    }

    /// The path of the authorization endpoint (`/oauth/authorize`).
    #[must_use]
    pub fn authorize(mut self, path: impl Into<String>) -> Self {
        self.authorize = path.into();
        self
    }

    /// The path of the end-session endpoint. Without it, there is no page to sign out.
    #[must_use]
    pub fn logout(mut self, path: impl Into<String>) -> Self {
        self.logout = Some(path.into());
        self
    }

    /// The host's login page (`/login`).
    #[must_use]
    pub fn login_url(mut self, address: impl Into<String>) -> Self {
        self.login_url = address.into();
        self
    }

    /// Keeps the query of every request, and leads to its page at `?transaction=` (`?logout=`), as for
    /// requests by POST (`false`). For front ends whose router rewrites the query of a page: the engine
    /// still gets each byte as it came.
    #[must_use]
    pub const fn keep_queries(mut self, keeps: bool) -> Self {
        self.keeps_queries = keeps;
        self
    }

    /// The site's icon, a path of the host's own, for all pages of the kit. Without it, browsers ask
    /// for `/favicon.ico`.
    #[must_use]
    pub fn icon(mut self, path: impl Into<String>) -> Self {
        self.icon = Some(path.into());
        self
    }

    /// The page, as HTML. By default it has the widget and nothing else. Its headers are those of the
    /// kit, which allow no inline script or style.
    #[must_use]
    pub fn html(
        mut self,
        html: impl Fn(&PageContext<'_>) -> String + Send + Sync + 'static,
    ) -> Self {
        self.html = Some(Box::new(html));
        self
    }

    /// The paths at which pages are.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.authorize.as_str()).chain(self.logout.as_deref())
    }
}
