//! What nodes do in a browser: carries out [`On`].

use std::{rc::Rc, sync::Arc};

use countersign::messages::Messages;
use countersign_html::On;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, KeyboardEvent};

use super::{OnGesture, OrganizationPicker, renderer::Renderer, seen};
use crate::platform::{Listener, copy, focus_soon};

/// Starts a behaviour of an element.
pub(super) fn start(on: On, element: &Element, renderer: &Renderer<'_>) {
    let name = match on {
        On::Press(_) | On::Toggle | On::Copy | On::Below => "click",
        On::ChoiceKeys | On::KeyRepeat => "keydown",
        On::Search => "input",
        On::LoadError => "error",
        On::MustBeSeen => return seen::must_be_seen(element),
        On::Insert => return focus_soon(element.clone()),
    };
    let target = element.clone();
    // Only a press holds on to the receiver of gestures.
    let on_gesture = matches!(on, On::Press(_)).then(|| Rc::clone(renderer.on_gesture));
    let (messages, picker) = (Arc::clone(renderer.messages), renderer.picker);
    let callback = move |event: JsValue| {
        let event = event.unchecked_ref();
        react(&on, &target, event, on_gesture.as_ref(), picker, &messages);
    };
    renderer.keep(Listener::new(element.clone().into(), name, callback));
}

/// Carries out a behaviour when its event happens.
fn react(
    on: &On,
    target: &Element,
    event: &Event,
    on_gesture: Option<&OnGesture>,
    picker: Option<OrganizationPicker>,
    messages: &Messages,
) -> Option<()> {
    match on {
        On::Press(gesture) if event.is_trusted() => on_gesture?(gesture.clone()),
        // A checkbox that a script clicks stays as it is.
        On::Press(_) => event.prevent_default(),
        On::Toggle | On::ChoiceKeys | On::Search => {
            return picker?.react(on, target, event, messages);
        }
        On::KeyRepeat => ignore_repeat(event),
        On::Copy => return copy(target),
        On::Below => return seen::show_below(target),
        On::LoadError => target.remove(),
        On::MustBeSeen | On::Insert => (),
    }
    Some(())
}

fn ignore_repeat(event: &Event) {
    let key = event.dyn_ref::<KeyboardEvent>();
    if key.is_some_and(|key| key.repeat() && matches!(key.key().as_str(), "Enter" | " ")) {
        event.prevent_default();
    }
}
