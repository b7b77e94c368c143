//! The document, read past the page's own elements: `<img name="hidden">` is `document.hidden` on a
//! page that has one, so every member is taken from its prototype.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{Document, Element, Text};

// `final` calls the method of the prototype.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Document)]
    type Methods;
    #[wasm_bindgen(method, final, catch, js_class = "Document", js_name = createElement)]
    fn create_element(this: &Methods, name: &str) -> Result<Element, JsValue>;
    #[wasm_bindgen(method, final, js_class = "Document", js_name = createTextNode)]
    fn create_text(this: &Methods, text: &str) -> Text;
    #[wasm_bindgen(method, final, js_class = "Document", js_name = hasFocus)]
    fn has_focus(this: &Methods) -> bool;
    #[wasm_bindgen(js_namespace = ["Document", "prototype"], js_name = __lookupGetter__)]
    fn getter(name: &str) -> Option<Function>;

    #[wasm_bindgen(js_name = HTMLFormElement)]
    type Form;
    #[wasm_bindgen(method, final, js_class = "HTMLFormElement", js_name = submit)]
    fn submit(this: &Form);

    #[wasm_bindgen(js_name = EventTarget)]
    type Target;
    #[wasm_bindgen(method, final, js_class = "EventTarget", js_name = addEventListener)]
    fn add(this: &Target, name: &str, callback: &JsValue, capture: bool);
    #[wasm_bindgen(method, final, js_class = "EventTarget", js_name = removeEventListener)]
    fn remove(this: &Target, name: &str, callback: &JsValue, capture: bool);
}

/// Creates an element. `None` if the name is none, or a page's script prevents it.
pub(crate) fn create_element(document: &Document, name: &str) -> Option<Element> {
    document.unchecked_ref::<Methods>().create_element(name).ok()
}

/// Creates a text node.
pub(crate) fn create_text(document: &Document, text: &str) -> Text {
    document.unchecked_ref::<Methods>().create_text(text)
}

/// Submits a form, whatever its fields are called.
pub(crate) fn submit(form: &Element) {
    form.unchecked_ref::<Form>().submit();
}

/// Whether the page's window has the focus.
pub(crate) fn has_focus(document: &Document) -> bool {
    document.unchecked_ref::<Methods>().has_focus()
}

/// Whether a member of the document holds. A browser may not have it.
pub(crate) fn is(document: &Document, name: &str) -> bool {
    let value = getter(name).and_then(|getter| getter.call0(document).ok());
    value.is_some_and(|value| value.is_truthy())
}

/// Adds a listener. One that captures also hears what happens inside the target and does not bubble.
pub(crate) fn listen(target: &JsValue, name: &str, callback: &JsValue, capture: bool) {
    target.unchecked_ref::<Target>().add(name, callback, capture);
}

/// Removes a listener.
pub(crate) fn leave(target: &JsValue, name: &str, callback: &JsValue, capture: bool) {
    target.unchecked_ref::<Target>().remove(name, callback, capture);
}
