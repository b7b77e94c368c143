//! The consent card and the logout confirmation.

use crate::{
    RenderContext, controls,
    node::{Attribute, Node, On, around, attr, empty, must_be_seen, plain, text},
    organizations, parts, scopes,
};
use countersign::{
    flow::Gesture,
    messages::{Key, Text},
    view::{ConsentCard, LogoutCard, Organizations, Screen, Tone},
};

/// The consent card.
pub(crate) fn consent(screen: &Screen, card: &ConsentCard, context: &RenderContext) -> Vec<Node> {
    let mut who = vec![parties(screen, card, context), client(screen, card)];
    if let Some(change) = &card.account_change {
        who.push(parts::must_read("p countersign-note countersign-alarm ~role=alert", change));
    }
    who.push(account(card, context));
    let mut asked = scopes::lists(card, context);
    if let Some(notice) = &card.notice
        && in_picker(card, context).is_none()
    {
        // Why nothing can be granted is beside what can be changed: the account and the organization.
        // What an Allow means is near the answers.
        let place = if card.shows_allow { &mut asked } else { &mut who };
        place.push(parts::rich_in("p countersign-note @notice", notice));
    }
    asked.push(below(context));
    let name = if card.shows_allow {
        "div countersign-permissions"
    } else {
        "div countersign-permissions countersign-asks"
    };
    let who = plain("div countersign-who", who);
    let mut nodes = vec![who, plain(name, asked), decision(screen, card, context)];
    nodes.extend(legal(card));
    nodes
}

/// The logout confirmation.
pub(crate) fn logout(screen: &Screen, card: &LogoutCard, context: &RenderContext) -> Vec<Node> {
    let mut nodes = vec![around("div countersign-parties", parts::host_mark(screen, context))];
    nodes.extend(parts::heading(screen));
    nodes.push(parts::rich_in("p countersign-text", &card.question));
    if let Some((avatar, lines)) = &card.account {
        let row = parts::account(avatar, lines, None, context);
        nodes.push(around("div countersign-panel @account", row));
    }
    nodes.push(parts::alert());
    nodes.extend(controls::actions(screen, context));
    nodes.push(hint());
    nodes
}

/// The marks of the two parties: the client and the host.
fn parties(screen: &Screen, card: &ConsentCard, context: &RenderContext) -> Node {
    empty("div countersign-parties @parties ~aria-hidden=true")
        .with(parts::avatar(parts::MARK, &card.client))
        .with(parts::host_mark(screen, context))
}

/// What the client wants, the verdict on it, and its own description.
fn client(screen: &Screen, card: &ConsentCard) -> Node {
    let mut node = empty("div countersign-asker");
    if let Some(heading) = parts::heading(screen) {
        node = node.with(heading.set(must_be_seen()));
    }
    node = node.with(verdict(card));
    if let Some(description) = &card.description {
        node = node.with(if parts::is_long(description) {
            // Closed, the style sheet shows one line of it.
            parts::fold(parts::rich(description)).set(attr("part", "description"))
        } else {
            parts::rich_in("p countersign-small @description", description)
        });
    }
    node
}

/// How far the site trusts the client and what the user should check, in one tone.
fn verdict(card: &ConsentCard) -> Node {
    let name = match card.tone {
        Tone::Known => "div countersign-standing countersign-known",
        Tone::Neutral => "div countersign-standing",
        Tone::Caution => "div countersign-note countersign-caution",
    };
    let mut node = empty(name).with(parts::must_read("p @standing", &card.trust_label));
    for caution in &card.cautions {
        node = node.with(parts::must_read("p countersign-text @caution", caution));
    }
    node
}

/// The notice that asks for a choice, which stands above it.
fn in_picker<'a>(card: &'a ConsentCard, context: &RenderContext) -> Option<&'a Text> {
    card.notice.as_ref().filter(|_| card.chooses && context.picker.is_some())
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
        Organizations::Several(choices) => match context.picker {
            Some(picker) => {
                rows.extend(picker(choices, in_picker(card, context), context));
            }
            None => {
                let chosen = choices.iter().find(|choice| choice.chosen);
                rows.extend(chosen.map(|one| {
                    organizations::row(Some(&one.avatar), Some(&one.name), None, context)
                }));
            }
        },
    }
    plain("div countersign-panel @account", rows)
}

/// The destination, what lasts, and the buttons.
fn decision(screen: &Screen, card: &ConsentCard, context: &RenderContext) -> Node {
    let mut node = empty("div countersign-decision")
        .with(below(context))
        .with(parts::alert())
        .with(parts::must_read("p countersign-destination @destination", &card.destination));
    if card.shows_allow
        && let Some(lasting) = scopes::offline_access(card, context)
    {
        node = node.with(lasting);
    }
    if card.can_remember {
        node = node.with(controls::remember(context));
    }
    if let Some(actions) = controls::actions(screen, context) {
        node = node.with(actions);
    }
    node.with(hint())
}

/// How much is below the window and how much of it is sensitive, which the renderer fills in. The style sheet shows it in one place:
/// in the decision, or beside that at the end of the list.
fn below(context: &RenderContext) -> Node {
    let count = |key| context.messages.format(key, &[("count", "")]);
    let below = count(Key::ConsentBelow);
    let sensitive = count(Key::ConsentBelowSensitive);
    parts::rich_in("button countersign-link countersign-below ~type=button", &below)
        .with(parts::rich_in("span countersign-sensitive", &sensitive))
        .set(Attribute::On(On::Below))
}

/// Why Allow would grant nothing, or why the last press did not count. It is below the buttons, so
/// that they stay where they are.
fn hint() -> Node {
    Node::LiveText {
        name: "p countersign-hint ~role=status",
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
    (!nodes.is_empty()).then(|| plain(name, nodes))
}
