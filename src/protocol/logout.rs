//! The logout request (OpenID Connect RP-Initiated Logout section 2).

use super::{ClientId, Query, RawQuery, RequestError, Secret};

/// A logout request: the raw query for the backend, and its parameters. All of them are optional.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutRequest {
    raw: RawQuery,
    query: Query,
}

impl LogoutRequest {
    /// Parses a raw query.
    ///
    /// ```
    /// use countersign::protocol::{LogoutRequest, RawQuery};
    ///
    /// assert!(LogoutRequest::read(RawQuery::new("")).is_ok());
    /// assert!(LogoutRequest::read(RawQuery::new("client_id=a&client_id=b")).is_err());
    /// ```
    ///
    /// # Errors
    /// Fails if `client_id` or `post_logout_redirect_uri` repeats, or if the request is too long.
    pub fn read(raw: RawQuery) -> Result<Self, RequestError> {
        let query = raw.parse()?;
        query.one("client_id")?;
        query.one("post_logout_redirect_uri")?;
        Ok(Self { raw, query })
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
    pub fn client_id(&self) -> Option<ClientId> {
        self.query.one("client_id").ok().flatten().map(ClientId::new)
    }

    /// The ID token of the session to end.
    #[must_use]
    pub fn id_token_hint(&self) -> Option<Secret> {
        self.query.one("id_token_hint").ok().flatten().map(Secret::new)
    }
}
