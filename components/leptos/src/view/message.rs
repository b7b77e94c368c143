//! The screens that say something.

use countersign::{
    flow::{Screen, Sign},
    messages::Text,
    protocol::Link,
};
use super::{
    Scene,
    node::{Node, attr, class, node},
    parts,
};

/// A sign, a heading, a few sentences, and what can be done.
pub(super) fn message(
    screen: &Screen,
    sign: Sign,
    paragraphs: &[Text],
    link: Option<&(Text, Link)>,
    scene: &Scene,
) -> Vec<Node> {
    let names = match sign {
        Sign::Caution => "countersign-mark countersign-sign",
        Sign::Done => "countersign-mark countersign-sign countersign-done",
        Sign::Wait => "countersign-mark countersign-sign countersign-wait",
    };
    let mut nodes = vec![node(
        "span",
        vec![class(names), attr("aria-hidden", "true")],
        Vec::new(),
    )];
    nodes.extend(parts::heading(screen));
    nodes.extend(
        paragraphs
            .iter()
            .map(|words| parts::paragraph("countersign-text", words)),
    );
    nodes.extend(link.map(|(words, link)| {
        node(
            "p",
            vec![class("countersign-text")],
            vec![parts::link(words, link)],
        )
    }));
    nodes.push(parts::alert());
    nodes.extend(parts::actions(screen, scene));
    nodes.extend(
        screen
            .reference
            .iter()
            .map(|words| parts::paragraph("countersign-small", words)),
    );
    nodes
}
