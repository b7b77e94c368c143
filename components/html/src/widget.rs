//! The whole widget: the root, the live region, the card, and the content of the card.

use std::{
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use countersign::{
    messages::{Messages, Text, is_right_to_left},
    strings::{concat, decimal},
    view::{Body, OrganizationChoice, Screen, View},
};

use crate::{
    Layout, Theme, consent, message,
    node::{Attribute, Node, On, aria, attr, class},
    organizations, parts,
};

/// The number of the first widget of a page.
const FIRST: u32 = 1;

static WIDGETS: AtomicU32 = AtomicU32::new(FIRST);

/// The choice among several organizations as nodes, with a notice above it.
pub type Picker = fn(&[OrganizationChoice], Option<&Text>, &RenderContext) -> Vec<Node>;

/// What all views of a widget need besides the screen.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RenderContext {
    /// The texts.
    pub messages: Arc<Messages>,
    /// The address of the host's logo.
    pub logo: Option<Rc<str>>,
    /// Draws the choice among several organizations. Without it the card names the chosen one alone: an
    /// account of the consumer realm has none.
    pub picker: Option<Picker>,
    /// The widget's number, which makes its identifiers unique on the page.
    number: u32,
}

impl RenderContext {
    /// The context of a new widget.
    #[must_use]
    pub fn new(messages: Arc<Messages>, logo: Option<String>) -> Self {
        Self { picker: Some(organizations::choice), ..Self::without_picker(messages, logo) }
    }

    /// The context of a new widget that offers no choice among organizations, so that a page
    /// can leave out the code for it.
    #[must_use]
    pub fn without_picker(messages: Arc<Messages>, logo: Option<String>) -> Self {
        Self {
            messages,
            logo: logo.map(Rc::from),
            picker: None,
            number: WIDGETS.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// The context of the first widget of a page that has yet to start.
    pub(crate) fn first(messages: Arc<Messages>, logo: Option<String>) -> Self {
        let (logo, picker) = (logo.map(Rc::from), Some(organizations::choice as Picker));
        Self { messages, logo, picker, number: FIRST }
    }

    /// An element identifier that no other widget uses.
    pub(crate) fn id(&self, name: &str) -> String {
        concat(&["countersign-", &decimal(self.number), "-", name])
    }
}

/// The whole widget. Its children are the live region and the card.
#[must_use]
pub fn widget(view: &View, theme: Theme, layout: Layout, context: &RenderContext) -> Node {
    let mut attributes = root_attributes(theme, layout);
    attributes.push(attr("data-state", view.state));
    let language = language_attributes(&context.messages);
    attributes.extend(language.map(|(name, value)| attr(name, value.to_owned())));
    let card = Node::Element {
        name: "div",
        attributes: card_attributes(),
        children: content(&view.screen, context),
    };
    Node::Element { name: "div", attributes, children: vec![status(), card] }
}

/// The attributes of the root that do not depend on the view.
#[must_use]
pub fn root_attributes(theme: Theme, layout: Layout) -> Vec<Attribute> {
    let mut attributes = vec![class("countersign"), attr("part", "root")];
    attributes.extend(theme.as_str().map(|theme| attr("data-theme", theme)));
    attributes.extend(layout.as_str().map(|layout| attr("data-layout", layout)));
    attributes
}

/// The language of the texts and its direction, whatever language the page has.
#[must_use]
pub fn language_attributes(messages: &Messages) -> [(&'static str, &str); 2] {
    let language = messages.language();
    let direction = if is_right_to_left(language) { "rtl" } else { "ltr" };
    [("lang", language), ("dir", direction)]
}

/// The live region, which tells screen readers what the widget does.
#[must_use]
pub fn status() -> Node {
    Node::LiveText {
        name: "p countersign-status ~role=status",
        text: Box::new(|live| live.status.clone()),
    }
}

/// The attributes of the card.
#[must_use]
pub fn card_attributes() -> Vec<Attribute> {
    vec![
        class("countersign-card"),
        attr("part", "card"),
        Attribute::On(On::KeyRepeat),
        aria("aria-busy", |live| live.waiting),
    ]
}

/// The content of the card.
#[must_use]
pub fn content(screen: &Screen, context: &RenderContext) -> Vec<Node> {
    match &screen.body {
        Body::Outline => parts::outline(),
        Body::Message(message) => message::message(screen, message, context),
        Body::Consent(card) => consent::consent(screen, card, context),
        Body::Logout(card) => consent::logout(screen, card, context),
    }
}
