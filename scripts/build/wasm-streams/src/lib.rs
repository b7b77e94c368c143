//! What Leptos' server functions name of the crate `wasm-streams`, for programs that call none: every stream is empty.

use futures_util::stream::{Empty, Stream, empty};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::ReadableStream as Raw;

/// An empty stream.
#[derive(Debug)]
pub struct ReadableStream(());

impl ReadableStream {
    /// Takes a stream and forgets it.
    #[must_use]
    pub fn from_raw(_stream: Raw) -> Self {
        Self(())
    }

    /// Takes a stream and forgets it.
    pub fn from_stream(_stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        Self(())
    }

    /// No stream.
    #[must_use]
    pub fn into_raw(self) -> Raw {
        JsValue::UNDEFINED.unchecked_into()
    }

    /// Nothing.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        empty()
    }
}
