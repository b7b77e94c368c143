//! Cards of every kind, for the tests that look at every screen.

use countersign::backend::{BackendError, BackendFault};
use serde_json::{Value, json};

use super::{Plays, asked, unreachable};
pub use crate::testing::cards::*;
use crate::testing::{play::Play, *};

pub fn all() -> Plays {
    let mut all = plain();
    all.extend(standings());
    all.extend(cautions());
    all.extend(organizations());
    all
}

pub fn card(answer: &Value) -> Play {
    Play::authorize().answer(answer)
}

/// A card whose client has these members.
pub fn card_of(members: &Value) -> Play {
    card(&consent_with(|it| {
        let members = members.as_object().cloned().unwrap_or_default();
        it["client"].as_object_mut().unwrap().extend(members);
    }))
}

fn plain() -> Plays {
    let first = consent_with(|it| {
        it["client"]["party"] = "first".into();
        it["scopes"] = json!([]);
        it["remember"] = false.into();
    });
    let refused = consent_with(|it| it["scopes"][0]["grantable"] = false.into());
    let lasting = consent_with(|it| it["scopes"] = json!([scope("offline_access", &json!({}))]));
    let before = consent_with(|it| {
        for place in 0..3 {
            it["scopes"][place]["granted"] = true.into();
        }
    });
    vec![
        ("a card", asked()),
        ("a card that can be allowed", asked().armed()),
        ("a full card", card(&full())),
        ("a card of the site's own app", card(&first)),
        ("a card of what was all granted before", card(&before)),
        ("a card with nothing ticked", emptied()),
        (
            "a card of reading and writing",
            card(&widening()).user(countersign::flow::Gesture::ReadOnlyToggled),
        ),
        ("a card that only keeps", card(&lasting)),
        (
            "a card that is always remembered",
            card(&consent_with(|it| it["remember"] = "always".into())),
        ),
        ("a card that cannot be allowed", card(&refused)),
        (
            "a card after a failed answer",
            asked()
                .allow()
                .fail(BackendError { reported: true, ..BackendFault::Server(500).into() }),
        ),
        ("a card after an answer nobody knows of", asked().deny().fail(unreachable())),
    ]
}

/// A card of two scopes that the user has unticked.
pub fn emptied() -> Play {
    let answer = consent_with(|it| {
        it["scopes"].as_array_mut().unwrap().remove(0);
    });
    card(&answer).armed().toggle(0).toggle(1)
}

fn standings() -> Plays {
    let document = json!({
        "registration": "metadata_document", "client_id": "https://apps.printer.example/client.json",
        "client_uri": "https://printer.example:8443/", "registrable_domain": "printer.example"
    });
    vec![
        ("a card of a verified app", card_of(&json!({ "verified": true }))),
        ("a card of a registered app", card_of(&json!({ "registration": "managed" }))),
        ("a card of an app with a document", card_of(&document)),
    ]
}

/// A card with this redirect address.
pub fn leading_to(address: &str, native: bool) -> Play {
    card(&consent_with(|it| {
        it["client"]["native"] = native.into();
        it["redirect_uri"] = address.into();
    }))
}

fn cautions() -> Plays {
    vec![
        ("a card of an app on this device", leading_to("com.example.printer:/cb", true)),
        ("a card of a program on this device", leading_to("http://127.0.0.1:5000/cb", true)),
        ("a card of an address without a name", leading_to("https://192.0.2.7/cb", false)),
        ("a card of a coded address", leading_to("https://xn--pypal-4ve.example/cb", false)),
        ("a card of two hosts", card_of(&json!({ "client_uri": "https://harbor.example/" }))),
        ("a card of a name in several scripts", card_of(&json!({ "name": "Pаypal" }))),
    ]
}

fn organizations() -> Plays {
    let one = consent_with(|it| {
        it["organization"] = organization("acme", "allowed");
        it["organizations"] = json!([organization("acme", "allowed")]);
    });
    let blocked = consent_with(|it| it["organization"] = organization("acme", "blocked"));
    let only_this = consent_with(|it| {
        it["organization"] = organization("acme", "blocked");
        it["organizations"] = json!([it["organization"], organization("globex", "allowed")]);
    });
    let many: Vec<String> = (0..12).map(|number| format!("Company {number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    vec![
        ("a card for the only organization", card(&one)),
        ("a card for one of several organizations", card(&organization_consent())),
        ("a card for one of many organizations", card(&members(&many))),
        ("a card for an organization that blocks the app", card(&blocked)),
        ("a card for one of several organizations that blocks the app", card(&only_this)),
        ("a card that an administrator can be asked about", card(&approval("offered"))),
        ("a card that an administrator was asked about", card(&approval("requested"))),
        ("a card before an organization is chosen", card(&unchosen())),
        ("allowed before an organization is chosen", card(&unchosen()).allow()),
        ("a card of a member of nothing", Play::member().answer(&consent())),
    ]
}

pub fn unchosen() -> Value {
    consent_with(|it| {
        it["organizations"] =
            json!([organization("acme", "allowed"), organization("globex", "allowed")]);
    })
}
