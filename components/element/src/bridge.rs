//! The JavaScript side of a widget: the methods of one object of `ts/element/`. JavaScript catches
//! everything that they throw; an error that still arrives counts as no response.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The element's side of a widget.
    #[derive(Clone)]
    pub type Bridge;

    /// Reports an event or a failure. A failure has the error code, the backend's own code or the wrong
    /// field, and the backend's request identifier; the script knows the response itself. An event has
    /// two numbers.
    #[wasm_bindgen(method, catch)]
    pub fn tell(
        this: &Bridge,
        name: &str,
        code: &str,
        error: &str,
        request_id: &str,
        number: u32,
        other: u32,
    ) -> Result<(), JsValue>;

    /// The host's description of the requested scopes: an array of sections.
    #[wasm_bindgen(method, catch)]
    pub fn manifest(
        this: &Bridge,
        scopes: Array,
        client_name: &str,
        language: &str,
    ) -> Result<JsValue, JsValue>;

    /// The host's description of an authorization detail (JSON text): an array of a title, then
    /// labels and values in turn; or nothing.
    #[wasm_bindgen(method, catch)]
    pub fn detail(this: &Bridge, detail: &str, language: &str) -> Result<JsValue, JsValue>;

    /// Loads the file of a language. The promise resolves with a text or nothing, and never
    /// rejects.
    #[wasm_bindgen(method, catch)]
    pub fn texts(this: &Bridge, language: &str) -> Result<Promise, JsValue>;

    /// Navigates to the login page's address.
    #[wasm_bindgen(method, catch)]
    pub fn login(this: &Bridge, address: &str) -> Result<(), JsValue>;

    /// Calls a backend; `headers` are names and values in turn. The promise resolves, at the latest
    /// when the call is aborted, with an array of status (0: no response), body, content type,
    /// request identifier and `Retry-After`. It never rejects.
    #[wasm_bindgen(method, catch)]
    pub fn call(
        this: &Bridge,
        number: u32,
        method: &str,
        url: &str,
        headers: Array,
        body: Option<String>,
    ) -> Result<Promise, JsValue>;

    /// A value of the page for Stytch's adapter, by name: a text, a number, or nothing.
    #[cfg(feature = "stytch")]
    #[wasm_bindgen(method, catch)]
    pub fn page(this: &Bridge, what: &str, text: &str) -> Result<JsValue, JsValue>;

    /// Aborts the call with this number.
    #[wasm_bindgen(method, catch, js_name = giveUp)]
    pub fn give_up(this: &Bridge, number: u32) -> Result<(), JsValue>;
}
