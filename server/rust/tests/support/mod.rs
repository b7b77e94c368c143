//! What the tests share.

#![allow(
    dead_code,
    missing_debug_implementations,
    missing_docs,
    reason = "no test uses everything"
)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

pub mod engine;
pub mod site;
pub mod vectors;
