//! The countersign API for authorization servers in Rust: a [`tower_service::Service`] in front of an
//! OAuth engine.
//!
//! This crate is the twin of the kit in TypeScript (`countersign/server`). Both write the same bytes,
//! so that their processes can share a secret and a store; the files in `tests/vectors/server` hold
//! them together.
//!
//! ```
//! use countersign_server::{
//!     Countersign,
//!     describe::Sessions,
//!     engine::{
//!         Asked, Destination, Ending, Engine, EngineContext, EngineError, Grant, Narrows, Opened,
//!         Refused, Remembers, Resume,
//!     },
//!     memory::MemoryStore,
//!     model::{Account, BoxError, ClientMetadata, RequestedScope},
//! };
//! use http::request::Parts;
//!
//! const CALLBACK: &str = "https://app.example/callback";
//!
//! struct MyEngine;
//!
//! impl Engine for MyEngine {
//!     fn name(&self) -> &str {
//!         "my-engine"
//!     }
//!     fn narrows(&self) -> Narrows {
//!         Narrows::Yes
//!     }
//!     fn remembers(&self) -> Remembers {
//!         Remembers::Never
//!     }
//!     async fn open(&self, query: &str, _: &EngineContext<'_>) -> Result<Opened, EngineError> {
//!         if query != "client_id=app" {
//!             return Ok(Opened::Refused(Refused::new("invalid_client")));
//!         }
//!         let resume = Resume("what allow and deny need".into());
//!         let mut asked = Asked::new(ClientMetadata::new("app"), CALLBACK, resume);
//!         asked.scopes = vec![RequestedScope::new("profile")];
//!         Ok(Opened::Ask(Box::new(asked)))
//!     }
//!     async fn allow(&self, _: &Resume, grant: &Grant, _: &EngineContext<'_>) -> Result<Ending, EngineError> {
//!         let code = format!("a code for {} scopes", grant.scopes.len());
//!         Ok(Ending::To(Destination::new(format!("{CALLBACK}?code={code}"))))
//!     }
//!     async fn deny(&self, _: &Resume, _: &EngineContext<'_>) -> Result<Ending, EngineError> {
//!         Ok(Ending::To(Destination::new(format!("{CALLBACK}?error=access_denied"))))
//!     }
//! }
//!
//! struct MySessions;
//!
//! impl Sessions for MySessions {
//!     async fn account(&self, request: &Parts) -> Result<Option<Account>, BoxError> {
//!         Ok(request.headers.contains_key("cookie").then(|| Account::new("ada")))
//!     }
//! }
//!
//! let mount = Countersign::builder(MyEngine, MySessions)
//!     .origin("https://login.example")
//!     .secret("thirty-two characters that nobody can guess")
//!     .store(MemoryStore::new())
//!     .build()?;
//! # Ok::<(), countersign_server::OptionsError>(())
//! ```
#![forbid(unsafe_code)]

pub mod addresses;
mod answer;
mod authorize;
#[cfg(feature = "axum")]
mod axum;
mod bodies;
mod builder;
mod calls;
mod card;
mod claims;
mod client;
pub mod cookie;
mod decisions;
pub mod describe;
pub mod engine;
mod erased;
mod error;
mod finish;
pub mod guard;
pub mod headers;
mod html;
pub mod json;
mod kit;
mod limits;
mod log;
mod logout;
pub mod memory;
pub mod model;
mod outcomes;
pub mod page;
pub mod problem;
mod scopes;
pub mod seal;
mod service;
pub mod store;
pub mod stores;
mod submit;
mod transactions;

pub use answer::Answer;
pub use builder::{Builder, OptionsError};
pub use countersign::protocol::{LoginReason, Realm};
pub use limits::Limits;
pub use log::{LogDetails, LogEvent};
pub use service::Countersign;
