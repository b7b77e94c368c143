//! The only users of the browser: its parsers, its network, its page and its clock.

mod browser;
pub(crate) mod document;
mod fetch;
mod page;
mod timer;

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};

pub use browser::Browser;
pub(crate) use fetch::text;
pub use fetch::{Fetch, FetchBy};
pub use page::random_hex;
pub(crate) use page::{Listener, Page, copy, focus, focus_soon};
pub(crate) use timer::{now, wait};

/// An object that inherits nothing: what a page's script leaves in `Object.prototype` would count as
/// an option of the browser's functions.
pub(crate) fn bare() -> Object {
    Object::create(JsValue::NULL.unchecked_ref())
}
