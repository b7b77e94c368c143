//! The options of a mount.

use std::{io::Write as _, sync::Arc, time::Duration};

use countersign::protocol::Realm;
use http::request::Parts;
use tokio::sync::watch;
use url::Url;

use crate::{
    addresses::is_loopback,
    describe::{Describe, Sessions, Undescribed},
    engine::Engine,
    erased::{AnyDescribe, AnyEngine, AnySessions, AnyStore},
    kit::{AddressOf, GuardedStore, Kit},
    limits::Limits,
    log::{Log, LogEvent},
    memory::{Clock, MemoryStore, system_clock},
    page::Page,
    seal::{Seal, SealError},
    service::Countersign,
    store::Store,
};

const TIMEOUT: Duration = Duration::from_secs(10);
const LIFE: Duration = Duration::from_secs(15 * 60);
const MEMORY: &str = "countersign: the store is in memory. It is for one process, and a restart forgets what was decided.";

/// What can be wrong about the options of a mount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// The origin is none.
    #[error("origin must be an origin, such as https://login.example")]
    Origin,
    /// The origin is not secure.
    #[error("origin must be https, or http on loopback")]
    Insecure,
    /// The base is no path.
    #[error("base must be a path, such as /countersign")]
    Base,
    /// A page has no path of its own.
    #[error("every page must have a path of its own, such as /oauth/authorize")]
    Page,
    /// A request would not stay open.
    #[error("life must be a second at least")]
    Life,
    /// A limit allows nothing.
    #[error("limits must be positive")]
    Limits,
    /// A secret is missing or too short.
    #[error(transparent)]
    Secret(#[from] SealError),
}

/// The options of a mount, as [`Countersign::builder`] begins them.
pub struct Builder {
    engine: Arc<dyn AnyEngine>,
    sessions: Box<dyn AnySessions>,
    describe: Box<dyn AnyDescribe>,
    store: Option<Arc<dyn AnyStore>>,
    origin: String,
    base: String,
    secrets: Vec<String>,
    realms: Option<Vec<Realm>>,
    timeout: Duration,
    life: Duration,
    clock: Clock,
    limits: Limits,
    address_of: AddressOf,
    log: Log,
    pages: Vec<Page>,
}

/// `Debug` hides the secrets.
impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder").field("origin", &self.origin).finish_non_exhaustive()
    }
}

fn check_origin(origin: &str) -> Result<bool, OptionsError> {
    let url = Url::parse(origin).map_err(|_| OptionsError::Origin)?;
    if url.origin().ascii_serialization() != origin {
        return Err(OptionsError::Origin);
    }
    let secure = url.scheme() == "https";
    if secure || is_loopback(&url) { Ok(secure) } else { Err(OptionsError::Insecure) }
}

fn check_base(base: &str) -> Result<String, OptionsError> {
    let is_path = base.starts_with('/') && !base.ends_with('/') && !base.contains("//");
    if is_path { Ok(format!("{base}/")) } else { Err(OptionsError::Base) }
}

/// Whether each page has a path that no other page and no call has.
fn check_pages(pages: &[Page], base: &str) -> Result<(), OptionsError> {
    let paths = pages.iter().flat_map(Page::paths).collect::<Vec<_>>();
    let is_own = |path: &&str| path.starts_with('/') && !path.starts_with(base);
    let mut seen = std::collections::BTreeSet::new();
    match paths.iter().all(|path| is_own(path) && seen.insert(*path)) {
        true => Ok(()),
        false => Err(OptionsError::Page),
    }
}

impl Builder {
    pub(crate) fn new(engine: impl Engine, sessions: impl Sessions) -> Self {
        Self {
            engine: Arc::new(engine),
            sessions: Box::new(sessions),
            describe: Box::new(Undescribed),
            store: None,
            origin: String::new(),
            base: "/countersign".to_owned(),
            secrets: Vec::new(),
            realms: None,
            timeout: TIMEOUT,
            life: LIFE,
            clock: system_clock(),
            limits: Limits::default(),
            address_of: Box::new(|_| None),
            log: Log::default(),
            pages: Vec::new(),
        }
    }

    /// The site's own origin, exactly: `https://login.example`. Calls from elsewhere are 403.
    #[must_use]
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = origin.into();
        self
    }

    /// A secret of at least 32 characters that nobody can guess. Of several, the first seals and all
    /// open.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secrets.push(secret.into());
        self
    }

    /// What the host says about itself, clients and scopes.
    #[must_use]
    pub fn describe(mut self, describe: impl Describe) -> Self {
        self.describe = Box::new(describe);
        self
    }

    /// The store that all processes of the site share. By default it is in memory, for one process.
    #[must_use]
    pub fn store(mut self, store: impl Store) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Where the four calls are (`/countersign`).
    #[must_use]
    pub fn base(mut self, base: impl Into<String>) -> Self {
        self.base = base.into();
        self
    }

    /// Adds the pages of a realm. Without any, the host serves its own.
    #[must_use]
    pub fn page(mut self, page: Page) -> Self {
        self.pages.push(page);
        self
    }

    /// The realms that are served: by default `consumer`, and `b2b` if there are organizations.
    #[must_use]
    pub fn realms(mut self, realms: impl IntoIterator<Item = Realm>) -> Self {
        self.realms = Some(realms.into_iter().collect());
        self
    }

    /// How long engine and store may take for a step (ten seconds).
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long a request stays open (15 minutes), unless its engine forgets it before.
    #[must_use]
    pub const fn life(mut self, life: Duration) -> Self {
        self.life = life;
        self
    }

    /// The time.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// How many calls a browser and an address may make.
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The address that a request came from. Without it, there are no limits by address.
    #[must_use]
    pub fn address_of(
        mut self,
        address_of: impl Fn(&Parts) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.address_of = Box::new(address_of);
        self
    }

    /// Gets an event for each call. Without it, failures go to the standard error.
    #[must_use]
    pub fn log(mut self, log: impl Fn(&LogEvent) + Send + Sync + 'static) -> Self {
        self.log.write = Box::new(log);
        self
    }

    /// Whether events have the body, the subject and the error itself.
    #[must_use]
    pub const fn log_details(mut self, details: bool) -> Self {
        self.log.details = details;
        self
    }

    /// The mount.
    ///
    /// # Errors
    /// [`OptionsError`].
    pub fn build(self) -> Result<Countersign, OptionsError> {
        let secure = check_origin(&self.origin)?;
        let base = check_base(&self.base)?;
        if self.limits.per_address == 0 || self.limits.per_browser == 0 {
            return Err(OptionsError::Limits);
        }
        if self.life.as_secs() == 0 {
            return Err(OptionsError::Life);
        }
        check_pages(&self.pages, &base)?;
        let seal = Seal::new(&self.secrets)?;
        let usual = match self.describe.has_organizations() {
            true => vec![Realm::Consumer, Realm::B2b],
            false => vec![Realm::Consumer],
        };
        let store = self.store.unwrap_or_else(|| {
            // A notice that cannot be written costs nothing.
            let _ = writeln!(std::io::stderr(), "{MEMORY}");
            Arc::new(MemoryStore::with_clock(Arc::clone(&self.clock)))
        });
        Ok(Countersign(Arc::new(Kit {
            engine: self.engine,
            sessions: self.sessions,
            describe: self.describe,
            store: GuardedStore { store, timeout: self.timeout },
            origin: self.origin,
            base,
            secure,
            seal,
            realms: self.realms.unwrap_or(usual),
            timeout: self.timeout,
            life: i64::try_from(self.life.as_secs()).unwrap_or(i64::MAX),
            clock: self.clock,
            limits: self.limits,
            address_of: self.address_of,
            log: self.log,
            pages: self.pages,
            running: watch::Sender::new(0),
        })))
    }
}
