//! What both faces are: a card, and a driver that changes it.

use std::sync::Arc;

use countersign::{messages::Messages, view::View};
use leptos::prelude::*;

use crate::{
    Options,
    view::{OnGesture, Rendered, root},
};

/// The widget as both components mount it: the card's outline at once, and a driver that takes over in the browser. Wants a
/// reactive owner.
#[must_use]
pub fn widget(mut options: Options) -> AnyView {
    let messages = Arc::new(options.messages.clone());
    let shown = Rendered::new(View::outline(&messages), Arc::clone(&messages));
    let appearance = std::mem::take(&mut options.appearance);
    let on_gesture = start(options, messages, &shown);
    root(shown, appearance, on_gesture)
}

#[cfg(target_arch = "wasm32")]
fn start(options: Options, messages: Arc<Messages>, shown: &Rendered) -> OnGesture {
    let (on_gesture, at_work) = crate::driver::start(options, messages, shown.clone());
    // As long as the view is there, so is what it does.
    StoredValue::new_local(at_work);
    on_gesture
}

/// On a server nobody presses anything.
#[cfg(not(target_arch = "wasm32"))]
fn start(_options: Options, _messages: Arc<Messages>, _shown: &Rendered) -> OnGesture {
    std::rc::Rc::new(|_| ())
}
