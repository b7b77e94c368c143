//! A list that is searched as one types.

use std::sync::Arc;

use countersign::messages::Key;
use leptos::prelude::*;

use super::{
    Scene,
    node::{attr, class, live_nodes, node, on, text},
};

/// What is searched, and what is searched for.
#[derive(Clone)]
pub(super) struct Search {
    names: Arc<Vec<String>>,
    wanted: ArcRwSignal<String>,
}

impl Search {
    /// A search among these names.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self {
            names: Arc::new(names.map(folded).collect()),
            wanted: ArcRwSignal::new(String::new()),
        }
    }

    /// Whether the name at this place has what is searched for.
    pub fn finds(&self, place: usize) -> bool {
        let name = self.names.get(place);
        let found = |wanted: &String| name.is_some_and(|name| name.contains(wanted.as_str()));
        self.wanted.with(found)
    }

    fn count(&self) -> usize {
        let names = self.names.iter();
        self.wanted
            .with(|wanted| names.filter(|name| name.contains(wanted)).count())
    }
}

/// The field, and how much it finds, for those who do not see the list.
pub(super) fn field(search: &Search, scene: &Scene) -> Vec<AnyView> {
    let label = scene.messages.get(Key::ConsentOrganizationSearch).plain();
    let wanted = search.wanted.clone();
    let attributes = vec![
        class("countersign-input"),
        attr("type", "search"),
        attr("autocomplete", "off"),
        attr("aria-label", &label),
        attr("placeholder", label),
        on("input", move |event| {
            wanted.set(folded(&event_target_value(&event)));
        }),
    ];
    let (search, texts) = (search.clone(), Arc::clone(&scene.messages));
    let found = live_nodes(move || {
        let searched = search.wanted.with(|wanted| !wanted.is_empty());
        let words = searched.then(|| text(counted(search.count(), &texts)));
        words.into_iter().collect()
    });
    vec![
        node("input", attributes, Vec::new()),
        node(
            "p",
            vec![class("countersign-status"), attr("role", "status")],
            vec![found],
        ),
    ]
}

#[cfg(target_arch = "wasm32")]
fn counted(found: usize, texts: &countersign::messages::Messages) -> String {
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    let key = Key::ConsentOrganizationFound;
    texts
        .count(key, "count", found, &crate::platform::Browser)
        .plain()
}

#[cfg(target_arch = "wasm32")]
fn folded(text: &str) -> String {
    crate::platform::folded(text)
}

/// On a server nobody searches.
#[cfg(not(target_arch = "wasm32"))]
fn counted(_found: usize, _texts: &countersign::messages::Messages) -> String {
    String::new()
}

#[cfg(not(target_arch = "wasm32"))]
fn folded(text: &str) -> String {
    text.to_lowercase()
}
