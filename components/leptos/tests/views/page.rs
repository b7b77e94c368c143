//! A view as a page, read by a parser of HTML.

use std::sync::Arc;

use countersign::{flow::View, messages::Messages};
use countersign_leptos::{
    Theme,
    view::{Hand, Shown, root},
};
use leptos::prelude::*;
use scraper::{ElementRef, Html, Selector};

/// A parsed page, and the HTML it came from.
pub struct Page {
    pub html: String,
    parsed: Html,
}

/// A view, rendered.
pub fn page(view: View) -> Page {
    themed(view, Theme::System)
}

pub fn themed(view: View, theme: Theme) -> Page {
    let messages = Arc::new(Messages::default());
    on_a_server(|| root(Shown::new(view), messages, theme, Hand::new(|_| ())))
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
