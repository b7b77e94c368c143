//! The lists of the card: what the client requests.

use crate::{
    RenderContext, controls, details,
    node::{Node, aria, around, attr, empty, flag, must_be_seen, plain, text},
    parts,
};
use countersign::{
    consent::ManifestSection,
    flow::Gesture,
    messages::{Key, Text},
    strings::{concat, decimal, join},
    view::{ConsentCard, Live, ResourceItem, ScopeGroup, ScopeItem, ScopeList, Tick},
};

/// A name and a number.
fn numbered(name: &str, number: usize) -> String {
    concat(&[name, &decimal(number as u32)])
}

/// All lists of the card that are not empty.
pub(crate) fn lists(card: &ConsentCard, context: &RenderContext) -> Vec<Node> {
    let mut lists = Vec::new();
    // A payment is what the user most needs to read.
    if !card.authorization_details.is_empty() {
        let mut items = Vec::new();
        for item in &card.authorization_details {
            items.push(details::detail(item, context));
        }
        let name = "div countersign-asked @details ~role=group";
        lists.push(group(name, "details", &card.details_label, context).with(list(items)));
    }
    for (index, section) in card.sections.iter().enumerate() {
        lists.push(manifest(index, section, card, context));
    }
    for (index, list) in card.lists.iter().enumerate() {
        lists.push(scopes(index, list, card, context));
    }
    let nothing_else = card.offline_access.is_none() && card.refused.is_empty();
    if lists.is_empty() && nothing_else && card.resources.is_empty() {
        let none = context.messages.get(Key::ConsentScopesNone);
        let none = parts::rich_in("p countersign-text", &none);
        lists.push(group(SCOPES, "scopes", &card.scopes_label, context).with(none));
    }
    lists.extend(applies_to(&card.resources, context));
    if !card.shows_allow {
        lists.extend(offline_access(card, context));
    }
    if !card.refused.is_empty() {
        let mut items = Vec::new();
        for item in &card.refused {
            items.push(scope(item, "span countersign-box countersign-no", context));
        }
        let label = context.messages.get(Key::ConsentScopesRefused);
        let why = context.messages.get(Key::ConsentScopesRefusedWhy);
        let why = parts::rich_in("p countersign-small", &why);
        let name = "div countersign-asked @not-grantable ~role=group";
        lists.push(group(name, "not-grantable", &label, context).with(why).with(list(items)));
    }
    lists
}

/// Access while the user is away. It lasts, so it stands beside the answers, where there are any.
pub(crate) fn offline_access(card: &ConsentCard, context: &RenderContext) -> Option<Node> {
    let name = "ul countersign-list @offline-access ~role=list";
    Some(around(name, scope(card.offline_access.as_ref()?, MARKER, context)))
}

/// The resources in one line. A raw address is unusual, so it must be seen.
fn applies_to(resources: &[ResourceItem], context: &RenderContext) -> Option<Node> {
    let label = parts::message(Key::ConsentResources, context);
    let mut line = around("p countersign-small @resources", label);
    for (index, item) in resources.iter().enumerate() {
        line = line.with(text(if index == 0 { " " } else { " · " }));
        line = line.with(self::label(&item.label, item.is_raw));
    }
    if resources.iter().any(|item| item.is_raw) {
        line = line.set(must_be_seen());
    }
    (!resources.is_empty()).then_some(line)
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
        let mut row = row().with(marker()).with(parts::value("bdi countersign-name", &item.text));
        for detail in &item.details {
            row = row.with(around(MORE, parts::value("bdi", detail)));
        }
        items.push(row.set(must_be_seen()));
    }
    let name = "div countersign-asked @manifest ~role=group";
    group(name, &numbered("manifest-", index), &label, context).with(list(items))
}

/// A list of scopes, with the rest of it behind a fold.
fn scopes(index: usize, list: &ScopeList, card: &ConsentCard, context: &RenderContext) -> Node {
    let mut node = group(SCOPES, &numbered("scopes-", index), &list.label, context);
    // `widget.css` hides what is folded until the fold is open. A list that may be folded whole has
    // its fold first, as a label.
    let mut fold = list.fold.as_ref().map(|label| parts::fold(parts::rich(label)));
    if list.before
        && let Some(fold) = fold.take()
    {
        node = node.with(fold);
    }
    for (number, group) in list.groups.iter().enumerate() {
        node = node.with(titled([index, number], group, context));
    }
    if let Some(fold) = fold {
        node = node.with(fold);
    }
    match &card.without_writing {
        Some(without) if index == 0 => node.with(read_only(without, context)),
        _ => node,
    }
}

/// A button that unticks all scopes that imply others, and what these are.
fn read_only(without: &Text, context: &RenderContext) -> Node {
    let button = controls::quiet_button(Key::ConsentReadOnly, Gesture::ReadOnlyToggled, context)
        .set(attr("part", "read-only-toggle"))
        .set(aria("aria-pressed", |live| live.read_only));
    around("p countersign-small", button)
        .with(text(" "))
        .with(parts::rich_in("span countersign-without", without))
}

fn titled([index, number]: [usize; 2], group: &ScopeGroup, context: &RenderContext) -> Node {
    let mut items = Vec::new();
    for item in &group.items {
        items.push(scope(item, MARKER, context));
    }
    let list = list(items);
    let Some(title) = &group.title else {
        return list;
    };
    let id = context.id(&numbered(&(numbered("group-", index) + "-"), number));
    let title = around("h3 countersign-group", parts::value("bdi", title));
    empty("div ~role=group")
        .with(title.set(attr("id", id.clone())))
        .with(list)
        .set(attr("aria-labelledby", id))
}

/// The name of a group of scopes.
const SCOPES: &str = "div countersign-asked @scopes ~role=group";

/// A group with its label. What is added is below that.
fn group(name: &'static str, id: &str, label: &Text, context: &RenderContext) -> Node {
    let id = context.id(id);
    let label = parts::rich_in("h2 countersign-label", label).set(attr("id", id.clone()));
    around(name, label).set(attr("aria-labelledby", id))
}

fn list(items: Vec<Node>) -> Node {
    plain("ul countersign-list ~role=list", items)
}

/// An item of a list.
pub(crate) fn row() -> Node {
    empty("li countersign-scope")
}

/// The mark of an item that the user cannot untick.
pub(crate) fn marker() -> Node {
    empty(MARKER)
}

const MARKER: &str = "span countersign-box";

/// A scope, with this mark if it has no box.
fn scope(item: &ScopeItem, mark: &'static str, context: &RenderContext) -> Node {
    let id = context.id(&numbered("scope-", item.index));
    let (more, described) = notes(item, &id, context);
    let name = label(&item.label, item.is_raw);
    let mut row = match item.tick {
        Tick::Locked => row().with(empty(mark)).with(around("span countersign-name", name)),
        Tick::Free => {
            let label = around("label countersign-name", name).set(attr("for", id.clone()));
            row().with(checkbox(item.index, id, described)).with(label)
        }
    };
    for note in more {
        row = row.with(note);
    }
    if item.must_be_seen {
        row = row.set(must_be_seen());
    }
    for (is, name) in [(item.nested, "data-nested"), (item.folded, "data-folded")] {
        if is {
            row = row.set(attr(name, ""));
        }
    }
    row
}

/// A checkbox. A scope that another ticked scope implies stays ticked.
fn checkbox(index: usize, id: String, described: String) -> Node {
    let checked = move |live: &Live| live.ticked.get(index) == Some(&true);
    let off = move |live: &Live| live.waiting || live.implied.get(index) == Some(&true);
    let node = controls::checkbox(Box::new(checked), Gesture::ScopeToggled(index))
        .set(attr("id", id))
        .set(flag("disabled", off));
    if described.is_empty() { node } else { node.set(attr("aria-describedby", described)) }
}

/// A line below the name of a scope.
const MORE: &str = "p countersign-more";

/// The mark of what is sensitive.
pub(crate) fn sensitive_tag(context: &RenderContext) -> Node {
    let label = parts::message(Key::ConsentSensitive, context);
    around("span countersign-tag countersign-caution", label)
}

/// Marks and description of a scope, and the identifiers for the checkbox's `aria-describedby`.
fn notes(item: &ScopeItem, id: &str, context: &RenderContext) -> (Vec<Node>, String) {
    let (mut nodes, mut ids) = (Vec::new(), Vec::new());
    if item.sensitive {
        let id = concat(&[id, "-s"]);
        // The space separates the words for screen readers.
        nodes.push(text(" "));
        nodes.push(sensitive_tag(context).set(attr("id", id.clone())));
        ids.push(id);
    }
    let mut more = |letter, content: Node| {
        let id = concat(&[id, letter]);
        nodes.push(content.set(attr("id", id.clone())));
        ids.push(id);
    };
    if let Some(description) = &item.description {
        more("-m", around(MORE, parts::value("bdi", description)));
    }
    if let Some(undescribed) = &item.undescribed {
        more("-u", parts::rich_in("p countersign-more countersign-caution", undescribed));
    }
    if let Some(reason) = &item.reason {
        more("-w", around(MORE, parts::value("bdi", reason)));
    }
    if let Some(stays) = &item.stays {
        more("-c", parts::rich_in(MORE, stays));
    }
    // The client may request the same scope for several resources.
    if let Some(resource) = &item.resource {
        let label = parts::message(Key::ConsentResources, context);
        let name = self::label(&resource.label, resource.is_raw);
        more("-r", around(MORE, label).with(text(" ")).with(name));
    }
    if !item.details.is_empty() {
        let mut lines = empty("ul countersign-more");
        for detail in &item.details {
            lines = lines.with(around("li", parts::value("bdi", detail)));
        }
        let label = parts::message(Key::ConsentIncludes, context);
        nodes.push(parts::fold(vec![label]).with(lines));
    }
    (nodes, join(&ids, " "))
}
