//! The lists of the card: what the client requests.

use crate::{
    RenderContext, controls, details,
    node::{Attribute, Node, aria, around, attr, empty, flag, must_be_seen, node, plain, text},
    parts,
};
use countersign::{
    consent::ManifestSection,
    flow::Gesture,
    messages::{Key, Text},
    view::{ConsentCard, Live, ResourceItem, ScopeGroup, ScopeItem, ScopeList, Tick},
};

/// All lists of the card that are not empty.
pub(crate) fn lists(card: &ConsentCard, context: &RenderContext) -> Vec<Node> {
    let mut lists = Vec::new();
    for (index, section) in card.sections.iter().enumerate() {
        lists.push(manifest(index, section, card, context));
    }
    for (index, list) in card.lists.iter().enumerate() {
        lists.push(scopes(index, list, card, context));
    }
    let nothing_else = card.offline_access.is_none()
        && card.authorization_details.is_empty()
        && card.refused.is_empty();
    if lists.is_empty() && nothing_else {
        let none = context.messages.get(Key::ConsentScopesNone);
        let none = vec![parts::rich_in("p countersign-text", &none)];
        lists.push(group(SCOPES, "scopes", &card.scopes_label, none, context));
    }
    lists.extend(applies_to(&card.resources, context));
    if let Some(item) = &card.offline_access {
        lists.push(around(
            "ul countersign-list countersign-offline-access @offline-access ~role=list",
            scope(item, context),
        ));
    }
    if !card.authorization_details.is_empty() {
        let mut items = Vec::new();
        for item in &card.authorization_details {
            items.push(details::detail(item, context));
        }
        let label = context.messages.get(Key::ConsentDetails);
        let name = "div countersign-asked @details ~role=group";
        lists.push(group(name, "details", &label, vec![list(items)], context));
    }
    if !card.refused.is_empty() {
        let mut items = Vec::new();
        for item in &card.refused {
            items.push(refused(item, context));
        }
        let label = context.messages.get(Key::ConsentScopesRefused);
        let why = context.messages.get(Key::ConsentScopesRefusedWhy);
        let nodes = vec![parts::rich_in("p countersign-small", &why), list(items)];
        let name = "div countersign-asked @not-grantable ~role=group";
        lists.push(group(name, "not-grantable", &label, nodes, context));
    }
    lists
}

/// The resources in one line. A raw address is unusual, so it must be seen.
fn applies_to(resources: &[ResourceItem], context: &RenderContext) -> Option<Node> {
    let mut nodes = vec![parts::message(Key::ConsentResources, context)];
    for (index, item) in resources.iter().enumerate() {
        nodes.push(text(if index == 0 { " " } else { " · " }));
        nodes.push(label(&item.label, item.is_raw));
    }
    let raw = resources.iter().any(|item| item.is_raw);
    let attributes = if raw { vec![must_be_seen()] } else { Vec::new() };
    let name = "p countersign-small @resources";
    (!resources.is_empty()).then(|| node(name, attributes, nodes))
}

/// A name, or what is not one as code.
fn label(label: &str, is_raw: bool) -> Node {
    parts::value(if is_raw { "bdi countersign-code" } else { "bdi" }, label)
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
    let mut items = Vec::new();
    for item in &section.items {
        let mut nodes = vec![marker(), parts::value("bdi countersign-name", &item.text)];
        for detail in &item.details {
            nodes.push(around("p countersign-more", parts::value("bdi", detail)));
        }
        items.push(row(vec![must_be_seen()], nodes));
    }
    let name = "div countersign-asked @manifest ~role=group";
    group(name, &format!("manifest-{index}"), &label, vec![list(items)], context)
}

/// A list of scopes, with the rest of it behind a fold.
fn scopes(index: usize, list: &ScopeList, card: &ConsentCard, context: &RenderContext) -> Node {
    let mut nodes = Vec::new();
    for (number, group) in list.groups.iter().enumerate() {
        nodes.push(titled([index, number], group, context));
    }
    // `widget.css` hides what is folded until the fold is open. A list that may be folded whole has
    // its fold first, as a label.
    if let Some(label) = &list.fold {
        let place = if index == 0 { nodes.len() } else { 0 };
        nodes.insert(place, parts::fold(parts::rich(label), Vec::new()));
    }
    if let (0, Some(without)) = (index, &card.without_writing) {
        nodes.push(read_only(without, context));
    }
    group(SCOPES, &format!("scopes-{index}"), &list.label, nodes, context)
}

/// A button that unticks all scopes that imply others, and what these are.
fn read_only(without: &Text, context: &RenderContext) -> Node {
    let attributes = vec![
        attr("part", "read-only-toggle"),
        aria("aria-pressed", |live| live.read_only),
        controls::waiting(),
        controls::press(Gesture::ReadOnlyToggled),
    ];
    let button = controls::link_button(Key::ConsentReadOnly, attributes, context);
    let mut nodes = vec![button, text(" ")];
    nodes.extend(parts::rich(without));
    plain("p countersign-small", nodes)
}

fn titled([index, number]: [usize; 2], group: &ScopeGroup, context: &RenderContext) -> Node {
    let mut items = Vec::new();
    for item in &group.items {
        items.push(scope(item, context));
    }
    let list = list(items);
    let Some(title) = &group.title else {
        return list;
    };
    let id = context.id(&format!("group-{index}-{number}"));
    let title = node(
        "h3 countersign-group",
        vec![attr("id", id.clone())],
        vec![parts::value("bdi", title)],
    );
    node("div ~role=group", vec![attr("aria-labelledby", id)], vec![title, list])
}

/// The name of a group of scopes.
const SCOPES: &str = "div countersign-asked @scopes ~role=group";

/// Nodes below a label.
fn group(
    name: &'static str,
    id: &str,
    label: &Text,
    mut nodes: Vec<Node>,
    context: &RenderContext,
) -> Node {
    let id = context.id(id);
    let label = node("h2 countersign-label", vec![attr("id", id.clone())], parts::rich(label));
    nodes.insert(0, label);
    node(name, vec![attr("aria-labelledby", id)], nodes)
}

fn list(items: Vec<Node>) -> Node {
    plain("ul countersign-list ~role=list", items)
}

/// An item of a list.
pub(crate) fn row(attributes: Vec<Attribute>, nodes: Vec<Node>) -> Node {
    node("li countersign-scope", attributes, nodes)
}

/// The mark of an item that the user cannot untick.
pub(crate) fn marker() -> Node {
    empty("span countersign-box")
}

/// A scope that would be granted.
fn scope(item: &ScopeItem, context: &RenderContext) -> Node {
    let id = context.id(&format!("scope-{}", item.index));
    let (more, described) = notes(item, &id, context);
    let name = label(&item.label, item.is_raw);
    let mut nodes = match item.tick {
        Tick::Locked => vec![marker(), around("span countersign-name", name)],
        Tick::Free => vec![
            checkbox(item.index, &id, described),
            node("label countersign-name", vec![attr("for", id)], vec![name]),
        ],
    };
    nodes.extend(more);
    let mut attributes = Vec::new();
    if item.must_be_seen {
        attributes.push(must_be_seen());
    }
    for (is, name) in [(item.nested, "data-nested"), (item.folded, "data-folded")] {
        if is {
            attributes.push(attr(name, ""));
        }
    }
    row(attributes, nodes)
}

/// A scope that this account cannot grant.
fn refused(item: &ScopeItem, context: &RenderContext) -> Node {
    let id = context.id(&format!("refused-{}", item.index));
    let (more, _) = notes(item, &id, context);
    let mut nodes = vec![
        empty("span countersign-box countersign-no"),
        around("span countersign-name", label(&item.label, item.is_raw)),
    ];
    nodes.extend(more);
    row(Vec::new(), nodes)
}

/// A checkbox. A scope that another ticked scope implies stays ticked.
fn checkbox(index: usize, id: &str, described: String) -> Node {
    let checked = move |live: &Live| live.ticked.get(index) == Some(&true);
    let mut attributes = controls::checkbox(checked, Gesture::ScopeToggled(index));
    attributes.push(attr("id", id.to_owned()));
    attributes
        .push(flag("disabled", move |live| live.waiting || live.implied.get(index) == Some(&true)));
    if !described.is_empty() {
        attributes.push(attr("aria-describedby", described));
    }
    node(controls::BOX, attributes, Vec::new())
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
        // What a row is nested in is seen; it is said for who only hears it.
        let spoken = letter == "c" && item.nested;
        let name = if spoken { "p countersign-status" } else { "p countersign-more" };
        nodes.push(node(name, attributes, content));
        ids.push(id);
    };
    if let Some(description) = &item.description {
        more("m", vec![parts::value("bdi", description)]);
    }
    if let Some(reason) = &item.reason {
        more("w", vec![parts::value("bdi", reason)]);
    }
    if let Some(comes_with) = &item.comes_with {
        more("c", parts::rich(comes_with));
    }
    // The client may request the same scope for several resources.
    if let Some(resource) = &item.resource {
        let label = parts::message(Key::ConsentResources, context);
        more("r", vec![label, text(" "), self::label(&resource.label, resource.is_raw)]);
    }
    if !item.details.is_empty() {
        let mut lines = Vec::new();
        for detail in &item.details {
            lines.push(around("li", parts::value("bdi", detail)));
        }
        let lines = plain("ul countersign-more", lines);
        let label = parts::message(Key::ConsentIncludes, context);
        nodes.push(parts::fold(vec![label], vec![lines]));
    }
    (nodes, ids.join(" "))
}
