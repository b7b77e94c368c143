//! Authorization details (RFC 9396).

use countersign::{messages::Key, view::AuthorizationDetailItem};

use crate::{
    RenderContext,
    node::{Node, must_be_seen, node, text},
    parts,
    scopes::{marker, row},
};

/// A detail in words. What was sent is behind a summary.
pub(crate) fn detail(item: &AuthorizationDetailItem, context: &RenderContext) -> Node {
    let title = node("span countersign-name", Vec::new(), parts::rich(&item.title));
    let mut nodes = vec![marker(), title];
    nodes.extend(item.lines.iter().map(|(label, value)| {
        let mut nodes = Vec::new();
        if !label.is_empty() {
            nodes = vec![parts::value("", label), text(": ")];
        }
        nodes.push(parts::value("countersign-strong", value));
        node("p countersign-more", Vec::new(), nodes)
    }));
    let json = parts::value("countersign-code", &item.json);
    let label = parts::message(Key::ConsentDetailFull, context);
    nodes.push(parts::fold(vec![label], vec![json]));
    row(vec![must_be_seen()], nodes)
}
