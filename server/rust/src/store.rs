//! What the kit keeps for a while: decisions, requests that no cookie can hold, and counts.

use std::future::Future;

use crate::model::BoxError;

/// A store that cannot be reached. The kit answers 503.
#[derive(Debug, thiserror::Error)]
#[error("the store is unavailable")]
pub struct StoreError(#[source] pub BoxError);

impl StoreError {
    /// For an error of whatever keeps the values.
    pub fn new(error: impl Into<BoxError>) -> Self {
        Self(error.into())
    }
}

/// A store of short texts. All processes of a site share one. Keys are at most 200 characters, and
/// values at most 64 kB.
///
/// The kit in TypeScript has the same stores: processes of both can share one.
pub trait Store: Send + Sync + 'static {
    /// Sets the value of a key that has none, in one atomic step. Answers `None` if it did, else the
    /// value that the key has: of many calls at once exactly one gets `None`.
    fn claim(
        &self,
        key: &str,
        value: &str,
        seconds: u64,
    ) -> impl Future<Output = Result<Option<String>, StoreError>> + Send;

    /// The value of a key.
    fn get(&self, key: &str) -> impl Future<Output = Result<Option<String>, StoreError>> + Send;

    /// Sets the value of a key.
    fn set(
        &self,
        key: &str,
        value: &str,
        seconds: u64,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Takes a key away.
    fn delete(&self, key: &str) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Adds one to a count and answers the new count. The count ends this many seconds after its
    /// first call.
    fn count(
        &self,
        key: &str,
        seconds: u64,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;
}
