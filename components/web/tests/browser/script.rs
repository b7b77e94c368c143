//! What the tests change on their page: `page.js`.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::Element;

#[wasm_bindgen(module = "/tests/browser/page.js")]
extern "C" {
    pub type HeldTimers;
    #[wasm_bindgen(constructor)]
    pub fn new() -> HeldTimers;
    #[wasm_bindgen(method)]
    pub fn waits(this: &HeldTimers) -> Array;
    #[wasm_bindgen(method)]
    pub fn run_out(this: &HeldTimers);
    #[wasm_bindgen(method)]
    pub fn restore(this: &HeldTimers);

    pub type WatchedTimers;
    #[wasm_bindgen(constructor)]
    pub fn new() -> WatchedTimers;
    #[wasm_bindgen(method)]
    pub fn count(this: &WatchedTimers) -> u32;
    #[wasm_bindgen(method)]
    pub fn restore(this: &WatchedTimers);

    pub type StubbedFetch;
    #[wasm_bindgen(constructor)]
    pub fn new(ending: &str) -> StubbedFetch;
    #[wasm_bindgen(method)]
    pub fn count(this: &StubbedFetch) -> u32;
    #[wasm_bindgen(method)]
    pub fn last(this: &StubbedFetch) -> String;
    #[wasm_bindgen(method)]
    pub fn is_bare(this: &StubbedFetch) -> bool;
    #[wasm_bindgen(method)]
    pub fn is_aborted(this: &StubbedFetch) -> bool;
    #[wasm_bindgen(method)]
    pub fn restore(this: &StubbedFetch);

    pub type WatchedListeners;
    #[wasm_bindgen(constructor)]
    pub fn new() -> WatchedListeners;
    #[wasm_bindgen(method)]
    pub fn names(this: &WatchedListeners) -> Array;
    #[wasm_bindgen(method)]
    pub fn restore(this: &WatchedListeners);

    pub type WatchedErrors;
    #[wasm_bindgen(constructor)]
    pub fn new() -> WatchedErrors;
    #[wasm_bindgen(method)]
    pub fn told(this: &WatchedErrors) -> Array;
    #[wasm_bindgen(method)]
    pub fn restore(this: &WatchedErrors);

    pub type Pretended;
    #[wasm_bindgen(constructor)]
    pub fn new(target: &JsValue, name: &str, value: &JsValue) -> Pretended;
    #[wasm_bindgen(method)]
    pub fn restore(this: &Pretended);

    pub type NamedElements;
    #[wasm_bindgen(constructor)]
    pub fn new() -> NamedElements;
    #[wasm_bindgen(method)]
    pub fn hide(this: &NamedElements) -> bool;
    #[wasm_bindgen(method)]
    pub fn restore(this: &NamedElements);

    pub type Inherited;
    #[wasm_bindgen(constructor)]
    pub fn new(members: &JsValue) -> Inherited;
    #[wasm_bindgen(method)]
    pub fn restore(this: &Inherited);

    pub type PostedForm;
    #[wasm_bindgen(constructor)]
    pub fn new() -> PostedForm;
    #[wasm_bindgen(method)]
    pub fn posted(this: &PostedForm) -> Promise;
    #[wasm_bindgen(method)]
    pub fn restore(this: &PostedForm);

    pub fn prototype_of(name: &str) -> JsValue;
    pub fn history_state() -> String;
    pub fn show_page(persisted: bool);
    pub fn presses(element: &Element, key: &str, repeat: bool) -> bool;
    pub fn pairs(query: &str) -> String;
    pub fn style(text: &str) -> js_sys::Function;
    pub fn load_in_frame() -> Promise;
}
