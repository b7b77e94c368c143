//! The client's identity and caution on the card.

use countersign::{
    consent::{ClientTrust, HostName},
    messages::{Key, Messages, Piece, Text},
    platform::native::Native,
    view::{Body, ConsentCard, View},
};
use serde_json::Value;

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
    views::card,
};

type Change = fn(&mut Value);
const CLIENT: (&str, &str) = ("client", "Photo Printer");
type Values = &'static [(&'static str, &'static str)];

fn about(change: impl FnOnce(&mut Value)) -> ConsentCard {
    card(&consent_with(change))
}

/// An English text with these values, on a site that is called by its host.
fn filled(key: Key, values: &[(&str, &str)]) -> String {
    let values = [values, &[("site", HOST)]].concat();
    Messages::default().format(key, &values).plain()
}

/// The hosts in a text, but for the site's own.
fn hosts(text: &Text) -> Vec<&HostName> {
    let pieces = text.0.iter();
    pieces
        .filter_map(|piece| match piece {
            Piece::Host(host) => Some(host).filter(|host| host.whole() != HOST),
            _ => None,
        })
        .collect()
}

#[test]
fn the_card_shows_the_trust_in_the_client() {
    for (party, verified, registration, trust, key) in [
        ("first", false, "managed", ClientTrust::FirstParty, Key::WhoFirst),
        ("third", true, "dynamic", ClientTrust::Verified, Key::WhoVerified),
        ("third", false, "managed", ClientTrust::Registered, Key::WhoRegistered),
        ("third", false, "dynamic", ClientTrust::SelfDeclared, Key::WhoSelfDeclared),
        // The host of the document is not known.
        ("third", false, "metadata_document", ClientTrust::SelfDeclared, Key::WhoSelfDeclared),
    ] {
        let card = about(|it| {
            it["client"]["party"] = party.into();
            it["client"]["verified"] = verified.into();
            it["client"]["registration"] = registration.into();
        });
        assert_eq!(card.trust, trust);
        assert_eq!(card.trust_label.plain(), filled(key, &[]));
    }
}

#[test]
fn a_client_with_a_metadata_document_is_identified_by_its_host() {
    let card = about(|it| {
        it["client"]["registration"] = "metadata_document".into();
        it["client"]["client_id"] = "https://printer.example/client.json".into();
    });
    let label = &card.trust_label;
    assert_eq!(label.plain(), filled(Key::WhoDocument, &[("host", "printer.example")]));
    assert_eq!(hosts(label)[0].whole(), "printer.example");
}

#[test]
fn each_caution_is_one_sentence() {
    let cautions: [(Change, Key, Values); 7] = [
        (|_| {}, Key::CautionUnverified, &[CLIENT, ("host", "printer.example")]),
        (
            |it| it["redirect_uri"] = "http://127.0.0.1:51004/cb".into(),
            Key::CautionLoopback,
            &[CLIENT],
        ),
        (
            |it| {
                it["client"]["native"] = true.into();
                it["redirect_uri"] = "printer:/cb".into();
            },
            Key::CautionApp,
            &[CLIENT],
        ),
        (
            |it| it["redirect_uri"] = "https://3221225985/cb".into(),
            Key::CautionAddress,
            &[CLIENT, ("host", "192.0.2.1")],
        ),
        (
            |it| it["client"]["client_uri"] = "https://google.com/".into(),
            Key::CautionHosts,
            &[CLIENT, ("home", "google.com"), ("host", "printer.example")],
        ),
        (
            |it| it["client"]["name"] = "Pаypal".into(),
            Key::CautionLetters,
            &[("client", "Pаypal"), ("host", "printer.example")],
        ),
        (
            |it| it["redirect_uri"] = "https://аррӏе.example/".into(),
            Key::CautionPunycode,
            &[("host", "xn--80ak6aa92e.example")],
        ),
    ];
    for (change, key, values) in cautions {
        let text = about(change).cautions.remove(0);
        assert_eq!(text.plain(), filled(key, values));
        let named = values.iter().find(|(name, _)| *name == "host");
        let shown = hosts(&text).first().map(|host| host.whole());
        assert_eq!(shown.as_deref(), named.map(|(_, host)| *host));
    }
}

#[test]
fn a_registered_client_has_a_caution_only_if_there_is_something_to_check() {
    let entered = |change: Change| {
        let card = about(|it| {
            it["client"]["registration"] = "managed".into();
            change(it);
        });
        card.cautions.first().map(Text::plain)
    };
    assert_eq!(entered(|_| {}), None);
    assert_eq!(
        entered(|it| it["client"]["client_uri"] = "https://www.printer.example/".into()),
        None
    );
    assert!(entered(|it| it["client"]["client_uri"] = "https://google.com/".into()).is_some());
    assert!(entered(|it| it["client"]["name"] = "Pаypal".into()).is_some());
    assert!(entered(|it| it["redirect_uri"] = "https://192.0.2.1/".into()).is_some());
    assert!(entered(|it| it["redirect_uri"] = "http://localhost:1/".into()).is_some());
    assert!(entered(|it| it["redirect_uri"] = "https://bücher.example/".into()).is_some());
}

#[test]
fn a_client_cannot_gain_trust_by_its_name() {
    let card = about(|it| it["client"]["name"] = "printer.example".into());
    let caution = card.cautions[0].clone();
    let values = [("client", "printer.example"), ("host", "printer.example")];
    assert_eq!(caution.plain(), filled(Key::CautionUnverified, &values));
    let like_the_home = about(|it| {
        it["client"]["name"] = "google.com".into();
        it["client"]["client_uri"] = "https://google.com/".into();
    });
    let caution = like_the_home.cautions[0].clone();
    assert_eq!(hosts(&caution).len(), 1, "only where it leads is a host of ours");
}

#[test]
fn the_destination_shows_its_registrable_domain() {
    for (address, native, key, parts) in [
        (
            "https://app.printer.example:8443/cb",
            false,
            Key::ConsentDestination,
            ("app.", "printer.example", ":8443"),
        ),
        ("https://192.0.2.1/cb", false, Key::ConsentDestinationAddress, ("", "192.0.2.1", "")),
        ("http://localhost:1/cb", false, Key::ConsentDestinationLoopback, ("", "localhost", ":1")),
        ("printer:/cb", true, Key::ConsentDestinationApp, ("", "printer", ":/cb")),
    ] {
        let card = about(|it| {
            it["client"]["registrable_domain"] = "printer.example".into();
            it["client"]["native"] = native.into();
            it["redirect_uri"] = address.into();
        });
        let [host] = hosts(&card.destination)[..] else { panic!("one host") };
        assert_eq!((host.subdomain(), host.domain(), host.port()), parts);
        assert_eq!(card.destination.plain(), filled(key, &[("host", &host.whole())]));
    }
}

#[test]
fn the_client_s_description_is_marked_as_its_own() {
    let card = about(|it| it["client"]["description"] = "Verified by {client}".into());
    let description = card.description.unwrap();
    let values = [("description", "Verified by {client}")];
    assert_eq!(description.plain(), filled(Key::ConsentDescription, &values));
    assert!(description.0.contains(&Piece::Value("Verified by {client}".into())));
    let nothing = about(|it| it["client"]["description"] = "\u{200b}".into());
    assert_eq!(nothing.description, None);
}

#[test]
fn the_client_s_texts_have_the_language_of_the_card() {
    let answer = consent_with(|it| {
        it["client"]["name#de"] = "Fotodrucker".into();
        it["client"]["description#de"] = "Druckt".into();
        it["client"]["tos_uri#de"] = "https://printer.example/agb".into();
    });
    let driver = Driver::open(page(), answering([Ok(outcome(&answer))]));
    let german = Messages::default().in_language("de", Vec::new());
    let view = View::of(&driver.machine, &german, &Native);
    assert_eq!(view.screen.heading.unwrap().0[0], Piece::Value("Fotodrucker".into()));
    let Body::Consent(card) = view.screen.body else { panic!("a card") };
    assert_eq!(card.name, "Fotodrucker");
    assert!(card.description.unwrap().0.contains(&Piece::Value("Druckt".into())));
    assert_eq!(card.links[0].1.as_str(), "https://printer.example/agb");
    assert_eq!(crate::testing::views::card(&answer).links, []);
}
