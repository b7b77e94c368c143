//! Renders nodes into a page through DOM methods only, so a page under Trusted Types can have them.
//! Nodes that follow the view are updated in place and forgotten with their screen.

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};

use countersign::{
    messages::{Messages, Text},
    view::Live,
};
use countersign_html::{Attribute, Node, rich, split_name};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::{OnGesture, OrganizationPicker, behavior};
use crate::platform::{Listener, document};

type Update = Box<dyn Fn(&Live)>;

/// What belongs to rendered nodes: the updates that follow the view, and the listeners.
#[derive(Default)]
pub(super) struct Followers {
    updates: RefCell<Vec<Update>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Followers {
    /// Updates all nodes that follow the view.
    pub(super) fn update(&self, live: &Live) {
        for update in self.updates.borrow().iter() {
            update(live);
        }
    }

    /// Forgets removed nodes. A listener that is running now is freed when it returns.
    pub(super) fn clear(&self) {
        self.updates.take();
        self.listeners.take();
    }
}

/// What nodes need to follow the view and to react to the user.
pub(super) struct Renderer<'a> {
    pub(super) live: &'a Live,
    pub(super) followers: &'a Followers,
    pub(super) on_gesture: &'a OnGesture,
    pub(super) messages: &'a Arc<Messages>,
    pub(super) picker: Option<OrganizationPicker>,
}

impl Renderer<'_> {
    /// Runs an update now and after every change.
    fn follow(&self, update: impl Fn(&Live) + 'static) {
        update(self.live);
        self.followers.updates.borrow_mut().push(Box::new(update));
    }

    pub(super) fn keep(&self, listener: Option<Listener>) {
        self.followers.listeners.borrow_mut().extend(listener);
    }
}

/// Appends nodes to an element. Without a renderer, only fixed parts are rendered.
pub(super) fn append(nodes: Vec<Node>, parent: &Element, renderer: Option<&Renderer<'_>>) {
    let Some(page) = parent.owner_document() else {
        return;
    };
    for node in nodes {
        let (name, attributes, children, text) = match node {
            Node::Text(text) => {
                let _ = parent.append_child(&document::create_text(&page, &text));
                continue;
            }
            Node::Element { name, attributes, children } => (name, attributes, children, None),
            Node::LiveText { name, text } => (name, Vec::new(), Vec::new(), Some(text)),
        };
        let (tag, named) = split_name(name);
        // The element names are constants, and new nodes fit everywhere: this never fails.
        let Some(element) = document::create_element(&page, tag) else {
            continue;
        };
        for (name, value) in named {
            set(&element, name, Some(value));
        }
        set_attributes(&element, attributes, renderer);
        append(children, &element, renderer);
        if let (Some(text), Some(renderer)) = (text, renderer) {
            let region = LiveRegion::new(&element);
            renderer.follow(move |live| region.set(text(live)));
        }
        let _ = parent.append_child(&element);
    }
}

/// Sets the attributes of an element and starts its behaviour.
pub(super) fn set_attributes(
    element: &Element,
    attributes: Vec<Attribute>,
    renderer: Option<&Renderer<'_>>,
) {
    for attribute in attributes {
        match (attribute, renderer) {
            (Attribute::Fixed(name, value), _) => set(element, name, Some(&value)),
            (Attribute::Live(name, value, condition), Some(renderer)) => {
                let (element, current) = (element.clone(), Cell::new(false));
                renderer.follow(move |live| {
                    let is = condition(live);
                    if current.replace(is) != is {
                        set(&element, name, is.then_some(value));
                    }
                });
            }
            (Attribute::Checked(checked), Some(renderer)) => {
                let element = element.clone();
                renderer.follow(move |live| {
                    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                        input.set_checked(checked(live));
                    }
                });
            }
            (Attribute::On(on), Some(renderer)) => behavior::start(on, element, renderer),
            _ => (),
        }
    }
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Posts a form from an element of the page.
pub(super) fn post(parent: &Element, action: &str, fields: &[(String, String)]) -> Option<()> {
    let page = parent.owner_document()?;
    let form = document::create_element(&page, "form")?;
    set(&form, "method", Some("post"));
    set(&form, "action", Some(action));
    // Fields hide members of the form that have their names, but not those of this list.
    let list = document::create_element(&page, "div")?;
    for (name, value) in fields {
        let field = document::create_element(&page, "input")?;
        set(&field, "type", Some("hidden"));
        set(&field, "name", Some(name));
        set(&field, "value", Some(value));
        let _ = list.append_child(&field);
    }
    let _ = form.append_child(&list);
    let _ = parent.append_child(&form);
    document::submit(&form);
    Some(())
}

/// An element with a text that changes. A text that stays the same is not set again, so screen
/// readers do not repeat it.
struct LiveRegion {
    element: Element,
    current: RefCell<Text>,
}

impl LiveRegion {
    fn new(element: &Element) -> Self {
        Self { element: element.clone(), current: RefCell::default() }
    }

    fn set(&self, text: Text) {
        if *self.current.borrow() != text {
            self.element.set_text_content(None);
            append(rich(&text), &self.element, None);
            *self.current.borrow_mut() = text;
        }
    }
}
