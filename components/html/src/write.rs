//! Nodes as HTML text.

use countersign::view::Live;

use crate::{
    node::{Attribute, Node, split_name},
    parts::rich,
};

/// The elements of the card that have no end tag.
const VOID: [&str; 3] = ["img", "input", "wbr"];

/// Writes nodes as HTML, with the values that the view has at this moment.
#[must_use]
pub fn to_html(nodes: &[Node], live: &Live) -> String {
    let mut html = String::new();
    write_all(nodes, live, &mut html);
    html
}

fn write_all(nodes: &[Node], live: &Live, html: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => escape(text, html),
            Node::Element { name, attributes, children } => {
                write_element(name, attributes, children, live, html)
            }
            Node::LiveText { name, text } => {
                write_element(name, &[], &rich(&text(live)), live, html)
            }
        }
    }
}

fn write_element(
    name: &'static str,
    attributes: &[Attribute],
    children: &[Node],
    live: &Live,
    html: &mut String,
) {
    let (tag, named) = split_name(name);
    html.push('<');
    html.push_str(tag);
    for (name, value) in named {
        write_attribute(name, value, html);
    }
    for attribute in attributes {
        match attribute {
            Attribute::Fixed(name, value) => write_attribute(name, value, html),
            Attribute::Live(name, value, condition) if condition(live) => {
                write_attribute(name, value, html);
            }
            Attribute::Checked(checked) if checked(live) => write_attribute("checked", "", html),
            Attribute::Live(..) | Attribute::Checked(_) | Attribute::On(_) => (),
        }
    }
    html.push('>');
    if !VOID.contains(&tag) {
        write_all(children, live, html);
        html.push_str("</");
        html.push_str(tag);
        html.push('>');
    }
}

fn write_attribute(name: &str, value: &str, html: &mut String) {
    html.push(' ');
    html.push_str(name);
    if !value.is_empty() {
        html.push_str("=\"");
        escape(value, html);
        html.push('"');
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
