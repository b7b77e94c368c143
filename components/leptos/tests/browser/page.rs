//! The page of a test: widgets on it, its elements, and what the tests change on it.

use std::{any::Any, rc::Rc};

use countersign::backend::{Backend, memory::MemoryBackend};
use countersign_leptos::{IdentityProvider, IdentityProviderProps};
use js_sys::{Array, Promise};
use leptos::{
    IntoView,
    mount::mount_to,
    prelude::{AnyView, IntoAny},
};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement};

use crate::support::QUERY;

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

    pub fn show_page(persisted: bool);
    pub fn presses(element: &Element, key: &str, repeat: bool) -> bool;
    pub fn pairs(query: &str) -> String;
    pub fn style(text: &str) -> js_sys::Function;
    pub fn load_in_frame() -> Promise;
}

pub fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// The page's path and query.
pub fn address() -> String {
    let location = web_sys::window().unwrap().location();
    location.pathname().unwrap() + &location.search().unwrap()
}

/// The browser takes 200 changes of an address in ten seconds, and drops what is beyond without a word: so none is made for nothing.
pub fn go_to(wanted: &str) {
    if address() != wanted {
        let history = web_sys::window().unwrap().history().unwrap();
        let replaced = history.replace_state_with_url(&JsValue::NULL, "", Some(wanted));
        replaced.unwrap();
    }
    assert_eq!(address(), wanted, "too many changes in a short time");
}

/// Waits for the next frame; all that is ready has run by then.
pub async fn frame() {
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().unwrap();
        window.request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Waits frame by frame until it holds. What does not within ten seconds' frames never will.
pub async fn until(holds: impl Fn() -> bool) {
    for _ in 0..600 {
        if holds() {
            return;
        }
        frame().await;
    }
    panic!("what was waited for never came");
}

/// A widget on a page whose address is a request's.
pub struct Widget {
    host: HtmlElement,
    mounted: Option<Box<dyn Any>>,
}

impl Widget {
    /// Mounts a view on the page as it is.
    pub fn view(view: impl FnOnce() -> AnyView + 'static) -> Self {
        Self::at(&address(), view)
    }

    /// Mounts a view on a page of that address.
    pub fn at(page: &str, view: impl FnOnce() -> AnyView + 'static) -> Self {
        go_to(page);
        let host: HtmlElement = document()
            .create_element("div")
            .unwrap()
            .dyn_into()
            .unwrap();
        document().body().unwrap().append_child(&host).unwrap();
        let mounted = mount_to(host.clone(), view);
        Self {
            host,
            mounted: Some(Box::new(mounted)),
        }
    }

    /// The consumer's widget on a page with a request.
    pub fn with(backend: impl Backend + 'static) -> Self {
        let backend: Rc<dyn Backend> = Rc::new(backend);
        Self::at(&format!("/?{QUERY}"), move || {
            provider(IdentityProviderProps::builder().backend(backend).build())
        })
    }

    /// The same, as soon as it shows its card.
    pub async fn asking(backend: &MemoryBackend) -> Self {
        let widget = Self::with(backend.clone());
        widget.reaches("consent").await;
        widget
    }

    /// The consumer's widget with more than a backend, on a page with a request.
    pub fn of(props: impl FnOnce() -> IdentityProviderProps + 'static) -> Self {
        Self::at(&format!("/?{QUERY}"), move || provider(props()))
    }

    pub fn unmount(&mut self) {
        self.mounted = None;
    }

    pub fn element(&self, selector: &str) -> Element {
        let found = self.host.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector} in {}", self.html()))
    }

    pub fn find<T: JsCast>(&self, selector: &str) -> T {
        self.element(selector).dyn_into().ok().unwrap()
    }

    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.host.query_selector_all(selector).unwrap();
        (0..found.length())
            .map(|place| found.item(place).unwrap().unchecked_into())
            .collect()
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        let found = self.all(selector).into_iter();
        found
            .map(|it| it.text_content().unwrap_or_default())
            .collect()
    }

    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.element(selector).get_attribute(name)
    }

    pub fn has(&self, selector: &str) -> bool {
        self.host.query_selector(selector).unwrap().is_some()
    }

    pub fn text(&self, selector: &str) -> String {
        self.element(selector).text_content().unwrap_or_default()
    }

    /// The name of the state it is in.
    pub fn state(&self) -> String {
        let root = self.host.query_selector(".countersign").unwrap();
        root.and_then(|root| root.get_attribute("data-state"))
            .unwrap_or_default()
    }

    pub async fn reaches(&self, state: &str) {
        until(|| self.state() == state).await;
    }

    /// The button of that name.
    pub fn button(&self, name: &str) -> HtmlElement {
        let buttons = self.all("button");
        let button = buttons
            .into_iter()
            .find(|it| it.text_content().as_deref() == Some(name));
        button.unwrap().unchecked_into()
    }

    pub fn host(&self) -> &HtmlElement {
        &self.host
    }

    pub fn html(&self) -> String {
        self.host.outer_html()
    }
}

impl Drop for Widget {
    fn drop(&mut self) {
        self.unmount();
        self.host.remove();
    }
}

/// The consumer's component.
pub fn provider(props: IdentityProviderProps) -> AnyView {
    IdentityProvider(props).into_view().into_any()
}

/// A backend as components take it.
pub fn shared(backend: &MemoryBackend) -> Rc<dyn Backend> {
    Rc::new(backend.clone())
}

/// Has an event happen that nobody made but the test.
pub fn happens(target: &EventTarget, name: &str) {
    let event = Event::new(name).unwrap();
    target.dispatch_event(&event).unwrap();
}

pub fn is_focused(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}
