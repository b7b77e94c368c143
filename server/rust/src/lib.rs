//! The countersign API for authorization servers in Rust.
//!
//! This crate is the twin of the kit in TypeScript (`countersign/server`). What both kits write can
//! be read by either: they share sealed texts, problem documents, guards and page headers, and the
//! files in `tests/vectors` hold them together.
#![forbid(unsafe_code)]

pub mod cookie;
pub mod guard;
pub mod headers;
pub mod json;
pub mod problem;
pub mod seal;
