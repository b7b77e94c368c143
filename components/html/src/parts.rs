//! The pieces that screens share.

use countersign::{
    consent::HostName,
    messages::{Key, OutlineTexts, Piece, Text},
    protocol::Link,
    view::{Avatar, Screen},
};

use crate::{
    RenderContext,
    node::{Attribute, Node, On, attr, class, node, text},
};

/// The skeleton of the card. It has the card's own classes, so that nothing moves when data
/// arrives.
pub(crate) fn outline() -> Vec<Node> {
    let bone = |name| node(name, Vec::new(), Vec::new());
    let bones = |name, count: usize| (0..count).map(|_| bone(name)).collect();
    let who = vec![
        node(
            "div countersign-parties",
            Vec::new(),
            bones("span countersign-mark ~aria-hidden=true", 2),
        ),
        bone("p countersign-title countersign-bone ~aria-hidden=true"),
        bone("p countersign-panel countersign-bone ~aria-hidden=true"),
    ];
    let rows = bones("p countersign-scope countersign-bone ~aria-hidden=true", 6);
    let buttons = bones("span countersign-button countersign-bone ~aria-hidden=true", 2);
    let buttons = node("div countersign-actions", Vec::new(), buttons);
    vec![
        node("div countersign-who", Vec::new(), who),
        node("div countersign-permissions", Vec::new(), rows),
        node("div countersign-decision", Vec::new(), vec![buttons]),
    ]
}

/// A line below the skeleton, for servers: `widget.css` shows it after a while. The program takes it
/// away with the skeleton. Its link loads the page again.
#[must_use]
pub fn slow(texts: &OutlineTexts) -> Node {
    let link = node("a countersign-link ~href=", Vec::new(), vec![text(texts.reload)]);
    let line = vec![text(texts.slow), text(" "), link];
    node("p countersign-note countersign-slow", Vec::new(), line)
}

/// The nodes of a text. Values that others chose are isolated in `bdi`.
#[must_use]
pub fn rich(rich: &Text) -> Vec<Node> {
    let pieces = rich.0.iter().map(|piece| match piece {
        Piece::Literal(words) => text(words.clone()),
        Piece::Value(value) => node("bdi", Vec::new(), vec![text(value.clone())]),
        Piece::Host(host) => host_name(host),
    });
    pieces.collect()
}

/// A host name with the registrable domain emphasized. It reads left to right in every language.
fn host_name(host: &HostName) -> Node {
    let mut nodes = labels(host.subdomain());
    nodes.push(node("strong", Vec::new(), labels(host.domain())));
    nodes.push(text(host.port().to_owned()));
    node("bdi countersign-address ~dir=ltr", Vec::new(), nodes)
}

/// The labels of a host name. A line ends after a dot, and not after a hyphen: half a label reads as
/// another domain.
fn labels(name: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut piece = String::new();
    let mut joined = false;
    for letter in name.chars() {
        if letter == '-' && !joined {
            nodes.push(text(std::mem::take(&mut piece)));
            joined = true;
        }
        piece.push(letter);
        if joined && letter != '-' {
            let piece = text(std::mem::take(&mut piece));
            nodes.push(node("span countersign-joined", Vec::new(), vec![piece]));
            joined = false;
        }
        if letter == '.' {
            nodes.push(text(std::mem::take(&mut piece)));
            nodes.push(node("wbr", Vec::new(), Vec::new()));
        }
    }
    nodes.push(text(piece));
    nodes
}

/// A value that somebody else chose.
pub(crate) fn value(names: &'static str, value: &str) -> Node {
    let names = (!names.is_empty()).then(|| class(names));
    node("bdi", names.into_iter().collect(), vec![text(value.to_owned())])
}

/// The heading, which receives the focus.
pub(crate) fn heading(screen: &Screen) -> Option<Node> {
    let heading = screen.heading.as_ref()?;
    let attributes = vec![Attribute::On(On::Insert)];
    Some(node("h1 countersign-title @heading ~tabindex=-1", attributes, rich(heading)))
}

/// The host's logo, or the initial of its name.
pub(crate) fn host_mark(screen: &Screen, context: &RenderContext) -> Node {
    match &context.logo {
        Some(logo) => node(
            "img countersign-mark @host-mark ~alt=",
            vec![attr("src", logo.to_string())],
            Vec::new(),
        ),
        None => node(
            "span countersign-mark countersign-host @host-mark ~aria-hidden=true",
            Vec::new(),
            vec![text(screen.site_initial.clone())],
        ),
    }
}

/// A logo or picture over an initial. The name is in the text beside it.
pub(crate) fn avatar(avatar: &Avatar, names: &'static str) -> Node {
    let (picture, initial) = match avatar {
        Avatar::Picture { path, initial } => (Some(path), initial),
        Avatar::Initial(initial) => (None, initial),
    };
    let picture = picture.map(|path| {
        let attributes = vec![attr("src", path.clone()), Attribute::On(On::LoadError)];
        node("img countersign-picture ~alt=", attributes, Vec::new())
    });
    let nodes = std::iter::once(text(initial.clone())).chain(picture);
    node("span ~aria-hidden=true", vec![class(names)], nodes.collect())
}

pub(crate) fn paragraph(names: &'static str, text: &Text) -> Node {
    node("p", vec![class(names)], rich(text))
}

/// One of the widget's own texts.
pub(crate) fn message(key: Key, context: &RenderContext) -> Node {
    text(context.messages.get(key).plain())
}

/// The error on a screen, which is empty until something fails.
pub(crate) fn alert() -> Node {
    Node::LiveText {
        name: "p countersign-note countersign-alarm ~role=alert",
        attributes: Vec::new(),
        text: Box::new(|live| live.alert.clone().unwrap_or_default()),
    }
}

/// A link from the client's metadata.
pub(crate) fn link(label: &Text, link: &Link) -> Node {
    let attributes =
        vec![attr("href", link.as_str().to_owned()), attr("rel", "noopener noreferrer")];
    node("a countersign-link ~target=_blank", attributes, rich(label))
}

/// The account, with a control at the end of the row.
pub(crate) fn account(
    picture: &Avatar,
    lines: &[String],
    end: Option<Node>,
    context: &RenderContext,
) -> Node {
    let names = ["countersign-strong", "countersign-small"];
    let lines = lines.iter().zip(names);
    let lines = lines.map(|(line, names)| value(names, line));
    let mut row = vec![
        avatar(picture, "countersign-mark countersign-face"),
        node("div countersign-main", Vec::new(), lines.collect()),
    ];
    row.extend(end);
    let label = context.messages.get(Key::ConsentSignedInAs).plain();
    node("div countersign-row ~role=group", vec![attr("aria-label", label)], row)
}

/// Content behind a summary that opens it.
pub(crate) fn fold(label: Vec<Node>, inside: Vec<Node>) -> Node {
    let summary = node("summary countersign-link", Vec::new(), label);
    let nodes = std::iter::once(summary).chain(inside).collect();
    node("details countersign-fold", Vec::new(), nodes)
}
