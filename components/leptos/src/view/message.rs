//! The screens that say something.

use super::{
    RenderContext, controls,
    node::{Node, attr, node},
    parts,
};
use countersign::{
    messages::Text,
    protocol::Link,
    view::{Screen, Sign},
};

/// A sign, a heading, a few sentences, and what can be done.
pub(super) fn message(
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
    nodes.extend(
        paragraphs
            .iter()
            .map(|words| parts::paragraph("countersign-text", words)),
    );
    nodes.extend(
        link.map(|(words, link)| {
            node("p countersign-text", vec![], vec![parts::link(words, link)])
        }),
    );
    nodes.push(parts::alert());
    nodes.extend(controls::actions(screen, context));
    nodes.extend(
        screen
            .reference
            .iter()
            .map(|words| parts::paragraph("countersign-small", words)),
    );
    nodes
}
