//! What the user must see before Allow counts.

use std::sync::Arc;

use countersign::{messages::Messages, view::View};
use countersign_html::{Attribute, Node, On, RenderContext, content};
use serde_json::json;

use crate::{
    screens::{self, cards},
    testing::play::Play,
};

/// The names of the nodes that must be seen: their classes, or their parts.
fn names(view: &View) -> Vec<&'static str> {
    let context = RenderContext::new(Arc::new(Messages::default()), None);
    let mut found = Vec::new();
    collect(&content(&view.screen, &context), &mut found);
    found
}

fn collect(nodes: &[Node], found: &mut Vec<&'static str>) {
    for node in nodes {
        if let Node::Element { name, attributes, children } = node {
            let marked = attributes.iter().any(|it| matches!(it, Attribute::On(On::MustBeSeen)));
            found.extend(marked.then_some(*name));
            collect(children, found);
        }
    }
}

const ASKER: &str = "h1 countersign-title @heading ~tabindex=-1";
const CAUTION: &str = "p countersign-text @caution";
const DESTINATION: &str = "p countersign-destination @destination";
const ROW: &str = "li countersign-scope";

#[test]
fn who_asks_a_warning_and_the_destination_must_be_seen_on_every_card() {
    for (name, play) in cards::all() {
        let names = names(&play.view());
        let warned = play.view().screen;
        let countersign::view::Body::Consent(card) = warned.body else { panic!("{name}: a card") };
        assert_eq!(names.first(), Some(&ASKER), "{name}");
        // Access that lasts stands between the destination and the answers.
        let answers: &[_] = match &card.offline_access {
            Some(_) if card.shows_allow => &[DESTINATION, ROW],
            _ => &[DESTINATION],
        };
        assert!(names.ends_with(answers), "{name}: {names:?}");
        let cautions = names.iter().filter(|name| **name == CAUTION).count();
        assert_eq!(cautions, card.cautions.len(), "{name}");
    }
}

#[test]
fn rows_that_are_sensitive_new_or_unusual_must_be_seen_and_details_always() {
    let rows = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut answer = crate::testing::consent();
        answer["scopes"] = json!([
            { "scope": "a", "title": "A", "grantable": true, "required": false, "granted": false, "sensitive": false },
            { "scope": "b", "title": "B", "grantable": true, "required": false, "granted": false, "sensitive": false }
        ]);
        change(&mut answer);
        let names = names(&Play::authorize().answer(&answer).view());
        names.iter().filter(|name| **name == ROW).count()
    };
    assert_eq!(rows(&|_| {}), 0);
    assert_eq!(rows(&|it| it["scopes"][0]["sensitive"] = true.into()), 1);
    assert_eq!(rows(&|it| it["scopes"][0]["granted"] = true.into()), 1);
    assert_eq!(rows(&|it| it["scopes"][0]["title"] = "".into()), 1);
    assert_eq!(rows(&|it| it["scopes"][0]["grantable"] = false.into()), 0, "it is not granted");
    assert_eq!(rows(&|it| it["authorization_details"] = json!([{ "type": "payment" }])), 1);
}

#[test]
fn a_host_s_own_words_must_be_seen() {
    let reworded = screens::more::reworded(&Messages::default());
    for (name, view) in reworded {
        let countersign::view::Body::Consent(card) = &view.screen.body else { panic!("a card") };
        let items: usize = card.sections.iter().map(|section| section.items.len()).sum();
        let described = card.authorization_details.len();
        let rows = names(&view).iter().filter(|name| **name == ROW).count();
        assert!(rows >= items + described && items + described > 0, "{name}");
    }
}

#[test]
fn no_other_screen_has_something_that_must_be_seen() {
    for (name, view) in screens::all() {
        let is_card = matches!(view.screen.body, countersign::view::Body::Consent(_));
        assert_eq!(names(&view).is_empty(), !is_card, "{name}");
    }
}

#[test]
fn that_another_account_is_signed_in_now_must_be_seen_and_stands_right_above_it() {
    let names = names(&screens::find("shown anew to another account"));
    assert!(names.contains(&"p countersign-note countersign-alarm ~role=alert"), "{names:?}");
    let page = crate::page::page(screens::find("shown anew to another account"));
    let above = page.one("[role=alert] + [part=account]");
    assert!(crate::page::text(above).contains("Ada Lovelace"));
}
