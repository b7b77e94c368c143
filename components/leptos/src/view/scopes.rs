//! What is asked: the lists of the card.

use super::{
    RenderContext, controls, details,
    node::{Node, attr, class, flag, node, text},
    parts,
};
use countersign::{
    consent::ManifestSection,
    flow::Gesture,
    messages::{Key, Text},
    view::{ConsentCard, Live, ScopeGroup, ScopeItem, ScopeList, Tick},
};

/// Every list of the card, the empty ones left out.
pub(super) fn lists(card: &ConsentCard, context: &RenderContext) -> Vec<Node> {
    let sections = card.sections.iter().enumerate();
    let mut lists: Vec<Node> = sections
        .map(|(place, section)| manifest(place, section, card, context))
        .collect();
    let asked = card.lists.iter().enumerate();
    lists.extend(asked.map(|(place, list)| scopes(place, list, card, context)));
    let more = card.offline_access.is_none()
        && card.authorization_details.is_empty()
        && card.refused.is_empty();
    if lists.is_empty() && more {
        let none = context.messages.get(Key::ConsentScopesNone);
        let none = parts::paragraph("countersign-text", &none);
        lists.push(group(
            "scopes",
            "scopes",
            &card.scopes_label,
            vec![none],
            context,
        ));
    }
    lists.extend(card.offline_access.iter().map(|lasting| {
        let attributes = vec![attr("role", "list")];
        node(
            "ul countersign-list countersign-offline-access @offline-access",
            attributes,
            vec![scope(lasting, context)],
        )
    }));
    let mut more = |part, label, before: Option<Node>, items: Vec<Node>| {
        if !items.is_empty() {
            let nodes = before.into_iter().chain([list(items)]).collect();
            lists.push(group(
                part,
                part,
                &context.messages.get(label),
                nodes,
                context,
            ));
        }
    };
    let lines = card.resources.iter().map(|name| details::resource(name));
    more("resources", Key::ConsentResources, None, lines.collect());
    let lines = card
        .authorization_details
        .iter()
        .map(|item| details::detail(item, context));
    more("details", Key::ConsentDetails, None, lines.collect());
    let why = context.messages.get(Key::ConsentScopesRefusedWhy);
    let why = parts::paragraph("countersign-small", &why);
    let lines = card.refused.iter().map(|item| refused(item, context));
    more(
        "not-grantable",
        Key::ConsentScopesRefused,
        Some(why),
        lines.collect(),
    );
    lists
}

/// A part of the host's own words.
fn manifest(
    place: usize,
    section: &ManifestSection,
    card: &ConsentCard,
    context: &RenderContext,
) -> Node {
    let label = if section.header.is_empty() {
        card.scopes_label.clone()
    } else {
        Text::value(section.header.as_str())
    };
    let items = section.items.iter().map(|item| {
        let mut nodes = vec![sign(), parts::value("countersign-name", &item.text)];
        nodes.extend(item.details.iter().map(|detail| {
            let words = vec![parts::value("", detail)];
            node("p countersign-more", vec![], words)
        }));
        row(nodes)
    });
    let items = vec![list(items.collect())];
    group(
        "manifest",
        &format!("manifest-{place}"),
        &label,
        items,
        context,
    )
}

/// Scopes that would be granted, in their groups. What only widens others can be left out at one press.
fn scopes(place: usize, asked: &ScopeList, card: &ConsentCard, context: &RenderContext) -> Node {
    let mut nodes = Vec::new();
    if place == 0 && card.can_read_only {
        let (label, ticked) = (Key::ConsentReadOnly, |live: &Live| live.read_only);
        nodes.push(controls::tick(
            "read-only-toggle",
            label,
            Gesture::ReadOnlyToggled,
            ticked,
            context,
        ));
    }
    let groups = asked.groups.iter().enumerate();
    nodes.extend(groups.map(|(number, group)| titled(place, number, group, context)));
    group(
        "scopes",
        &format!("scopes-{place}"),
        &asked.label,
        nodes,
        context,
    )
}

fn titled(place: usize, number: usize, items: &ScopeGroup, context: &RenderContext) -> Node {
    let list = list(
        items
            .items
            .iter()
            .map(|item| scope(item, context))
            .collect(),
    );
    let Some(title) = &items.title else {
        return list;
    };
    let id = context.id(&format!("group-{place}-{number}"));
    let title = node(
        "h3 countersign-group",
        vec![attr("id", id.clone())],
        vec![parts::value("", title)],
    );
    let attributes = vec![attr("role", "group"), attr("aria-labelledby", id)];
    node("div", attributes, vec![title, list])
}

/// Something under its label.
fn group(
    part: &'static str,
    id: &str,
    label: &Text,
    nodes: Vec<Node>,
    context: &RenderContext,
) -> Node {
    let id = context.id(id);
    let group = vec![
        class("countersign-asked"),
        attr("part", part),
        attr("role", "group"),
        attr("aria-labelledby", id.clone()),
    ];
    let label = node(
        "h2 countersign-label",
        vec![attr("id", id)],
        parts::rich(label),
    );
    node("div", group, std::iter::once(label).chain(nodes).collect())
}

fn list(items: Vec<Node>) -> Node {
    node("ul countersign-list", vec![attr("role", "list")], items)
}

/// A line of a list.
pub(super) fn row(nodes: Vec<Node>) -> Node {
    node("li countersign-scope", vec![], nodes)
}

/// The sign before what cannot be left out.
pub(super) fn sign() -> Node {
    node("span countersign-box", vec![], Vec::new())
}

/// A scope that would be granted.
fn scope(item: &ScopeItem, context: &RenderContext) -> Node {
    let id = context.id(&format!("scope-{}", item.index));
    let (more, described) = notes(item, &id, context);
    let name = vec![label(item)];
    let mut nodes = match item.tick {
        Tick::Locked => vec![sign(), node("span countersign-name", vec![], name)],
        Tick::Free => vec![
            checkbox(item.index, &id, described, context),
            node(
                "label countersign-name",
                vec![attr("for", id.clone())],
                name,
            ),
        ],
    };
    nodes.extend(more);
    row(nodes)
}

/// A scope that this account cannot grant.
fn refused(item: &ScopeItem, context: &RenderContext) -> Node {
    let id = context.id(&format!("refused-{}", item.index));
    let (more, _) = notes(item, &id, context);
    let mut nodes = vec![
        node(
            "span countersign-box countersign-no",
            Vec::new(),
            Vec::new(),
        ),
        node("span countersign-name", vec![], vec![label(item)]),
    ];
    nodes.extend(more);
    row(nodes)
}

fn label(item: &ScopeItem) -> Node {
    let names = if item.is_raw { "countersign-code" } else { "" };
    parts::value(names, &item.label)
}

/// A box to tick. What comes with another that is ticked stays ticked.
fn checkbox(place: usize, id: &str, described: String, context: &RenderContext) -> Node {
    let ticked = move |live: &Live| live.ticked.get(place) == Some(&true);
    let mut attributes = controls::boxed(ticked, Gesture::ScopeToggled(place), context);
    attributes.push(attr("id", id.to_owned()));
    attributes.push(flag("disabled", move |live| {
        live.waiting || live.implied.get(place) == Some(&true)
    }));
    attributes.extend((!described.is_empty()).then(|| attr("aria-describedby", described)));
    node("input countersign-box", attributes, Vec::new())
}

/// Marks and description of a scope, and the identifiers by which its checkbox names them.
fn notes(item: &ScopeItem, id: &str, context: &RenderContext) -> (Vec<Node>, String) {
    let (mut nodes, mut ids) = (Vec::new(), Vec::new());
    if item.sensitive {
        let id = format!("{id}-s");
        let attributes = vec![attr("id", id.clone())];
        // The blank keeps the words apart for those who hear them.
        nodes.push(text(" "));
        let words = parts::words(Key::ConsentSensitive, context);
        nodes.push(node(
            "span countersign-tag countersign-caution",
            attributes,
            vec![words],
        ));
        ids.push(id);
    }
    let mut more = |letter, words| {
        let id = format!("{id}-{letter}");
        let attributes = vec![attr("id", id.clone())];
        nodes.push(node("p countersign-more", attributes, words));
        ids.push(id);
    };
    if let Some(description) = &item.description {
        more("m", vec![parts::value("", description)]);
    }
    if let Some(reason) = &item.reason {
        more("w", vec![parts::value("", reason)]);
    }
    if let Some(comes_with) = &item.comes_with {
        more("c", parts::rich(comes_with));
    }
    // The same scope may be asked for at several targets.
    if let Some(resource) = &item.resource {
        let at = parts::words(Key::ConsentResources, context);
        let target = parts::value("countersign-code", resource);
        more("r", vec![at, text(" "), target]);
    }
    if !item.details.is_empty() {
        let lines = item.details.iter().map(|detail| {
            let words = vec![parts::value("", detail)];
            node("li", Vec::new(), words)
        });
        let lines = node("ul countersign-more", vec![], lines.collect());
        nodes.push(parts::fold(Key::ConsentIncludes, vec![lines], context));
    }
    (nodes, ids.join(" "))
}
