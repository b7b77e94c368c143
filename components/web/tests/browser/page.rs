//! The page of a test and the widgets on it. Shared with the tests of crate `countersign-leptos`.

use std::any::Any;

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement};

pub fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// The host of the page, which a site without a name is called by.
pub fn page_host() -> String {
    web_sys::window().unwrap().location().host().unwrap()
}

/// The page's path and query.
pub fn address() -> String {
    let location = web_sys::window().unwrap().location();
    location.pathname().unwrap() + &location.search().unwrap()
}

/// Changes the address, if it differs: browsers ignore more than 200 changes in ten seconds.
pub fn go_to(wanted: &str) {
    if address() != wanted {
        let history = web_sys::window().unwrap().history().unwrap();
        let replaced = history.replace_state_with_url(&JsValue::NULL, "", Some(wanted));
        replaced.unwrap();
    }
    assert_eq!(address(), wanted, "too many changes in a short time");
}

/// Waits for the next frame. Everything that is ready has run by then.
pub async fn frame() {
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().unwrap();
        window.request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Waits until a condition is true, for ten seconds at most.
pub async fn until(holds: impl Fn() -> bool) {
    for _ in 0..600 {
        if holds() {
            return;
        }
        frame().await;
    }
    panic!("what was waited for never came");
}

/// A widget on the page.
pub struct Widget {
    host: HtmlElement,
    mounted: Option<Box<dyn Any>>,
}

impl Widget {
    /// Mounts something on a page of that address.
    pub fn mount<T: 'static>(page: &str, mount: impl FnOnce(&HtmlElement) -> T) -> Self {
        go_to(page);
        let host: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
        document().body().unwrap().append_child(&host).unwrap();
        let mounted = mount(&host);
        Self { host, mounted: Some(Box::new(mounted)) }
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
        (0..found.length()).map(|place| found.item(place).unwrap().unchecked_into()).collect()
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        let found = self.all(selector).into_iter();
        found.map(|it| it.text_content().unwrap_or_default()).collect()
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
        root.and_then(|root| root.get_attribute("data-state")).unwrap_or_default()
    }

    pub async fn reaches(&self, state: &str) {
        until(|| self.state() == state).await;
    }

    /// The button of that name.
    pub fn button(&self, name: &str) -> HtmlElement {
        let buttons = self.all("button");
        let button = buttons.into_iter().find(|it| it.text_content().as_deref() == Some(name));
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

/// Dispatches an untrusted event.
pub fn happens(target: &EventTarget, name: &str) {
    let event = Event::new(name).unwrap();
    target.dispatch_event(&event).unwrap();
}

pub fn is_focused(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}
