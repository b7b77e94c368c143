//! A view as a page, read by a parser of HTML.

use std::{rc::Rc, sync::Arc};

use countersign::{messages::Messages, view::View};
use countersign_leptos::view::{Appearance, Rendered, root};
use leptos::prelude::*;
use scraper::{ElementRef, Html, Selector};

/// A parsed page, and the HTML it came from.
pub struct Page {
    pub html: String,
    parsed: Html,
}

/// A view, rendered.
pub fn page(view: View) -> Page {
    spoken(view, Messages::default())
}

/// A view in these texts, rendered with them.
pub fn spoken(view: View, messages: Messages) -> Page {
    rendered(view, messages, Appearance::default)
}

/// A view in a dress.
pub fn dressed(view: View, dress: impl FnOnce() -> Appearance) -> Page {
    rendered(view, Messages::default(), dress)
}

fn rendered(view: View, messages: Messages, dress: impl FnOnce() -> Appearance) -> Page {
    let shown = Rendered::new(view, Arc::new(messages));
    on_a_server(|| root(shown, dress(), Rc::new(|_| ())))
}

/// What a server renders.
pub fn on_a_server<V: IntoView>(view: impl FnOnce() -> V) -> Page {
    let owner = Owner::new();
    let html = owner.with(|| view().into_view().to_html());
    let parsed = Html::parse_fragment(&html);
    Page { html, parsed }
}

impl Page {
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.parsed
            .select(&Selector::parse(selector).unwrap())
            .collect()
    }

    /// The only element that a selector finds.
    pub fn one(&self, selector: &str) -> ElementRef<'_> {
        match self.all(selector).as_slice() {
            [one] => *one,
            found => panic!("{} elements are {selector}: {}", found.len(), self.html),
        }
    }

    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text).collect()
    }

    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let found = self.all(selector).into_iter();
        found
            .filter_map(|it| it.attr(name).map(str::to_owned))
            .collect()
    }

    pub fn by_id(&self, id: &str) -> ElementRef<'_> {
        self.one(&format!("[id='{id}']"))
    }
}

/// What an element says.
pub fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// The text of the elements that an attribute names by their identifiers.
pub fn named_by(page: &Page, element: ElementRef<'_>, attribute: &str) -> Vec<String> {
    let ids = element.attr(attribute).unwrap_or_default();
    ids.split_whitespace()
        .map(|id| text(page.by_id(id)))
        .collect()
}
