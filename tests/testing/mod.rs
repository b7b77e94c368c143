//! What the tests of all crates share, native and in a browser: outcomes as a backend sends them, a
//! machine that a test steps by hand (`play`), one with a scripted backend (`driver`), and readers
//! of views.

#![allow(dead_code, reason = "the tests of one crate do not use all of it")]

pub mod cards;
pub mod driver;
pub mod fixtures;
pub mod next_step;
pub mod play;
pub mod tables;
pub mod texts;
pub mod views;

#[cfg(not(target_arch = "wasm32"))]
pub use countersign::platform::native::Native as Host;
#[cfg(target_arch = "wasm32")]
pub use countersign_web::Browser as Host;
pub use fixtures::*;

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

/// The output of a future that is ready at once; `None` if it is not.
pub fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// An error without what was expected, which only builds for development say.
pub fn briefly(error: &impl ToString) -> String {
    let text = error.to_string();
    text.split_once(" (expected ").map_or(text.clone(), |(brief, _)| brief.to_owned())
}

/// The vectors of a file in `tests/vectors`.
pub fn vectors(text: &str) -> Vec<serde_json::Value> {
    serde_json::from_str::<Vec<serde_json::Value>>(text).unwrap()
}
