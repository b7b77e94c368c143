//! What nodes do in a browser: carries out [`On`].

use std::{cell::OnceCell, rc::Rc, sync::Arc};

use countersign::messages::{Key, Messages, Text};
use countersign_html::On;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

use super::{
    renderer::{LiveRegion, Renderer},
    seen,
};
use crate::platform::{Browser, Listener, focus_soon, fold};

/// Starts a behaviour of an element.
pub(super) fn start(on: On, element: &Element, renderer: &Renderer<'_>) {
    let target = element.clone();
    let listen = |name, callback: Box<dyn Fn(Event)>| {
        let callback = move |event: JsValue| callback(event.unchecked_into());
        renderer.keep(Listener::new(element.clone().into(), name, callback));
    };
    match on {
        On::Press(gesture) => {
            let on_gesture = Rc::clone(renderer.on_gesture);
            listen(
                "click",
                Box::new(move |event| {
                    if event.is_trusted() {
                        on_gesture(gesture.clone());
                    } else {
                        // A checkbox that a script clicks stays as it is.
                        event.prevent_default();
                    }
                }),
            );
        }
        On::Toggle(id) => listen(
            "click",
            Box::new(move |_| {
                toggle(&target, &id);
            }),
        ),
        On::Search(names) => {
            // The listener starts with the first input: its neighbours are not rendered yet.
            let names: Vec<String> = names.iter().map(|name| fold(name)).collect();
            let (messages, region) = (Arc::clone(renderer.messages), OnceCell::new());
            listen(
                "input",
                Box::new(move |_| {
                    search(&target, &names, &messages, &region);
                }),
            );
        }
        On::KeyRepeat => listen("keydown", Box::new(|event| ignore_repeat(&event))),
        On::LoadError => listen("error", Box::new(move |_| target.remove())),
        On::MustBeSeen => seen::must_be_seen(element),
        On::Insert => focus_soon(target),
    }
}

/// Shows or hides the element with this identifier. The widget may be in a shadow root, so the
/// document cannot be asked for it.
fn toggle(button: &Element, id: &str) -> Option<()> {
    let root = button.closest(".countersign").ok()??;
    let element = root.query_selector(&format!("#{id}")).ok()??;
    let hidden = element.toggle_attribute("hidden").ok()?;
    let expanded = if hidden { "false" } else { "true" };
    button.set_attribute("aria-expanded", expanded).ok()
}

/// Shows the items whose names contain the text of the field, and reports their number.
fn search(
    field: &Element,
    names: &[String],
    messages: &Messages,
    region: &OnceCell<LiveRegion>,
) -> Option<()> {
    let status = field.next_element_sibling()?;
    let mut item = status.next_element_sibling()?.first_element_child();
    // Phone keyboards add a space after each word.
    let text = fold(field.dyn_ref::<HtmlInputElement>()?.value().trim());
    let mut count = 0;
    for name in names {
        let element = item?;
        let found = contains(name, &text);
        count += u32::from(found);
        let _ = element.toggle_attribute_with_force("hidden", !found);
        item = element.next_element_sibling();
    }
    let message = if text.is_empty() {
        Text::default()
    } else {
        messages.count(Key::ConsentOrganizationFound, "count", count, &Browser)
    };
    region.get_or_init(|| LiveRegion::new(&status)).set(message);
    Some(())
}

/// Compares byte by byte: less code than the standard library's search for long texts.
fn contains(name: &str, text: &str) -> bool {
    let mut parts = name.as_bytes().windows(text.len().max(1));
    text.is_empty() || parts.any(|part| part == text.as_bytes())
}

fn ignore_repeat(event: &Event) {
    let key = event.dyn_ref::<KeyboardEvent>();
    if key.is_some_and(|key| key.repeat() && matches!(key.key().as_str(), "Enter" | " ")) {
        event.prevent_default();
    }
}
