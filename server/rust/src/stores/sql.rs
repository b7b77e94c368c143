//! The statements of stores in SQL, and a store over whatever runs them. SQLite and PostgreSQL have
//! the same statements, but for how they name parameters.

use std::{
    future::Future,
    sync::atomic::{AtomicU64, Ordering},
};

use crate::{
    memory::{Clock, system_clock},
    store::StoreError,
};

macro_rules! table {
    () => {
        "create table if not exists countersign_store (key text primary key, value text not null, until bigint not null)"
    };
}
macro_rules! index {
    () => {
        "create index if not exists countersign_store_until on countersign_store (until)"
    };
}
pub(crate) use {index, table};

/// Parameters: key, value, until, now. Returns a row if the key had no value.
const CLAIM: &str = "insert into countersign_store (key, value, until) values ($1, $2, $3) \
    on conflict (key) do update set value = excluded.value, until = excluded.until \
    where countersign_store.until <= $4 returning key";

/// Parameters: key, now.
const GET: &str = "select value from countersign_store where key = $1 and until > $2";

/// Parameters: key, value, until.
const SET: &str = "insert into countersign_store (key, value, until) values ($1, $2, $3) \
    on conflict (key) do update set value = excluded.value, until = excluded.until";

/// Parameters: key.
const DELETE: &str = "delete from countersign_store where key = $1";

/// Parameters: key, until, now. Returns the new count.
const COUNT: &str = "insert into countersign_store (key, value, until) values ($1, '1', $2) \
    on conflict (key) do update set \
    value = case when countersign_store.until <= $3 then '1' \
        else cast(cast(countersign_store.value as integer) + 1 as text) end, \
    until = case when countersign_store.until <= $3 then excluded.until \
        else countersign_store.until end \
    returning value";

/// Parameters: now. Removes what has expired.
const SWEEP: &str = "delete from countersign_store where until <= $1";

/// One write of so many removes what has expired.
const SWEEP_EVERY: u64 = 500;

/// A parameter of a statement.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// What runs the statements.
pub(crate) trait Run: Send + Sync {
    /// Runs a statement. Answers the first column of its first row.
    fn run(
        &self,
        statement: &'static str,
        values: Vec<Value>,
    ) -> impl Future<Output = Result<Option<String>, StoreError>> + Send;
}

/// The five methods of a store, over what runs the statements.
pub(crate) struct Statements<R> {
    pub run: R,
    pub clock: Clock,
    writes: AtomicU64,
}

impl<R: Run> Statements<R> {
    pub fn over(run: R) -> Self {
        Self { run, clock: system_clock(), writes: AtomicU64::new(0) }
    }

    fn until(&self, seconds: u64) -> (i64, i64) {
        let now = (self.clock)();
        let milliseconds = i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX);
        (now.saturating_add(milliseconds), now)
    }

    async fn write(
        &self,
        statement: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<String>, StoreError> {
        if (self.writes.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(SWEEP_EVERY) {
            self.run.run(SWEEP, vec![(self.clock)().into()]).await?;
        }
        self.run.run(statement, values).await
    }

    pub async fn claim(
        &self,
        key: &str,
        value: &str,
        seconds: u64,
    ) -> Result<Option<String>, StoreError> {
        loop {
            let (until, now) = self.until(seconds);
            let values = vec![key.into(), value.into(), until.into(), now.into()];
            if self.write(CLAIM, values).await?.is_some() {
                return Ok(None);
            }
            // It may have ended between the two statements.
            if let Some(other) = self.get(key).await? {
                return Ok(Some(other));
            }
        }
    }

    pub async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.run.run(GET, vec![key.into(), (self.clock)().into()]).await
    }

    pub async fn set(&self, key: &str, value: &str, seconds: u64) -> Result<(), StoreError> {
        let (until, _) = self.until(seconds);
        self.write(SET, vec![key.into(), value.into(), until.into()]).await?;
        Ok(())
    }

    pub async fn delete(&self, key: &str) -> Result<(), StoreError> {
        self.write(DELETE, vec![key.into()]).await?;
        Ok(())
    }

    pub async fn count(&self, key: &str, seconds: u64) -> Result<u64, StoreError> {
        let (until, now) = self.until(seconds);
        let count = self.write(COUNT, vec![key.into(), until.into(), now.into()]).await?;
        count.unwrap_or_default().parse().map_err(StoreError::new)
    }
}

/// Implements [`crate::store::Store`] by the [`Statements`] in the field `statements`.
macro_rules! store_over_statements {
    ($store:ty) => {
        impl crate::store::Store for $store {
            async fn claim(
                &self,
                key: &str,
                value: &str,
                seconds: u64,
            ) -> Result<Option<String>, StoreError> {
                self.statements.claim(key, value, seconds).await
            }

            async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
                self.statements.get(key).await
            }

            async fn set(&self, key: &str, value: &str, seconds: u64) -> Result<(), StoreError> {
                self.statements.set(key, value, seconds).await
            }

            async fn delete(&self, key: &str) -> Result<(), StoreError> {
                self.statements.delete(key).await
            }

            async fn count(&self, key: &str, seconds: u64) -> Result<u64, StoreError> {
                self.statements.count(key, seconds).await
            }
        }
    };
}
pub(crate) use store_over_statements;
