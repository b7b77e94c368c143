//! Mounts a widget on a page.

use std::{fmt, sync::Arc};

use countersign::view::View;
use web_sys::{Element, Node, window};

use crate::{
    Options, Rendered,
    driver::{self, DriverHandle},
    platform::document::create_element,
};

/// A mounted widget, which ends when this is dropped.
///
/// If a handler drops it, the current step still finishes its effects: the page navigates all the
/// same.
#[derive(Default)]
pub struct MountHandle {
    driver: Option<DriverHandle>,
    /// Keeps the listeners of the elements as long as the elements.
    rendered: Option<Rendered>,
    root: Option<Element>,
}

impl fmt::Debug for MountHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MountHandle")
    }
}

impl Drop for MountHandle {
    fn drop(&mut self) {
        // Calls are aborted before the elements that they would update go away.
        self.driver = None;
        if let Some(rendered) = &self.rendered {
            rendered.end();
        }
        if let Some(root) = &self.root {
            root.remove();
        }
    }
}

/// Appends a widget to an element or a shadow root, and starts it a moment later: a router may show a page
/// before it has moved to its address.
///
/// ```no_run
/// use std::rc::Rc;
/// use countersign::{Realm, api::client::CountersignBackend};
/// use countersign_web::{Browser, Fetch, Options, mount};
///
/// # fn authorize(parent: &web_sys::Element) {
/// let backend = || CountersignBackend::new("/countersign", Rc::new(Fetch), Rc::new(Browser));
/// let mut options = Options::new(Realm::Consumer, move || Rc::new(backend()));
/// options.site_name = Some("Harbor".to_owned());
/// let widget = mount(parent, options);
/// # std::mem::forget(widget);
/// # }
/// ```
#[must_use = "the widget ends when this is dropped"]
pub fn mount(parent: &Node, options: Options) -> MountHandle {
    let document = window().and_then(|window| window.document());
    let root = document.and_then(|document| create_element(&document, "div"));
    let Some(root) = root else {
        return MountHandle::default();
    };
    let mut handle = attach(root.clone(), None, options);
    let _ = parent.append_child(&root);
    handle.root = Some(root);
    handle
}

/// Makes an element the root of a widget and starts it, like [`mount`]. The element stays on the
/// page when the widget ends.
///
/// `card` is the element of the card, if a server rendered one in the root. What is around it stays,
/// and the live region becomes the last child of the root.
#[must_use = "the widget ends when this is dropped"]
pub fn attach(root: Element, card: Option<Element>, mut options: Options) -> MountHandle {
    let messages = Arc::new(options.messages.clone());
    let picker = options.organization_picker;
    let rendered = Rendered::with_picker(View::outline(&messages), Arc::clone(&messages), picker);
    let appearance = std::mem::take(&mut options.appearance);
    let (on_gesture, driver) = driver::start(options, messages, rendered.clone());
    rendered.attach(root, card, appearance, on_gesture);
    MountHandle { driver, rendered: Some(rendered), root: None }
}
