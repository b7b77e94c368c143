//! The widget for pages without Rust: three functions that the custom elements in `ts/` call.
//!
//! ```js
//! const number = mount(shadowRoot, { b2b: false, loginUrl: '/login' }, bridge);
//! update(number, { messages: { allow: 'Continue' } });
//! unmount(number);
//! ```
//!
//! The input is strict: `ts/` checks what hosts write, and names the wrong field.
//!
//! - `settings.rs`: the input
//! - `bridge.rs`: what is called in JavaScript
//! - `transport.rs`: calls, by `fetch` or by a backend of the page's own
//! - `stytch.rs`: Stytch's adapter, with feature `stytch` only

#![deny(rustdoc::broken_intra_doc_links)]
#![cfg(target_arch = "wasm32")]

mod bridge;
mod settings;
#[cfg(feature = "stytch")]
mod stytch;
mod transport;

use std::cell::RefCell;

use countersign_web::{Browser, Handle, MountHandle};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use bridge::Bridge;

/// The allocator, which takes less of the module than the standard library's.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A running widget, which ends when this is dropped.
struct Running {
    handle: Handle,
    _widget: MountHandle,
}

thread_local! {
    static MOUNTED: RefCell<Vec<Option<Running>>> = const { RefCell::new(Vec::new()) };
}

/// Appends a widget to `parent` (an element or a shadow root), starts it, and returns its number.
#[wasm_bindgen]
pub fn mount(parent: HtmlElement, settings: &JsValue, bridge: Bridge) -> usize {
    let handle = Handle::default();
    let mut options = settings::options(&*Browser::value(settings.clone()), bridge);
    options.connect = Some(handle.connect());
    // A shadow root has no method of an element's own but this one.
    if let Ok(Some(root)) = parent.query_selector(".countersign") {
        options.answer = options.answer.map(|answer| answer.in_root(root));
    }
    let running = Running { handle, _widget: countersign_web::mount(&parent, options) };
    MOUNTED.with_borrow_mut(|all| {
        let free = all.iter().position(Option::is_none);
        let number = free.unwrap_or(all.len());
        match all.get_mut(number) {
            Some(slot) => *slot = Some(running),
            None => all.push(Some(running)),
        }
        number
    })
}

/// Updates a widget: `messages`, `token`, or both.
#[wasm_bindgen]
pub fn update(number: usize, changes: &JsValue) {
    let handle = MOUNTED.with_borrow(|all| Some(all.get(number)?.as_ref()?.handle.clone()));
    if let Some(handle) = handle {
        settings::change(&*Browser::value(changes.clone()), &handle);
    }
}

/// Ends a widget: aborts its calls, removes its elements and listeners.
#[wasm_bindgen]
pub fn unmount(number: usize) {
    // Dropped outside the borrow: a widget that ends may call JavaScript.
    let ended = MOUNTED.with_borrow_mut(|all| all.get_mut(number).and_then(Option::take));
    drop(ended);
}
