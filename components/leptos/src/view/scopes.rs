//! What is asked: the lists of the card.

use countersign::{
    consent::ManifestSection,
    flow::{ConsentCard, ScopeItem, Tick},
    messages::{Key, Text},
};
use leptos::{prelude::*, tachys::html::attribute::any_attribute::AnyAttribute};

use super::{
    Press, Scene,
    node::{attr, class, live_attr, node, on, text},
    parts,
};

/// Every list of the card, the empty ones left out.
pub(super) fn lists(card: &ConsentCard, scene: &Scene) -> Vec<AnyView> {
    let item = |item: &ScopeItem| scope(item, scene);
    let mut lists: Vec<AnyView> = card
        .sections
        .iter()
        .enumerate()
        .map(|(place, section)| manifest(place, section, card, scene))
        .collect();
    if card.sections.is_empty() || !card.scopes.is_empty() {
        let label = if card.sections.is_empty() {
            card.scopes_label.clone()
        } else {
            scene.messages.get(Key::ConsentScopesFull)
        };
        let items = card.scopes.iter().map(item).collect();
        lists.push(list("scopes", &label, items, scene));
    }
    let mut more = |part, label, items: Vec<AnyView>| {
        if !items.is_empty() {
            lists.push(list(part, &scene.messages.get(label), items, scene));
        }
    };
    more(
        "resources",
        Key::ConsentResources,
        card.resources.iter().map(|name| line(name, &[])).collect(),
    );
    more(
        "details",
        Key::ConsentDetails,
        card.details
            .iter()
            .map(|(kind, members)| line(kind, members))
            .collect(),
    );
    more(
        "refused",
        Key::ConsentScopesRefused,
        card.refused
            .iter()
            .map(|item| refused(item, scene))
            .collect(),
    );
    lists
}

/// A part of the host's own words.
fn manifest(place: usize, section: &ManifestSection, card: &ConsentCard, scene: &Scene) -> AnyView {
    let label = if section.header.is_empty() {
        card.scopes_label.clone()
    } else {
        Text::value(section.header.as_str())
    };
    let items = section.items.iter().map(|item| {
        let mut nodes = vec![
            node("span", vec![class("countersign-box")], Vec::new()),
            parts::value("countersign-name", &item.text),
        ];
        nodes.extend(item.details.iter().map(|detail| {
            let words = vec![parts::value("", detail)];
            node("p", vec![class("countersign-more")], words)
        }));
        node("li", vec![class("countersign-scope")], nodes)
    });
    let id = scene.id(&format!("manifest-{place}"));
    group("manifest", id, &label, items.collect(), scene)
}

/// A list under its label.
fn list(part: &'static str, label: &Text, items: Vec<AnyView>, scene: &Scene) -> AnyView {
    group(part, scene.id(part), label, items, scene)
}

fn group(
    part: &'static str,
    id: String,
    label: &Text,
    items: Vec<AnyView>,
    scene: &Scene,
) -> AnyView {
    let group = vec![
        attr("part", part),
        attr("role", "group"),
        attr("aria-labelledby", &id),
    ];
    let label = node(
        "h2",
        vec![class("countersign-label"), attr("id", id)],
        parts::rich(label),
    );
    let list = if items.is_empty() {
        parts::paragraph(
            "countersign-text",
            &scene.messages.get(Key::ConsentScopesNone),
        )
    } else {
        node(
            "ul",
            vec![class("countersign-list"), attr("role", "list")],
            items,
        )
    };
    node("div", group, vec![label, list])
}

/// A scope that would be granted.
fn scope(item: &ScopeItem, scene: &Scene) -> AnyView {
    let id = scene.id(&format!("scope-{}", item.place));
    let (more, described) = notes(item, &id, scene);
    let name = vec![label(item)];
    let mut nodes = match item.tick {
        Tick::Locked => vec![
            node("span", vec![class("countersign-box")], Vec::new()),
            node("span", vec![class("countersign-name")], name),
        ],
        Tick::Free => vec![
            checkbox(item.place, &id, described, scene),
            node(
                "label",
                vec![class("countersign-name"), attr("for", &id)],
                name,
            ),
        ],
    };
    nodes.extend(more);
    node("li", vec![class("countersign-scope")], nodes)
}

/// A scope that this account cannot grant.
fn refused(item: &ScopeItem, scene: &Scene) -> AnyView {
    let id = scene.id(&format!("refused-{}", item.place));
    let (more, _) = notes(item, &id, scene);
    let mut nodes = vec![
        node(
            "span",
            vec![class("countersign-box countersign-no")],
            Vec::new(),
        ),
        node("span", vec![class("countersign-name")], vec![label(item)]),
    ];
    nodes.extend(more);
    node("li", vec![class("countersign-scope")], nodes)
}

fn label(item: &ScopeItem) -> AnyView {
    parts::value(
        if item.is_raw { "countersign-code" } else { "" },
        &item.label,
    )
}

fn checkbox(place: usize, id: &str, described: String, scene: &Scene) -> AnyView {
    let (hand, live) = (scene.hand, scene.live.clone());
    let ticked = live.with_untracked(|live| live.ticked.get(place) == Some(&true));
    let mut attributes: Vec<AnyAttribute> = vec![
        class("countersign-box"),
        attr("type", "checkbox"),
        attr("id", id),
        live_attr("disabled", move || {
            live.with(|live| live.waiting).then(String::new)
        }),
        on("change", move |_| {
            hand.try_run(Press::Scope(place));
        }),
    ];
    attributes.extend(ticked.then(|| attr("checked", "")));
    attributes.extend((!described.is_empty()).then(|| attr("aria-describedby", described)));
    node("input", attributes, Vec::new())
}

/// Marks and description of a scope, and the identifiers by which its checkbox names them.
fn notes(item: &ScopeItem, id: &str, scene: &Scene) -> (Vec<AnyView>, String) {
    let marks = [
        (
            item.sensitive,
            "s",
            "countersign-tag countersign-caution",
            Key::ConsentSensitive,
        ),
        (
            item.granted,
            "g",
            "countersign-tag",
            Key::ConsentGrantedBefore,
        ),
    ];
    let (mut nodes, mut ids) = (Vec::new(), Vec::new());
    for (_, letter, names, key) in marks.into_iter().filter(|(there, ..)| *there) {
        let id = format!("{id}-{letter}");
        // The blank keeps the words apart for those who hear them.
        nodes.push(text(" "));
        nodes.push(node(
            "span",
            vec![class(names), attr("id", &id)],
            vec![parts::words(key, scene)],
        ));
        ids.push(id);
    }
    let mut more = |letter, words| {
        let id = format!("{id}-{letter}");
        let attributes = vec![class("countersign-more"), attr("id", &id)];
        nodes.push(node("p", attributes, words));
        ids.push(id);
    };
    if let Some(description) = &item.description {
        more("m", vec![parts::value("", description)]);
    }
    // The same scope may be asked for at several targets.
    if let Some(resource) = &item.resource {
        let at = parts::words(Key::ConsentResources, scene);
        let target = parts::value("countersign-code", resource);
        more("r", vec![at, text(" "), target]);
    }
    (nodes, ids.join(" "))
}

/// A target, or a detail with its members.
fn line(name: &str, members: &[(String, String)]) -> AnyView {
    let mut nodes = vec![
        node("span", vec![class("countersign-box")], Vec::new()),
        parts::value("countersign-name countersign-code", name),
    ];
    nodes.extend(members.iter().map(|(name, value)| {
        let words = vec![parts::value("", name), text(": "), parts::value("", value)];
        node("p", vec![class("countersign-more")], words)
    }));
    node("li", vec![class("countersign-scope")], nodes)
}
