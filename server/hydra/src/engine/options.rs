//! What the adapter has to know of a Hydra.

use std::time::Duration;

use http::HeaderMap;
use url::Url;

/// The options of the adapter.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct HydraOptions {
    /// The address of the admin API, such as `http://127.0.0.1:4445`. It asks for no credentials: keep
    /// it away from everybody else.
    pub admin: Url,
    /// Where browsers reach Hydra: its `urls.self.public`, or else `urls.self.issuer`.
    pub issuer: Url,
    /// Headers for the admin API, if something in front of it wants some.
    pub headers: HeaderMap,
    /// How long a call of the admin API may take (five seconds).
    pub timeout: Duration,
    /// How many seconds Hydra remembers who signed in, `0` (the default) for as long as the browser is
    /// open, or `None` for not at all: Hydra then answers every `prompt=none` with `login_required`.
    pub remember_login: Option<u64>,
    /// How many seconds Hydra remembers a decision, if the user wants it: `0` until it is revoked.
    pub remember_consent: u64,
    /// Whether every client needs PKCE, as in Hydra's `oauth2.pkce.enforced`: said at once, and not
    /// after the decision.
    pub pkce: bool,
    /// Whether another program answers the login challenges. A decision is then not bound to the
    /// browser of the login.
    pub own_login: bool,
}

impl HydraOptions {
    /// A Hydra at these addresses.
    #[must_use]
    pub fn new(admin: Url, issuer: Url) -> Self {
        Self {
            admin,
            issuer,
            headers: HeaderMap::new(),
            timeout: Duration::from_secs(5),
            remember_login: Some(0),
            remember_consent: 0,
            pkce: false,
            own_login: false,
        }
    }
}
