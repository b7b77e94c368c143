//! Addresses that are safe to open.

use countersign::{
    platform::native::Native,
    protocol::{AddressKind, Link, RedirectTarget, UnsafeAddress},
};
use proptest::prelude::*;
use serde_json::Value;

use crate::strategies;
use crate::testing::vectors;

const REFUSALS: [(&str, UnsafeAddress); 5] = [
    ("malformed", UnsafeAddress::Malformed),
    ("scheme", UnsafeAddress::Scheme),
    ("insecure", UnsafeAddress::Insecure),
    ("not_native", UnsafeAddress::NotNative),
    ("credentials", UnsafeAddress::Credentials),
];

const KINDS: [(&str, AddressKind); 3] =
    [("web", AddressKind::Web), ("loopback", AddressKind::Loopback), ("app", AddressKind::App)];

fn by_name<T: Copy>(names: &[(&str, T)], name: &Value) -> T {
    names.iter().find(|(other, _)| name == other).unwrap().1
}

#[test]
fn every_vector_is_accepted_or_refused_as_expected() {
    for vector in vectors(include_str!("../../vectors/redirect.json")) {
        let (name, address) = (&vector["name"], vector["address"].as_str().unwrap());
        let native = vector["native"].as_bool().unwrap_or(false);
        let checked = RedirectTarget::check(address, native, &Native);
        if vector["refused"].is_string() {
            assert_eq!(checked, Err(by_name(&REFUSALS, &vector["refused"])), "{name}");
            continue;
        }
        let target = checked.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(target.kind(), by_name(&KINDS, &vector["kind"]), "{name}");
        assert_eq!(target.host(), vector["host"], "{name}");
        assert_eq!(target.as_str(), address, "{name}: the address itself is not touched");
    }
}

#[test]
fn an_address_that_can_be_registered_is_opened_and_one_that_is_unsafe_is_not() {
    for vector in vectors(include_str!("../../vectors/registration.json")) {
        let (name, address) = (&vector["name"], vector["address"].as_str().unwrap());
        let checked = RedirectTarget::check(address, true, &Native);
        match vector["refused"].as_str() {
            None => assert!(checked.is_ok(), "{name}: {checked:?}"),
            Some("insecure" | "scheme") => {
                assert_eq!(checked, Err(by_name(&REFUSALS, &vector["refused"])), "{name}");
            }
            // The registration refuses more: an answer may have a fragment.
            Some(_) => {}
        }
    }
}

#[test]
fn an_accepted_address_is_absolute_on_any_page() {
    for vector in vectors(include_str!("../../vectors/redirect.json")) {
        let address = vector["address"].as_str().unwrap();
        let native = vector["native"].as_bool().unwrap_or(false);
        if RedirectTarget::check(address, native, &Native).is_ok() {
            for page in
                ["https://as.example/oauth/authorize", "http://localhost:4400/oauth/authorize"]
            {
                let from_page = url::Url::parse(page).unwrap().join(address);
                assert_eq!(from_page, url::Url::parse(address), "{}", vector["name"]);
            }
        }
    }
}

#[test]
fn every_unsafe_address_has_its_own_code() {
    for (_, one) in REFUSALS {
        assert!(one.code().starts_with("address_"));
        assert_eq!(REFUSALS.iter().filter(|(_, other)| other.code() == one.code()).count(), 1);
    }
}

#[test]
fn a_link_must_be_https() {
    let link = |address: &str| Link::check(address, &Native);
    let good = link("https://printer.example:8443/terms?x#y").unwrap();
    assert_eq!(
        (good.as_str(), good.host()),
        ("https://printer.example:8443/terms?x#y", "printer.example:8443")
    );
    let bad = [
        "",
        "terms",
        "/terms",
        "//printer.example/",
        "http://printer.example/",
        "http://localhost/",
        "https:printer.example/terms",
        "https:/terms",
        "https://",
        "https://printer.example@evil.example/",
        "https://printer.example/ x",
        "https://printer.example/\n",
        "https://printer.example/\u{a0}",
        "javascript:alert(1)",
        "com.example.printer:/terms",
    ];
    for address in bad {
        assert_eq!(link(address), None, "{address}");
    }
}

#[test]
fn a_link_and_a_redirect_address_refuse_the_same_characters() {
    let beyond = "\u{ad}\u{1680}\u{180e}\u{200b}\u{2028}\u{202e}\u{3000}\u{feff}";
    for c in ('\0'..='\u{ff}').chain(beyond.chars()) {
        for address in [
            format!("https://printer.example/a{c}b"),
            format!("https://printer.example/{c}"),
            format!("{c}https://printer.example/"),
        ] {
            let link = Link::check(&address, &Native).is_some();
            let redirect = RedirectTarget::check(&address, false, &Native).is_ok();
            assert_eq!(link, redirect, "{address:?}");
            let is_unclear = c.is_control() || c == ' ' || c == '\u{a0}';
            assert!(!(link && is_unclear), "{address:?}");
        }
    }
}

proptest! {
    #[test]
    fn accepted_addresses_satisfy_an_independent_check((address, native) in strategies::address()) {
        if let Ok(target) = RedirectTarget::check(&address, native, &Native) {
            prop_assert!(strategies::may_be_opened(target.as_str(), native), "{}", address);
            prop_assert!(!target.host().is_empty());
            prop_assert!(target.host().chars().all(|c| c.is_ascii_graphic()), "{}", target.host());
        }
    }

    #[test]
    fn accepted_addresses_are_absolute_on_any_page((address, native) in strategies::address()) {
        if RedirectTarget::check(&address, native, &Native).is_ok() {
            let page = url::Url::parse("https://as.example/oauth/authorize?x=1").unwrap();
            prop_assert_eq!(page.join(&address), url::Url::parse(&address));
        }
    }

    #[test]
    fn checking_never_panics(address in any::<String>(), native in any::<bool>()) {
        let _ = RedirectTarget::check(&address, native, &Native);
        let _ = Link::check(&address, &Native);
    }
}
