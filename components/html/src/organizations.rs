//! The organization of the grant, and the choice of another one.

use countersign::{
    consent::OrganizationStatus,
    flow::Gesture,
    messages::Key,
    view::{Avatar, OrganizationChoice},
};

use crate::{
    RenderContext, controls,
    node::{Attribute, Node, On, attr, node},
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
    let label = vec![parts::message(Key::ConsentOrganization, context)];
    let mut lines = vec![node("span countersign-small", Vec::new(), label)];
    lines.extend(name.map(|name| parts::value("countersign-strong", name)));
    let avatar = avatar.map(|avatar| parts::avatar(avatar, "countersign-mark"));
    let lines = node("div countersign-main", Vec::new(), lines);
    let nodes = avatar.into_iter().chain([lines]).chain(end).collect();
    node("div countersign-row", Vec::new(), nodes)
}

/// The chosen organization, with the others behind a button. The list is open if none is chosen.
pub(crate) fn choice(choices: &[OrganizationChoice], context: &RenderContext) -> Vec<Node> {
    let chosen = choices.iter().find(|choice| choice.chosen);
    let id = context.id("organizations");
    let mut attributes = vec![attr("id", id.clone())];
    attributes.extend(chosen.map(|_| attr("hidden", "")));
    let nodes = picker(choices, context);
    let picker = node("div countersign-picker @picker", attributes, nodes);
    let end = chosen.map(|_| {
        let attributes = vec![
            attr("aria-controls", id.clone()),
            attr("aria-expanded", "false"),
            controls::waiting(),
            Attribute::On(On::Toggle(id)),
        ];
        controls::link_button(Key::ConsentOrganizationChange, attributes, context)
    });
    let name = chosen.map(|choice| &choice.name);
    let avatar = chosen.map(|choice| &choice.avatar);
    vec![row(avatar, name, end, context), picker]
}

fn picker(choices: &[OrganizationChoice], context: &RenderContext) -> Vec<Node> {
    let mut nodes = Vec::new();
    if choices.len() > MANY {
        nodes.extend(search(choices, context));
    }
    let name = "ul countersign-list countersign-choices";
    let label = context.messages.get(Key::ConsentOrganizationChange).plain();
    let attributes = vec![attr("role", "list"), attr("aria-label", label)];
    nodes.push(node(name, attributes, choices.iter().map(item).collect()));
    nodes
}

/// The search field, and the number of matches for screen readers.
fn search(choices: &[OrganizationChoice], context: &RenderContext) -> [Node; 2] {
    let label = context.messages.get(Key::ConsentOrganizationSearch).plain();
    let names = choices.iter().map(|choice| choice.name.clone());
    let attributes = vec![
        attr("type", "search"),
        attr("autocomplete", "off"),
        attr("aria-label", label.clone()),
        attr("placeholder", label),
        Attribute::On(On::Search(names.collect())),
    ];
    let status = vec![attr("role", "status")];
    [
        node("input countersign-input", attributes, Vec::new()),
        node("p countersign-status", status, Vec::new()),
    ]
}

fn item(choice: &OrganizationChoice) -> Node {
    let mut attributes = vec![attr("type", "button")];
    if choice.chosen {
        attributes.push(attr("aria-current", "true"));
    }
    if choice.status == OrganizationStatus::Blocked {
        attributes.push(attr("aria-disabled", "true"));
    } else {
        attributes.push(controls::waiting());
        // The card of the chosen organization is on the screen already.
        let gesture = Gesture::OrganizationChosen(choice.id.clone());
        attributes.extend((!choice.chosen).then(|| controls::press(gesture)));
    }
    let mut lines = vec![parts::value("", &choice.name)];
    let note = choice.note.iter();
    lines.extend(note.map(|note| node("span countersign-small", Vec::new(), parts::rich(note))));
    let button = node(
        "button countersign-choice",
        attributes,
        vec![
            parts::avatar(&choice.avatar, "countersign-mark"),
            node("span countersign-main", Vec::new(), lines),
        ],
    );
    node("li", Vec::new(), vec![button])
}
