//! The organization that is acted for, and the choice where there are several.

use std::{cell::Cell, rc::Rc};

use countersign::{
    consent::OrganizationStatus,
    flow::Gesture,
    messages::Key,
    view::{Avatar, OrganizationChoice},
};

use super::{
    RenderContext, controls,
    node::{Attribute, Node, attr, flag, node, on},
    parts,
    search::{Search, field},
};

/// More than so many can be searched.
const MANY: usize = 8;

/// The organization, and what can be done about it.
pub(super) fn row(
    avatar: Option<&Avatar>,
    name: Option<&String>,
    end: Option<Node>,
    context: &RenderContext,
) -> Node {
    let label = vec![parts::words(Key::ConsentOrganization, context)];
    let mut lines = vec![node("span countersign-small", vec![], label)];
    lines.extend(name.map(|name| parts::value("countersign-strong", name)));
    let avatar = avatar.map(|avatar| parts::avatar(avatar, "countersign-mark"));
    let lines = node("div countersign-main", vec![], lines);
    let nodes = avatar.into_iter().chain([lines]).chain(end).collect();
    node("div countersign-row", vec![], nodes)
}

/// The chosen one, and the others behind a button; where none is chosen, they lie open.
pub(super) fn choice(choices: &[OrganizationChoice], context: &RenderContext) -> Vec<Node> {
    let chosen = choices.iter().find(|choice| choice.chosen);
    let open = Rc::new(Cell::new(chosen.is_none()));
    let id = context.id("organizations");
    let picker = picker(&id, choices, Rc::clone(&open), context);
    let end = chosen.map(|_| {
        let told = Rc::clone(&open);
        let expanded = move |_: &_| Some(if told.get() { "true" } else { "false" }.into());
        let refresh = Rc::clone(&context.refresh);
        let toggling = on("click", move |_| {
            open.set(!open.get());
            refresh();
        });
        let attributes = vec![
            attr("aria-controls", id),
            Attribute::Live("aria-expanded", Box::new(expanded)),
            controls::waiting(),
            toggling,
        ];
        controls::link_button(Key::ConsentOrganizationChange, attributes, context)
    });
    let name = chosen.map(|choice| &choice.name);
    vec![
        row(chosen.map(|choice| &choice.avatar), name, end, context),
        picker,
    ]
}

fn picker(
    id: &str,
    choices: &[OrganizationChoice],
    open: Rc<Cell<bool>>,
    context: &RenderContext,
) -> Node {
    let search = Search::of(choices.iter().map(|choice| choice.name.as_str()));
    let items = choices
        .iter()
        .enumerate()
        .map(|(place, choice)| item(place, choice, &search, context));
    let name = "ul countersign-list countersign-choices";
    let label = context.messages.get(Key::ConsentOrganizationChange).plain();
    let attributes = vec![attr("role", "list"), attr("aria-label", label)];
    let list = node(name, attributes, items.collect());
    let mut nodes = if choices.len() > MANY {
        field(&search, context)
    } else {
        Vec::new()
    };
    nodes.push(list);
    let attributes = vec![
        attr("id", id.to_owned()),
        flag("hidden", move |_| !open.get()),
    ];
    node("div countersign-picker @picker", attributes, nodes)
}

fn item(
    place: usize,
    choice: &OrganizationChoice,
    search: &Search,
    context: &RenderContext,
) -> Node {
    let mut attributes = vec![attr("type", "button")];
    if choice.chosen {
        attributes.push(attr("aria-current", "true"));
    }
    if choice.status == OrganizationStatus::Blocked {
        attributes.push(attr("aria-disabled", "true"));
    } else {
        attributes.push(controls::waiting());
        // The one that is shown already is not asked for again.
        let press = Gesture::OrganizationChosen(choice.id.clone());
        attributes.extend((!choice.chosen).then(|| controls::pressing(press, context)));
    }
    let mut words = vec![parts::value("", &choice.name)];
    words.extend(
        choice
            .note
            .iter()
            .map(|note| node("span countersign-small", Vec::new(), parts::rich(note))),
    );
    let button = node(
        "button countersign-choice",
        attributes,
        vec![
            parts::avatar(&choice.avatar, "countersign-mark"),
            node("span countersign-main", vec![], words),
        ],
    );
    let search = search.clone();
    let hidden = flag("hidden", move |_| !search.finds(place));
    node("li", vec![hidden], vec![button])
}
