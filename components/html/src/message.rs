//! Screens with a message.

use crate::{
    RenderContext, controls,
    node::{Node, attr, node},
    parts,
};
use countersign::{
    messages::Text,
    protocol::Link,
    view::{Screen, Sign},
};

/// A sign, a heading, paragraphs and buttons.
pub(crate) fn message(
    screen: &Screen,
    sign: Sign,
    paragraphs: &[Text],
    link: Option<&(Text, Link)>,
    context: &RenderContext,
) -> Vec<Node> {
    let name = match sign {
        Sign::Caution => "span countersign-mark countersign-sign",
        Sign::Done => "span countersign-mark countersign-sign countersign-done",
        Sign::Wait => "span countersign-mark countersign-sign countersign-wait",
    };
    let mut nodes = vec![node(name, vec![attr("aria-hidden", "true")], Vec::new())];
    nodes.extend(parts::heading(screen));
    let paragraphs = paragraphs.iter();
    nodes.extend(paragraphs.map(|text| parts::paragraph("countersign-text", text)));
    nodes.extend(link.map(|(label, link)| {
        let link = vec![parts::link(label, link)];
        node("p countersign-text", Vec::new(), link)
    }));
    nodes.push(parts::alert());
    nodes.extend(controls::actions(screen, context));
    let reference = screen.reference.iter();
    nodes.extend(reference.map(|text| parts::paragraph("countersign-small", text)));
    nodes
}
