//! The login and consent app of Ory Hydra: an [`Engine`](countersign_server::engine::Engine) for its
//! admin API, and the program `countersign-hydra` around it.
//!
//! A host in Rust can use the engine alone:
//!
//! ```
//! use countersign_hydra::{Hydra, HydraOptions, http::HttpClient};
//!
//! let options = HydraOptions::new("http://127.0.0.1:4445".parse()?, "http://localhost:4444".parse()?);
//! let engine = Hydra::new(options, HttpClient::new(false)?);
//! // Countersign::builder(engine, my_sessions)…
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![forbid(unsafe_code)]

mod engine;
pub mod http;

pub use engine::{Claims, HowSignedIn, Hydra, HydraHost, HydraOptions, NoHost};
