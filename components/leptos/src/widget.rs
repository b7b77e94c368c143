//! What both faces are: a card, and a driver that changes it.

use std::sync::Arc;

use countersign::{flow::View, messages::Messages};
use leptos::prelude::*;

use crate::{
    Options,
    view::{Hand, Shown, root},
};

/// The widget as both components mount it: the card's outline at once, and a driver that takes over in the browser. Wants a
/// reactive owner.
#[must_use]
pub fn widget(mut options: Options) -> AnyView {
    let messages = Arc::new(options.messages.clone());
    let shown = Shown::new(View::outline(&messages), Arc::clone(&messages));
    let dress = std::mem::take(&mut options.dress);
    let hand = start(options, messages, &shown);
    root(shown, dress, hand)
}

#[cfg(target_arch = "wasm32")]
fn start(options: Options, messages: Arc<Messages>, shown: &Shown) -> Hand {
    let (hand, at_work) = crate::driver::start(options, messages, shown.clone());
    // As long as the view is there, so is what it does.
    StoredValue::new_local(at_work);
    hand
}

/// On a server nobody presses anything.
#[cfg(not(target_arch = "wasm32"))]
fn start(_options: Options, _messages: Arc<Messages>, _shown: &Shown) -> Hand {
    std::rc::Rc::new(|_| ())
}
