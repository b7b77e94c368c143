//! The organization that is acted for, and the choice where there are several.

use countersign::{
    consent::OrganizationStatus,
    flow::{Mark, OrganizationChoice},
    messages::Key,
};
use leptos::{prelude::*, tachys::html::attribute::any_attribute::AnyAttribute};

use super::{
    Press, Scene,
    node::{attr, class, live_attr, node},
    parts,
    search::{Search, field},
};

/// From so many on, they are searched.
const MANY: usize = 8;

/// The organization, and what can be done about it.
pub(super) fn row(
    mark: &Mark,
    name: Option<&String>,
    end: Option<AnyView>,
    scene: &Scene,
) -> AnyView {
    let label = vec![parts::words(Key::ConsentOrganization, scene)];
    let mut lines = vec![node("span", vec![class("countersign-small")], label)];
    lines.extend(name.map(|name| parts::value("countersign-strong", name)));
    let mut nodes = vec![
        parts::mark(mark, "countersign-mark"),
        node("div", vec![class("countersign-main")], lines),
    ];
    nodes.extend(end);
    node("div", vec![class("countersign-row")], nodes)
}

/// The chosen one, and the others behind a button; where none is chosen, they lie open.
pub(super) fn choice(mark: &Mark, choices: &[OrganizationChoice], scene: &Scene) -> Vec<AnyView> {
    let chosen = choices.iter().find(|choice| choice.chosen);
    let open = ArcRwSignal::new(chosen.is_none());
    let id = scene.id("organizations");
    let picker = picker(&id, choices, open.clone(), scene);
    let end = chosen.map(|_| {
        let told = open.clone();
        let attributes = vec![
            attr("aria-controls", id),
            live_attr("aria-expanded", move || Some(told.get().to_string())),
            parts::waiting(scene),
            toggling(open),
        ];
        parts::link_button(Key::ConsentOrganizationChange, attributes, scene)
    });
    let name = chosen.map(|choice| &choice.name);
    vec![row(mark, name, end, scene), picker]
}

fn toggling(open: ArcRwSignal<bool>) -> AnyAttribute {
    super::node::on("click", move |_| open.update(|open| *open = !*open))
}

fn picker(
    id: &str,
    choices: &[OrganizationChoice],
    open: ArcRwSignal<bool>,
    scene: &Scene,
) -> AnyView {
    let search = Search::of(choices.iter().map(|choice| choice.label.as_str()));
    let items = choices
        .iter()
        .enumerate()
        .map(|(place, choice)| item(place, choice, &search, scene));
    let attributes = vec![
        class("countersign-list countersign-choices"),
        attr("role", "list"),
    ];
    let list = node("ul", attributes, items.collect());
    let mut nodes = if choices.len() > MANY {
        field(&search, scene)
    } else {
        Vec::new()
    };
    nodes.push(list);
    let attributes = vec![
        class("countersign-picker"),
        attr("part", "picker"),
        attr("id", id),
        live_attr("hidden", move || (!open.get()).then(String::new)),
    ];
    node("div", attributes, nodes)
}

fn item(place: usize, choice: &OrganizationChoice, search: &Search, scene: &Scene) -> AnyView {
    let mut attributes = vec![class("countersign-choice"), attr("type", "button")];
    if choice.chosen {
        attributes.push(attr("aria-current", "true"));
    }
    if choice.status == OrganizationStatus::Blocked {
        attributes.push(attr("aria-disabled", "true"));
    } else {
        attributes.push(parts::waiting(scene));
        attributes.push(parts::pressing(
            Press::Organization(choice.id.clone()),
            scene,
        ));
    }
    let mut words = vec![parts::value("", &choice.name)];
    words.extend(choice.note.iter().map(|note| {
        let names = vec![class("countersign-small")];
        node("span", names, parts::rich(note))
    }));
    let button = node(
        "button",
        attributes,
        vec![
            parts::mark(&choice.mark, "countersign-mark"),
            node("span", vec![class("countersign-main")], words),
        ],
    );
    let search = search.clone();
    let hidden = live_attr("hidden", move || {
        (!search.finds(place)).then(String::new)
    });
    node("li", vec![hidden], vec![button])
}
