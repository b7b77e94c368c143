//! A list that is searched as one types.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use countersign::messages::{Key, Text};
use leptos::prelude::event_target_value;

use super::{
    RenderContext,
    node::{Node, attr, node, on},
};

/// What is searched, and what is searched for.
#[derive(Clone)]
pub(super) struct Search {
    names: Rc<[String]>,
    wanted: Rc<RefCell<String>>,
}

impl Search {
    /// A search among these names.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self {
            names: names.map(folded).collect(),
            wanted: Rc::default(),
        }
    }

    /// Whether the name at this place has what is searched for.
    pub fn finds(&self, place: usize) -> bool {
        let (name, wanted) = (self.names.get(place), self.wanted.borrow());
        // Byte by byte: lighter than a search that is made for long texts.
        let found = |name: &String| {
            let mut parts = name.as_bytes().windows(wanted.len().max(1));
            wanted.is_empty() || parts.any(|part| part == wanted.as_bytes())
        };
        name.is_some_and(found)
    }

    fn count(&self) -> usize {
        let places = 0..self.names.len();
        places.filter(|place| self.finds(*place)).count()
    }
}

/// The field, and how much it finds, for those who do not see the list.
pub(super) fn field(search: &Search, context: &RenderContext) -> Vec<Node> {
    let label = context.messages.get(Key::ConsentOrganizationSearch).plain();
    let (wanted, refresh) = (Rc::clone(&search.wanted), Rc::clone(&context.refresh));
    let attributes = vec![
        attr("type", "search"),
        attr("autocomplete", "off"),
        attr("aria-label", label.clone()),
        attr("placeholder", label),
        on("input", move |event| {
            // A keyboard on a phone leaves a blank behind every word.
            *wanted.borrow_mut() = folded(event_target_value(&event).trim());
            refresh();
        }),
    ];
    let (search, texts) = (search.clone(), Arc::clone(&context.messages));
    let found = move |_: &_| match search.wanted.borrow().as_str() {
        "" => Text::default(),
        _ => counted(search.count(), &texts),
    };
    vec![
        node("input countersign-input", attributes, Vec::new()),
        Node::Says {
            name: "p countersign-status",
            attributes: vec![attr("role", "status")],
            text: Box::new(found),
        },
    ]
}

#[cfg(target_arch = "wasm32")]
fn counted(found: usize, texts: &countersign::messages::Messages) -> Text {
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    let key = Key::ConsentOrganizationFound;
    texts.count(key, "count", found, &crate::platform::Browser)
}

#[cfg(target_arch = "wasm32")]
fn folded(text: &str) -> String {
    crate::platform::folded(text)
}

/// On a server nobody searches.
#[cfg(not(target_arch = "wasm32"))]
fn counted(_found: usize, _texts: &countersign::messages::Messages) -> Text {
    Text::default()
}

#[cfg(not(target_arch = "wasm32"))]
fn folded(text: &str) -> String {
    text.to_lowercase()
}
