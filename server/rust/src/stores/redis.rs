//! A store in Redis 7 or newer, or Valkey, by crate `redis`.

use std::{fmt, time::Duration};

use redis::{
    AsyncConnectionConfig, Client, Cmd, FromRedisValue, RedisError, aio::MultiplexedConnection, cmd,
};
use tokio::sync::Mutex;

use crate::store::{Store, StoreError};

/// A count begins its time with its first call.
const COUNT: &str = "local count = redis.call('INCR', KEYS[1]) \
    if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end return count";

/// How long it may take to connect.
const CONNECT: Duration = Duration::from_secs(2);
/// How long an answer may take: half of what the kit allows a store. After that, the connection is
/// given up.
const ANSWER: Duration = Duration::from_secs(5);

/// A connection, and its number: who finds it broken gives up this one, and no later one.
#[derive(Default)]
struct Connected {
    number: u64,
    connection: Option<MultiplexedConnection>,
}

/// A store in Redis. All calls share one connection. While Redis is away, a call fails at once, and
/// nothing waits in a queue: what would be carried out later would be done after its call was
/// answered.
///
/// ```
/// use countersign_server::stores::redis::RedisStore;
///
/// let store = RedisStore::new(redis::Client::open("redis://127.0.0.1")?);
/// # Ok::<(), redis::RedisError>(())
/// ```
pub struct RedisStore {
    client: Client,
    prefix: String,
    connected: Mutex<Connected>,
}

/// `Debug` hides where it is.
impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

fn is_broken(error: &RedisError) -> bool {
    error.is_io_error() || error.is_timeout() || error.is_unrecoverable_error()
}

/// Redis knows whole seconds, and no time of zero.
const fn ttl(seconds: u64) -> u64 {
    if seconds == 0 { 1 } else { seconds }
}

impl RedisStore {
    /// A store that connects with its first call.
    #[must_use]
    pub fn new(client: Client) -> Self {
        let prefix = "countersign:".to_owned();
        Self { client, prefix, connected: Mutex::default() }
    }

    /// What keys begin with (`countersign:`).
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    fn key(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    async fn connection(&self) -> Result<(u64, MultiplexedConnection), RedisError> {
        let mut connected = self.connected.lock().await;
        if let Some(connection) = &connected.connection {
            return Ok((connected.number, connection.clone()));
        }
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(Some(ANSWER));
        let connection = self.client.get_multiplexed_async_connection_with_config(&config).await?;
        connected.number += 1;
        connected.connection = Some(connection.clone());
        Ok((connected.number, connection))
    }

    async fn send<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        let (number, mut connection) = self.connection().await.map_err(StoreError::new)?;
        let answer = command.query_async(&mut connection).await;
        if answer.as_ref().err().is_some_and(is_broken) {
            let mut connected = self.connected.lock().await;
            if connected.number == number {
                connected.connection = None;
            }
        }
        answer.map_err(StoreError::new)
    }
}

impl Store for RedisStore {
    async fn claim(
        &self,
        key: &str,
        value: &str,
        seconds: u64,
    ) -> Result<Option<String>, StoreError> {
        let mut command = cmd("SET");
        command.arg(self.key(key)).arg(value).arg("NX").arg("GET").arg("EX").arg(ttl(seconds));
        self.send(&command).await
    }

    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.send(cmd("GET").arg(self.key(key))).await
    }

    async fn set(&self, key: &str, value: &str, seconds: u64) -> Result<(), StoreError> {
        self.send(cmd("SET").arg(self.key(key)).arg(value).arg("EX").arg(ttl(seconds))).await
    }

    async fn delete(&self, key: &str) -> Result<(), StoreError> {
        self.send(cmd("DEL").arg(self.key(key))).await
    }

    async fn count(&self, key: &str, seconds: u64) -> Result<u64, StoreError> {
        self.send(cmd("EVAL").arg(COUNT).arg(1).arg(self.key(key)).arg(ttl(seconds))).await
    }
}
