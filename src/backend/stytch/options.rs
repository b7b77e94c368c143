//! What a team on Stytch configures, in the words of Stytch's SDK.

/// How the adapter reaches a Stytch project.
///
/// ```
/// use countersign::backend::stytch::StytchOptions;
///
/// let options = StytchOptions {
///     custom_base_url: Some("login.example.com".to_owned()),
///     ..StytchOptions::new("public-token-live-…")
/// };
/// assert_eq!(options.base_url(), "https://login.example.com");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StytchOptions {
    /// The project's public token.
    pub public_token: String,
    /// `customBaseUrl`: your own domain in front of Stytch's API, with or without its scheme. Sessions in `HttpOnly` cookies need
    /// one.
    pub custom_base_url: Option<String>,
    /// `cookieOptions`.
    pub cookies: StytchCookies,
    /// What the site calls itself on the card.
    pub project_name: Option<String>,
    /// Whether to ask Stytch for the project's name (`projects/bootstrap`), beside the calls that count. The card does
    /// not wait for it.
    pub bootstrap: bool,
    /// Origins besides the page's own and the API's from which the logos of clients and organizations may be loaded. Whoever
    /// serves one learns who looks at this page, so there are none unless you name them; the initial is shown instead.
    pub picture_origins: Vec<String>,
    /// What `consent_granted` says where Stytch asks for no consent. Its own component says `false`.
    pub granted_without_consent: bool,
}

/// `cookieOptions`: where the session's cookies are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StytchCookies {
    /// `opaqueTokenCookieName`.
    pub session: String,
    /// `jwtCookieName`.
    pub session_jwt: String,
    /// `istCookieName`.
    pub intermediate: String,
    /// `path`; `/` where there is none.
    pub path: Option<String>,
    /// `domain`; counts only with `available_to_subdomains`.
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
    /// A project by its public token; all else as Stytch's SDK has it.
    pub fn new(public_token: impl Into<String>) -> Self {
        Self {
            public_token: public_token.into(),
            custom_base_url: None,
            cookies: StytchCookies::default(),
            project_name: None,
            bootstrap: false,
            picture_origins: Vec::new(),
            granted_without_consent: false,
        }
    }

    /// Where the API is, without a slash at the end: the custom base URL, else Stytch's own for the kind of token.
    #[must_use]
    pub fn base_url(&self) -> String {
        match &self.custom_base_url {
            Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
                url.trim_end_matches('/').to_owned()
            }
            Some(domain) => format!("https://{}", domain.trim_end_matches('/')),
            None if self.public_token.starts_with("public-token-test") => {
                "https://test.stytch.com".to_owned()
            }
            None => "https://api.stytch.com".to_owned(),
        }
    }
}
