//! Nodes as HTML text.

use std::borrow::Cow;

use countersign::view::Live;

use crate::{
    node::{Attribute, Node, On, split_name},
    parts::rich,
};

/// The elements of the card that have no end tag.
const VOID: [&str; 3] = ["img", "input", "wbr"];

/// Writes nodes as HTML, with the values that the view has at this moment.
#[must_use]
pub fn to_html(nodes: &[Node], live: &Live) -> String {
    let mut html = String::new();
    Writer { live, behave: &|_, _| () }.write_all(nodes, &mut html);
    html
}

/// Writes nodes as HTML.
pub(crate) struct Writer<'a> {
    /// The values that the view has at this moment.
    pub(crate) live: &'a Live,
    /// Writes a behaviour as attributes, which it may replace.
    pub(crate) behave: &'a dyn Fn(&On, &mut Attributes<'_>),
}

/// The attributes of an element, each name once.
pub(crate) struct Attributes<'a>(Vec<(&'static str, Cow<'a, str>)>);

impl<'a> Attributes<'a> {
    /// Sets an attribute, or replaces its value.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<Cow<'a, str>>) {
        match self.0.iter_mut().find(|(other, _)| *other == name) {
            Some((_, old)) => *old = value.into(),
            None => self.0.push((name, value.into())),
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(other, _)| *other != name);
    }

    pub(crate) fn write(&self, html: &mut String) {
        for (name, value) in &self.0 {
            html.push(' ');
            html.push_str(name);
            if !value.is_empty() {
                html.push_str("=\"");
                escape(value, html);
                html.push('"');
            }
        }
    }
}

impl<'a, const N: usize> From<[(&'static str, &'a str); N]> for Attributes<'a> {
    fn from(all: [(&'static str, &'a str); N]) -> Self {
        Self(all.into_iter().map(|(name, value)| (name, value.into())).collect())
    }
}

impl Writer<'_> {
    pub(crate) fn write_all(&self, nodes: &[Node], html: &mut String) {
        for node in nodes {
            match node {
                Node::Text(text) => escape(text, html),
                Node::Element { name, attributes, children } => {
                    self.write_element(name, attributes, children, html)
                }
                Node::LiveText { name, text } => {
                    self.write_element(name, &[], &rich(&text(self.live)), html)
                }
            }
        }
    }

    fn write_element(
        &self,
        name: &'static str,
        attributes: &[Attribute],
        children: &[Node],
        html: &mut String,
    ) {
        let (tag, named) = split_name(name);
        html.push('<');
        html.push_str(tag);
        self.attributes(named, attributes).write(html);
        html.push('>');
        if !VOID.contains(&tag) {
            self.write_all(children, html);
            html.push_str("</");
            html.push_str(tag);
            html.push('>');
        }
    }

    /// All attributes that an element has at this moment.
    fn attributes<'n>(
        &self,
        named: Vec<(&'static str, &'static str)>,
        attributes: &'n [Attribute],
    ) -> Attributes<'n> {
        let mut all = Attributes(Vec::with_capacity(named.len() + attributes.len()));
        for (name, value) in named {
            all.set(name, value);
        }
        for attribute in attributes {
            match attribute {
                Attribute::Fixed(name, value) => all.set(name, &**value),
                Attribute::Live(name, value, condition) if condition(self.live) => {
                    all.set(name, *value);
                }
                Attribute::Checked(checked) if checked(self.live) => all.set("checked", ""),
                Attribute::Live(..) | Attribute::Checked(_) | Attribute::On(_) => (),
            }
        }
        // Last, because a behaviour may replace what the element has.
        for attribute in attributes {
            if let Attribute::On(on) = attribute {
                (self.behave)(on, &mut all);
            }
        }
        all
    }
}

/// Escapes for both texts and quoted attribute values. A parser would read a bare carriage return
/// as a line feed.
fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\r' => html.push_str("&#13;"),
            character => html.push(character),
        }
    }
}
