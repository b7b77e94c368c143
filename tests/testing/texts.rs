//! Every text of a view.

use countersign::{
    messages::Text,
    protocol::Link,
    view::{
        AuthorizationDetailItem, Avatar, Body, ConsentCard, LogoutCard, Organizations, ScopeItem,
        View,
    },
};

/// All texts, without the difference between literals and values.
pub fn of(view: &View) -> Vec<String> {
    all(view).iter().map(Text::plain).collect()
}

/// All texts. A text without literals is a value.
pub fn all(view: &View) -> Vec<Text> {
    let mut texts = Vec::new();
    let (screen, live) = (&view.screen, &view.live);
    texts.extend(screen.heading.clone());
    texts.extend(screen.reference.clone());
    texts.push(live.status.clone());
    texts.extend(live.alert.clone());
    texts.extend(live.hint.clone());
    match &screen.body {
        Body::Outline => {}
        Body::Message(message) => {
            texts.extend(message.paragraphs.iter().cloned());
            links(&mut texts, message.link.as_slice());
            if let Some(client) = &message.client {
                mark(&mut texts, client);
            }
        }
        Body::Consent(card) => consent(&mut texts, card),
        Body::Logout(card) => logout(&mut texts, card),
    }
    texts
}

fn consent(texts: &mut Vec<Text>, card: &ConsentCard) {
    texts.push(Text::value(&card.name));
    mark(texts, &card.client);
    mark(texts, &card.account);
    texts.extend(card.account_lines.iter().map(Text::value));
    organizations(texts, &card.organizations);
    texts.push(card.trust_label.clone());
    texts.extend(card.description.clone());
    texts.extend(card.cautions.iter().cloned());
    texts.extend(card.account_change.clone());
    texts.extend(card.notice.clone());
    texts.push(card.scopes_label.clone());
    texts.push(card.full_label.clone());
    texts.push(card.destination.clone());
    for list in &card.lists {
        texts.push(list.label.clone());
        texts.extend(list.fold.clone());
        for group in &list.groups {
            texts.extend(group.title.iter().map(Text::value));
            group.items.iter().for_each(|it| item(texts, it));
        }
    }
    card.offline_access.iter().for_each(|it| item(texts, it));
    card.refused.iter().for_each(|it| item(texts, it));
    card.authorization_details.iter().for_each(|it| detail(texts, it));
    texts.extend(card.resources.iter().map(|it| Text::value(&it.label)));
    texts.extend(card.without_writing.clone());
    links(texts, &card.links);
}

fn organizations(texts: &mut Vec<Text>, organizations: &Organizations) {
    match organizations {
        Organizations::None => {}
        Organizations::One(logo, name) => {
            mark(texts, logo);
            texts.push(Text::value(name));
        }
        Organizations::Several(choices) => {
            for choice in choices {
                mark(texts, &choice.avatar);
                texts.push(Text::value(&choice.name));
                texts.extend(choice.note.clone());
            }
        }
    }
}

fn item(texts: &mut Vec<Text>, item: &ScopeItem) {
    texts.push(Text::value(&item.label));
    texts.extend(item.description.iter().map(Text::value));
    texts.extend(item.details.iter().map(Text::value));
    texts.extend(item.stays.clone());
    texts.extend(item.reason.iter().map(Text::value));
    texts.extend(item.resource.iter().map(|it| Text::value(&it.label)));
}

fn detail(texts: &mut Vec<Text>, item: &AuthorizationDetailItem) {
    texts.push(item.title.clone());
    for (label, value) in &item.lines {
        texts.extend([label, value].map(Text::value));
    }
    texts.push(Text::value(&item.json));
}

fn logout(texts: &mut Vec<Text>, card: &LogoutCard) {
    texts.push(card.question.clone());
    if let Some((picture, lines)) = &card.account {
        mark(texts, picture);
        texts.extend(lines.iter().map(Text::value));
    }
}

fn links(texts: &mut Vec<Text>, links: &[(Text, Link)]) {
    for (text, link) in links {
        texts.extend([text.clone(), Text::value(link.host())]);
    }
}

fn mark(texts: &mut Vec<Text>, mark: &Avatar) {
    if let Avatar::Initial(initial) = mark {
        texts.push(Text::value(initial));
    }
}
