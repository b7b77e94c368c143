//! Fixtures, and a driver without a browser.

pub mod driver;
pub mod fixtures;
pub mod hostile;
pub mod texts;
pub mod views;

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

/// The vectors of a file in `tests/vectors`.
pub fn vectors(text: &str) -> Vec<serde_json::Value> {
    serde_json::from_str::<Vec<serde_json::Value>>(text).unwrap()
}
