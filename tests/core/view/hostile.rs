//! Hostile clients, from the response to the view. The same corpus runs in a browser.
//!
//! A vector has the members that differ from an ordinary self-registered client, and its redirect
//! URI unless that is `https://printer.example/cb`. `browser` has what a browser's URL parser does
//! differently.

use countersign::{
    api::client,
    backend::{BackendFault, Outcome},
    flow::{Failure, Gesture, State},
    messages::{ENGLISH, Key, Messages, Piece, Text},
    platform::native::Native,
    view::{Avatar, Body, ConsentCard, View},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    consent::identity::{caution_word, identity},
    strategies,
    testing::{
        driver::{Driver, answering},
        fixtures::*,
        texts, vectors,
    },
};

fn corpus() -> Vec<Value> {
    vectors(include_str!("../../vectors/hostile.json"))
}

/// The response for the client of a vector.
fn answer(vector: &Value) -> Value {
    consent_with(|answer| {
        for (member, value) in vector["client"].as_object().unwrap() {
            answer["client"][member] = value.clone();
        }
        if !vector["redirect_uri"].is_null() {
            answer["redirect_uri"] = vector["redirect_uri"].clone();
        }
    })
}

/// The page after this response, as the driver sends it.
fn answered(answer: &Value) -> Driver {
    let read = client::read_outcome(&answer.to_string(), &Native, &Native);
    let read = read.map_err(|error| BackendFault::from(error).into());
    Driver::open(page(), answering([read]))
}

fn card(view: View) -> ConsentCard {
    match view.screen.body {
        Body::Consent(card) => *card,
        other => panic!("no card: {other:?}"),
    }
}

/// What a page shows, in the terms of a vector.
fn shown(driver: &Driver, expected: &Value) -> Value {
    let consent = match driver.state() {
        State::Consent(consent) => consent,
        State::UnsafeAddress(_) => return json!({ "outcome": "unsafe_address" }),
        State::Failed(failed) => match &failed.failure {
            Failure::Backend(error) if matches!(error.fault, BackendFault::Wire(_)) => {
                return json!({ "outcome": "wire_error" });
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let card = card(driver.view());
    let identity = identity(&consent.request, ENGLISH);
    let mut shown = json!({
        "name": card.name,
        "caution": identity.cautions.first().map(caution_word),
        "links": card.links.len(),
        "logo": matches!(card.client, Avatar::Picture { .. }),
        "host": identity.destination.host.whole(),
    });
    // Only the members of the vector.
    let members = expected.as_object().unwrap();
    let all = shown.as_object_mut().unwrap();
    all.retain(|member, _| members.contains_key(member));
    shown
}

#[test]
fn every_hostile_client_is_shown_or_refused_as_expected() {
    let wrong = corpus().into_iter().filter_map(|vector| {
        let expected = &vector["expected"];
        let shown = shown(&answered(&answer(&vector)), expected);
        (shown != *expected).then(|| format!("{}: {shown}, not {expected}", vector["note"]))
    });
    assert_eq!(wrong.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn no_hostile_client_changes_how_other_texts_look() {
    for vector in corpus() {
        for text in texts::of(&answered(&answer(&vector)).view()) {
            assert!(!strategies::changes_others(&text), "{}: {text:?}", vector["note"]);
            assert!(!text.contains('\n'), "{}", vector["note"]);
        }
    }
}

/// Whether a literal is ours: it is part of one of our texts.
fn are_ours(text: &Text) -> bool {
    let ours = |words: &str| {
        let mut all = Key::ALL.iter().map(|key| key.english());
        words == " " || all.any(|english| english.contains(words))
    };
    text.0.iter().all(|piece| match piece {
        Piece::Literal(words) => ours(words),
        Piece::Value(_) | Piece::Host(_) => true,
    })
}

fn words(text: &Text) -> Vec<&str> {
    let pieces = text.0.iter();
    pieces
        .filter_map(|piece| match piece {
            Piece::Literal(words) => Some(&**words),
            Piece::Value(_) | Piece::Host(_) => None,
        })
        .collect()
}

/// The literals of an English text.
fn english(key: Key) -> Vec<&'static str> {
    let parts = key.english().split(['{', '}']).enumerate();
    let around = parts.filter(|(number, part)| number % 2 == 0 && !part.is_empty());
    around.map(|(_, part)| part).collect()
}

#[test]
fn literals_and_values_stay_separate() {
    for vector in corpus() {
        let note = &vector["note"];
        let driver = answered(&answer(&vector));
        let view = driver.view();
        assert!(texts::all(&view).iter().all(are_ours), "{note}");
        let State::Consent(consent) = driver.state() else {
            continue;
        };
        let heading = view.screen.heading.clone().unwrap();
        assert_eq!(words(&heading), english(Key::ConsentHeading), "{note}");
        let card = card(view);
        assert_eq!(heading.0[0], Piece::Value(card.name), "{note}");
        let mut hosts = card.destination.0.iter().filter_map(|piece| match piece {
            Piece::Host(host) => Some(host.whole()),
            _ => None,
        });
        let target = consent.request.redirect_uri.as_ref().unwrap();
        assert_eq!(hosts.next().as_deref(), Some(target.host()), "{note}");
        assert_eq!(card.destination.0.len(), words(&card.destination).len() + 1, "{note}");
        assert!(target.host().chars().all(|c| c.is_ascii_graphic()), "{note}");
        let mut before = None;
        for (text, link) in &card.links {
            let host = Some(link.host());
            assert!(text.plain().ends_with(link.host()) || before == host, "{note}");
            before = host;
            assert!(link.as_str().to_ascii_lowercase().starts_with("https://"), "{note}");
        }
        if let Some(text) = card.description {
            assert_eq!(words(&text), english(Key::ConsentDescription), "{note}");
        }
    }
}

#[test]
fn a_decision_about_a_hostile_client_redirects_to_the_shown_host_or_nowhere() {
    for vector in corpus() {
        let read = client::read_outcome(&answer(&vector).to_string(), &Native, &Native);
        let Ok(Outcome::Consent(asked)) = read else {
            continue;
        };
        let elsewhere = Ok(redirect("https://elsewhere.example/"));
        let backend = answering([Ok(Outcome::Consent(asked)), elsewhere]);
        let mut driver = Driver::open(page(), backend);
        driver.decide(Gesture::Deny, "K1");
        let refused = matches!(driver.state(), State::UnsafeAddress(_));
        assert!(refused && driver.navigations.is_empty(), "{}", vector["note"]);
    }
}

#[test]
fn hostile_translations_are_handled_like_other_texts() {
    let messages = Messages::default().in_language("de", Vec::new());
    for vector in corpus() {
        let Value::String(name) = &vector["client"]["name"] else {
            continue;
        };
        let answer = consent_with(|it| it["client"]["name#de"] = name.clone().into());
        let Ok(Outcome::Consent(asked)) =
            client::read_outcome(&answer.to_string(), &Native, &Native)
        else {
            assert_eq!(vector["expected"]["outcome"], "wire_error");
            continue;
        };
        let driver = Driver::open(page(), answering([Ok(Outcome::Consent(asked))]));
        let view = View::of(&driver.machine, &messages, &Native);
        let expected = &vector["expected"]["name"];
        let readable = expected != "printer" && vector["client"]["client_id"].is_null();
        if readable {
            assert_eq!(&Value::from(card(view).name), expected, "{}", vector["note"]);
        } else {
            assert_eq!(card(view).name, "Photo Printer", "{}", vector["note"]);
        }
    }
}

#[test]
fn the_corpus_covers_what_it_promises() {
    let corpus = corpus();
    assert!(corpus.len() >= 160);
    let mut notes: Vec<_> = corpus.iter().map(|it| it["note"].to_string()).collect();
    notes.sort();
    notes.dedup();
    assert_eq!(notes.len(), corpus.len(), "each has a name of its own");
}

proptest! {
    #[test]
    fn any_client_text_leaves_literals_unchanged(
        name in prop_oneof![strategies::text(), any::<String>()],
        description in strategies::text(),
        site in strategies::text(),
        (address, native) in strategies::address(),
        (home, _) in strategies::address(),
    ) {
        let answer = consent_with(|it| {
            it["client"]["name"] = name.into();
            it["client"]["description"] = description.into();
            it["client"]["native"] = native.into();
            it["client"]["client_uri"] = home.into();
            it["redirect_uri"] = address.into();
        });
        let page = { let mut page = page();
page.site_name = Some(site);
page };
        let driver = Driver::open(page, answering([Ok(outcome(&answer))]));
        for text in texts::all(&driver.view()) {
            prop_assert!(are_ours(&text), "{:?}", text);
            prop_assert!(!strategies::changes_others(&text.plain()), "{:?}", text);
        }
    }
}
