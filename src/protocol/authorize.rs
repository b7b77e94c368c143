//! The authorization request (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1) as the page finds it.

use super::{
    ClientId, Locale, LoginHint, Query, RawQuery, RequestError, ScopeToken, Secret,
    query::split_spaces,
};

/// An authorization request: the raw query, and what the page itself needs to know of it.
///
/// Only `client_id` and `redirect_uri` are insisted on being single here. Where another parameter stands twice its
/// reader answers `None`: the backend gets the raw query and judges it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizeRequest {
    raw: RawQuery,
    query: Query,
    client_id: ClientId,
}

impl AuthorizeRequest {
    /// Reads a raw query.
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
    /// A missing or duplicated `client_id`, a duplicated `redirect_uri`, or too long a request.
    pub fn read(raw: RawQuery) -> Result<Self, RequestError> {
        let query = raw.parse()?;
        Self::from_query(raw, query)
    }

    pub(super) fn from_query(raw: RawQuery, query: Query) -> Result<Self, RequestError> {
        let client_id = query
            .one("client_id")?
            .ok_or(RequestError::Missing("client_id"))?;
        let client_id = ClientId::new(client_id);
        query.one("redirect_uri")?;
        Ok(Self {
            raw,
            query,
            client_id,
        })
    }

    /// The query itself.
    pub(super) fn into_raw(self) -> RawQuery {
        self.raw
    }

    /// The query, byte for byte.
    #[must_use]
    pub const fn raw(&self) -> &RawQuery {
        &self.raw
    }

    /// Every parameter, unknown ones included.
    #[must_use]
    pub const fn parameters(&self) -> &Query {
        &self.query
    }

    /// Who asks, by its own word.
    #[must_use]
    pub const fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// The languages asked for, best first.
    #[must_use]
    pub fn ui_locales(&self) -> Vec<Locale> {
        self.raw.ui_locales()
    }

    /// Whom the client expects, for the login form alone.
    #[must_use]
    pub fn login_hint(&self) -> Option<LoginHint> {
        self.raw.login_hint()
    }

    /// The scopes asked for. What is shown comes from the backend, never from here.
    #[must_use]
    pub fn scopes(&self) -> Vec<ScopeToken> {
        split_spaces(self.single("scope").unwrap_or_default())
            .map(ScopeToken::new)
            .collect()
    }

    /// The targets asked for (RFC 8707).
    pub fn resources(&self) -> impl Iterator<Item = &str> {
        self.query.all("resource")
    }

    /// The client's `state`, which comes back to it by the backend alone.
    #[must_use]
    pub fn state(&self) -> Option<Secret> {
        self.single("state").map(Secret::new)
    }

    fn single(&self, name: &'static str) -> Option<&str> {
        self.query.one(name).ok().flatten()
    }
}
