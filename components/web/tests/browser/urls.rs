//! The browser's parser of URLs, on the vectors of the native tests.

use countersign::{
    platform::Platform,
    protocol::{
        AddressKind, LoginHandOff, LoginPage, LoginReason, RawQuery, RedirectTarget, RequestRef,
        TransactionId, UnsafeAddress,
    },
};
use countersign_web::Browser;
use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::script::pairs;

fn vectors(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

fn refusal(word: &str) -> UnsafeAddress {
    match word {
        "malformed" => UnsafeAddress::Malformed,
        "scheme" => UnsafeAddress::Scheme,
        "insecure" => UnsafeAddress::Insecure,
        "not_native" => UnsafeAddress::NotNative,
        "credentials" => UnsafeAddress::Credentials,
        other => panic!("{other}"),
    }
}

fn kind(word: &str) -> AddressKind {
    match word {
        "web" => AddressKind::Web,
        "loopback" => AddressKind::Loopback,
        "app" => AddressKind::App,
        other => panic!("{other}"),
    }
}

/// The value of a vector for browsers: from a column of its own if it differs.
fn column<'a>(vector: &'a Value, name: &str) -> Option<&'a str> {
    let own = vector.get("browser").unwrap_or(vector);
    own[name].as_str()
}

#[wasm_bindgen_test]
fn every_address_is_opened_or_refused_as_its_vector_says() {
    for vector in vectors(include_str!("../../../../tests/vectors/redirect.json")) {
        let (name, address) = (&vector["name"], vector["address"].as_str().unwrap());
        let native = vector["native"].as_bool().unwrap_or(false);
        let checked = RedirectTarget::check(address, native, &Browser);
        if let Some(word) = column(&vector, "refused") {
            assert_eq!(checked, Err(refusal(word)), "{name}");
            continue;
        }
        let target = checked.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(target.kind(), kind(column(&vector, "kind").unwrap()), "{name}");
        assert_eq!(Some(target.host()), column(&vector, "host"), "{name}");
        assert_eq!(target.as_str(), address, "{name}");
    }
}

#[wasm_bindgen_test]
fn every_way_to_the_login_page_is_as_its_vector_says() {
    for vector in vectors(include_str!("../../../../tests/vectors/return-to.json")) {
        let text = |name: &str| column(&vector, name);
        let return_to = match text("transaction") {
            Some(id) => RequestRef::Transaction(TransactionId::new(id)),
            None => RequestRef::Query(RawQuery::new(text("query").unwrap())),
        };
        let default = LoginPage::default();
        let login = LoginPage {
            url: text("login_url").map_or(default.url, Into::into),
            return_to_param: text("return_to_param").map_or(default.return_to_param, Into::into),
        };
        let made = login.address(&hand_off(return_to), text("page").unwrap(), &Browser).unwrap();
        assert_eq!(Some(made.as_str()), text("login"), "{}", vector["name"]);
    }
}

#[wasm_bindgen_test]
fn the_core_reads_a_query_as_the_browser_does() {
    for vector in vectors(include_str!("../../../../tests/vectors/query.json")) {
        let query = vector["query"].as_str().unwrap();
        let read: Value = serde_json::from_str(&pairs(query)).unwrap();
        assert_eq!(read, vector["pairs"], "{}", vector["name"]);
        let own = RawQuery::new(query).parse().unwrap();
        let own: Vec<_> = own.pairs().map(|(name, value)| [name, value]).collect();
        assert_eq!(serde_json::json!(own), read, "{}", vector["name"]);
    }
}

const PAGE: &str = "https://as.example/oauth/authorize?client_id=printer";
const HARD: &str = "a+b/c=&d#e %";

fn hand_off(return_to: RequestRef) -> LoginHandOff {
    LoginHandOff {
        return_to,
        reason: LoginReason::NoSession,
        login_hint: None,
        ui_locales: Vec::new(),
        acr_values: None,
    }
}

/// A parameter of an address, as the next page reads it.
fn parameter(address: &str, name: &str) -> String {
    let url = Browser.parse_url(address, Some(PAGE)).unwrap();
    let read: Vec<(String, String)> = serde_json::from_str(&pairs(&url.search)).unwrap();
    let found = read.into_iter().find(|(other, _)| other == name);
    found.unwrap().1
}

#[wasm_bindgen_test]
fn a_hard_value_comes_back_byte_for_byte() {
    for value in [HARD, "", "%41", "é日😀", "\r\n\0", "\u{feff}x", "&=?#+ "] {
        let address =
            Browser.set_query("/login?a=1&state=old#top", PAGE, &[("state", value)]).unwrap();
        assert_eq!(parameter(&address, "state"), value);
        assert_eq!(parameter(&address, "a"), "1");
        assert!(address.ends_with("#top"));
    }
}

#[wasm_bindgen_test]
fn a_hard_state_comes_back_from_the_login_page_byte_for_byte() {
    let request = Browser.set_query(PAGE, PAGE, &[("state", HARD)]).unwrap();
    let query = Browser.parse_url(&request, None).unwrap().search;
    let raw = RawQuery::new(query.clone());
    let login = LoginPage::default()
        .address(&hand_off(RequestRef::Query(raw)), &request, &Browser)
        .unwrap();
    let back = parameter(login.as_str(), "return_to");
    let returned = Browser.parse_url(&back, Some(PAGE)).unwrap();
    assert_eq!(returned.search, query);
    assert_eq!(parameter(&back, "state"), HARD);
}

#[wasm_bindgen_test]
fn what_is_no_address_is_none() {
    for text in ["", "x", "https://", "//a b"] {
        assert_eq!(Browser.parse_url(text, None), None, "{text}");
    }
    assert_eq!(Browser.parse_url("x", Some("not an address")), None);
    assert_eq!(Browser.set_query("x", "not an address", &[]), None);
}
