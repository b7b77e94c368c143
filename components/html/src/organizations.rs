//! The organization of the grant, and the choice of another one.

use countersign::{
    consent::OrganizationStatus,
    flow::Gesture,
    messages::Key,
    view::{Avatar, OrganizationChoice},
};

use crate::{
    RenderContext, controls,
    node::{Attribute, Node, On, around, attr, empty, node, plain},
    parts,
};

/// A list with more organizations than this has a search field.
const MANY: usize = 8;

/// The organization, with a control at the end of the row.
pub(crate) fn row(
    avatar: Option<&Avatar>,
    name: Option<&String>,
    end: Option<Node>,
    context: &RenderContext,
) -> Node {
    let label = parts::message(Key::ConsentOrganization, context);
    let mut lines = vec![around("span countersign-small", label)];
    if let Some(name) = name {
        lines.push(parts::value("bdi countersign-strong", name));
    }
    let mut nodes = Vec::new();
    if let Some(avatar) = avatar {
        nodes.push(parts::avatar(parts::MARK, avatar));
    }
    nodes.push(plain("div countersign-main", lines));
    nodes.extend(end);
    plain("div countersign-row", nodes)
}

/// The chosen organization, with the others behind a button. The list is open if none is chosen.
pub(crate) fn choice(choices: &[OrganizationChoice], context: &RenderContext) -> Vec<Node> {
    let chosen = choices.iter().find(|choice| choice.chosen);
    let id = context.id("organizations");
    let mut attributes = vec![attr("id", id.clone()), Attribute::On(On::ChoiceKeys)];
    attributes.extend(chosen.map(|_| attr("hidden", "")));
    let nodes = picker(choices, context);
    let picker = node("div countersign-picker @picker", attributes, nodes);
    let end = chosen.map(|_| {
        // The name contains the visible word, for users who speak to their device (WCAG 2.5.3).
        let name = context.messages.get(Key::ConsentOrganizationChange).plain();
        let attributes = vec![
            attr("aria-label", name),
            attr("aria-controls", id),
            attr("aria-expanded", "false"),
            controls::waiting(),
            Attribute::On(On::Toggle),
        ];
        controls::link_button(Key::ConsentChange, attributes, context)
    });
    let name = chosen.map(|choice| &choice.name);
    let avatar = chosen.map(|choice| &choice.avatar);
    vec![row(avatar, name, end, context), picker]
}

fn picker(choices: &[OrganizationChoice], context: &RenderContext) -> Vec<Node> {
    let mut nodes = Vec::new();
    if choices.len() > MANY {
        nodes.extend(search(context));
    }
    let label = context.messages.get(Key::ConsentOrganization).plain();
    let attributes = vec![attr("aria-label", label)];
    // The Tab key stops once: at the chosen one, else at the first.
    let stop = choices.iter().position(|choice| choice.chosen).unwrap_or_default();
    let items = choices.iter().enumerate();
    let items = items.map(|(index, choice)| item(choice, index == stop)).collect();
    nodes.push(node("div countersign-choices ~role=radiogroup", attributes, items));
    nodes
}

/// The search field, and the number of matches for screen readers.
fn search(context: &RenderContext) -> [Node; 2] {
    let label = context.messages.get(Key::ConsentOrganizationSearch).plain();
    let attributes = vec![
        attr("aria-label", label.clone()),
        attr("placeholder", label),
        Attribute::On(On::Search),
    ];
    [
        node("input countersign-input ~type=search autocomplete=off", attributes, Vec::new()),
        empty("p countersign-status ~role=status"),
    ]
}

/// A button with the role of a radio. A choice loads another card, so it takes a press: the arrow
/// keys, which choose in a list of real radios, only move the focus here.
fn item(choice: &OrganizationChoice, is_stop: bool) -> Node {
    let mut attributes = vec![
        attr("aria-checked", if choice.chosen { "true" } else { "false" }),
        attr("tabindex", if is_stop { "0" } else { "-1" }),
    ];
    if choice.status == OrganizationStatus::Blocked {
        attributes.push(attr("aria-disabled", "true"));
    } else {
        attributes.push(controls::waiting());
        // The card of the chosen organization is on the screen already.
        let gesture = Gesture::OrganizationChosen(choice.id.clone());
        attributes.extend((!choice.chosen).then(|| controls::press(gesture)));
    }
    let mut lines = vec![parts::value("bdi", &choice.name)];
    if let Some(note) = &choice.note {
        lines.push(parts::rich_in("span countersign-small", note));
    }
    node(
        "button countersign-choice ~type=button role=radio",
        attributes,
        vec![parts::avatar(parts::MARK, &choice.avatar), plain("span countersign-main", lines)],
    )
}
