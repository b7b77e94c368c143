//! A store that is chosen by its address when a program begins.

use std::{sync::Arc, time::Duration};

use deadpool_postgres::{
    Manager, Pool,
    tokio_postgres::{Config, NoTls, config::SslMode},
};

use super::{postgres::PostgresStore, redis::RedisStore, sqlite::SqliteStore};
use crate::{
    memory::{Clock, MemoryStore},
    store::{Store, StoreError},
};

/// How many connections to PostgreSQL there may be, and how long one may take to begin.
const MOST: usize = 8;
const WITHIN: Duration = Duration::from_secs(2);

/// Why there is no store at an address. No text has the address: it may have a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// It names no kind of store.
    #[error("must be memory:, sqlite:FILE, redis://…, rediss://… or postgres://…")]
    Kind,
    /// It cannot be read.
    #[error("is an address that cannot be read")]
    Unreadable,
    /// It does not say whether there is TLS.
    #[error("sslmode must be disable, or require, verify-ca or verify-full, which check the same")]
    SslMode,
    /// TLS cannot be set up: the feature `tls` is missing, or the certificates of the machine.
    #[error("needs TLS, which this program does not have, or has no certificates for")]
    Tls,
    /// The file cannot be opened or written.
    #[error("the file cannot be opened")]
    File,
}

impl AddressError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Kind => "store_kind",
            Self::Unreadable => "store_address",
            Self::SslMode => "store_sslmode",
            Self::Tls => "store_tls",
            Self::File => "store_file",
        }
    }
}

/// A store that is chosen when a program begins. A clone is the same store.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum AnyStore {
    /// In the memory of this process.
    Memory(MemoryStore),
    /// In a file.
    Sqlite(Arc<SqliteStore>),
    /// In Redis.
    Redis(Arc<RedisStore>),
    /// In PostgreSQL.
    Postgres(Arc<PostgresStore>),
}

macro_rules! each {
    ($self:ident, $store:ident => $call:expr) => {
        match $self {
            AnyStore::Memory($store) => $call,
            AnyStore::Sqlite($store) => $call,
            AnyStore::Redis($store) => $call,
            AnyStore::Postgres($store) => $call,
        }
    };
}

/// Takes `sslmode` out of an address, which has modes that the client does not know. All that have TLS
/// check the certificate and its name.
fn ssl_mode(address: &str) -> Result<(String, SslMode), AddressError> {
    let (start, query) = address.split_once('?').unwrap_or((address, ""));
    let (modes, others): (Vec<_>, Vec<_>) =
        query.split('&').partition(|pair| pair.starts_with("sslmode="));
    let mode = match modes.as_slice() {
        [] | ["sslmode=disable"] => SslMode::Disable,
        ["sslmode=require" | "sslmode=verify-ca" | "sslmode=verify-full"] => SslMode::Require,
        _ => return Err(AddressError::SslMode),
    };
    Ok((format!("{start}?{}", others.join("&")), mode))
}

#[cfg(feature = "tls")]
fn with_tls(config: Config) -> Result<Manager, AddressError> {
    let connector = super::tls::postgres_connector().map_err(|_| AddressError::Tls)?;
    Ok(Manager::new(config, connector))
}

#[cfg(not(feature = "tls"))]
fn with_tls(_: Config) -> Result<Manager, AddressError> {
    Err(AddressError::Tls)
}

fn postgres(address: &str) -> Result<PostgresStore, AddressError> {
    let (address, mode) = ssl_mode(address)?;
    let mut config = address.parse::<Config>().map_err(|_| AddressError::Unreadable)?;
    config.connect_timeout(WITHIN).ssl_mode(mode);
    let manager = match mode {
        SslMode::Require => with_tls(config)?,
        _ => Manager::new(config, NoTls),
    };
    let pool = Pool::builder(manager).max_size(MOST).build();
    Ok(PostgresStore::new(pool.map_err(|_| AddressError::Unreadable)?))
}

fn redis(address: &str) -> Result<RedisStore, AddressError> {
    if address.starts_with("rediss:") {
        #[cfg(feature = "tls")]
        super::tls::name_provider();
        #[cfg(not(feature = "tls"))]
        return Err(AddressError::Tls);
    }
    let client = redis::Client::open(address).map_err(|_| AddressError::Unreadable)?;
    Ok(RedisStore::new(client))
}

impl AnyStore {
    /// The store at an address: `memory:`, `sqlite:FILE`, `redis://…`, `rediss://…` or `postgres://…`,
    /// with TLS if it says `sslmode=require`. Redis has a clock of its own.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn open(address: &str, clock: Clock) -> Result<Self, AddressError> {
        if address == "memory:" {
            return Ok(Self::Memory(MemoryStore::with_clock(clock)));
        }
        if let Some(file) = address.strip_prefix("sqlite:") {
            let store = SqliteStore::open(file).map_err(|_| AddressError::File)?;
            return Ok(Self::Sqlite(store.clock(clock).into()));
        }
        if address.starts_with("redis:") || address.starts_with("rediss:") {
            return Ok(Self::Redis(redis(address)?.into()));
        }
        if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            return Ok(Self::Postgres(postgres(address)?.clock(clock).into()));
        }
        Err(AddressError::Kind)
    }

    /// Whether only this process has it.
    #[must_use]
    pub const fn is_of_this_process(&self) -> bool {
        matches!(self, Self::Memory(_))
    }

    /// Makes the tables of a store that does not make them itself. Can be repeated.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Postgres(store) => store.migrate().await,
            _ => Ok(()),
        }
    }
}

impl Store for AnyStore {
    async fn claim(
        &self,
        key: &str,
        value: &str,
        seconds: u64,
    ) -> Result<Option<String>, StoreError> {
        each!(self, store => store.claim(key, value, seconds).await)
    }

    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        each!(self, store => store.get(key).await)
    }

    async fn set(&self, key: &str, value: &str, seconds: u64) -> Result<(), StoreError> {
        each!(self, store => store.set(key, value, seconds).await)
    }

    async fn delete(&self, key: &str) -> Result<(), StoreError> {
        each!(self, store => store.delete(key).await)
    }

    async fn count(&self, key: &str, seconds: u64) -> Result<u64, StoreError> {
        each!(self, store => store.count(key, seconds).await)
    }
}

#[cfg(test)]
mod tests;
