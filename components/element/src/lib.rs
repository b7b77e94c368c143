//! The widget for pages that know no Rust: three functions, called by the custom elements in `ts/`, and by nobody else.
//!
//! What comes in is strict: `ts/` translates what teams may write, and says which field is wrong. Every mounted widget has a number.
//!
//! - `settings.rs`: what comes in
//! - `host.rs`: what is called outside
//! - `transport.rs`: calls, by `fetch` or by a backend of the page's own
//! - `stytch.rs`: Stytch's adapter, only with the feature `stytch`

#![deny(rustdoc::broken_intra_doc_links)]
#![cfg(target_arch = "wasm32")]

mod host;
mod settings;
#[cfg(feature = "stytch")]
mod stytch;
mod transport;

use std::cell::RefCell;

use countersign_leptos::{Browser, Handle, MountHandle};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use host::Host;

/// A widget at work, which ends when it is dropped, and what it can be told by.
struct Running {
    remote: Handle,
    _widget: MountHandle,
}

thread_local! {
    static MOUNTED: RefCell<Vec<Option<Running>>> = const { RefCell::new(Vec::new()) };
}

/// Starts a widget at the end of `parent` (an element or a shadow root) and answers with its number.
#[wasm_bindgen]
pub fn mount(parent: HtmlElement, settings: &JsValue, host: Host) -> usize {
    let remote = Handle::default();
    let mut options = settings::options(&*Browser::value(settings.clone()), host);
    options.connect = Some(remote.connect());
    let mounted = Running {
        remote,
        _widget: countersign_leptos::mount(&parent, options),
    };
    MOUNTED.with_borrow_mut(|all| {
        let free = all.iter().position(Option::is_none);
        let number = free.unwrap_or(all.len());
        match all.get_mut(number) {
            Some(place) => *place = Some(mounted),
            None => all.push(Some(mounted)),
        }
        number
    })
}

/// Tells a widget what has changed: `messages`, `token`, or both.
#[wasm_bindgen]
pub fn update(number: usize, changes: &JsValue) {
    let remote = MOUNTED.with_borrow(|all| Some(all.get(number)?.as_ref()?.remote.clone()));
    if let Some(remote) = remote {
        settings::change(&*Browser::value(changes.clone()), &remote);
    }
}

/// Ends a widget: its calls are given up, its nodes and listeners go.
#[wasm_bindgen]
pub fn unmount(number: usize) {
    // Dropped after the list is free again: what ends may call outside.
    let ended = MOUNTED.with_borrow_mut(|all| all.get_mut(number).and_then(Option::take));
    drop(ended);
}
