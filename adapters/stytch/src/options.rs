//! Configuration, with the names of Stytch's SDK.

use countersign::strings::concat;

/// A Stytch project, and how the adapter reaches it.
///
/// ```
/// use countersign_stytch::StytchOptions;
///
/// let mut options = StytchOptions::new("public-token-live-…");
/// options.custom_base_url = Some("login.example.com".to_owned());
/// assert_eq!(options.base_url(), "https://login.example.com");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StytchOptions {
    /// The public token of the project.
    pub public_token: String,
    /// `customBaseUrl`: your own domain in front of Stytch's API, with or without a scheme.
    /// Sessions in `HttpOnly` cookies require one.
    pub custom_base_url: Option<String>,
    /// `cookieOptions`.
    pub cookies: StytchCookies,
    /// The name of your site on the card.
    pub project_name: Option<String>,
    /// Whether to load the name of the project from Stytch (`projects/bootstrap`). The card does
    /// not wait for it.
    pub bootstrap: bool,
    /// Further origins that the logos of clients and organizations may be loaded from, besides the
    /// page's own and the API's. A server of logos learns who visits the page. Instead of any other
    /// logo, the card shows an initial.
    pub picture_origins: Vec<String>,
    /// The value of `consent_granted` when Stytch requires no consent. Stytch's own component sends
    /// `false`.
    pub granted_without_consent: bool,
    /// Clients of other parties that you have verified, by `client_id`. Stytch does not say which
    /// clients you have registered yourself.
    pub verified_clients: Vec<String>,
}

/// `cookieOptions`: names and attributes of the session cookies.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StytchCookies {
    /// `opaqueTokenCookieName`.
    pub session: String,
    /// `jwtCookieName`.
    pub session_jwt: String,
    /// `istCookieName`.
    pub intermediate: String,
    /// `path`; `/` by default.
    pub path: Option<String>,
    /// `domain`. Used only with `available_to_subdomains`.
    pub domain: Option<String>,
    /// `availableToSubdomains`.
    pub available_to_subdomains: bool,
}

impl Default for StytchCookies {
    fn default() -> Self {
        Self {
            session: "stytch_session".to_owned(),
            session_jwt: "stytch_session_jwt".to_owned(),
            intermediate: "stytch_intermediate_session_token".to_owned(),
            path: None,
            domain: None,
            available_to_subdomains: false,
        }
    }
}

impl StytchOptions {
    /// Creates the options of a project, with the defaults of Stytch's SDK.
    pub fn new(public_token: impl Into<String>) -> Self {
        Self {
            public_token: public_token.into(),
            custom_base_url: None,
            cookies: StytchCookies::default(),
            project_name: None,
            bootstrap: false,
            picture_origins: Vec::new(),
            granted_without_consent: false,
            verified_clients: Vec::new(),
        }
    }

    /// The base URL of the API, without a slash at the end: the custom base URL, or Stytch's host
    /// for test or live tokens.
    #[must_use]
    pub fn base_url(&self) -> String {
        match &self.custom_base_url {
            Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
                url.trim_end_matches('/').to_owned()
            }
            Some(domain) => concat(&["https://", domain.trim_end_matches('/')]),
            None if self.public_token.starts_with("public-token-test") => {
                "https://test.stytch.com".to_owned()
            }
            None => "https://api.stytch.com".to_owned(),
        }
    }
}
