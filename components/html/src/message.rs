//! Screens with a message.

use crate::{
    RenderContext, controls,
    node::{Attribute, Node, On, around, empty, text},
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
    for text in &message.paragraphs {
        nodes.push(parts::rich_in("p countersign-text", text));
    }
    if let Some((label, link)) = &message.link {
        nodes.push(around("p countersign-text", parts::link(label, link)));
    }
    nodes.push(parts::alert());
    nodes.extend(controls::actions(screen, context));
    if let Some(text) = &screen.reference {
        nodes.push(reference(text, context));
    }
    nodes
}

/// The sign, between the mark of the client, if it is known, and that of the host.
fn signs(screen: &Screen, message: &Message, context: &RenderContext) -> Node {
    let name = match message.kind {
        MessageKind::Error => "span countersign-mark countersign-sign",
        MessageKind::Expired => "span countersign-mark countersign-sign countersign-expired",
        MessageKind::Offline => "span countersign-mark countersign-sign countersign-offline",
        MessageKind::Done => "span countersign-mark countersign-sign countersign-done",
        // A tick would say that it was a success.
        MessageKind::Closed => {
            "span countersign-mark countersign-sign countersign-done countersign-no"
        }
        MessageKind::SignIn => "span countersign-mark countersign-sign countersign-person",
        MessageKind::Wait => "span countersign-mark countersign-sign countersign-wait",
    };
    let mut marks = empty("div countersign-parties @parties ~aria-hidden=true");
    if let Some(client) = &message.client {
        marks = marks.with(parts::avatar(parts::MARK, client));
    }
    marks.with(empty(name)).with(parts::host_mark(screen, context))
}

/// The reference, which stays a text that can be selected, with a button that copies it.
fn reference(reference: &Text, context: &RenderContext) -> Node {
    let copied = around("span ~hidden=", parts::message(Key::Copied, context));
    parts::rich_in("p countersign-small countersign-legal @reference", reference)
        .with(text(" "))
        .with(controls::link_button(Key::Copy, context).set(Attribute::On(On::Copy)))
        .with(text(" "))
        .with(around("span ~role=status", copied))
}
