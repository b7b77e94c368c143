//! The pieces that screens share.

use countersign::{
    consent::HostName,
    flow::{Action, Live, Mark, Screen},
    messages::{Key, Piece, Text},
    protocol::Link,
};
use leptos::{
    prelude::*,
    tachys::{html::attribute::any_attribute::AnyAttribute, renderer::types::Element},
};

use super::{
    Press, Scene,
    node::{attr, class, live_attr, live_checked, live_nodes, made, node, on, text},
};

/// The card's own outline while nothing is known yet, of the card's own pieces, so that nothing jumps.
pub(super) fn outline() -> Vec<AnyView> {
    let bone = |tag, names| node(tag, vec![class(names)], Vec::new());
    let bones = |tag, names, count: usize| (0..count).map(|_| bone(tag, names)).collect();
    vec![
        node(
            "div",
            vec![class("countersign-parties")],
            bones("span", "countersign-mark", 2),
        ),
        bone("p", "countersign-title countersign-bone"),
        bone("p", "countersign-panel countersign-bone"),
        node(
            "div",
            Vec::new(),
            bones("p", "countersign-scope countersign-bone", 6),
        ),
        node(
            "div",
            vec![class("countersign-actions")],
            bones("span", "countersign-button countersign-bone", 2),
        ),
    ]
}

/// The pieces of a text: words as they are, values isolated.
pub(super) fn rich(rich: &Text) -> Vec<AnyView> {
    let pieces = rich.0.iter().map(|piece| match piece {
        Piece::Words(words) => text(words.clone()),
        Piece::Value(value) => node("bdi", Vec::new(), vec![text(value)]),
        Piece::Host(host) => hostname(host),
    });
    pieces.collect()
}

/// A host, with what its owner registered in the foreground. Read from left to right in every language.
fn hostname(host: &HostName) -> AnyView {
    let domain = node("strong", Vec::new(), vec![text(host.domain())]);
    node(
        "bdi",
        vec![class("countersign-address"), attr("dir", "ltr")],
        vec![text(host.before()), domain, text(host.after())],
    )
}

/// A value that somebody else chose.
pub(super) fn value(names: &'static str, value: &str) -> AnyView {
    node("bdi", vec![class(names)], vec![text(value)])
}

/// The heading; the focus moves to it.
pub(super) fn heading(screen: &Screen) -> Vec<AnyView> {
    let heading = screen.heading.iter().map(|heading| {
        let attributes = vec![
            class("countersign-title"),
            attr("part", "heading"),
            attr("tabindex", "-1"),
            made(focus_soon),
        ];
        node("h1", attributes, rich(heading))
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
pub(super) fn host_mark(scene: &Scene) -> AnyView {
    let part = attr("part", "host-mark");
    match &scene.logo {
        Some(logo) => node(
            "img",
            vec![
                class("countersign-mark"),
                part,
                attr("src", logo),
                attr("alt", ""),
            ],
            Vec::new(),
        ),
        None => node(
            "span",
            vec![
                class("countersign-mark countersign-host"),
                part,
                attr("aria-hidden", "true"),
            ],
            Vec::new(),
        ),
    }
}

/// A logo, a picture, or the initial. What it stands for is beside it in words.
pub(super) fn mark(mark: &Mark, names: &'static str) -> AnyView {
    match mark {
        Mark::Picture(path) => node(
            "img",
            vec![class(names), attr("src", path), attr("alt", "")],
            Vec::new(),
        ),
        Mark::Initial(initial) => node(
            "span",
            vec![class(names), attr("aria-hidden", "true")],
            vec![text(initial)],
        ),
    }
}

/// A paragraph.
pub(super) fn paragraph(names: &'static str, words: &Text) -> AnyView {
    node("p", vec![class(names)], rich(words))
}

/// One of our own texts.
pub(super) fn words(key: Key, scene: &Scene) -> AnyView {
    text(scene.messages.get(key).plain())
}

/// What went wrong, as soon as something does.
pub(super) fn alert(scene: &Scene) -> AnyView {
    let live = scene.live.clone();
    live_nodes(move || {
        let alert = live.with(|live| live.alert.clone());
        let alert = alert.iter().map(|alert| {
            let attributes = vec![
                class("countersign-note countersign-alarm"),
                attr("role", "alert"),
            ];
            node("p", attributes, rich(alert))
        });
        alert.collect()
    })
}

/// A link out of the client's metadata.
pub(super) fn link(words: &Text, link: &Link) -> AnyView {
    let attributes = vec![
        class("countersign-link"),
        attr("href", link.as_str()),
        attr("target", "_blank"),
        attr("rel", "noopener noreferrer"),
    ];
    node("a", attributes, rich(words))
}

/// The buttons of a screen.
pub(super) fn actions(screen: &Screen, scene: &Scene) -> Option<AnyView> {
    let buttons: Vec<AnyView> = screen
        .actions
        .iter()
        .map(|action| button(*action, scene))
        .collect();
    let attributes = vec![class("countersign-actions"), attr("part", "actions")];
    (!buttons.is_empty()).then(|| node("div", attributes, buttons))
}

/// A button. All look alike, on purpose: two answers weigh the same.
fn button(action: Action, scene: &Scene) -> AnyView {
    let (live, off, pressed) = (scene.live.clone(), scene.live.clone(), scene.live.clone());
    let attributes = vec![
        class("countersign-button"),
        attr("type", "button"),
        attr("part", part(action)),
        live_attr("aria-disabled", move || {
            live.with(|live| is_off(live, action) || is_unready(live, action))
                .then(yes)
        }),
        live_attr("data-off", move || {
            off.with(|live| is_off(live, action)).then(yes)
        }),
        live_attr("aria-busy", move || {
            pressed.with(|live| live.pressed == Some(action)).then(yes)
        }),
        pressing(Press::Action(action), scene),
    ];
    node("button", attributes, vec![words(action.label(), scene)])
}

fn yes() -> String {
    "true".to_owned()
}

/// Only a person's own click counts: no script on the page decides anything.
pub(super) fn pressing(press: Press, scene: &Scene) -> AnyAttribute {
    let hand = scene.hand;
    on("click", move |event| {
        if event.is_trusted() {
            hand.try_run(press.clone());
        } else {
            // A box that a script ticks stays as it is.
            event.prevent_default();
        }
    })
}

/// Whether a button does nothing for now, and looks so.
fn is_off(live: &Live, action: Action) -> bool {
    live.waiting
        || (action == Action::Retry && !live.can_retry)
        || (action == Action::Allow && live.hint.is_some())
}

/// Whether it does nothing for a moment yet. It looks as ever, since both answers look alike.
fn is_unready(live: &Live, action: Action) -> bool {
    action == Action::Allow && live.unready
}

const fn part(action: Action) -> &'static str {
    match action {
        Action::Allow => "button allow",
        Action::Deny => "button deny",
        Action::RequestApproval => "button request-approval",
        Action::SignOut => "button sign-out",
        Action::Stay => "button stay",
        Action::Retry | Action::SignIn | Action::OpenAgain | Action::OpenApp => "button",
    }
}

/// The account: who it is, and at the end of the row, what can be done about it.
pub(super) fn account(
    mark_of: &Mark,
    lines: &[String],
    end: Option<AnyView>,
    scene: &Scene,
) -> AnyView {
    let names = ["countersign-strong", "countersign-small"];
    let lines = lines
        .iter()
        .zip(names)
        .map(|(line, names)| value(names, line));
    let mut row = vec![
        mark(mark_of, "countersign-mark countersign-face"),
        node("div", vec![class("countersign-main")], lines.collect()),
    ];
    row.extend(end);
    let signed_in_as = scene.messages.get(Key::ConsentSignedInAs).plain();
    let attributes = vec![
        class("countersign-row"),
        attr("role", "group"),
        attr("aria-label", signed_in_as),
    ];
    node("div", attributes, row)
}

/// A button that looks like a link.
pub(super) fn quiet_button(label: Key, press: Press, scene: &Scene) -> AnyView {
    let attributes = vec![waiting(scene), pressing(press, scene)];
    link_button(label, attributes, scene)
}

/// The same, for something that stays on the card.
pub(super) fn link_button(label: Key, more: Vec<AnyAttribute>, scene: &Scene) -> AnyView {
    let mut attributes = vec![class("countersign-link"), attr("type", "button")];
    attributes.extend(more);
    node("button", attributes, vec![words(label, scene)])
}

/// What is not to be pressed while an answer is on its way.
pub(super) fn waiting(scene: &Scene) -> AnyAttribute {
    let live = scene.live.clone();
    live_attr("aria-disabled", move || {
        live.with(|live| live.waiting).then(yes)
    })
}

/// A box to tick, with its words beside it.
pub(super) fn tick(
    part: &'static str,
    label: Key,
    press: Press,
    ticked: fn(&Live) -> bool,
    scene: &Scene,
) -> AnyView {
    let live = scene.live.clone();
    let mut attributes = boxed(move || live.with(ticked), press, scene);
    let live = scene.live.clone();
    attributes.push(live_attr("disabled", move || {
        live.with(|live| live.waiting).then(String::new)
    }));
    let input = node("input", attributes, Vec::new());
    node(
        "label",
        vec![class("countersign-tick"), attr("part", part)],
        vec![input, words(label, scene)],
    )
}

/// A checkbox that follows the card.
pub(super) fn boxed(
    ticked: impl FnMut() -> bool + Send + 'static,
    press: Press,
    scene: &Scene,
) -> Vec<AnyAttribute> {
    vec![
        class("countersign-box"),
        attr("type", "checkbox"),
        live_checked(ticked),
        pressing(press, scene),
    ]
}

/// What is shown when it is asked for.
pub(super) fn fold(label: Key, inside: Vec<AnyView>, scene: &Scene) -> AnyView {
    let summary = node(
        "summary",
        vec![class("countersign-link")],
        vec![words(label, scene)],
    );
    let nodes = std::iter::once(summary).chain(inside).collect();
    node("details", vec![class("countersign-fold")], nodes)
}
