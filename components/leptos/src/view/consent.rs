//! The card, and the question whether to sign out.

use super::{
    Press, Scene, controls,
    node::{Node, attr, node},
    organizations, parts, scopes,
};
use countersign::{
    consent::Standing,
    flow::{ConsentCard, LogoutCard, Organizations, Screen},
    messages::Key,
};

/// The card.
pub(super) fn consent(screen: &Screen, card: &ConsentCard, scene: &Scene) -> Vec<Node> {
    let mut nodes = vec![parties(card, scene), asker(screen, card)];
    nodes.extend(card.caution.iter().map(|caution| {
        let name = "p countersign-note countersign-caution @caution";
        node(name, Vec::new(), parts::rich(caution))
    }));
    nodes.push(who(card, scene));
    nodes.extend(scopes::lists(card, scene));
    nodes.extend(card.remark.iter().map(|remark| {
        node(
            "p countersign-note @remark",
            Vec::new(),
            parts::rich(remark),
        )
    }));
    nodes.push(decision(screen, card, scene));
    nodes.extend(legal(card));
    nodes
}

/// The question whether to sign out.
pub(super) fn logout(screen: &Screen, card: &LogoutCard, scene: &Scene) -> Vec<Node> {
    let mut nodes = vec![node(
        "div countersign-parties",
        vec![],
        vec![parts::host_mark(scene)],
    )];
    nodes.extend(parts::heading(screen));
    nodes.push(parts::paragraph("countersign-text", &card.question));
    nodes.extend(card.account.as_ref().map(|(mark, lines)| {
        let row = parts::account(mark, lines, None, scene);
        node("div countersign-panel @account", Vec::new(), vec![row])
    }));
    nodes.push(parts::alert());
    nodes.extend(controls::actions(screen, scene));
    nodes
}

/// The two parties: the client, and the site itself.
fn parties(card: &ConsentCard, scene: &Scene) -> Node {
    node(
        "div countersign-parties @parties",
        vec![attr("aria-hidden", "true")],
        vec![
            parts::mark(&card.client, "countersign-mark"),
            parts::host_mark(scene),
        ],
    )
}

/// Who asks for what, how the site knows it, and what it says of itself.
fn asker(screen: &Screen, card: &ConsentCard) -> Node {
    let name = match card.standing {
        Standing::FirstParty | Standing::Verified => {
            "p countersign-standing countersign-known @standing"
        }
        Standing::Registered | Standing::SelfDeclared => "p countersign-standing @standing",
    };
    let mut nodes = parts::heading(screen);
    nodes.push(node(name, Vec::new(), parts::rich(&card.standing_label)));
    nodes.extend(card.description.iter().map(|description| {
        let name = "p countersign-small @description";
        node(name, Vec::new(), parts::rich(description))
    }));
    node("div countersign-asker", vec![], nodes)
}

/// Who answers.
fn who(card: &ConsentCard, scene: &Scene) -> Node {
    let switch = controls::quiet_button(Key::UseAnotherAccount, Press::SwitchAccount, scene);
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
        Organizations::Several(choices) => {
            rows.extend(organizations::choice(choices, scene));
        }
    }
    node("div countersign-panel @account", Vec::new(), rows)
}

/// Where the user goes next, and the two answers.
fn decision(screen: &Screen, card: &ConsentCard, scene: &Scene) -> Node {
    let next = parts::rich(&card.destination);
    let mut nodes = vec![node("p countersign-next @next", Vec::new(), next)];
    nodes.extend(card.can_remember.then(|| {
        let label = Key::ConsentRemember;
        controls::tick(
            "remember",
            label,
            Press::Remember,
            |live| live.remember,
            scene,
        )
    }));
    nodes.push(hint());
    nodes.push(parts::alert());
    nodes.extend(controls::actions(screen, scene));
    node("div countersign-decision", vec![], nodes)
}

/// Why `allow` would grant nothing, as soon as it would.
fn hint() -> Node {
    Node::Says {
        name: "p countersign-hint",
        attributes: vec![attr("role", "status")],
        text: Box::new(|live| live.hint.clone().unwrap_or_default()),
    }
}

/// The client's home page, terms and privacy policy.
fn legal(card: &ConsentCard) -> Option<Node> {
    let links = card.links.iter();
    let links: Vec<Node> = links
        .map(|(words, link)| parts::link(words, link))
        .collect();
    let name = "p countersign-small countersign-legal @legal";
    (!links.is_empty()).then(|| node(name, Vec::new(), links))
}
