//! The lists of the card: what the client requests.

use crate::{
    RenderContext, controls, details,
    node::{Attribute, Node, aria, attr, flag, must_be_seen, node, text},
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
    lists.extend(applies_to(&card.resources, context));
    lists.extend(card.offline_access.iter().map(|item| {
        node(
            "ul countersign-list countersign-offline-access @offline-access ~role=list",
            Vec::new(),
            vec![scope(item, context)],
        )
    }));
    let mut more = |part, label, before: Option<Node>, items: Vec<Node>| {
        if !items.is_empty() {
            let nodes = before.into_iter().chain([list(items)]).collect();
            lists.push(group(part, part, &context.messages.get(label), nodes, context));
        }
    };
    let lines = card.authorization_details.iter().map(|item| details::detail(item, context));
    more("details", Key::ConsentDetails, None, lines.collect());
    let why = context.messages.get(Key::ConsentScopesRefusedWhy);
    let why = parts::paragraph("countersign-small", &why);
    let lines = card.refused.iter().map(|item| refused(item, context));
    more("not-grantable", Key::ConsentScopesRefused, Some(why), lines.collect());
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
    let attributes = raw.then(must_be_seen).into_iter().collect();
    let name = "p countersign-small @resources";
    (!resources.is_empty()).then(|| node(name, attributes, nodes))
}

/// A name, or what is not one as code.
fn label(label: &str, is_raw: bool) -> Node {
    parts::value(if is_raw { "countersign-code" } else { "" }, label)
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

/// A list of scopes, with the rest of it behind a fold.
fn scopes(index: usize, list: &ScopeList, card: &ConsentCard, context: &RenderContext) -> Node {
    let groups = list.groups.iter().enumerate();
    let mut nodes: Vec<Node> =
        groups.map(|(number, group)| titled([index, number], group, context)).collect();
    // `widget.css` hides what is folded until the fold is open. A list that may be folded whole has
    // its fold first, as a label.
    if let Some(label) = &list.fold {
        let place = if index == 0 { nodes.len() } else { 0 };
        nodes.insert(place, parts::fold(parts::rich(label), Vec::new()));
    }
    if index == 0 {
        nodes.extend(card.without_writing.iter().map(|without| read_only(without, context)));
    }
    group("scopes", &format!("scopes-{index}"), &list.label, nodes, context)
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
    let nodes = [button, text(" ")].into_iter().chain(parts::rich(without));
    node("p countersign-small", Vec::new(), nodes.collect())
}

fn titled([index, number]: [usize; 2], group: &ScopeGroup, context: &RenderContext) -> Node {
    let list = list(group.items.iter().map(|item| scope(item, context)).collect());
    let Some(title) = &group.title else {
        return list;
    };
    let id = context.id(&format!("group-{index}-{number}"));
    let title =
        node("h3 countersign-group", vec![attr("id", id.clone())], vec![parts::value("", title)]);
    node("div ~role=group", vec![attr("aria-labelledby", id)], vec![title, list])
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
    let group = vec![attr("part", part), attr("aria-labelledby", id.clone())];
    let label = node("h2 countersign-label", vec![attr("id", id)], parts::rich(label));
    let nodes = std::iter::once(label).chain(nodes).collect();
    node("div countersign-asked ~role=group", group, nodes)
}

fn list(items: Vec<Node>) -> Node {
    node("ul countersign-list ~role=list", Vec::new(), items)
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
    let name = vec![label(&item.label, item.is_raw)];
    let mut nodes = match item.tick {
        Tick::Locked => vec![marker(), node("span countersign-name", Vec::new(), name)],
        Tick::Free => vec![
            checkbox(item.index, &id, described),
            node("label countersign-name", vec![attr("for", id.clone())], name),
        ],
    };
    nodes.extend(more);
    let mut attributes: Vec<Attribute> = item.must_be_seen.then(must_be_seen).into_iter().collect();
    for (is, name) in [(item.nested, "data-nested"), (item.folded, "data-folded")] {
        attributes.extend(is.then(|| attr(name, "")));
    }
    row(attributes, nodes)
}

/// A scope that this account cannot grant.
fn refused(item: &ScopeItem, context: &RenderContext) -> Node {
    let id = context.id(&format!("refused-{}", item.index));
    let (more, _) = notes(item, &id, context);
    let mut nodes = vec![
        node("span countersign-box countersign-no", Vec::new(), Vec::new()),
        node("span countersign-name", Vec::new(), vec![label(&item.label, item.is_raw)]),
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
    attributes.extend((!described.is_empty()).then(|| attr("aria-describedby", described)));
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
        more("r", vec![label, text(" "), self::label(&resource.label, resource.is_raw)]);
    }
    if !item.details.is_empty() {
        let lines = item.details.iter().map(|detail| {
            let detail = vec![parts::value("", detail)];
            node("li", Vec::new(), detail)
        });
        let lines = node("ul countersign-more", Vec::new(), lines.collect());
        let label = parts::message(Key::ConsentIncludes, context);
        nodes.push(parts::fold(vec![label], vec![lines]));
    }
    (nodes, ids.join(" "))
}
