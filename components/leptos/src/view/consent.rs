//! The card, and the question whether to sign out.

use countersign::{
    flow::{ConsentCard, LogoutCard, OrganizationChoice, Organizations, Screen},
    messages::Key,
    protocol::OrganizationId,
};
use leptos::prelude::*;

use super::{
    Press, Scene,
    node::{attr, class, live_attr, node, on, text},
    parts, scopes,
};

/// The card.
pub(super) fn consent(screen: &Screen, card: &ConsentCard, scene: &Scene) -> Vec<AnyView> {
    let mut nodes = vec![parties(card)];
    nodes.extend(parts::heading(screen));
    nodes.extend(
        card.notice
            .iter()
            .map(|notice| parts::paragraph("countersign-note countersign-caution", notice)),
    );
    nodes.push(who(card, scene));
    nodes.extend(scopes::lists(card, scene));
    nodes.extend(
        card.remark
            .iter()
            .map(|remark| parts::paragraph("countersign-small", remark)),
    );
    let next = vec![class("countersign-next"), attr("part", "next")];
    nodes.push(node("p", next, parts::rich(&card.destination)));
    nodes.push(parts::alert(scene));
    nodes.extend(parts::actions(screen, scene));
    nodes.extend(legal(card));
    nodes
}

/// The question whether to sign out.
pub(super) fn logout(screen: &Screen, card: &LogoutCard, scene: &Scene) -> Vec<AnyView> {
    let host = vec![
        class("countersign-mark countersign-host"),
        attr("aria-hidden", "true"),
    ];
    let mut nodes = vec![node("span", host, Vec::new())];
    nodes.extend(parts::heading(screen));
    nodes.push(parts::paragraph("countersign-text", &card.question));
    nodes.extend(card.account.as_ref().map(|(mark, lines)| {
        let row = parts::account(mark, lines, None, scene);
        let panel = vec![class("countersign-panel"), attr("part", "account")];
        node("div", panel, vec![row])
    }));
    nodes.push(parts::alert(scene));
    nodes.extend(parts::actions(screen, scene));
    nodes
}

/// The two parties: the client, and the site itself.
fn parties(card: &ConsentCard) -> AnyView {
    let host = vec![
        class("countersign-mark countersign-host"),
        attr("part", "host-mark"),
    ];
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
            node("span", host, Vec::new()),
        ],
    )
}

/// Who answers.
fn who(card: &ConsentCard, scene: &Scene) -> AnyView {
    let switch = parts::quiet_button(Key::UseAnotherAccount, Press::SwitchAccount, scene);
    let mut rows = vec![parts::account(
        &card.account,
        &card.account_lines,
        Some(switch),
        scene,
    )];
    match &card.organizations {
        Organizations::None => (),
        Organizations::One(mark, name) => rows.push(row(vec![
            parts::mark(mark, "countersign-mark"),
            node(
                "div",
                vec![class("countersign-main")],
                vec![
                    node(
                        "span",
                        vec![class("countersign-small")],
                        vec![parts::words(Key::ConsentOrganization, scene)],
                    ),
                    parts::value("countersign-strong", name),
                ],
            ),
        ])),
        Organizations::Several(mark, choices) => {
            rows.push(row(vec![
                parts::mark(mark, "countersign-mark"),
                choice(choices, scene),
            ]));
        }
    }
    node(
        "div",
        vec![class("countersign-panel"), attr("part", "account")],
        rows,
    )
}

fn row(nodes: Vec<AnyView>) -> AnyView {
    node("div", vec![class("countersign-row")], nodes)
}

/// The choice of an organization.
fn choice(choices: &[OrganizationChoice], scene: &Scene) -> AnyView {
    let (hand, live) = (scene.hand, scene.live.clone());
    // Where none is chosen yet, none may look chosen.
    let none = choices
        .iter()
        .all(|choice| !choice.chosen)
        .then(|| node("option", Vec::new(), Vec::new()));
    let options = choices.iter().map(|choice| {
        let mut attributes = vec![attr("value", choice.id.as_str())];
        attributes.extend(choice.chosen.then(|| attr("selected", "")));
        node("option", attributes, vec![text(&choice.label)])
    });
    let attributes = vec![
        class("countersign-input"),
        live_attr("disabled", move || {
            live.with(|live| live.waiting).then(String::new)
        }),
        on("change", move |event| {
            hand.try_run(Press::Organization(OrganizationId::new(
                event_target_value(&event),
            )));
        }),
    ];
    let label = node(
        "span",
        Vec::new(),
        vec![parts::words(Key::ConsentOrganization, scene)],
    );
    let names = "countersign-main countersign-field countersign-pick";
    node(
        "label",
        vec![class(names)],
        vec![
            label,
            node(
                "select",
                attributes,
                none.into_iter().chain(options).collect(),
            ),
        ],
    )
}

/// The client's terms and privacy policy.
fn legal(card: &ConsentCard) -> Option<AnyView> {
    let mut nodes = Vec::new();
    for (words, link) in &card.links {
        if !nodes.is_empty() {
            nodes.push(text(" · "));
        }
        nodes.push(parts::link(words, link));
    }
    let attributes = vec![class("countersign-small"), attr("part", "legal")];
    (!nodes.is_empty()).then(|| node("p", attributes, nodes))
}
