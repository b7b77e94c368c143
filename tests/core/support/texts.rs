//! Every text that a view shows.

use countersign::{
    flow::{Body, ConsentCard, LogoutCard, Mark, Organizations, ScopeItem, View},
    messages::Text,
    protocol::Link,
};

pub fn of(view: &View) -> Vec<String> {
    let mut texts = Vec::new();
    let screen = &view.screen;
    texts.extend(screen.heading.as_ref().map(Text::plain));
    texts.extend(screen.reference.as_ref().map(Text::plain));
    texts.push(view.live.status.plain());
    texts.extend(view.live.alert.as_ref().map(Text::plain));
    match &screen.body {
        Body::Outline => {}
        Body::Message {
            paragraphs, link, ..
        } => {
            texts.extend(paragraphs.iter().map(Text::plain));
            links(&mut texts, link.as_slice());
        }
        Body::Consent(card) => consent(&mut texts, card),
        Body::Logout(card) => logout(&mut texts, card),
    }
    texts
}

fn consent(texts: &mut Vec<String>, card: &ConsentCard) {
    mark(texts, &card.client);
    mark(texts, &card.account);
    texts.extend(card.account_lines.iter().cloned());
    match &card.organizations {
        Organizations::None => {}
        Organizations::One(logo, name) => {
            mark(texts, logo);
            texts.push(name.clone());
        }
        Organizations::Several(logo, choices) => {
            mark(texts, logo);
            texts.extend(choices.iter().map(|choice| choice.label.clone()));
        }
    }
    texts.extend([&card.scopes_label, &card.destination].map(Text::plain));
    texts.extend(
        [&card.notice, &card.remark]
            .into_iter()
            .flatten()
            .map(Text::plain),
    );
    for scope in card.scopes.iter().chain(&card.refused) {
        item(texts, scope);
    }
    for (kind, members) in &card.details {
        texts.push(kind.clone());
        texts.extend(
            members
                .iter()
                .flat_map(|(name, value)| [name.clone(), value.clone()]),
        );
    }
    texts.extend(card.resources.iter().cloned());
    links(texts, &card.links);
}

fn item(texts: &mut Vec<String>, item: &ScopeItem) {
    texts.push(item.label.clone());
    texts.extend(item.description.clone());
    texts.extend(item.resource.clone());
}

fn logout(texts: &mut Vec<String>, card: &LogoutCard) {
    texts.push(card.question.plain());
    if let Some((picture, lines)) = &card.account {
        mark(texts, picture);
        texts.extend(lines.iter().cloned());
    }
}

fn links(texts: &mut Vec<String>, links: &[(Text, Link)]) {
    texts.extend(
        links
            .iter()
            .flat_map(|(text, link)| [text.plain(), link.host().to_owned()]),
    );
}

fn mark(texts: &mut Vec<String>, mark: &Mark) {
    if let Mark::Initial(initial) = mark {
        texts.push(initial.clone());
    }
}
