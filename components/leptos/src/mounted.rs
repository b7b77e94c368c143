//! The widget without a Leptos app around it.

use std::{fmt, sync::Arc};

use countersign::view::View;
use web_sys::{Element, Node};

use crate::{
    Options,
    driver::{self, DriverHandle},
    view::{Rendered, root_in},
};

/// A widget on a page, at work until this is dropped. Where a handler drops it, what the same step still asks for is done: the page is left all the same.
pub struct MountHandle {
    at_work: Option<DriverHandle>,
    /// Keeps the nodes' own listeners until the nodes are gone.
    _shown: Rendered,
    root: Option<Element>,
}

impl fmt::Debug for MountHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MountHandle")
    }
}

impl Drop for MountHandle {
    fn drop(&mut self) {
        // Its calls are given up before anything that they would tell is gone.
        self.at_work = None;
        if let Some(root) = &self.root {
            root.remove();
        }
    }
}

/// Puts a widget at the end of a place (an element, a shadow root): [`crate::widget`] without a Leptos app around it, for layers that are no
/// Leptos themselves. In a page without a document it does nothing.
///
/// Neither a reactive owner nor an executor is begun. So trusted auth tokens come by [`crate::TrustedTokens::at_first`] and [`crate::Handle::token`]
/// (`TrustedTokens::new` follows signals, and would wait for ever), other texts by [`crate::Handle::set_messages`], and a header or a footer has nothing in it
/// that changes.
#[must_use = "the widget ends when this is dropped"]
pub fn mount(place: &Node, mut options: Options) -> MountHandle {
    let messages = Arc::new(options.messages.clone());
    let shown = Rendered::new(View::outline(&messages), Arc::clone(&messages));
    let appearance = std::mem::take(&mut options.appearance);
    let (on_gesture, at_work) = driver::start(options, messages, shown.clone());
    let root = root_in(place, &shown, appearance, on_gesture);
    MountHandle {
        // Nothing has been asked yet: that begins with the next microtask.
        at_work: at_work.filter(|_| root.is_some()),
        _shown: shown,
        root,
    }
}
