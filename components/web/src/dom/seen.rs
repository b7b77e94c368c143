//! What the user must see before Allow counts, and how much is below the window. Each element that must
//! be seen has an attribute until all of it has been in view once, above the decision.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use countersign::{flow::Gesture, strings::decimal};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    DomRect, Element, HtmlElement, IntersectionObserver, IntersectionObserverEntry,
    IntersectionObserverInit, NodeList, Window,
};

use super::OnGesture;
use crate::platform::{Listener, bare};

/// Present on what has not been in view. Its value is [`SHOWN`] while the window shows it, perhaps
/// behind the decision.
const UNSEEN: &str = "data-unseen";
const SHOWN: &str = "shown";

/// The mark of a sensitive row.
const SENSITIVE: &str = ".countersign-tag";
/// The places of the numbers in the buttons that lead to what is below.
const COUNT: &str = ".countersign-below bdi:not(.countersign-sensitive *)";
const SENSITIVE_COUNT: &str = ".countersign-sensitive bdi";

/// The height below which the window shows nothing beside the decision: there it says how much more
/// there is.
const EDGE: f64 = 32.0;

/// The part of an element that must be in view at once: all of it, but for rounded pixels.
const ENOUGH: f64 = 0.9;

/// Watches what comes into view.
pub(super) struct Watch {
    sight: Rc<Sight>,
    observer: Option<IntersectionObserver>,
    _callback: Closure<dyn FnMut(JsValue)>,
    listeners: RefCell<[Option<Listener>; 3]>,
}

/// What the window shows of a card.
struct Sight {
    window: Window,
    card: Element,
    on_gesture: OnGesture,
    /// How many rows were below the window at the last look, and how many of them sensitive.
    below: Cell<(u32, u32)>,
}

impl Watch {
    pub(super) fn new(window: Window, card: &Element, on_gesture: &OnGesture) -> Self {
        let sight = Rc::new(Sight {
            window: window.clone(),
            card: card.clone(),
            on_gesture: Rc::clone(on_gesture),
            below: Cell::default(),
        });
        let look = Rc::clone(&sight);
        let callback = Closure::<dyn FnMut(JsValue)>::new(move |entries: JsValue| {
            for entry in entries.unchecked_into::<Array>().iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                let target = entry.target();
                if target.has_attribute(UNSEEN) {
                    let shown = entry.intersection_ratio() >= ENOUGH;
                    let _ = target.set_attribute(UNSEEN, if shown { SHOWN } else { "" });
                }
            }
            look.look();
        });
        let options: IntersectionObserverInit = bare().unchecked_into();
        options.set_threshold(&ENOUGH.into());
        let function = callback.as_ref().unchecked_ref();
        let observer = IntersectionObserver::new_with_options(function, &options).ok();
        // What scrolls may be a part of the page. Who tabs on before the page hears of that scrolls too. A
        // fold that opens moves rows behind the decision, and the window still shows them.
        let listeners = ["scroll", "focusin", "toggle"].map(|name| {
            let look = Rc::clone(&sight);
            Listener::inside(window.clone().into(), name, move |_| look.look())
        });
        Self { sight, observer, _callback: callback, listeners: RefCell::new(listeners) }
    }

    /// Watches a new card.
    pub(super) fn start(&self) {
        self.sight.below.set((0, 0));
        if let Some(observer) = &self.observer {
            observer.disconnect();
            // What is no row moves the answers too.
            let list = self.sight.card.query_selector(".countersign-permissions").ok().flatten();
            for element in self.sight.watched().iter().chain(list.map(JsValue::from)) {
                observer.observe(element.unchecked_ref());
            }
        }
        self.sight.look();
    }

    /// Hears the window no more. The elements may stay a moment longer.
    pub(super) fn stop(&self) {
        self.listeners.take();
    }

    /// Leads the user to the first element that has not been in view. It counts as seen then, also
    /// if it is larger than the window.
    pub(super) fn show_next(&self, on_gesture: &OnGesture) {
        if let Some(element) = self.sight.first_unseen() {
            lead_to(&element);
            let _ = element.remove_attribute(UNSEEN);
        }
        if self.sight.first_unseen().is_none() {
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

/// Scrolls to an element and moves the focus there.
fn lead_to(element: &Element) {
    let _ = element.set_attribute("tabindex", "-1");
    element.scroll_into_view();
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Leads the user to the first row below the window.
pub(super) fn show_below(button: &Element) -> Option<()> {
    let card = button.closest(".countersign-card").ok()??;
    lead_to(&card.query_selector("[data-below]").ok()??);
    Some(())
}

/// Marks what must be seen.
pub(super) fn must_be_seen(element: &Element) {
    let _ = element.set_attribute(UNSEEN, "");
}

impl Sight {
    /// What must be seen, and all rows.
    fn watched(&self) -> Array {
        self.all(".countersign-scope,[data-unseen]")
    }

    fn all(&self, selector: &str) -> Array {
        let list = self.card.query_selector_all(selector);
        list.map_or_else(|_| Array::new(), |list: NodeList| Array::from(&list))
    }

    /// The first element that has not been in view.
    fn first_unseen(&self) -> Option<Element> {
        self.card.query_selector("[data-unseen]").ok()?
    }

    fn look(&self) {
        // That of the outline says nothing.
        let decision = self.card.query_selector(".countersign-decision:has(bdi)");
        let Ok(Some(decision)) = decision else {
            return;
        };
        let height = self.window.inner_height().ok().and_then(|height| height.as_f64());
        let height = height.unwrap_or_default();
        // In a low window the decision would cover what it is about. Its button is not counted: it comes
        // and goes with what the decision covers, and the decision would come and go with it for ever.
        let button = button_height(&decision);
        let fits = (f64::from(decision.client_height()) - button) * 2.0 <= height;
        let _ = decision.toggle_attribute_with_force("data-fixed", fits);
        let mut bar = decision.get_bounding_client_rect();
        // Where the window ends for an element.
        let end = |element: &Element, bar: &DomRect, top: f64| {
            let place = element.get_bounding_client_rect();
            if decision.contains(Some(element)) {
                height
            } else if place.right() <= bar.left() || place.left() >= bar.right() {
                height - EDGE
            } else {
                top
            }
        };
        let watched = self.watched();
        // What the button alone covers needs no button. With it, less is in view than without.
        let without = bar.top() + button;
        let is_needed = watched.iter().any(|element| {
            let element: Element = element.unchecked_into();
            let end = end(&element, &bar, without);
            !decision.contains(Some(&element)) && is_below(&element, end)
        });
        if is_needed != (self.below.get().0 > 0) {
            self.tell(u32::from(is_needed), 0);
            bar = decision.get_bounding_client_rect();
        }
        let end = |element: &Element| end(element, &bar, bar.top());
        let (mut over, mut part) = (false, decision.previous_element_sibling());
        while let Some(element) = part {
            over |= element.get_bounding_client_rect().bottom() > end(&element) + 1.0;
            part = element.previous_element_sibling();
        }
        let _ = decision.toggle_attribute_with_force("data-over", over);
        let (mut some, mut below, mut sensitive) = (false, 0, 0);
        for element in watched.iter() {
            let element: Element = element.unchecked_into();
            let inside = decision.contains(Some(&element));
            let edge = end(&element);
            let is_below = is_below(&element, edge);
            let _ = element.toggle_attribute_with_force("data-below", is_below && !inside);
            if is_below && !inside {
                below += 1;
                // A row whose mark is in view needs no count.
                let mark = element.query_selector(SENSITIVE);
                sensitive +=
                    u32::from(matches!(mark, Ok(Some(mark)) if self::is_below(&mark, edge)));
            } else if !is_below && element.get_attribute(UNSEEN).is_some_and(|value| value == SHOWN)
            {
                some = true;
                let _ = element.remove_attribute(UNSEEN);
            }
        }
        self.tell(below, sensitive);
        if some && self.first_unseen().is_none() {
            (self.on_gesture)(Gesture::CardSeen);
        }
    }

    /// Says how much is below the window, and how many marks of sensitive rows.
    fn tell(&self, below: u32, sensitive: u32) {
        if self.below.replace((below, sensitive)) != (below, sensitive) {
            for (number, places) in [(below, COUNT), (sensitive, SENSITIVE_COUNT)] {
                let text = (number > 0).then(|| decimal(number));
                for place in self.all(places) {
                    place.unchecked_into::<Element>().set_text_content(text.as_deref());
                }
            }
        }
    }
}

/// How much the decision is higher for its button that leads to what is below.
fn button_height(decision: &Element) -> f64 {
    let height = || {
        let button = decision.query_selector(".countersign-below").ok()??;
        let top = button.get_bounding_client_rect();
        let mut next = button.next_element_sibling()?;
        // An alert that says nothing has no place.
        while next.client_height() == 0 {
            next = next.next_element_sibling()?;
        }
        (top.height() > 0.0).then(|| next.get_bounding_client_rect().top() - top.top())
    };
    height().unwrap_or_default()
}

/// Whether less than enough of an element is above an edge.
fn is_below(element: &Element, end: f64) -> bool {
    let place = element.get_bounding_client_rect();
    place.height() > 0.0 && place.top() + place.height() * ENOUGH > end
}
