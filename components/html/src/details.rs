//! Authorization details (RFC 9396).

use countersign::{messages::Key, view::AuthorizationDetailItem};

use crate::{
    RenderContext,
    node::{Node, must_be_seen, plain, text},
    parts,
    scopes::{marker, row},
};

/// A detail in words. What was sent is behind a summary.
pub(crate) fn detail(item: &AuthorizationDetailItem, context: &RenderContext) -> Node {
    let mut nodes = vec![marker(), parts::rich_in("span countersign-name", &item.title)];
    for (label, value) in &item.lines {
        let mut line = Vec::new();
        if !label.is_empty() {
            line = vec![parts::value("bdi", label), text(": ")];
        }
        line.push(parts::value("bdi countersign-strong", value));
        nodes.push(plain("p countersign-more", line));
    }
    let json = parts::value("bdi countersign-code", &item.json);
    let label = parts::message(Key::ConsentDetailFull, context);
    nodes.push(parts::fold(vec![label], vec![json]));
    row(vec![must_be_seen()], nodes)
}
