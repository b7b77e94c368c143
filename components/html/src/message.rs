//! Screens with a message.

use crate::{
    RenderContext, controls,
    node::{Attribute, Node, On, node, text},
    parts,
};
use countersign::{
    messages::{Key, Text},
    view::{Message, MessageKind, Screen},
};

/// Whom it is about, a sign, a heading, paragraphs and buttons.
pub(crate) fn message(screen: &Screen, message: &Message, context: &RenderContext) -> Vec<Node> {
    let mut nodes = vec![signs(screen, message, context)];
    nodes.extend(parts::heading(screen));
    let paragraphs = message.paragraphs.iter();
    nodes.extend(paragraphs.map(|text| parts::paragraph("countersign-text", text)));
    nodes.extend(message.link.as_ref().map(|(label, link)| {
        let link = vec![parts::link(label, link)];
        node("p countersign-text", Vec::new(), link)
    }));
    nodes.push(parts::alert());
    nodes.extend(controls::actions(screen, context));
    nodes.extend(screen.reference.as_ref().map(|text| reference(text, context)));
    nodes
}

/// The sign, between the marks of the client and the host if they are known.
fn signs(screen: &Screen, message: &Message, context: &RenderContext) -> Node {
    let name = match message.kind {
        MessageKind::Error => "span countersign-mark countersign-sign",
        MessageKind::Expired => "span countersign-mark countersign-sign countersign-expired",
        MessageKind::Offline => "span countersign-mark countersign-sign countersign-offline",
        MessageKind::Done => "span countersign-mark countersign-sign countersign-done",
        MessageKind::Wait => "span countersign-mark countersign-sign countersign-wait",
    };
    let mut marks = Vec::new();
    if let Some(client) = &message.client {
        marks.push(parts::avatar(client, "countersign-mark"));
    }
    marks.push(node(name, Vec::new(), Vec::new()));
    if message.client.is_some() || context.logo.is_some() {
        marks.push(parts::host_mark(screen, context));
    }
    node("div countersign-parties @parties ~aria-hidden=true", Vec::new(), marks)
}

/// The reference, which stays a text that can be selected, with a button that copies it.
fn reference(reference: &Text, context: &RenderContext) -> Node {
    let copied = vec![parts::message(Key::Copied, context)];
    let copied = node("span ~hidden=", Vec::new(), copied);
    let mut nodes = parts::rich(reference);
    nodes.push(text(" "));
    nodes.push(controls::link_button(Key::Copy, vec![Attribute::On(On::Copy)], context));
    nodes.push(text(" "));
    nodes.push(node("span ~role=status", Vec::new(), vec![copied]));
    node("p countersign-small countersign-legal @reference", Vec::new(), nodes)
}
