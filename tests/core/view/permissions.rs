//! Scopes and actions on the card.

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
    views::{card, scopes_of, view},
};
use countersign::{
    messages::{Key, Messages},
    view::{Action, ResourceItem, Tick},
};
use serde_json::{Value, json};

fn english(key: Key) -> Option<String> {
    Some(Messages::default().get(key).plain())
}

fn remark(answer: &Value) -> Option<String> {
    card(answer).notice.map(|text| text.plain())
}

#[test]
fn a_way_out_is_always_offered_and_allow_if_possible() {
    assert_eq!(view(&consent()).screen.actions, [Action::Deny, Action::Allow]);
    let refused = consent_with(|it| it["scopes"][0]["grantable"] = false.into());
    assert_eq!(view(&refused).screen.actions, [Action::Cancel]);
}

#[test]
fn every_scope_is_on_the_card() {
    let card = card(&consent_with(|it| {
        it["scopes"][1]["title"] = "See your photos".into();
        it["scopes"][1]["description"] = "All of them".into();
        it["scopes"][1]["granted"] = true.into();
        it["scopes"][2]["grantable"] = false.into();
        it["scopes"][2]["sensitive"] = true.into();
    }));
    let scopes = scopes_of(&card);
    let shown: Vec<_> =
        scopes.iter().map(|it| (it.index, it.label.as_str(), it.is_raw, it.tick)).collect();
    assert_eq!(
        shown,
        [
            (0, "Confirm who you are", false, Tick::Locked),
            (1, "See your photos", false, Tick::Free)
        ]
    );
    assert_eq!(scopes[1].description.as_deref(), Some("All of them"));
    assert!(!scopes[1].sensitive);
    assert_eq!(card.refused.len(), 1);
    assert_eq!((card.refused[0].index, card.refused[0].tick), (2, Tick::Locked));
    assert!(card.refused[0].sensitive);
}

/// The scopes that must be seen, of a card whose three scopes have titles.
fn must_be_seen(change: impl FnOnce(&mut Value)) -> Vec<usize> {
    let card = card(&consent_with(|it| {
        it["scopes"] = json!([
            plain_scope("openid", true),
            plain_scope("photos.read", false),
            plain_scope("photos.write", false)
        ]);
        for scope in it["scopes"].as_array_mut().unwrap() {
            scope["title"] = format!("To {}", scope["scope"]).into();
        }
        change(it);
    }));
    let scopes = scopes_of(&card).into_iter().chain(&card.refused);
    scopes.filter(|it| it.must_be_seen).map(|it| it.index).collect()
}

#[test]
fn what_is_sensitive_new_or_unusual_must_be_seen() {
    assert_eq!(must_be_seen(|_| {}), [0_usize; 0], "all is as new as the client");
    assert_eq!(must_be_seen(|it| it["scopes"][1]["sensitive"] = true.into()), [1]);
    assert_eq!(must_be_seen(|it| it["scopes"][2]["title"] = Value::Null), [2], "a raw name");
    let new = |it: &mut Value| it["scopes"][0]["granted"] = true.into();
    assert_eq!(must_be_seen(new), [1, 2]);
    let all =
        |it: &mut Value| (0..3).for_each(|index| it["scopes"][index]["granted"] = true.into());
    assert_eq!(must_be_seen(all), [0_usize; 0], "nothing is new");
    let offline = |it: &mut Value| it["scopes"][1] = plain_scope("offline_access", false);
    assert_eq!(must_be_seen(offline), [1]);
    let standard = |it: &mut Value| it["scopes"][1] = plain_scope("email", false);
    assert_eq!(must_be_seen(standard), [0_usize; 0], "its name is in words");
}

#[test]
fn a_scope_without_a_readable_title_is_labelled_by_its_token() {
    for title in ["", " ", "\u{200b}", "\u{202e}\u{3164}"] {
        let card = card(&consent_with(|it| {
            it["scopes"][1]["title"] = title.into();
            it["scopes"][1]["description"] = title.into();
        }));
        let scope = scopes_of(&card)[1];
        assert_eq!((scope.label.as_str(), scope.is_raw), ("photos.read", true));
        assert_eq!(scope.description, None);
    }
}

#[test]
fn long_titles_and_details_are_shown_in_full() {
    let long = "A very long text. ".repeat(100);
    let card = card(&consent_with(|it| {
        it["scopes"][1]["title"] = long.clone().into();
        it["scopes"][1]["description"] = long.clone().into();
        it["scopes"][1]["details"] = json!([long]);
        it["authorization_details"] =
            json!([{ "type": long, "to": { "note": long, "amount": 1 } }]);
        it["resources"] =
            json!([{ "resource": format!("https://api.example/{}", "x".repeat(1000)) }]);
    }));
    let long = long.trim_end();
    let scope = scopes_of(&card)[1];
    assert_eq!(scope.label, long);
    assert_eq!(scope.description.as_deref(), Some(long));
    assert_eq!(scope.details, [long]);
    let detail = &card.authorization_details[0];
    assert_eq!(detail.title.plain(), long);
    let lines = [("To amount", "1"), ("To note", long)];
    assert_eq!(
        detail.lines,
        lines.map(|(name, value)| (name.into(), value.into())),
        "what stands last is granted, too"
    );
    assert_eq!(detail.json.matches(long).count(), 2);
    assert_eq!(card.resources[0].label.len(), 1020);
}

#[test]
fn resources_are_shown_by_their_names() {
    let card = card(&consent_with(|it| {
        it["resources"] = json!([
            { "resource": "https://a.example/", "name": "Photos" },
            { "resource": "https://b.example/", "name": "\u{200b}" }
        ]);
        it["scopes"][1]["resource"] = "https://a.example/".into();
        it["scopes"][2]["resource"] = "https://c.example/\u{202e}".into();
    }));
    let named = |it: &ResourceItem| (it.label.clone(), it.is_raw);
    let all: Vec<_> = card.resources.iter().map(named).collect();
    assert_eq!(all, [("Photos".to_owned(), false), ("https://b.example/".to_owned(), true)]);
    let scopes = scopes_of(&card);
    let at: Vec<_> = scopes.iter().map(|it| it.resource.as_ref().map(named)).collect();
    let [photos, unnamed] = [("Photos", false), ("https://c.example/", true)];
    let known = |(label, is_raw): (&str, bool)| Some((label.to_owned(), is_raw));
    assert_eq!(at, [None, known(photos), known(unnamed)]);
}

#[test]
fn ticks_have_the_index_of_their_scopes() {
    let mut driver = Driver::open(page(), answering([Ok(outcome(&consent()))]));
    assert_eq!(driver.view().live.ticked, [true, true, true]);
    let screen = driver.view().screen;
    driver.user(countersign::flow::Gesture::ScopeToggled(2));
    assert_eq!(driver.view().live.ticked, [true, true, false]);
    assert_eq!(driver.view().screen, screen, "the screen itself is not built anew");
}

#[test]
fn the_card_says_why_allow_is_not_offered() {
    assert_eq!(remark(&consent()), None);
    let refused = consent_with(|it| it["scopes"][0]["grantable"] = false.into());
    assert_eq!(remark(&refused), english(Key::ConsentNothingGrantable));
    let blocked = consent_with(|it| {
        it["organization"] = organization("acme", "blocked");
        it["organizations"] = json!([it["organization"], organization("globex", "allowed")]);
    });
    assert_eq!(remark(&blocked), english(Key::ConsentOrganizationUnavailable));
}
