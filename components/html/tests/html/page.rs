//! A view as a page that an HTML parser has read.

use std::sync::Arc;

use countersign::{messages::Messages, view::View};
use countersign_html::{Layout, RenderContext, Theme, to_html, widget};
use scraper::{ElementRef, Html, Selector};

/// A parsed page, and the HTML it came from.
pub struct Page {
    pub html: String,
    parsed: Html,
}

/// A view as HTML.
pub fn page(view: View) -> Page {
    page_in(view, Messages::default())
}

/// A view with these texts as HTML.
pub fn page_in(view: View, messages: Messages) -> Page {
    rendered(view, messages, Theme::System, Layout::Auto, None)
}

pub fn rendered(
    view: View,
    messages: Messages,
    theme: Theme,
    layout: Layout,
    logo: Option<&str>,
) -> Page {
    let context = RenderContext::new(Arc::new(messages), logo.map(str::to_owned));
    let node = widget(&view, theme, layout, &context);
    Page::read(to_html(&[node], &view.live))
}

impl Page {
    pub fn read(html: String) -> Self {
        let parsed = Html::parse_fragment(&html);
        Self { html, parsed }
    }

    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.parsed.select(&Selector::parse(selector).unwrap()).collect()
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
        found.filter_map(|it| it.attr(name).map(str::to_owned)).collect()
    }

    pub fn by_id(&self, id: &str) -> ElementRef<'_> {
        self.one(&format!("[id='{id}']"))
    }
}

/// The text of an element.
pub fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// The text of the elements that an attribute names by their identifiers.
pub fn named_by(page: &Page, element: ElementRef<'_>, attribute: &str) -> Vec<String> {
    let ids = element.attr(attribute).unwrap_or_default();
    ids.split_whitespace().map(|id| text(page.by_id(id))).collect()
}
