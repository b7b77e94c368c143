//! Authorization details (RFC 9396).

use countersign::{messages::Key, view::AuthorizationDetailItem};

use crate::{
    RenderContext,
    node::{Node, around, must_be_seen, text},
    parts,
    scopes::{marker, row, sensitive_tag},
};

/// A member of a detail.
const LINE: &str = "p countersign-more countersign-line";

/// A detail in words. What was sent is behind a summary.
pub(crate) fn detail(item: &AuthorizationDetailItem, context: &RenderContext) -> Node {
    let mut title = parts::rich_in("div countersign-sum", &item.title);
    if item.sensitive {
        title = title.with(text(" ")).with(sensitive_tag(context));
    }
    let mut node = row().with(marker()).with(title);
    for (label, value) in &item.lines {
        node = node.with(if label.is_empty() {
            around(LINE, parts::value("bdi", value))
        } else {
            let values = [("label", label.as_str()), ("value", value)];
            parts::rich_in(LINE, &context.messages.format(Key::ConsentDetailLine, &values))
        });
    }
    let json = parts::value("bdi countersign-code", &item.json);
    let label = parts::message(Key::ConsentDetailFull, context);
    node.with(parts::fold(vec![label]).with(json)).set(must_be_seen())
}
