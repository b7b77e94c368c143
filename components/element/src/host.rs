//! What a widget calls outside: the methods of one object, which `ts/element/host.ts` makes. Whatever they throw is caught there; what
//! comes through all the same counts as no answer.

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The element's side of a widget.
    #[derive(Clone)]
    pub type Host;

    /// Something happened, or failed: then with the error's code, the backend's word for it, and its name for the call.
    #[wasm_bindgen(method, catch)]
    pub fn tell(
        this: &Host,
        name: &str,
        code: &str,
        error: &str,
        request_id: &str,
    ) -> Result<(), JsValue>;

    /// The host's own words: an array of sections.
    #[wasm_bindgen(method, catch)]
    pub fn manifest(
        this: &Host,
        scopes: Array,
        client_name: &str,
        language: &str,
    ) -> Result<JsValue, JsValue>;

    /// The host's own words for a detail (a JSON text): an array of its title, and labels and what they say in turn; or nothing.
    #[wasm_bindgen(method, catch)]
    pub fn detail(this: &Host, detail: &str, language: &str) -> Result<JsValue, JsValue>;

    /// The file of a language. The promise settles in any case, with a text or nothing; it never rejects.
    #[wasm_bindgen(method, catch)]
    pub fn texts(this: &Host, language: &str) -> Result<Promise, JsValue>;

    /// Goes to the login page's address.
    #[wasm_bindgen(method, catch)]
    pub fn login(this: &Host, address: &str) -> Result<(), JsValue>;

    /// Calls a backend; `headers` are names and values in turn. The promise settles in any case, once the call is given up at the
    /// latest, with an array of status (0: no answer), body, type, request id and the seconds to wait; it never rejects.
    #[wasm_bindgen(method, catch)]
    pub fn call(
        this: &Host,
        number: u32,
        method: &str,
        url: &str,
        headers: Array,
        body: Option<String>,
    ) -> Result<Promise, JsValue>;

    /// What Stytch's adapter asks of the page, by name: a text, a number, or nothing.
    #[cfg(feature = "stytch")]
    #[wasm_bindgen(method, catch)]
    pub fn page(this: &Host, what: &str, text: &str) -> Result<JsValue, JsValue>;

    /// Gives the call of this number up.
    #[wasm_bindgen(method, catch, js_name = giveUp)]
    pub fn give_up(this: &Host, number: u32) -> Result<(), JsValue>;
}
