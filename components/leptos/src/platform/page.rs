//! The page: its address, its history, its frame, its focus.

use countersign::protocol::{IdempotencyKey, RawQuery, RedirectTarget};
use leptos::tachys::renderer::types::Element;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, EventTarget, HtmlElement, PageTransitionEvent, Window};

use super::wait;

/// The page the widget is on.
#[derive(Debug, Clone)]
pub(crate) struct Page(Window);

impl Page {
    /// The page. `None` outside a window, where there is nothing to show either.
    pub(crate) fn new() -> Option<Self> {
        web_sys::window().map(Self)
    }

    /// Its absolute address.
    pub(crate) fn address(&self) -> String {
        self.0.location().href().unwrap_or_default()
    }

    /// Its query.
    pub(crate) fn query(&self) -> RawQuery {
        RawQuery::new(self.0.location().search().unwrap_or_default())
    }

    /// Its host, with the port.
    pub(crate) fn host(&self) -> String {
        self.0.location().host().unwrap_or_default()
    }

    /// The languages that the browser is set to, best first.
    pub(crate) fn languages(&self) -> Vec<String> {
        let languages = self.0.navigator().languages();
        languages.iter().filter_map(|it| it.as_string()).collect()
    }

    /// Whether it is in view.
    pub(crate) fn is_visible(&self) -> bool {
        self.0.document().is_some_and(|document| !document.hidden())
    }

    /// Whether it is inside another page.
    pub(crate) fn is_framed(&self) -> bool {
        match self.0.top() {
            Ok(Some(top)) => JsValue::from(top) != JsValue::from(self.0.clone()),
            // A browser that hides the top window is framing this one.
            _ => true,
        }
    }

    /// Changes its address without leaving it, so that a reload asks for the same transaction.
    pub(crate) fn replace_address(&self, path: &str) {
        let history = self.0.history();
        // Where it fails, a reload asks with the old address: no worse than before.
        let _ = history
            .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(path)));
    }

    /// Leaves for a checked address, without a trace in the history.
    pub(crate) fn leave(&self, target: &RedirectTarget) {
        // A refused navigation leaves the page where it is, and the timer beside it says so.
        let _ = self.0.location().replace(target.as_str());
    }

    /// A fresh key. It need not be secret, only different each time.
    pub(crate) fn new_key(&self) -> IdempotencyKey {
        IdempotencyKey::new(random_hex())
    }

    /// Whether the browser only prepares the page, and nobody looks at it yet.
    pub(crate) fn is_prerendering(&self) -> bool {
        let document = self.0.document().map(JsValue::from).unwrap_or_default();
        js_sys::Reflect::get(&document, &"prerendering".into()).is_ok_and(|value| value.is_truthy())
    }

    /// Calls back when the page is first looked at.
    pub(crate) fn on_activated(&self, run: impl FnMut(JsValue) + 'static) -> Option<Listener> {
        let document: Document = self.0.document()?;
        Listener::new(document.into(), "prerenderingchange", run)
    }

    /// Calls back when the page goes out of view, comes back into view, or into focus.
    pub(crate) fn on_seen(&self, run: impl Fn() + Clone + 'static) -> [Option<Listener>; 2] {
        let (seen, focused) = (run.clone(), run);
        let document = self.0.document().map(EventTarget::from);
        [
            document.and_then(|it| Listener::new(it, "visibilitychange", move |_| seen())),
            Listener::new(self.0.clone().into(), "focus", move |_| focused()),
        ]
    }

    /// Calls back when the page comes back from the back-forward cache.
    pub(crate) fn on_restored(&self, mut run: impl FnMut() + 'static) -> Option<Listener> {
        Listener::new(self.0.clone().into(), "pageshow", move |event| {
            if event
                .dyn_ref::<PageTransitionEvent>()
                .is_some_and(PageTransitionEvent::persisted)
            {
                run();
            }
        })
    }
}

/// 32 hexadecimal digits, different each time.
#[must_use]
pub fn random_hex() -> String {
    let mut bytes = [0_u8; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    let number = if filled {
        u128::from_ne_bytes(bytes)
    } else {
        js_sys::Math::random().to_bits().into()
    };
    format!("{number:032x}")
}

/// A listener that goes when it is dropped.
#[derive(Debug)]
pub(crate) struct Listener {
    target: EventTarget,
    name: &'static str,
    run: Closure<dyn FnMut(JsValue)>,
}

impl Listener {
    /// Listens from now on.
    pub(crate) fn new(
        target: EventTarget,
        name: &'static str,
        run: impl FnMut(JsValue) + 'static,
    ) -> Option<Self> {
        let run = Closure::<dyn FnMut(JsValue)>::new(run);
        target
            .add_event_listener_with_callback(name, run.as_ref().unchecked_ref())
            .ok()?;
        Some(Self { target, name, run })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let run = self.run.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, run);
    }
}

/// Focuses a heading as soon as it is on the page: it is made before it is put there.
pub(crate) fn focus_soon(heading: Element) {
    spawn_local(async move {
        wait(0).await;
        if let Some(heading) = heading.dyn_ref::<HtmlElement>() {
            let _ = heading.focus();
        }
    });
}
