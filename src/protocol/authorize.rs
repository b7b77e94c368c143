//! The authorization request (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1) as the page finds it.

use super::{
    ClientId, Locale, LoginHint, Query, RawQuery, RequestError, ScopeToken, Secret, TransactionId,
    query::words,
};

/// What the page was opened with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageRequest {
    /// A request from a client, in the address itself.
    Authorize(AuthorizeRequest),
    /// A request that the backend already keeps (`?transaction=`): after a login, a POST or a reload.
    Transaction(TransactionId),
}

impl PageRequest {
    /// Reads the page's query. `transaction` counts only where there is no `client_id`, so that a client cannot
    /// slip one into its own request.
    ///
    /// ```
    /// use countersign::protocol::{PageRequest, RawQuery};
    ///
    /// let page = |query| PageRequest::read(RawQuery::new(query));
    /// assert!(matches!(page("client_id=printer"), Ok(PageRequest::Authorize(_))));
    /// assert!(matches!(page("transaction=T1"), Ok(PageRequest::Transaction(_))));
    /// assert!(page("client_id=a&client_id=b").is_err());
    /// ```
    ///
    /// # Errors
    /// See [`AuthorizeRequest::read`].
    pub fn read(raw: RawQuery) -> Result<Self, RequestError> {
        let query = raw.parse()?;
        if query.pairs().all(|(name, _)| name != "client_id")
            && let Some(transaction) = query.one("transaction")?
        {
            return Ok(Self::Transaction(TransactionId::new(transaction)));
        }
        AuthorizeRequest::from_query(raw, query).map(Self::Authorize)
    }
}

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

    fn from_query(raw: RawQuery, query: Query) -> Result<Self, RequestError> {
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
        self.single("login_hint").map(LoginHint::new)
    }

    /// The scopes asked for. What is shown comes from the backend, never from here.
    #[must_use]
    pub fn scopes(&self) -> Vec<ScopeToken> {
        words(self.single("scope").unwrap_or_default())
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
