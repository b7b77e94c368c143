//! Helpers to read views.

use countersign::{
    backend::{BackendError, Outcome},
    messages::Key,
    view::{Body, ConsentCard, Message, MessageKind, ScopeItem, View},
};
use serde_json::Value;

use super::{
    driver::{Driver, answering},
    fixtures::*,
};

pub fn started(answer: Result<Outcome, BackendError>) -> View {
    Driver::open(page(), answering([answer])).view()
}

pub fn heading(view: &View) -> String {
    view.screen.heading.as_ref().unwrap().plain()
}

pub fn paragraphs(view: &View) -> Vec<String> {
    message(view).paragraphs.iter().map(|text| text.plain()).collect()
}

pub fn message(view: &View) -> &Message {
    match &view.screen.body {
        Body::Message(message) => message,
        other => panic!("no message: {other:?}"),
    }
}

pub fn kind(view: &View) -> MessageKind {
    message(view).kind
}

pub fn says(view: &View, key: Key) -> bool {
    let said = key.english().replace("{site}", HOST);
    paragraphs(view).contains(&said)
}

pub fn view(answer: &Value) -> View {
    started(Ok(outcome(answer)))
}

pub fn card(answer: &Value) -> ConsentCard {
    match view(answer).screen.body {
        Body::Consent(card) => *card,
        other => panic!("no card: {other:?}"),
    }
}

/// Every scope that would be granted, in the order of the request.
pub fn scopes_of(card: &ConsentCard) -> Vec<&ScopeItem> {
    let groups = card.lists.iter().flat_map(|list| &list.groups);
    let items = groups.flat_map(|group| &group.items);
    let mut items: Vec<_> = items.chain(&card.offline_access).collect();
    items.sort_by_key(|item| item.index);
    items
}
