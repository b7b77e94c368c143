//! The lists of the card: what the client requests.

use crate::{
    RenderContext, controls, details,
    node::{Attribute, Node, attr, class, flag, must_be_seen, node, text},
    parts,
};
use countersign::{
    consent::ManifestSection,
    flow::Gesture,
    messages::{Key, Text},
    view::{ConsentCard, Live, ScopeGroup, ScopeItem, ScopeList, Tick},
};

/// All lists of the card that are not empty.
pub(crate) fn lists(card: &ConsentCard, context: &RenderContext) -> Vec<Node> {
    let sections = card.sections.iter().enumerate();
    let mut lists: Vec<Node> =
        sections.map(|(index, section)| manifest(index, section, card, context)).collect();
    let requested = card.lists.iter().enumerate();
    lists.extend(requested.map(|(index, list)| scopes(index, list, card, context)));
    let nothing_else = card.offline_access.is_none()
        && card.authorization_details.is_empty()
        && card.refused.is_empty();
    if lists.is_empty() && nothing_else {
        let none = context.messages.get(Key::ConsentScopesNone);
        let none = parts::paragraph("countersign-text", &none);
        lists.push(group("scopes", "scopes", &card.scopes_label, vec![none], context));
    }
    lists.extend(card.offline_access.iter().map(|item| {
        let attributes = vec![attr("role", "list")];
        node(
            "ul countersign-list countersign-offline-access @offline-access",
            attributes,
            vec![scope(item, context)],
        )
    }));
    let mut more = |part, label, before: Option<Node>, items: Vec<Node>| {
        if !items.is_empty() {
            let nodes = before.into_iter().chain([list(items)]).collect();
            lists.push(group(part, part, &context.messages.get(label), nodes, context));
        }
    };
    let lines = card.resources.iter().map(|name| details::resource(name));
    more("resources", Key::ConsentResources, None, lines.collect());
    let lines = card.authorization_details.iter().map(|item| details::detail(item, context));
    more("details", Key::ConsentDetails, None, lines.collect());
    let why = context.messages.get(Key::ConsentScopesRefusedWhy);
    let why = parts::paragraph("countersign-small", &why);
    let lines = card.refused.iter().map(|item| refused(item, context));
    more("not-grantable", Key::ConsentScopesRefused, Some(why), lines.collect());
    lists
}

/// A section of the host's consent manifest.
fn manifest(
    index: usize,
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
        let mut nodes = vec![marker(), parts::value("countersign-name", &item.text)];
        nodes.extend(item.details.iter().map(|detail| {
            let detail = vec![parts::value("", detail)];
            node("p countersign-more", Vec::new(), detail)
        }));
        row(vec![must_be_seen()], nodes)
    });
    let items = vec![list(items.collect())];
    group("manifest", &format!("manifest-{index}"), &label, items, context)
}

/// Scopes that would be granted, in groups. One checkbox unticks all scopes that only write.
fn scopes(index: usize, list: &ScopeList, card: &ConsentCard, context: &RenderContext) -> Node {
    let mut nodes = Vec::new();
    if index == 0 && card.can_read_only {
        nodes.push(controls::tick(
            "read-only-toggle",
            Key::ConsentReadOnly,
            Gesture::ReadOnlyToggled,
            |live| live.read_only,
            context,
        ));
    }
    let groups = list.groups.iter().enumerate();
    nodes.extend(groups.map(|(number, group)| titled(index, number, group, context)));
    group("scopes", &format!("scopes-{index}"), &list.label, nodes, context)
}

fn titled(index: usize, number: usize, group: &ScopeGroup, context: &RenderContext) -> Node {
    let items = group.items.iter();
    let list = list(items.map(|item| scope(item, context)).collect());
    let Some(title) = &group.title else {
        return list;
    };
    let id = context.id(&format!("group-{index}-{number}"));
    let title =
        node("h3 countersign-group", vec![attr("id", id.clone())], vec![parts::value("", title)]);
    let attributes = vec![attr("role", "group"), attr("aria-labelledby", id)];
    node("div", attributes, vec![title, list])
}

/// Nodes below a label.
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
    let label = node("h2 countersign-label", vec![attr("id", id)], parts::rich(label));
    node("div", group, std::iter::once(label).chain(nodes).collect())
}

fn list(items: Vec<Node>) -> Node {
    node("ul countersign-list", vec![attr("role", "list")], items)
}

/// An item of a list.
pub(crate) fn row(attributes: Vec<Attribute>, nodes: Vec<Node>) -> Node {
    node("li countersign-scope", attributes, nodes)
}

/// The mark of an item that the user cannot untick.
pub(crate) fn marker() -> Node {
    node("span countersign-box", Vec::new(), Vec::new())
}

/// A scope that would be granted.
fn scope(item: &ScopeItem, context: &RenderContext) -> Node {
    let id = context.id(&format!("scope-{}", item.index));
    let (more, described) = notes(item, &id, context);
    let name = vec![label(item)];
    let mut nodes = match item.tick {
        Tick::Locked => vec![marker(), node("span countersign-name", Vec::new(), name)],
        Tick::Free => vec![
            checkbox(item.index, &id, described),
            node("label countersign-name", vec![attr("for", id.clone())], name),
        ],
    };
    nodes.extend(more);
    row(item.must_be_seen.then(must_be_seen).into_iter().collect(), nodes)
}

/// A scope that this account cannot grant.
fn refused(item: &ScopeItem, context: &RenderContext) -> Node {
    let id = context.id(&format!("refused-{}", item.index));
    let (more, _) = notes(item, &id, context);
    let mut nodes = vec![
        node("span countersign-box countersign-no", Vec::new(), Vec::new()),
        node("span countersign-name", Vec::new(), vec![label(item)]),
    ];
    nodes.extend(more);
    row(Vec::new(), nodes)
}

fn label(item: &ScopeItem) -> Node {
    let names = if item.is_raw { "countersign-code" } else { "" };
    parts::value(names, &item.label)
}

/// A checkbox. A scope that another ticked scope implies stays ticked.
fn checkbox(index: usize, id: &str, described: String) -> Node {
    let checked = move |live: &Live| live.ticked.get(index) == Some(&true);
    let mut attributes = controls::checkbox(checked, Gesture::ScopeToggled(index));
    attributes.push(attr("id", id.to_owned()));
    attributes
        .push(flag("disabled", move |live| live.waiting || live.implied.get(index) == Some(&true)));
    attributes.extend((!described.is_empty()).then(|| attr("aria-describedby", described)));
    node("input countersign-box", attributes, Vec::new())
}

/// Marks and description of a scope, and the identifiers for the checkbox's `aria-describedby`.
fn notes(item: &ScopeItem, id: &str, context: &RenderContext) -> (Vec<Node>, String) {
    let (mut nodes, mut ids) = (Vec::new(), Vec::new());
    if item.sensitive {
        let id = format!("{id}-s");
        let attributes = vec![attr("id", id.clone())];
        // The space separates the words for screen readers.
        nodes.push(text(" "));
        let label = parts::message(Key::ConsentSensitive, context);
        nodes.push(node("span countersign-tag countersign-caution", attributes, vec![label]));
        ids.push(id);
    }
    let mut more = |letter, content| {
        let id = format!("{id}-{letter}");
        let attributes = vec![attr("id", id.clone())];
        nodes.push(node("p countersign-more", attributes, content));
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
    // The client may request the same scope for several resources.
    if let Some(resource) = &item.resource {
        let label = parts::message(Key::ConsentResources, context);
        let target = parts::value("countersign-code", resource);
        more("r", vec![label, text(" "), target]);
    }
    if !item.details.is_empty() {
        let lines = item.details.iter().map(|detail| {
            let detail = vec![parts::value("", detail)];
            node("li", Vec::new(), detail)
        });
        let lines = node("ul countersign-more", Vec::new(), lines.collect());
        nodes.push(parts::fold(Key::ConsentIncludes, vec![lines], context));
    }
    (nodes, ids.join(" "))
}
