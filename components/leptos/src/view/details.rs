//! What is asked in detail, and where it is asked for.

use super::{
    RenderContext,
    node::{Node, node, text},
    parts,
    scopes::{row, sign},
};
use countersign::{messages::Key, view::AuthorizationDetailItem};

/// A target.
pub(super) fn resource(name: &str) -> Node {
    row(vec![
        sign(),
        parts::value("countersign-name countersign-code", name),
    ])
}

/// A detail: in the host's words with all of it behind them, else by its members.
pub(super) fn detail(item: &AuthorizationDetailItem, context: &RenderContext) -> Node {
    let members = lines(&item.members);
    let kind = parts::value("countersign-name countersign-code", &item.kind);
    let Some(description) = &item.description else {
        let nodes = [sign(), kind].into_iter().chain(members);
        return row(nodes.collect());
    };
    let mut nodes = vec![sign(), parts::value("countersign-name", &description.title)];
    nodes.extend(lines(&description.lines));
    let full = std::iter::once(kind).chain(members).collect();
    nodes.push(parts::fold(Key::ConsentDetailFull, full, context));
    row(nodes)
}

/// A label, which may be empty, and what it says.
fn lines(lines: &[(String, String)]) -> Vec<Node> {
    let lines = lines.iter().map(|(name, value)| {
        let mut words = Vec::new();
        if !name.is_empty() {
            words = vec![parts::value("", name), text(": ")];
        }
        words.push(parts::value("countersign-strong", value));
        node("p countersign-more", vec![], words)
    });
    lines.collect()
}
