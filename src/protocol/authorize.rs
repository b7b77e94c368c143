//! The authorization request of the page (RFC 6749 section 4.1.1, OpenID Connect Core section
//! 3.1.2.1).

use super::{
    ClientId, Locale, LoginHint, Query, RawQuery, RequestError, ScopeToken, Secret,
    query::split_spaces,
};

/// An authorization request: the raw query, and the parameters that the page itself uses.
///
/// Only `client_id` and `redirect_uri` must not repeat. For any other parameter that repeats, the
/// accessor returns `None`: the backend gets the raw query and judges it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizeRequest {
    raw: RawQuery,
    query: Query,
    client_id: ClientId,
}

impl AuthorizeRequest {
    /// Parses a raw query.
    ///
    /// ```
    /// use countersign::protocol::{AuthorizeRequest, RawQuery, RequestError};
    ///
    /// let request = AuthorizeRequest::read(RawQuery::new("client_id=printer&ui_locales=de+en"))?;
    /// assert_eq!(request.client_id().as_str(), "printer");
    /// assert_eq!(request.ui_locales().len(), 2);
    /// # Ok::<(), RequestError>(())
    /// ```
    ///
    /// # Errors
    /// Fails if `client_id` is missing, if `client_id` or `redirect_uri` repeats, or if the request
    /// is too long.
    pub fn read(raw: RawQuery) -> Result<Self, RequestError> {
        let query = raw.parse()?;
        Self::from_query(raw, query)
    }

    pub(super) fn from_query(raw: RawQuery, query: Query) -> Result<Self, RequestError> {
        let client_id =
            query.one("client_id")?.map(ClientId::new).ok_or(RequestError::Missing("client_id"))?;
        query.one("redirect_uri")?;
        Ok(Self { raw, query, client_id })
    }

    /// Returns the raw query.
    pub(super) fn into_raw(self) -> RawQuery {
        self.raw
    }

    /// The query, byte for byte.
    #[must_use]
    pub const fn raw(&self) -> &RawQuery {
        &self.raw
    }

    /// Every parameter, including unknown ones.
    #[must_use]
    pub const fn parameters(&self) -> &Query {
        &self.query
    }

    /// The identifier of the client.
    #[must_use]
    pub const fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// The requested languages, best first.
    #[must_use]
    pub fn ui_locales(&self) -> Vec<Locale> {
        self.raw.ui_locales()
    }

    /// The account that the client expects, for the login form only.
    #[must_use]
    pub fn login_hint(&self) -> Option<LoginHint> {
        self.raw.login_hint()
    }

    /// The requested scopes. The card never shows these: it shows the scopes that the backend
    /// returns.
    #[must_use]
    pub fn scopes(&self) -> Vec<ScopeToken> {
        split_spaces(self.single("scope").unwrap_or_default()).map(ScopeToken::new).collect()
    }

    /// The requested resources (RFC 8707).
    pub fn resources(&self) -> impl Iterator<Item = &str> {
        self.query.all("resource")
    }

    /// The client's `state`. Only the backend returns it to the client.
    #[must_use]
    pub fn state(&self) -> Option<Secret> {
        self.single("state").map(Secret::new)
    }

    fn single(&self, name: &'static str) -> Option<&str> {
        self.query.one(name).ok().flatten()
    }
}
