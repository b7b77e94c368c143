//! The redirect to the host's login page, and the way back.

use thiserror::Error;

use super::{
    Address, Locale, LoginHint, RawQuery, RedirectTarget, RequestRef, TransactionId, limits,
};
use crate::{
    platform::{ParsedUrl, Platform},
    strings::concat,
};

/// Why the user must go to the login page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LoginReason {
    /// There is no session.
    NoSession,
    /// The client requests a new login (`prompt=login`).
    PromptLogin,
    /// The login is older than the client accepts (`max_age`).
    MaxAge,
    /// The client or the user wants to select an account (`prompt=select_account`).
    SelectAccount,
    /// The client requests a new account (`prompt=create`).
    Create,
    /// The signed-in account is not the account that was shown.
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

    /// The values of [`Self::ALL`] in the countersign API, separated by `|`.
    pub(crate) const NAMES: &'static str =
        "no_session|prompt_login|max_age|select_account|create|account_changed";

    /// The value in the countersign API and in the address of the login page.
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

/// The parameters of a redirect to the login page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginHandOff {
    /// The request to return to.
    pub return_to: RequestRef,
    /// The reason for the login.
    pub reason: LoginReason,
    /// The account that the client expects.
    pub login_hint: Option<LoginHint>,
    /// The requested languages, best first.
    pub ui_locales: Vec<Locale>,
    /// The requested authentication context classes, best first (OpenID Connect Core section
    /// 3.1.2.1).
    pub acr_values: Option<String>,
}

/// The host's login page. It is configured, and never comes from a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginPage {
    /// The address, absolute or relative to the page.
    pub url: String,
    /// The name of the parameter that carries the return address.
    pub return_to_param: String,
}

impl Default for LoginPage {
    fn default() -> Self {
        Self { url: "/login".to_owned(), return_to_param: "return_to".to_owned() }
    }
}

/// Why the page cannot redirect to the login page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HandOffError {
    /// The configured login address is not safe to open.
    #[error("the login address is not safe to open")]
    LoginUrl,
    /// The request is too long for an address, and the backend has opened no transaction.
    #[error("the request is too long to be carried through the login")]
    TooLong,
}

/// The path of the page. It starts with exactly one slash, because two slashes would start a host
/// name.
fn own_path(page: &str, platform: &dyn Platform) -> Option<String> {
    let path = platform.parse_url(page, None)?.pathname;
    let mut path = path.as_str();
    while let Some(rest) = path.strip_prefix('/') {
        path = rest;
    }
    Some(concat(&["/", path]))
}

impl TransactionId {
    /// The path and query of the page for this transaction. `page` is the absolute address of the
    /// page. The path keeps `ui_locales` and `display`, because the page needs them before the
    /// backend responds.
    #[must_use]
    pub fn page_path(&self, page: &str, platform: &dyn Platform) -> Option<String> {
        let path = own_path(page, platform)?;
        let query =
            RawQuery::new(platform.parse_url(page, None)?.search).parse().unwrap_or_default();
        let kept = ["ui_locales", "display"].map(|name| (name, query.one(name).ok().flatten()));
        let mut parameters = vec![("transaction", self.secret())];
        parameters.extend(kept.iter().filter_map(|(name, value)| Some((*name, (*value)?))));
        let address = platform.set_query(&path, page, &parameters)?;
        let ParsedUrl { pathname, search, .. } = platform.parse_url(&address, None)?;
        Some(pathname + &search)
    }
}

impl LoginPage {
    /// The address of the login page. `page` is the absolute address of the page; the return
    /// address is its path with the transaction or, without one, with the query. The URL standard's
    /// encoder sets the parameters, so that `state=a+b/c=&d#e %` returns byte for byte.
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
    /// let expected = "https://as.example/login?return_to=%2Foauth%2Fauthorize%3Ftransaction%3DT1";
    /// assert!(address.as_str().starts_with(expected));
    /// # Ok::<(), HandOffError>(())
    /// ```
    ///
    /// # Errors
    /// See [`HandOffError`].
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
            RequestRef::Query(raw) => concat(&[&path, "?", raw.as_str()]),
        };
        let mut locales = String::new();
        for locale in &hand_off.ui_locales {
            if !locales.is_empty() {
                locales.push(' ');
            }
            locales.push_str(locale.as_str());
        }
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
        let address =
            platform.set_query(&self.url, page, &parameters).ok_or(HandOffError::LoginUrl)?;
        let checked: Address = RedirectTarget::check(&address, false, platform);
        checked.map_err(|_| HandOffError::LoginUrl)
    }
}
