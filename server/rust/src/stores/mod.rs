//! Stores that several processes share: Redis, PostgreSQL, and SQLite for the processes of one
//! machine. Each is behind a feature of its name. With all three, `any` chooses one by an address.
//!
//! The feature `tls` adds TLS to Redis and PostgreSQL.
//!
//! They have the keys, tables and values of the stores of the kit in TypeScript, so that processes of
//! both can share one.

#[cfg(all(feature = "postgres", feature = "redis", feature = "sqlite"))]
pub mod any;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "redis")]
pub mod redis;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod sql;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(feature = "tls")]
pub mod tls;
