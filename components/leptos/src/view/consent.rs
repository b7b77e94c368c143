//! The card, and the question whether to sign out.

use countersign::{
    consent::Standing,
    flow::{ConsentCard, LogoutCard, Organizations, Screen},
    messages::Key,
};
use super::{
    Press, Scene,
    node::{Node, attr, class, node},
    organizations, parts, scopes,
};

/// The card.
pub(super) fn consent(screen: &Screen, card: &ConsentCard, scene: &Scene) -> Vec<Node> {
    let mut nodes = vec![parties(card, scene), asker(screen, card)];
    nodes.extend(card.caution.iter().map(|caution| {
        let names = class("countersign-note countersign-caution");
        node("p", vec![names, attr("part", "caution")], parts::rich(caution))
    }));
    nodes.push(who(card, scene));
    nodes.extend(scopes::lists(card, scene));
    nodes.extend(card.remark.iter().map(|remark| {
        let names = class("countersign-note");
        node("p", vec![names, attr("part", "remark")], parts::rich(remark))
    }));
    nodes.push(decision(screen, card, scene));
    nodes.extend(legal(card));
    nodes
}

/// The question whether to sign out.
pub(super) fn logout(screen: &Screen, card: &LogoutCard, scene: &Scene) -> Vec<Node> {
    let mut nodes = vec![node(
        "div",
        vec![class("countersign-parties")],
        vec![parts::host_mark(scene)],
    )];
    nodes.extend(parts::heading(screen));
    nodes.push(parts::paragraph("countersign-text", &card.question));
    nodes.extend(card.account.as_ref().map(|(mark, lines)| {
        let row = parts::account(mark, lines, None, scene);
        let panel = vec![class("countersign-panel"), attr("part", "account")];
        node("div", panel, vec![row])
    }));
    nodes.push(parts::alert());
    nodes.extend(parts::actions(screen, scene));
    nodes
}

/// The two parties: the client, and the site itself.
fn parties(card: &ConsentCard, scene: &Scene) -> Node {
    let attributes = vec![
        class("countersign-parties"),
        attr("part", "parties"),
        attr("aria-hidden", "true"),
    ];
    node(
        "div",
        attributes,
        vec![
            parts::mark(&card.client, "countersign-mark"),
            parts::host_mark(scene),
        ],
    )
}

/// Who asks for what, how the site knows it, and what it says of itself.
fn asker(screen: &Screen, card: &ConsentCard) -> Node {
    let names = match card.standing {
        Standing::FirstParty | Standing::Verified => "countersign-standing countersign-known",
        Standing::Registered | Standing::SelfDeclared => "countersign-standing",
    };
    let mut nodes = parts::heading(screen);
    nodes.push(node(
        "p",
        vec![class(names), attr("part", "standing")],
        parts::rich(&card.standing_label),
    ));
    nodes.extend(card.description.iter().map(|description| {
        let attributes = vec![class("countersign-small"), attr("part", "description")];
        node("p", attributes, parts::rich(description))
    }));
    node("div", vec![class("countersign-asker")], nodes)
}

/// Who answers.
fn who(card: &ConsentCard, scene: &Scene) -> Node {
    let switch = parts::quiet_button(Key::UseAnotherAccount, Press::SwitchAccount, scene);
    let mut rows = vec![parts::account(
        &card.account,
        &card.account_lines,
        Some(switch),
        scene,
    )];
    match &card.organizations {
        Organizations::None => (),
        Organizations::One(mark, name) => {
            rows.push(organizations::row(Some(mark), Some(name), None, scene));
        }
        Organizations::Several(mark, choices) => {
            rows.extend(organizations::choice(mark, choices, scene));
        }
    }
    node(
        "div",
        vec![class("countersign-panel"), attr("part", "account")],
        rows,
    )
}

/// Where the user goes next, and the two answers.
fn decision(screen: &Screen, card: &ConsentCard, scene: &Scene) -> Node {
    let next = vec![class("countersign-next"), attr("part", "next")];
    let mut nodes = vec![node("p", next, parts::rich(&card.destination))];
    nodes.extend(card.can_remember.then(|| {
        let label = Key::ConsentRemember;
        parts::tick("remember", label, Press::Remember, |live| live.remember, scene)
    }));
    nodes.push(hint());
    nodes.push(parts::alert());
    nodes.extend(parts::actions(screen, scene));
    node("div", vec![class("countersign-decision")], nodes)
}

/// Why `allow` would grant nothing, as soon as it would.
fn hint() -> Node {
    Node::Says {
        tag: "p",
        attributes: vec![class("countersign-hint"), attr("role", "status")],
        text: Box::new(|live| live.hint.clone().unwrap_or_default()),
    }
}

/// The client's home page, terms and privacy policy.
fn legal(card: &ConsentCard) -> Option<Node> {
    let links = card.links.iter();
    let links: Vec<Node> = links.map(|(words, link)| parts::link(words, link)).collect();
    let names = class("countersign-small countersign-legal");
    (!links.is_empty()).then(|| node("p", vec![names, attr("part", "legal")], links))
}
