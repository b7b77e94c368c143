//! The consent card and the logout confirmation.

use crate::{
    RenderContext, controls,
    node::{Node, must_be_seen, node, text},
    organizations, parts, scopes,
};
use countersign::{
    flow::Gesture,
    messages::Key,
    view::{ConsentCard, LogoutCard, Organizations, Screen, Tone},
};

/// The consent card.
pub(crate) fn consent(screen: &Screen, card: &ConsentCard, context: &RenderContext) -> Vec<Node> {
    let who = vec![parties(screen, card, context), client(screen, card), account(card, context)];
    let mut asked = scopes::lists(card, context);
    asked.extend(card.notice.iter().map(|notice| {
        let name = "p countersign-note @notice";
        node(name, Vec::new(), parts::rich(notice))
    }));
    let mut nodes = vec![
        node("div countersign-who", Vec::new(), who),
        node("div countersign-permissions", Vec::new(), asked),
        decision(screen, card, context),
    ];
    nodes.extend(legal(card));
    nodes
}

/// The logout confirmation.
pub(crate) fn logout(screen: &Screen, card: &LogoutCard, context: &RenderContext) -> Vec<Node> {
    let mut nodes =
        vec![node("div countersign-parties", Vec::new(), vec![parts::host_mark(screen, context)])];
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
fn parties(screen: &Screen, card: &ConsentCard, context: &RenderContext) -> Node {
    node(
        "div countersign-parties @parties ~aria-hidden=true",
        Vec::new(),
        vec![parts::avatar(&card.client, "countersign-mark"), parts::host_mark(screen, context)],
    )
}

/// What the client wants, the verdict on it, and its own description.
fn client(screen: &Screen, card: &ConsentCard) -> Node {
    let mut nodes: Vec<Node> = parts::heading(screen).into_iter().collect();
    if let Some(Node::Element { attributes, .. }) = nodes.first_mut() {
        attributes.push(must_be_seen());
    }
    nodes.push(verdict(card));
    nodes.extend(card.description.iter().map(|description| {
        let name = "p countersign-small @description";
        node(name, Vec::new(), parts::rich(description))
    }));
    node("div countersign-asker", Vec::new(), nodes)
}

/// How far the site trusts the client and what the user should check, in one tone.
fn verdict(card: &ConsentCard) -> Node {
    let name = match card.tone {
        Tone::Known => "div countersign-standing countersign-known",
        Tone::Neutral => "div countersign-standing",
        Tone::Caution => "div countersign-note countersign-caution",
    };
    let mut nodes = vec![node("p @standing", vec![must_be_seen()], parts::rich(&card.trust_label))];
    nodes.extend(card.cautions.iter().map(|caution| {
        node("p countersign-text @caution", vec![must_be_seen()], parts::rich(caution))
    }));
    node(name, Vec::new(), nodes)
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
    // The renderer fills in how much is below the window.
    let below = parts::rich(&context.messages.format(Key::ConsentBelow, &[("count", "")]));
    let next = parts::rich(&card.destination);
    let mut nodes = vec![
        node("p countersign-below ~aria-hidden=true", Vec::new(), below),
        node("p countersign-destination @destination", vec![must_be_seen()], next),
    ];
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
        name: "p countersign-hint ~role=status",
        attributes: Vec::new(),
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
