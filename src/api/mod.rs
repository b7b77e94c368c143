//! The countersign API (`api/openapi.yaml`), and what other adapters share with it.
//!
//! - [`client`]: calls a server that speaks the API
//! - `server`: reads requests and writes responses, for servers written in Rust (feature `serde`)
//! - [`Transport`]: sends one HTTP request
//! - [`reader`], [`writer`]: read and write JSON objects

pub mod client;
pub mod reader;
#[cfg(feature = "serde")]
pub mod server;
mod transport;
#[cfg(feature = "serde")]
mod version;
pub mod writer;

pub use transport::{HttpRequest, HttpResponse, MAX_BODY, Method, Transport};
