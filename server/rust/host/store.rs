//! The stores that a host may have, and a store as a program: lines of JSON come in, and each is
//! answered with a line.

use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use countersign_server::{
    memory::{Clock, MemoryStore, system_clock},
    store::{Store, StoreError},
    stores::{postgres::PostgresStore, redis::RedisStore, sqlite::SqliteStore},
};
use deadpool_postgres::{
    Manager, Pool,
    tokio_postgres::{Config, NoTls},
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, stdin, stdout},
    sync::mpsc::unbounded_channel,
};

pub enum AnyStore {
    Memory(MemoryStore),
    Redis(Box<RedisStore>),
    Postgres(PostgresStore),
    Sqlite(SqliteStore),
}

macro_rules! each {
    ($self:ident, $store:ident => $call:expr) => {
        match $self {
            AnyStore::Memory($store) => $call,
            AnyStore::Redis($store) => $call,
            AnyStore::Postgres($store) => $call,
            AnyStore::Sqlite($store) => $call,
        }
    };
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

/// The store at an address: `redis://…`, `postgres://…`, `sqlite:FILE`, or in memory without one.
pub fn store_at(address: &str, clock: Clock) -> Result<AnyStore, Box<dyn Error>> {
    if let Some(file) = address.strip_prefix("sqlite:") {
        return Ok(AnyStore::Sqlite(SqliteStore::open(file)?.clock(clock)));
    }
    if address.starts_with("redis:") {
        return Ok(AnyStore::Redis(Box::new(RedisStore::new(redis::Client::open(address)?))));
    }
    if address.starts_with("postgres:") {
        let mut config = address.parse::<Config>()?;
        config.connect_timeout(Duration::from_secs(2));
        let pool = Pool::builder(Manager::new(config, NoTls)).max_size(4).build()?;
        return Ok(AnyStore::Postgres(PostgresStore::new(pool).clock(clock)));
    }
    match address {
        "" => Ok(AnyStore::Memory(MemoryStore::with_clock(clock))),
        _ => Err(format!("there is no store {address}").into()),
    }
}

/// A clock that is ahead by so many milliseconds.
pub fn clock_of(ahead: &Arc<AtomicI64>) -> Clock {
    let (now, ahead) = (system_clock(), Arc::clone(ahead));
    Arc::new(move || now() + ahead.load(Ordering::SeqCst))
}

/// A line: the number of a call, and what to do.
#[derive(Deserialize)]
struct Line {
    id: u64,
    call: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    seconds: u64,
}

async fn answer(store: &AnyStore, line: &Line) -> Result<Value, StoreError> {
    let Line { call, key, value, seconds, .. } = line;
    Ok(match call.as_str() {
        "claim" => store.claim(key, value, *seconds).await?.into(),
        "get" => store.get(key).await?.into(),
        "set" => store.set(key, value, *seconds).await?.into(),
        "delete" => store.delete(key).await?.into(),
        "count" => store.count(key, *seconds).await?.into(),
        "migrate" => match store {
            AnyStore::Postgres(store) => store.migrate().await?.into(),
            _ => Value::Null,
        },
        _ => return Err(StoreError::new(format!("there is no call {call}"))),
    })
}

/// Serves a store on the standard streams. `pass` sets its clock ahead, by `seconds` in milliseconds.
pub async fn serve(address: &str) -> Result<(), Box<dyn Error>> {
    let ahead = Arc::new(AtomicI64::new(0));
    let store = Arc::new(store_at(address, clock_of(&ahead))?);
    let (send, mut answers) = unbounded_channel::<Value>();
    let writing = tokio::spawn(async move {
        let mut out = stdout();
        while let Some(answer) = answers.recv().await {
            out.write_all(format!("{answer}\n").as_bytes()).await?;
            out.flush().await?;
        }
        Ok::<_, std::io::Error>(())
    });
    let mut lines = BufReader::new(stdin()).lines();
    while let Some(text) = lines.next_line().await? {
        let line = serde_json::from_str::<Line>(&text)?;
        if line.call == "pass" {
            ahead.fetch_add(i64::try_from(line.seconds)?, Ordering::SeqCst);
            send.send(json!({ "id": line.id, "value": null }))?;
            continue;
        }
        let (store, send) = (Arc::clone(&store), send.clone());
        tokio::spawn(async move {
            let answer = match answer(&store, &line).await {
                Ok(value) => json!({ "id": line.id, "value": value }),
                Err(error) => json!({ "id": line.id, "error": format!("{error}: {}", error.0) }),
            };
            // Who asked has gone.
            let _ = send.send(answer);
        });
    }
    drop(send);
    writing.await??;
    Ok(())
}
