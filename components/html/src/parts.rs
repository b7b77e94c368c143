//! The pieces that screens share.

use countersign::{
    consent::HostName,
    messages::{Key, OutlineTexts, Piece, Text},
    protocol::Link,
    strings::before,
    view::{Avatar, Screen},
};

use crate::{
    RenderContext,
    node::{Attribute, Node, On, around, attr, empty, must_be_seen, plain, text},
};

/// The skeleton of the card. It has the card's own classes, so that nothing moves when data
/// arrives.
pub(crate) fn outline() -> Vec<Node> {
    let bones = |name, count: usize| (0..count).map(|_| empty(name)).collect();
    let who = vec![
        plain("div countersign-parties", bones(MARK, 2)),
        empty("p countersign-title countersign-bone ~aria-hidden=true"),
        empty("p countersign-panel countersign-bone ~aria-hidden=true"),
    ];
    let rows = bones("p countersign-scope countersign-bone ~aria-hidden=true", 6);
    let buttons = bones("span countersign-button countersign-bone ~aria-hidden=true", 2);
    let buttons = plain("div countersign-actions", buttons);
    vec![
        plain("div countersign-who", who),
        plain("div countersign-permissions", rows),
        around("div countersign-decision", buttons),
    ]
}

/// A line below the skeleton, for servers: `widget.css` shows it after a while. The program takes it
/// away with the skeleton. Its link loads the page again.
#[must_use]
pub fn slow(texts: &OutlineTexts) -> Node {
    let link = around("a countersign-link ~href=", text(texts.reload));
    around("p countersign-note countersign-slow", text(texts.slow)).with(text(" ")).with(link)
}

/// The nodes of a text. Values that others chose are isolated in `bdi`.
#[must_use]
pub fn rich(rich: &Text) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut pieces = rich.0.iter().peekable();
    while let Some(piece) = pieces.next() {
        let name = match piece {
            Piece::Literal(words) => {
                nodes.push(text(words.clone()));
                continue;
            }
            Piece::Value(name) => value("bdi", name),
            Piece::Host(host) => host_name(host),
        };
        // No line begins with a comma: what stands right behind a name stays with it.
        if let Some(Piece::Literal(words)) = pieces.peek()
            && !words.starts_with(' ')
        {
            let end = behind_name(words);
            let rest = words.get(end.len()..).unwrap_or_default();
            nodes.push(around(WHOLE, name).with(text(end.to_owned())));
            nodes.push(text(rest.to_owned()));
            pieces.next();
        } else {
            nodes.push(name);
        }
    }
    nodes
}

/// The part of a text behind a name that stays with it: up to a space, or in a language without spaces
/// the bracket that closes.
fn behind_name(words: &str) -> &str {
    match words.split_at_checked(3) {
        Some((bracket @ ("」" | "”"), rest))
            if !rest.as_bytes().first().is_none_or(u8::is_ascii) =>
        {
            bracket
        }
        _ => before(words, b' '),
    }
}

/// What is whole on a line where it fits.
const WHOLE: &str = "span countersign-whole";

/// An element with a text.
pub(crate) fn rich_in(name: &'static str, text: &Text) -> Node {
    plain(name, rich(text))
}

/// A text that must have been in view before Allow counts.
pub(crate) fn must_read(name: &'static str, text: &Text) -> Node {
    rich_in(name, text).set(must_be_seen())
}

/// A host name with the registrable domain emphasized. It reads left to right in every language.
fn host_name(host: &HostName) -> Node {
    let mut nodes = labels(host.subdomain());
    let domain = around(WHOLE, plain("strong", labels(host.domain())));
    nodes.push(domain.with(text(host.port().to_owned())));
    plain("bdi countersign-address ~dir=ltr", nodes)
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
            nodes.push(around("span countersign-joined", piece));
            joined = false;
        }
        if letter == '.' {
            nodes.push(text(std::mem::take(&mut piece)));
            nodes.push(empty("wbr"));
        }
    }
    nodes.push(text(piece));
    nodes
}

/// A value that somebody else chose.
pub(crate) fn value(name: &'static str, value: &str) -> Node {
    around(name, text(value.to_owned()))
}

/// The heading, which receives the focus.
pub(crate) fn heading(screen: &Screen) -> Option<Node> {
    let text = screen.heading.as_ref()?;
    let mut heading = rich_in("h1 countersign-title @heading ~tabindex=-1", text);
    // With a long name it is whole, and smaller.
    if is_long(text) {
        heading = heading.set(attr("data-long", ""));
    }
    Some(heading.set(Attribute::On(On::Insert)))
}

/// Whether a text is longer than any of the widget's own with a usual name in it. In bytes: letters
/// of wide scripts have three.
#[inline(never)]
pub(crate) fn is_long(text: &Text) -> bool {
    text.plain().len() > 114
}

/// The host's logo, or the initial of its name.
pub(crate) fn host_mark(screen: &Screen, context: &RenderContext) -> Node {
    match &context.logo {
        Some(logo) => empty("img countersign-mark @host-mark ~alt=")
            .set(attr("src", logo.as_ref().to_owned())),
        None => value(
            "span countersign-mark countersign-host @host-mark ~aria-hidden=true",
            &screen.site_initial,
        ),
    }
}

/// The mark of a client or of an organization.
pub(crate) const MARK: &str = "span countersign-mark ~aria-hidden=true";

/// A logo or picture over an initial. The name is in the text beside it.
pub(crate) fn avatar(name: &'static str, avatar: &Avatar) -> Node {
    let (picture, initial) = match avatar {
        Avatar::Picture { path, initial } => (Some(path), initial),
        Avatar::Initial(initial) => (None, initial),
    };
    let mut node = value(name, initial);
    if let Some(path) = picture {
        let picture = empty("img countersign-picture ~alt=");
        let picture = picture.set(attr("src", path.clone())).set(Attribute::On(On::LoadError));
        node = node.with(picture);
    }
    node
}

/// One of the widget's own texts.
pub(crate) fn message(key: Key, context: &RenderContext) -> Node {
    text(context.messages.get(key).plain())
}

/// The error on a screen, which is empty until something fails.
pub(crate) fn alert() -> Node {
    Node::LiveText {
        name: "p countersign-note countersign-alarm ~role=alert",
        text: Box::new(|live| live.alert.clone().unwrap_or_default()),
    }
}

/// A link from the client's metadata.
pub(crate) fn link(label: &Text, link: &Link) -> Node {
    rich_in("a countersign-link ~target=_blank", label)
        .set(attr("href", link.as_str().to_owned()))
        .set(attr("rel", "noopener noreferrer"))
}

/// The account, with a control at the end of the row.
pub(crate) fn account(
    picture: &Avatar,
    lines: &[String],
    end: Option<Node>,
    context: &RenderContext,
) -> Node {
    let mut names = empty("div countersign-main");
    for (line, name) in lines.iter().zip(["bdi countersign-strong", "bdi countersign-small"]) {
        names = names.with(value(name, line));
    }
    let row = empty("div countersign-row ~role=group")
        .with(avatar("span countersign-mark countersign-face ~aria-hidden=true", picture))
        .with(names)
        .set(attr("aria-label", context.messages.get(Key::ConsentSignedInAs).plain()));
    match end {
        Some(end) => row.with(end),
        None => row,
    }
}

/// A summary. What is added is behind it.
pub(crate) fn fold(label: Vec<Node>) -> Node {
    around("details countersign-fold", plain("summary countersign-link", label))
}
