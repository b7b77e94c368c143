//! Authorization details (RFC 9396).

use countersign::{messages::Key, view::AuthorizationDetailItem};

use crate::{
    RenderContext,
    node::{Node, must_be_seen, node, text},
    parts,
    scopes::{marker, row},
};

/// A detail: as the host describes it, with all members behind a summary, else by its members.
pub(crate) fn detail(item: &AuthorizationDetailItem, context: &RenderContext) -> Node {
    let members = lines(&item.members);
    let kind = parts::value("countersign-name countersign-code", &item.kind);
    let Some(description) = &item.description else {
        let nodes = [marker(), kind].into_iter().chain(members);
        return row(vec![must_be_seen()], nodes.collect());
    };
    let title = parts::value("countersign-name", &description.title);
    let mut nodes = vec![marker(), title];
    nodes.extend(lines(&description.lines));
    let full = std::iter::once(kind).chain(members).collect();
    let label = parts::message(Key::ConsentDetailFull, context);
    nodes.push(parts::fold(vec![label], full));
    row(vec![must_be_seen()], nodes)
}

/// Pairs of a label, which may be empty, and a value.
fn lines(lines: &[(String, String)]) -> Vec<Node> {
    let lines = lines.iter().map(|(label, value)| {
        let mut nodes = Vec::new();
        if !label.is_empty() {
            nodes = vec![parts::value("", label), text(": ")];
        }
        nodes.push(parts::value("countersign-strong", value));
        node("p countersign-more", Vec::new(), nodes)
    });
    lines.collect()
}
