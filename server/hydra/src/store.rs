//! The store that the settings name.

use std::{sync::Arc, time::Duration};

use countersign_server::{
    memory::MemoryStore,
    store::{Store, StoreError},
    stores::{postgres::PostgresStore, redis::RedisStore, sqlite::SqliteStore},
};
use deadpool_postgres::{
    Manager, Pool,
    tokio_postgres::{Config, NoTls},
};

/// How many connections to PostgreSQL there may be, and how long one may take to begin.
const MOST: usize = 8;
const WITHIN: Duration = Duration::from_secs(2);
const KINDS: &str = "must be memory:, sqlite:FILE, redis://… or postgres://…";

/// A store that is chosen when the program begins. A clone is the same store.
#[derive(Clone)]
pub enum AnyStore {
    Memory(MemoryStore),
    Sqlite(Arc<SqliteStore>),
    Redis(Arc<RedisStore>),
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

impl AnyStore {
    /// The store at an address, or why there is none. No text has the address: it may have a password.
    pub fn open(address: &str) -> Result<Self, String> {
        let cannot = || "is an address that cannot be read".to_owned();
        if address == "memory:" {
            return Ok(Self::Memory(MemoryStore::new()));
        }
        if let Some(file) = address.strip_prefix("sqlite:") {
            let store = SqliteStore::open(file).map_err(|_| "the file cannot be opened".to_owned());
            return Ok(Self::Sqlite(store?.into()));
        }
        if address.starts_with("redis:") {
            let client = redis::Client::open(address).map_err(|_| cannot())?;
            return Ok(Self::Redis(RedisStore::new(client).into()));
        }
        if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let mut config = address.parse::<Config>().map_err(|_| cannot())?;
            config.connect_timeout(WITHIN);
            let pool = Pool::builder(Manager::new(config, NoTls)).max_size(MOST).build();
            return Ok(Self::Postgres(PostgresStore::new(pool.map_err(|_| cannot())?).into()));
        }
        Err(KINDS.to_owned())
    }

    /// Whether only this process has it.
    pub const fn is_of_this_process(&self) -> bool {
        matches!(self, Self::Memory(_))
    }

    /// Makes the tables of a store that does not make them itself. Can be repeated.
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
