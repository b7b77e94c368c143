//! The organization of the grant, and the choice of another one.

use countersign::{
    consent::OrganizationStatus,
    flow::Gesture,
    messages::{Key, Text},
    view::{Avatar, OrganizationChoice},
};

use crate::{
    RenderContext, controls,
    node::{Attribute, Node, On, around, attr, empty, plain},
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
    let mut lines = around("div countersign-main", around("span countersign-small", label));
    if let Some(name) = name {
        lines = lines.with(parts::value("bdi countersign-strong", name));
    }
    let mut row = empty("div countersign-row");
    if let Some(avatar) = avatar {
        row = row.with(parts::avatar(parts::MARK, avatar));
    }
    row = row.with(lines);
    if let Some(end) = end {
        row = row.with(end);
    }
    row
}

/// The chosen organization, with the others behind a button. The list is open if one has to be chosen:
/// the notice above it says so.
#[must_use]
pub fn choice(
    choices: &[OrganizationChoice],
    notice: Option<&Text>,
    context: &RenderContext,
) -> Vec<Node> {
    let chosen = choices.iter().find(|choice| choice.chosen);
    let id = context.id("organizations");
    let mut picker = plain("div countersign-picker @picker", picker(choices, notice, context))
        .set(attr("id", id.clone()))
        .set(Attribute::On(On::ChoiceKeys));
    let is_open = notice.is_some();
    if !is_open {
        picker = picker.set(attr("hidden", ""));
    }
    let end = chosen.map(|_| {
        // The name contains the visible word, for users who speak to their device (WCAG 2.5.3).
        let name = context.messages.get(Key::ConsentOrganizationChange).plain();
        controls::link_button(Key::ConsentChange, context)
            .set(attr("aria-label", name))
            .set(attr("aria-controls", id))
            .set(attr("aria-expanded", if is_open { "true" } else { "false" }))
            .set(controls::waiting())
            .set(Attribute::On(On::Toggle))
    });
    let name = chosen.map(|choice| &choice.name);
    let avatar = chosen.map(|choice| &choice.avatar);
    vec![row(avatar, name, end, context), picker]
}

fn picker(
    choices: &[OrganizationChoice],
    notice: Option<&Text>,
    context: &RenderContext,
) -> Vec<Node> {
    let mut nodes = Vec::new();
    nodes.extend(notice.map(|notice| parts::rich_in("p @notice", notice)));
    if choices.len() > MANY {
        nodes.extend(search(context));
    }
    let label = context.messages.get(Key::ConsentOrganization).plain();
    // The Tab key stops once: at the chosen one, else at the first.
    let stop = choices.iter().position(|choice| choice.chosen).unwrap_or_default();
    let mut list = empty("div countersign-choices ~role=radiogroup").set(attr("aria-label", label));
    for (index, choice) in choices.iter().enumerate() {
        list = list.with(item(choice, index == stop));
    }
    nodes.push(list);
    nodes
}

/// The search field, and the number of matches for screen readers.
fn search(context: &RenderContext) -> [Node; 2] {
    let label = context.messages.get(Key::ConsentOrganizationSearch).plain();
    let field = empty("input countersign-input ~type=search autocomplete=off")
        .set(attr("aria-label", label.clone()))
        .set(attr("placeholder", label))
        .set(Attribute::On(On::Search));
    [field, empty("p countersign-status ~role=status")]
}

/// A button with the role of a radio. A choice loads another card, so it takes a press: the arrow
/// keys, which choose in a list of real radios, only move the focus here.
fn item(choice: &OrganizationChoice, is_stop: bool) -> Node {
    let mut lines = around("span countersign-main", parts::value("bdi", &choice.name));
    if let Some(note) = &choice.note {
        lines = lines.with(parts::rich_in("span countersign-small", note));
    }
    let mut button = empty("button countersign-choice ~type=button role=radio")
        .with(parts::avatar(parts::MARK, &choice.avatar))
        .with(lines)
        .set(attr("aria-checked", if choice.chosen { "true" } else { "false" }))
        .set(attr("tabindex", if is_stop { "0" } else { "-1" }));
    if choice.status == OrganizationStatus::Blocked {
        return button.set(attr("aria-disabled", "true"));
    }
    button = button.set(controls::waiting());
    // The card of the chosen organization is on the screen already.
    if !choice.chosen {
        button = button.set(controls::press(Gesture::OrganizationChosen(choice.id.clone())));
    }
    button
}
