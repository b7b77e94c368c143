//! A reference to an authorization request.

use super::{RawQuery, RequestError, TransactionId};

/// A reference to an authorization request: its query, or its transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestRef {
    /// The query of the page, byte for byte.
    Query(RawQuery),
    /// The transaction of the backend, after a login, a POST or a reload.
    Transaction(TransactionId),
}

impl RequestRef {
    /// Reads the page's query. `transaction` counts only without `client_id`, so that a client
    /// cannot put a transaction into its own request.
    ///
    /// ```
    /// use countersign::protocol::{RawQuery, RequestRef};
    ///
    /// let page = |query| RequestRef::read(RawQuery::new(query));
    /// assert!(matches!(page("client_id=printer"), Ok(RequestRef::Query(_))));
    /// assert!(matches!(page("transaction=T1"), Ok(RequestRef::Transaction(_))));
    /// assert!(page("client_id=a&client_id=b").is_err());
    /// ```
    ///
    /// # Errors
    /// Fails if `client_id` is missing, if `client_id` or `redirect_uri` repeats, or if the query is
    /// too long. Other parameters may repeat: the backend gets the raw query and judges it.
    pub fn read(raw: RawQuery) -> Result<Self, RequestError> {
        let query = raw.parse()?;
        if query.pairs().all(|(name, _)| name != "client_id")
            && let Some(transaction) = query.one("transaction")?
        {
            return Ok(Self::Transaction(TransactionId::new(transaction)));
        }
        query.one("client_id")?.ok_or(RequestError::Missing("client_id"))?;
        query.one("redirect_uri")?;
        Ok(Self::Query(raw))
    }
}
