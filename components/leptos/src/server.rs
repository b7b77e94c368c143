//! A widget as a Leptos view, on a server: the skeleton of the card. The browser takes it over.

use std::{marker::PhantomData, sync::Arc};

use countersign::{
    messages::OutlineTexts,
    protocol::RawQuery,
    view::{Live, View},
};
use countersign_html::{
    Attribute, Layout, Node, RenderContext, card_attributes, content, language_attributes, rich,
    root_attributes, slow, split_name, status,
};
use countersign_web::{Options, Tokens};
use leptos::{
    prelude::*,
    tachys::html::{
        attribute::{
            any_attribute::{AnyAttribute, IntoAnyAttribute},
            custom::custom_attribute,
        },
        element::custom,
    },
};

/// A value that only a browser has: here nothing, whatever it may be.
pub(crate) type Held<T> = PhantomData<fn() -> T>;

/// Drops the function at once, in the thread that made it.
pub(crate) fn hold<T>(make: impl FnOnce() -> T) -> Held<T> {
    drop(make);
    PhantomData
}

/// No value.
pub(crate) fn take<T>(_: Held<T>) -> Option<T> {
    None
}

/// The widget before it starts.
pub(crate) fn widget(
    options: Options,
    is_translated: bool,
    slots: [Option<AnyView>; 2],
) -> AnyView {
    let request = Request::current();
    let locale = options.locale.as_deref();
    let texts = OutlineTexts::of(request.languages(locale).filter(|_| is_translated));
    let messages = Arc::new(texts.over(options.messages));
    let View { state, screen, live } = View::outline(&messages);
    let appearance = &options.appearance;
    let layout = request.layout(appearance.layout);

    let mut attributes = root_attributes(appearance.theme, layout);
    attributes.push(Attribute::Fixed("data-state", state.into()));
    let language = language_attributes(&messages);
    let language = language.map(|(name, value)| Attribute::Fixed(name, value.to_owned().into()));
    attributes.extend(language);

    let context = RenderContext::new(messages, appearance.logo.clone());
    let mut inside = content(&screen, &context);
    inside.push(slow(&texts));
    let mut inside = elements(inside, &live);
    // Inside the card, so that it goes with the skeleton.
    inside.extend(appearance.tokens.as_ref().and_then(style));
    let card = element("div", card_attributes(), inside, &live);

    let [header, footer] = slots;
    let status = elements(vec![status()], &live).into_iter();
    let children = status.chain(header).chain([card]).chain(footer);
    element("div", attributes, children.collect(), &live)
}

/// What the request for the page says. Leptos provides its parts where a server uses `http`.
#[derive(Default)]
struct Request {
    query: RawQuery,
    requested: Vec<String>,
    /// The browser's languages, best first.
    accepted: Vec<String>,
}

impl Request {
    fn current() -> Self {
        let Some(parts) = use_context::<http::request::Parts>() else {
            return Self::default();
        };
        let query = RawQuery::new(parts.uri.query().unwrap_or_default());
        let locales = query.ui_locales();
        let requested = locales.iter().map(|locale| locale.as_str().to_owned()).collect();
        let header = parts.headers.get(http::header::ACCEPT_LANGUAGE);
        let header = header.and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self { query, requested, accepted: accepted(header) }
    }

    /// The reader's languages in the order in which the browser takes them.
    fn languages<'a>(&'a self, host: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        let requested = self.requested.iter().map(String::as_str);
        let accepted = self.accepted.iter().map(String::as_str);
        requested.chain(host).chain(accepted)
    }

    /// The layout, as the browser resolves it.
    fn layout(&self, layout: Layout) -> Layout {
        let is_popup = || {
            let query = self.query.parse().ok();
            query.is_some_and(|query| query.one("display").ok().flatten() == Some("popup"))
        };
        match layout {
            Layout::Auto if is_popup() => Layout::Compact,
            layout => layout,
        }
    }
}

/// The languages of a header `Accept-Language` (RFC 9110 section 12.5.4), best first.
fn accepted(header: &str) -> Vec<String> {
    let ranges = header.split(',').filter_map(|range| {
        let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let weight: f32 = weight.trim().strip_prefix("q=")?.trim().parse().ok()?;
        (weight > 0.0).then(|| (tag.trim().to_owned(), weight))
    });
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    ranges.into_iter().map(|(tag, _)| tag).collect()
}

/// The values of tokens as a style element with the page's nonce: a `style` attribute would need a
/// looser policy.
fn style(tokens: &Tokens) -> Option<AnyView> {
    let values = tokens.iter().filter(|(name, value)| is_declaration(name, value));
    let values: String = values.map(|(name, value)| format!("{name}:{value};")).collect();
    let rule = format!(".countersign{{{values}}}");
    (!values.is_empty()).then(|| leptos::html::style().nonce(use_nonce()).child(rule).into_any())
}

/// Whether a value surely ends where its declaration ends. The browser sets the others.
fn is_declaration(name: &str, value: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let count = |c: char| value.chars().filter(|other| *other == c).count();
    let is_plain = |c: char| !c.is_control() && !";{}<>&\\@!".contains(c);
    name.strip_prefix("--").is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_name))
        && value.chars().all(is_plain)
        && !value.contains("/*")
        && count('"') % 2 == 0
        && count('\'') % 2 == 0
        && count('(') == count(')')
        && count('[') == count(']')
}

fn elements(nodes: Vec<Node>, live: &Live) -> Vec<AnyView> {
    let views = nodes.into_iter().map(|node| match node {
        // Leptos writes a space for an empty text.
        Node::Text(text) if text.is_empty() => ().into_any(),
        Node::Text(text) => text.into_owned().into_any(),
        Node::Element { name, attributes, children } => {
            element(name, attributes, elements(children, live), live)
        }
        Node::LiveText { name, text } => {
            element(name, Vec::new(), elements(rich(&text(live)), live), live)
        }
    });
    views.collect()
}

fn element(
    name: &'static str,
    attributes: Vec<Attribute>,
    children: Vec<AnyView>,
    live: &Live,
) -> AnyView {
    let (tag, named) = split_name(name);
    let attributes: Vec<AnyAttribute> = named
        .into_iter()
        .map(|(name, value)| Attribute::Fixed(name, value.into()))
        .chain(attributes)
        .filter_map(|attribute| any_attribute(attribute, live))
        .collect();
    custom(tag).add_any_attr(attributes).child(children).into_any()
}

fn any_attribute(attribute: Attribute, live: &Live) -> Option<AnyAttribute> {
    let (name, value) = match attribute {
        Attribute::Fixed(name, value) => (name, value),
        Attribute::Live(name, value, condition) => (name, condition(live).then_some(value)?.into()),
        Attribute::Checked(checked) => ("checked", checked(live).then_some("".into())?),
        Attribute::On(_) => return None,
    };
    Some(custom_attribute(name, value.into_owned()).into_any_attr())
}
