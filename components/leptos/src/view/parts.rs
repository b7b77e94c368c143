//! The pieces that screens share.

use countersign::{
    consent::HostName,
    messages::{Key, Piece, Text},
    protocol::Link,
    view::{Avatar, Screen},
};
use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{Element, Event},
};

use super::{
    RenderContext,
    node::{Attribute, Node, attr, class, node, on, text},
};

/// The card's own outline while nothing is known yet, of the card's own pieces, so that nothing jumps.
pub(super) fn outline() -> Vec<Node> {
    let bone = |name| node(name, vec![attr("aria-hidden", "true")], Vec::new());
    let bones = |name, count: usize| (0..count).map(|_| bone(name)).collect();
    vec![
        node(
            "div countersign-parties",
            vec![],
            bones("span countersign-mark", 2),
        ),
        bone("p countersign-title countersign-bone"),
        bone("p countersign-panel countersign-bone"),
        node(
            "div",
            Vec::new(),
            bones("p countersign-scope countersign-bone", 6),
        ),
        node(
            "div countersign-actions",
            vec![],
            bones("span countersign-button countersign-bone", 2),
        ),
    ]
}

/// The pieces of a text: words as they are, values isolated.
pub(super) fn rich(rich: &Text) -> Vec<Node> {
    let pieces = rich.0.iter().map(|piece| match piece {
        Piece::Literal(words) => text(words.clone()),
        Piece::Value(value) => node("bdi", Vec::new(), vec![text(value.clone())]),
        Piece::Host(host) => hostname(host),
    });
    pieces.collect()
}

/// A host, with what its owner registered in the foreground. Read from left to right in every language.
fn hostname(host: &HostName) -> Node {
    let domain = node("strong", Vec::new(), vec![text(host.domain().to_owned())]);
    node(
        "bdi countersign-address",
        vec![attr("dir", "ltr")],
        vec![
            text(host.subdomain().to_owned()),
            domain,
            text(host.port().to_owned()),
        ],
    )
}

/// A value that somebody else chose.
pub(super) fn value(names: &'static str, value: &str) -> Node {
    let names = (!names.is_empty()).then(|| class(names));
    let names = names.into_iter().collect();
    node("bdi", names, vec![text(value.to_owned())])
}

/// The heading; the focus moves to it.
pub(super) fn heading(screen: &Screen) -> Vec<Node> {
    let heading = screen.heading.iter().map(|heading| {
        let attributes = vec![attr("tabindex", "-1"), Attribute::Made(focus_soon)];
        node("h1 countersign-title @heading", attributes, rich(heading))
    });
    heading.collect()
}

#[cfg(target_arch = "wasm32")]
fn focus_soon(heading: Element) {
    crate::platform::focus_soon(heading);
}

#[cfg(not(target_arch = "wasm32"))]
fn focus_soon(_heading: Element) {}

/// The host's own mark: its logo, or a keyhole.
pub(super) fn host_mark(context: &RenderContext) -> Node {
    let part = attr("part", "host-mark");
    match &context.logo {
        Some(logo) => node(
            "img countersign-mark",
            vec![part, attr("src", logo.to_string()), attr("alt", "")],
            Vec::new(),
        ),
        None => node(
            "span countersign-mark countersign-host",
            vec![part, attr("aria-hidden", "true")],
            Vec::new(),
        ),
    }
}

/// A logo, a picture, or the initial. What it stands for is beside it in words.
pub(super) fn avatar(avatar: &Avatar, names: &'static str) -> Node {
    let (picture, initial) = match avatar {
        Avatar::Picture { path, initial } => (Some(path), initial),
        Avatar::Initial(initial) => (None, initial),
    };
    let picture = picture.map(|path| {
        let attributes = vec![
            attr("src", path.clone()),
            attr("alt", ""),
            on("error", without_picture),
        ];
        node("img countersign-picture", attributes, Vec::new())
    });
    let nodes = std::iter::once(text(initial.clone())).chain(picture);
    node(
        "span",
        vec![class(names), attr("aria-hidden", "true")],
        nodes.collect(),
    )
}

/// A picture that does not come leaves the initial.
fn without_picture(event: Event) {
    let picture = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    if let Some(picture) = picture {
        picture.remove();
    }
}

/// A paragraph.
pub(super) fn paragraph(names: &'static str, words: &Text) -> Node {
    node("p", vec![class(names)], rich(words))
}

/// One of our own texts.
pub(super) fn words(key: Key, context: &RenderContext) -> Node {
    text(context.messages.get(key).plain())
}

/// What went wrong, as soon as something does.
pub(super) fn alert() -> Node {
    Node::Says {
        name: "p countersign-note countersign-alarm",
        attributes: vec![attr("role", "alert")],
        text: Box::new(|live| live.alert.clone().unwrap_or_default()),
    }
}

/// A link out of the client's metadata.
pub(super) fn link(words: &Text, link: &Link) -> Node {
    let attributes = vec![
        attr("href", link.as_str().to_owned()),
        attr("target", "_blank"),
        attr("rel", "noopener noreferrer"),
    ];
    node("a countersign-link", attributes, rich(words))
}

/// The account: who it is, and at the end of the row, what can be done about it.
pub(super) fn account(
    avatar_of: &Avatar,
    lines: &[String],
    end: Option<Node>,
    context: &RenderContext,
) -> Node {
    let names = ["countersign-strong", "countersign-small"];
    let lines = lines
        .iter()
        .zip(names)
        .map(|(line, names)| value(names, line));
    let mut row = vec![
        avatar(avatar_of, "countersign-mark countersign-face"),
        node("div countersign-main", vec![], lines.collect()),
    ];
    row.extend(end);
    let signed_in_as = context.messages.get(Key::ConsentSignedInAs).plain();
    let attributes = vec![attr("role", "group"), attr("aria-label", signed_in_as)];
    node("div countersign-row", attributes, row)
}

/// What is shown when it is asked for.
pub(super) fn fold(label: Key, inside: Vec<Node>, context: &RenderContext) -> Node {
    let summary = node(
        "summary countersign-link",
        vec![],
        vec![words(label, context)],
    );
    let nodes = std::iter::once(summary).chain(inside).collect();
    node("details countersign-fold", vec![], nodes)
}
