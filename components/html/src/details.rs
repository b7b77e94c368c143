//! Authorization details (RFC 9396).

use countersign::{messages::Key, view::AuthorizationDetailItem};

use crate::{
    RenderContext,
    node::{Node, empty, must_be_seen, text},
    parts,
    scopes::{marker, row},
};

/// A detail in words. What was sent is behind a summary.
pub(crate) fn detail(item: &AuthorizationDetailItem, context: &RenderContext) -> Node {
    let mut node = row().with(marker()).with(parts::rich_in("div countersign-sum", &item.title));
    for (label, value) in &item.lines {
        let mut line = empty("p countersign-more");
        if !label.is_empty() {
            line = line.with(parts::value("bdi", label)).with(text(": "));
        }
        node = node.with(line.with(parts::value("bdi countersign-strong", value)));
    }
    let json = parts::value("bdi countersign-code", &item.json);
    let label = parts::message(Key::ConsentDetailFull, context);
    node.with(parts::fold(vec![label]).with(json)).set(must_be_seen())
}
