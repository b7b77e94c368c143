//! The way to the host's login page and back.

use thiserror::Error;

use super::{
    Address, Locale, LoginHint, RawQuery, RedirectTarget, RequestRef, TransactionId, limits,
};
use crate::platform::{ParsedUrl, Platform};

/// Why the user has to go to the login page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum LoginReason {
    /// Nobody is signed in.
    NoSession,
    /// The client asked for a fresh login (`prompt=login`).
    PromptLogin,
    /// The login is older than the client allows (`max_age`).
    MaxAge,
    /// The client, or the user, wants to choose the account (`prompt=select_account`).
    SelectAccount,
    /// The client asked for a new account (`prompt=create`).
    Create,
    /// The account that is signed in is not the one that was shown.
    AccountChanged,
}

impl LoginReason {
    /// Every reason.
    pub const ALL: [Self; 6] = [
        Self::NoSession,
        Self::PromptLogin,
        Self::MaxAge,
        Self::SelectAccount,
        Self::Create,
        Self::AccountChanged,
    ];

    /// The reason's word in the countersign API and in the login page's address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoSession => "no_session",
            Self::PromptLogin => "prompt_login",
            Self::MaxAge => "max_age",
            Self::SelectAccount => "select_account",
            Self::Create => "create",
            Self::AccountChanged => "account_changed",
        }
    }
}

/// Everything a hand-off to the login page carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginHandOff {
    /// What brings the user back.
    pub return_to: RequestRef,
    /// Why.
    pub reason: LoginReason,
    /// Whom the client expects.
    pub login_hint: Option<LoginHint>,
    /// The languages the client asked for, best first.
    pub ui_locales: Vec<Locale>,
    /// How strong a login the client wants, best first (OpenID Connect Core section 3.1.2.1).
    pub acr_values: Option<String>,
}

/// Where the host's login page is: configuration, never anything out of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginPage {
    /// Its address, absolute or relative to the page.
    pub url: String,
    /// The name of the parameter that carries the way back.
    pub return_to_param: String,
}

impl Default for LoginPage {
    fn default() -> Self {
        Self {
            url: "/login".to_owned(),
            return_to_param: "return_to".to_owned(),
        }
    }
}

/// Why no login address could be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HandOffError {
    /// The host's login address is not one that may be opened.
    #[error("the login address is not safe to open")]
    LoginUrl,
    /// The request is too long for an address, and the backend opened no transaction.
    #[error("the request is too long to be carried through the login")]
    TooLong,
}

/// The page's own path. It starts with one slash, since two would make another host of it.
fn own_path(page: &str, platform: &dyn Platform) -> Option<String> {
    let path = platform.parse_url(page, None)?.pathname;
    Some(format!("/{}", path.trim_start_matches('/')))
}

impl TransactionId {
    /// Path and query of the page (absolute address `page`) for this transaction. The languages and the display that the request asks for
    /// stay in it, since the page has to know them before anybody answers.
    #[must_use]
    pub fn page_path(&self, page: &str, platform: &dyn Platform) -> Option<String> {
        let path = own_path(page, platform)?;
        let query = RawQuery::new(platform.parse_url(page, None)?.search);
        let query = query.parse().unwrap_or_default();
        let kept = ["ui_locales", "display"].map(|name| (name, query.one(name).ok().flatten()));
        let mut parameters = vec![("transaction", self.secret())];
        parameters.extend(
            kept.iter()
                .filter_map(|(name, value)| Some((*name, (*value)?))),
        );
        let address = platform.set_query(&path, page, &parameters)?;
        let ParsedUrl {
            pathname, search, ..
        } = platform.parse_url(&address, None)?;
        Some(pathname + &search)
    }
}

impl LoginPage {
    /// The address of the login page for this hand-off. `page` is the absolute address of the page itself, whose path and,
    /// where there is no transaction, query become the way back. Parameters are set by the URL standard's own encoder,
    /// so that `state=a+b/c=&d#e %` comes back byte for byte.
    ///
    /// ```
    /// use countersign::{platform::native::Native, protocol::*};
    ///
    /// let hand_off = LoginHandOff {
    ///     return_to: RequestRef::Transaction(TransactionId::new("T1")),
    ///     reason: LoginReason::NoSession,
    ///     login_hint: None,
    ///     ui_locales: Vec::new(),
    ///     acr_values: None,
    /// };
    /// let page = "https://as.example/oauth/authorize?client_id=printer";
    /// let address = LoginPage::default().address(&hand_off, page, &Native)?;
    /// assert!(address.as_str().starts_with("https://as.example/login?return_to=%2Foauth%2Fauthorize%3Ftransaction%3DT1"));
    /// # Ok::<(), HandOffError>(())
    /// ```
    ///
    /// # Errors
    /// [`HandOffError`].
    pub fn address(
        &self,
        hand_off: &LoginHandOff,
        page: &str,
        platform: &dyn Platform,
    ) -> Result<RedirectTarget, HandOffError> {
        let path = own_path(page, platform).ok_or(HandOffError::LoginUrl)?;
        let back = match &hand_off.return_to {
            RequestRef::Transaction(id) => {
                id.page_path(page, platform).ok_or(HandOffError::LoginUrl)?
            }
            RequestRef::Query(raw) if raw.as_str().len() > limits::RETURN_TO => {
                return Err(HandOffError::TooLong);
            }
            RequestRef::Query(raw) => format!("{path}?{}", raw.as_str()),
        };
        let locales: Vec<&str> = hand_off.ui_locales.iter().map(Locale::as_str).collect();
        let locales = locales.join(" ");
        let mut parameters = vec![
            (self.return_to_param.as_str(), back.as_str()),
            ("reason", hand_off.reason.as_str()),
        ];
        if let Some(hint) = &hand_off.login_hint {
            parameters.push(("login_hint", hint.secret()));
        }
        if !locales.is_empty() {
            parameters.push(("ui_locales", &locales));
        }
        if let Some(acr_values) = &hand_off.acr_values {
            parameters.push(("acr_values", acr_values));
        }
        let address = platform
            .set_query(&self.url, page, &parameters)
            .ok_or(HandOffError::LoginUrl)?;
        let checked: Address = RedirectTarget::check(&address, false, platform);
        checked.map_err(|_| HandOffError::LoginUrl)
    }
}
