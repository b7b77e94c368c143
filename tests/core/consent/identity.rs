//! The identity of a client, and its caution. The same vectors run in a browser.

use countersign::{
    consent::{Caution, ClientTrust, ConsentRequest, DestinationKind, Identity},
    messages::ENGLISH,
    platform::native::Native,
    protocol::Link,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::strategies;
use crate::testing::{fixtures::consent_request, vectors};

/// The request of a vector: the fixture's client with some members changed.
pub fn request(vector: &Value) -> ConsentRequest {
    consent_request(|answer| {
        for (member, value) in vector["client"].as_object().unwrap() {
            answer["client"][member] = value.clone();
        }
        if let Value::String(address) = &vector["redirect_uri"] {
            answer["redirect_uri"] = address.clone().into();
        }
    })
}

pub fn identity(asked: &ConsentRequest, language: &str) -> Identity {
    identity_on("", asked, language)
}

/// The identity on a site with this name.
fn identity_on(site: &str, asked: &ConsentRequest, language: &str) -> Identity {
    let target = asked.redirect_uri.as_ref().unwrap();
    Identity::of(asked, target, site, language, &Native)
}

pub const fn caution_word(caution: &Caution) -> &'static str {
    match caution {
        Caution::SiteName => "site",
        Caution::MixedScripts => "letters",
        Caution::IpAddress => "address",
        Caution::Loopback => "loopback",
        Caution::App => "app",
        Caution::HostMismatch { .. } => "hosts",
        Caution::Punycode => "punycode",
        Caution::Unverified => "unverified",
    }
}

const fn trust_name(trust: ClientTrust) -> &'static str {
    match trust {
        ClientTrust::FirstParty => "first",
        ClientTrust::Verified => "verified",
        ClientTrust::Registered => "registered",
        ClientTrust::SelfDeclared => "self_declared",
    }
}

const fn kind_word(kind: DestinationKind) -> &'static str {
    match kind {
        DestinationKind::Site => "site",
        DestinationKind::Address => "address",
        DestinationKind::Loopback => "loopback",
        DestinationKind::App => "app",
    }
}

/// An identity in the terms of a vector.
fn said(identity: &Identity) -> Value {
    let host = &identity.destination.host;
    let mut said = json!({
        "standing": trust_name(identity.trust),
        "kind": kind_word(identity.destination.kind),
        "host": [host.subdomain(), host.domain(), host.port()],
        "caution": identity.cautions.first().map(caution_word),
        "shown": identity.name.as_str(),
    });
    let also: Vec<_> = identity.cautions.iter().skip(1).map(caution_word).collect();
    if !also.is_empty() {
        said["also"] = also.into();
    }
    if let Some(Caution::HostMismatch { home }) = identity.cautions.first() {
        said["home"] = home.clone().into();
    }
    if let Some(document) = &identity.document {
        said["document"] = document.clone().into();
    }
    let links = [&identity.homepage, &identity.terms, &identity.privacy];
    let links = links.into_iter().flatten().map(Link::host);
    let links: Vec<_> = links.collect();
    if !links.is_empty() {
        said["links"] = links.into();
    }
    said
}

#[test]
fn every_vector_has_the_expected_identity() {
    for vector in vectors(include_str!("../../vectors/identity.json")) {
        let language = vector["language"].as_str().unwrap_or(ENGLISH);
        let mut expected = vector["expected"].clone();
        if expected["shown"].is_null() {
            expected["shown"] = "Photo Printer".into();
        }
        let site = vector["site"].as_str().unwrap_or_default();
        let said = said(&identity_on(site, &request(&vector), language));
        assert_eq!(said, expected, "{}", vector["name"]);
    }
}

#[test]
fn a_client_cannot_choose_which_warning_is_seen() {
    // The gravest first, whatever else a client adds to it.
    type Change = fn(&mut Value);
    let traits: [(&str, Change); 3] = [
        ("hosts", |it| it["client"]["client_uri"] = "https://google.com/".into()),
        ("letters", |it| it["client"]["name"] = "Gоogle".into()),
        ("punycode", |it| it["redirect_uri"] = "https://xn--80ak6aa92e.example/".into()),
    ];
    for places in 1..1_usize << traits.len() {
        let chosen = || traits.iter().enumerate().filter(|(place, _)| places >> place & 1 == 1);
        for registration in ["dynamic", "managed"] {
            let asked = consent_request(|it| {
                it["client"]["registration"] = registration.into();
                chosen().for_each(|(_, (_, change))| change(it));
            });
            let told: Vec<_> =
                identity(&asked, ENGLISH).cautions.iter().map(caution_word).collect();
            let expected: Vec<_> = chosen().map(|(_, (word, _))| *word).collect();
            assert_eq!(told, expected);
        }
    }
}

#[test]
fn every_trust_destination_and_caution_has_a_vector() {
    let vectors = vectors(include_str!("../../vectors/identity.json"));
    for (member, words) in [
        ("standing", &["first", "verified", "registered", "self_declared"] as &[&str]),
        ("kind", &["site", "address", "loopback", "app"]),
        (
            "caution",
            &["site", "letters", "address", "loopback", "app", "hosts", "punycode", "unverified"],
        ),
    ] {
        for word in words {
            let found = vectors.iter().any(|it| it["expected"][member] == *word);
            assert!(found, "{member}: {word}");
        }
    }
}

#[test]
fn the_description_is_cleaned_and_capped_and_omitted_if_empty() {
    let description = |text: &str| {
        let asked = consent_request(|it| it["client"]["description"] = text.into());
        let text = identity(&asked, ENGLISH).description;
        text.map(|text| text.as_str().to_owned())
    };
    assert_eq!(description("Prints\n\u{202e}photos"), Some("Prints photos".into()));
    assert_eq!(description("\u{200b} \u{3164}"), None);
    let long = description(&"word ".repeat(100)).unwrap();
    assert!(long.chars().count() <= 201 && long.ends_with('…'));
}

proptest! {
    #[test]
    fn a_host_is_complete_whatever_the_registrable_domain_is(
        (address, native) in strategies::address(),
        registrable in prop_oneof![
            proptest::sample::select(vec!["example", "printer.example", "evil.example", ".", "", "127.0.0.1", "0.1"]).prop_map(str::to_owned),
            "[a-z.:0-9]{0,12}",
        ],
    ) {
        let asked = consent_request(|it| {
            it["client"]["native"] = native.into();
            it["client"]["registrable_domain"] = registrable.clone().into();
            it["redirect_uri"] = address.into();
        });
        if let Ok(target) = &asked.redirect_uri {
            let identity = identity(&asked, ENGLISH);
            let host = &identity.destination.host;
            prop_assert_eq!(host.whole(), target.host());
            // Nothing stands apart that the backend has not registered.
            let is_apart = !host.subdomain().is_empty() && !host.domain().is_empty();
            prop_assert!(!is_apart || host.subdomain().ends_with('.'));
            prop_assert!(!is_apart || host.domain() == registrable);
        }
    }

    #[test]
    fn a_self_declared_client_always_has_a_caution(
        name in strategies::name(),
        (address, native) in strategies::address(),
        (home, _) in strategies::address(),
    ) {
        let asked = consent_request(|it| {
            it["client"]["name"] = name.into();
            it["client"]["native"] = native.into();
            it["client"]["client_uri"] = home.into();
            it["redirect_uri"] = address.into();
        });
        if asked.redirect_uri.is_ok() {
            prop_assert!(!identity(&asked, ENGLISH).cautions.is_empty());
        }
    }
}
