//! The page: address, history, visibility and focus.

use countersign::protocol::{IdempotencyKey, RawQuery, RedirectTarget};
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, EventTarget, HtmlElement, PageTransitionEvent, Window};

use super::{document, wait};

/// The page the widget is on.
#[derive(Debug, Clone)]
pub(crate) struct Page(Window);

impl Page {
    /// `None` outside a window.
    pub(crate) fn new() -> Option<Self> {
        web_sys::window().map(Self)
    }

    /// The absolute address.
    pub(crate) fn address(&self) -> String {
        self.0.location().href().unwrap_or_default()
    }

    /// The query.
    pub(crate) fn query(&self) -> RawQuery {
        RawQuery::new(self.0.location().search().unwrap_or_default())
    }

    /// The host with the port.
    pub(crate) fn host(&self) -> String {
        self.0.location().host().unwrap_or_default()
    }

    /// The languages of the browser's settings, best first.
    pub(crate) fn languages(&self) -> Vec<String> {
        let languages = self.0.navigator().languages();
        languages.iter().filter_map(|tag| tag.as_string()).collect()
    }

    /// `true` if the user can see the page and works in its window.
    pub(crate) fn is_visible(&self) -> bool {
        self.0
            .document()
            .is_some_and(|page| !document::is(&page, "hidden") && document::has_focus(&page))
    }

    /// `true` if the page is in a frame.
    pub(crate) fn is_framed(&self) -> bool {
        match self.0.top() {
            Ok(Some(top)) => JsValue::from(top) != JsValue::from(self.0.clone()),
            // The browser hides the top window from a page in a frame.
            _ => true,
        }
    }

    /// Changes the address without a navigation. A reload then continues the same transaction.
    pub(crate) fn replace_address(&self, path: &str) {
        // The state belongs to the page's router, which finds its place again by it. If this fails,
        // a reload sends the original request again.
        let _ = self
            .0
            .history()
            .and_then(|history| history.replace_state_with_url(&history.state()?, "", Some(path)));
    }

    /// Navigates to a checked address. The history keeps no entry of this page.
    pub(crate) fn leave(&self, target: &RedirectTarget) {
        // If the browser refuses, the page stays, and the timer of the navigation reports it.
        let _ = self.0.location().replace(target.as_str());
    }

    /// A new idempotency key. It must be unique, not secret.
    pub(crate) fn new_key(&self) -> IdempotencyKey {
        IdempotencyKey::new(random_hex())
    }

    /// `true` while the browser prerenders the page.
    pub(crate) fn is_prerendering(&self) -> bool {
        self.0.document().is_some_and(|page| document::is(&page, "prerendering"))
    }

    /// Calls back when the user opens a prerendered page.
    pub(crate) fn on_activated(&self, callback: impl FnMut(JsValue) + 'static) -> Option<Listener> {
        Listener::new(self.0.document()?.into(), "prerenderingchange", callback)
    }

    /// Calls back when the page is hidden or becomes visible again, and when its window loses or
    /// receives the focus.
    pub(crate) fn on_visibility_change(
        &self,
        callback: impl Fn() + Clone + 'static,
    ) -> [Option<Listener>; 3] {
        // The event at the document bubbles to the window.
        ["visibilitychange", "focus", "blur"].map(|name| {
            let callback = callback.clone();
            Listener::new(self.0.clone().into(), name, move |_| callback())
        })
    }

    /// Calls back when the page comes back from the back-forward cache.
    pub(crate) fn on_restored(&self, mut callback: impl FnMut() + 'static) -> Option<Listener> {
        Listener::new(self.0.clone().into(), "pageshow", move |event| {
            if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
                callback();
            }
        })
    }
}

/// 32 random hexadecimal digits.
#[must_use]
pub fn random_hex() -> String {
    let mut bytes = [0_u8; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        bytes = u128::from(js_sys::Math::random().to_bits()).to_ne_bytes();
    }
    let digits = bytes.into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// A listener, which is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    callback: Closure<dyn FnMut(JsValue)>,
    capture: bool,
}

impl Listener {
    /// Adds a listener.
    pub(crate) fn new(
        target: EventTarget,
        name: &'static str,
        callback: impl FnMut(JsValue) + 'static,
    ) -> Option<Self> {
        Self::add(target, name, Closure::new(callback), false)
    }

    /// Adds a listener that also hears what happens inside the target.
    pub(crate) fn inside(
        target: EventTarget,
        name: &'static str,
        callback: impl FnMut(JsValue) + 'static,
    ) -> Option<Self> {
        Self::add(target, name, Closure::new(callback), true)
    }

    fn add(
        target: EventTarget,
        name: &'static str,
        callback: Closure<dyn FnMut(JsValue)>,
        capture: bool,
    ) -> Option<Self> {
        document::listen(&target, name, callback.as_ref(), capture);
        Some(Self { target, name, callback, capture })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        document::leave(&self.target, self.name, self.callback.as_ref(), self.capture);
    }
}

/// Moves the focus to an element.
pub(crate) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Moves the focus to an element that will be on the page in a moment.
pub(crate) fn focus_soon(element: Element) {
    spawn_local(async move {
        wait(0).await;
        focus(&element);
    });
}

#[wasm_bindgen]
extern "C" {
    // Without a secure context there is no clipboard, which `catch` turns into an error.
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// Copies the text of the element before a button, and shows what the element after it says then.
/// If the browser refuses the clipboard, the text is selected.
pub(crate) fn copy(button: &Element) -> Option<()> {
    let text = button.previous_element_sibling()?;
    let said = button.next_element_sibling()?.first_element_child()?;
    let copying = write_text(&text.text_content()?);
    spawn_local(async move {
        let copied = match copying {
            Ok(copying) => JsFuture::from(copying).await.is_ok(),
            Err(_) => false,
        };
        if copied {
            let _ = said.remove_attribute("hidden");
        } else if let Some(selection) = web_sys::window().and_then(|it| it.get_selection().ok()?) {
            let _ = selection.select_all_children(&text);
        }
    });
    Some(())
}
