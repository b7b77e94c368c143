//! The consent card and the logout confirmation.

use crate::{
    RenderContext, controls,
    node::{Node, attr, must_be_seen, node, text},
    organizations, parts, scopes,
};
use countersign::{
    consent::ClientTrust,
    flow::Gesture,
    messages::Key,
    view::{ConsentCard, LogoutCard, Organizations, Screen},
};

/// The consent card.
pub(crate) fn consent(screen: &Screen, card: &ConsentCard, context: &RenderContext) -> Vec<Node> {
    let mut nodes = vec![parties(card, context), client(screen, card)];
    nodes.extend(card.cautions.iter().map(|caution| {
        let name = "p countersign-note countersign-caution @caution";
        node(name, vec![must_be_seen()], parts::rich(caution))
    }));
    nodes.push(account(card, context));
    nodes.extend(scopes::lists(card, context));
    nodes.extend(card.notice.iter().map(|notice| {
        let name = "p countersign-note @notice";
        node(name, Vec::new(), parts::rich(notice))
    }));
    nodes.push(decision(screen, card, context));
    nodes.extend(legal(card));
    nodes
}

/// The logout confirmation.
pub(crate) fn logout(screen: &Screen, card: &LogoutCard, context: &RenderContext) -> Vec<Node> {
    let mut nodes =
        vec![node("div countersign-parties", Vec::new(), vec![parts::host_mark(context)])];
    nodes.extend(parts::heading(screen));
    nodes.push(parts::paragraph("countersign-text", &card.question));
    nodes.extend(card.account.as_ref().map(|(avatar, lines)| {
        let row = parts::account(avatar, lines, None, context);
        node("div countersign-panel @account", Vec::new(), vec![row])
    }));
    nodes.push(parts::alert());
    nodes.extend(controls::actions(screen, context));
    nodes.push(hint());
    nodes
}

/// The marks of the two parties: the client and the host.
fn parties(card: &ConsentCard, context: &RenderContext) -> Node {
    node(
        "div countersign-parties @parties",
        vec![attr("aria-hidden", "true")],
        vec![parts::avatar(&card.client, "countersign-mark"), parts::host_mark(context)],
    )
}

/// What the client wants, how far the site trusts it, and its own description.
fn client(screen: &Screen, card: &ConsentCard) -> Node {
    let name = match card.trust {
        ClientTrust::FirstParty | ClientTrust::Verified => {
            "p countersign-standing countersign-known @standing"
        }
        ClientTrust::Registered | ClientTrust::SelfDeclared => "p countersign-standing @standing",
    };
    let mut nodes: Vec<Node> = parts::heading(screen).into_iter().collect();
    nodes.push(node(name, Vec::new(), parts::rich(&card.trust_label)));
    nodes.extend(card.description.iter().map(|description| {
        let name = "p countersign-small @description";
        node(name, Vec::new(), parts::rich(description))
    }));
    node("div countersign-asker", vec![must_be_seen()], nodes)
}

/// The account and the organization.
fn account(card: &ConsentCard, context: &RenderContext) -> Node {
    let switch = controls::quiet_button(Key::UseAnotherAccount, Gesture::SwitchAccount, context);
    let mut rows = vec![parts::account(&card.account, &card.account_lines, Some(switch), context)];
    match &card.organizations {
        Organizations::None => (),
        Organizations::One(avatar, name) => {
            rows.push(organizations::row(Some(avatar), Some(name), None, context));
        }
        Organizations::Several(choices) => {
            rows.extend(organizations::choice(choices, context));
        }
    }
    node("div countersign-panel @account", Vec::new(), rows)
}

/// The destination and the buttons.
fn decision(screen: &Screen, card: &ConsentCard, context: &RenderContext) -> Node {
    let next = parts::rich(&card.destination);
    let name = "p countersign-destination @destination";
    let mut nodes = vec![node(name, vec![must_be_seen()], next)];
    nodes.extend(card.can_remember.then(|| {
        controls::tick(
            "remember",
            Key::ConsentRemember,
            Gesture::RememberToggled,
            |live| live.remember,
            context,
        )
    }));
    nodes.push(parts::alert());
    nodes.extend(controls::actions(screen, context));
    nodes.push(hint());
    node("div countersign-decision", Vec::new(), nodes)
}

/// Why Allow would grant nothing, or why the last press did not count. It is below the buttons, so
/// that they stay where they are.
fn hint() -> Node {
    Node::LiveText {
        name: "p countersign-hint",
        attributes: vec![attr("role", "status")],
        text: Box::new(|live| live.hint.clone().unwrap_or_default()),
    }
}

/// Links to the client's home page, terms and privacy policy.
fn legal(card: &ConsentCard) -> Option<Node> {
    let mut nodes = Vec::new();
    for (label, link) in &card.links {
        if !nodes.is_empty() {
            nodes.push(text(" · "));
        }
        nodes.push(parts::link(label, link));
    }
    let name = "p countersign-small countersign-legal @legal";
    (!nodes.is_empty()).then(|| node(name, Vec::new(), nodes))
}
