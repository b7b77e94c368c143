//! What the user must see before Allow counts. Each such element has an attribute until all of it has
//! been in view once.

use std::rc::Rc;

use countersign::flow::Gesture;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
};

use super::OnGesture;
use crate::platform::bare;

const UNSEEN: &str = "data-unseen";

/// The part of an element that must be in view at once: all of it, but for rounded pixels.
const ENOUGH: f64 = 0.9;

/// Watches what comes into view.
pub(super) struct Watch {
    card: Element,
    observer: Option<IntersectionObserver>,
    _callback: Closure<dyn FnMut(JsValue)>,
}

impl Watch {
    pub(super) fn new(card: &Element, on_gesture: &OnGesture) -> Self {
        let (of, report) = (card.clone(), Rc::clone(on_gesture));
        let callback = Closure::<dyn FnMut(JsValue)>::new(move |entries: JsValue| {
            let mut some = false;
            for entry in entries.unchecked_into::<Array>().iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                let target = entry.target();
                if entry.intersection_ratio() >= ENOUGH && target.has_attribute(UNSEEN) {
                    some = true;
                    let _ = target.remove_attribute(UNSEEN);
                }
            }
            if some && first(&of).is_none() {
                report(Gesture::CardSeen);
            }
        });
        let options: IntersectionObserverInit = bare().unchecked_into();
        options.set_threshold(&ENOUGH.into());
        let function = callback.as_ref().unchecked_ref();
        let observer = IntersectionObserver::new_with_options(function, &options).ok();
        Self { card: card.clone(), observer, _callback: callback }
    }

    /// An element that must be seen.
    pub(super) fn add(&self, element: &Element) {
        let _ = element.set_attribute(UNSEEN, "");
        if let Some(observer) = &self.observer {
            observer.observe(element);
        }
    }

    /// Leads the user to the first element that has not been in view. It counts as seen then, also
    /// if it is larger than the window.
    pub(super) fn show_next(&self, on_gesture: &OnGesture) {
        if let Some(element) = first(&self.card) {
            let _ = element.set_attribute("tabindex", "-1");
            element.scroll_into_view();
            if let Some(element) = element.dyn_ref::<HtmlElement>() {
                let _ = element.focus();
            }
            let _ = element.remove_attribute(UNSEEN);
        }
        if first(&self.card).is_none() {
            on_gesture(Gesture::CardSeen);
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// The first element that has not been in view.
fn first(card: &Element) -> Option<Element> {
    card.query_selector("[data-unseen]").ok()?
}
