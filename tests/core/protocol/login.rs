//! The address of the login page, and the way back.

use countersign::{
    platform::native::Native,
    protocol::{
        HandOffError, Locale, LoginHandOff, LoginHint, LoginPage, LoginReason, RawQuery,
        RequestRef, TransactionId, limits,
    },
};
use proptest::{collection::vec, prelude::*};
use url::Url;

use crate::testing::vectors;

const PAGE: &str = "https://as.example/oauth/authorize?client_id=printer";

fn hand_off(return_to: RequestRef) -> LoginHandOff {
    LoginHandOff {
        return_to,
        reason: LoginReason::NoSession,
        login_hint: None,
        ui_locales: Vec::new(),
        acr_values: None,
    }
}

fn query(text: &str) -> RequestRef {
    RequestRef::Query(RawQuery::new(text))
}

fn address(hand_off: &LoginHandOff, page: &str) -> Url {
    let address = LoginPage::default().address(hand_off, page, &Native).unwrap();
    Url::parse(address.as_str()).unwrap()
}

fn parameter(address: &Url, name: &str) -> Option<String> {
    address.query_pairs().find(|(other, _)| other == name).map(|(_, value)| value.into_owned())
}

/// Where a careful login page redirects to: its own origin with this path and query.
fn back(address: &Url, page: &str) -> Url {
    Url::parse(page).unwrap().join(&parameter(address, "return_to").unwrap()).unwrap()
}

#[test]
fn every_vector_has_the_expected_login_address() {
    for vector in vectors(include_str!("../../vectors/return-to.json")) {
        let text = |name: &str| vector[name].as_str();
        let return_to = match text("transaction") {
            Some(id) => RequestRef::Transaction(TransactionId::new(id)),
            None => query(text("query").unwrap()),
        };
        let mut login = LoginPage::default();
        if let Some(url) = text("login_url") {
            login.url = url.to_owned();
        }
        if let Some(name) = text("return_to_param") {
            login.return_to_param = name.to_owned();
        }
        let made = login.address(&hand_off(return_to), text("page").unwrap(), &Native).unwrap();
        assert_eq!(made.as_str(), text("login").unwrap(), "{}", vector["name"]);
    }
}

#[test]
fn the_login_page_gets_every_parameter() {
    let full = LoginHandOff {
        return_to: query("client_id=printer"),
        reason: LoginReason::MaxAge,
        login_hint: Some(LoginHint::new("ada+x@example.com")),
        ui_locales: ["de-CH", "de"].map(Locale::new).to_vec(),
        acr_values: Some("urn:a urn:b".to_owned()),
    };
    let address = address(&full, PAGE);
    assert_eq!(parameter(&address, "reason").unwrap(), "max_age");
    assert_eq!(parameter(&address, "login_hint").unwrap(), "ada+x@example.com");
    assert_eq!(parameter(&address, "ui_locales").unwrap(), "de-CH de");
    assert_eq!(parameter(&address, "acr_values").unwrap(), "urn:a urn:b");
    let bare = self::address(&hand_off(query("client_id=printer")), PAGE);
    for absent in ["login_hint", "ui_locales", "acr_values"] {
        assert_eq!(parameter(&bare, absent), None);
    }
}

#[test]
fn a_hint_cannot_replace_the_return_address() {
    let hostile = LoginHandOff {
        login_hint: Some(LoginHint::new("x&return_to=//evil.example#")),
        ..hand_off(query("client_id=printer&return_to=//evil.example"))
    };
    let address = address(&hostile, PAGE);
    assert_eq!(address.query_pairs().filter(|(name, _)| name == "return_to").count(), 1);
    assert_eq!(address.fragment(), None);
}

#[test]
fn the_page_of_a_transaction_has_no_other_parameters() {
    let page = TransactionId::new("T 1&x").page_path(PAGE, &Native).unwrap();
    assert_eq!(page, "/oauth/authorize?transaction=T+1%26x");
    assert_eq!(TransactionId::new("T").page_path("not an address", &Native), None);
}

#[test]
fn the_page_of_a_transaction_keeps_languages_and_display() {
    let page = |query: &str| {
        let page = format!("https://as.example/authorize?{query}");
        TransactionId::new("T1").page_path(&page, &Native).unwrap()
    };
    let asked = page("client_id=a&ui_locales=de-CH+de&state=s");
    assert_eq!(asked, "/authorize?transaction=T1&ui_locales=de-CH+de");
    let again = page("transaction=T0&ui_locales=de%20fr");
    assert_eq!(again, "/authorize?transaction=T1&ui_locales=de+fr");
    let popup = page("client_id=a&display=popup&ui_locales=de");
    assert_eq!(popup, "/authorize?transaction=T1&ui_locales=de&display=popup");
    for none in ["client_id=a", "ui_locales=", "ui_locales=de&ui_locales=fr", ""] {
        assert_eq!(page(none), "/authorize?transaction=T1", "{none}");
    }
}

#[test]
fn an_unsafe_login_address_is_refused() {
    for url in [
        "javascript:alert(1)",
        "http://login.example/",
        "https://user@login.example/",
        "app:/login",
        "https://",
    ] {
        let login = LoginPage { url: url.to_owned(), ..LoginPage::default() };
        let made = login.address(&hand_off(query("client_id=a")), PAGE, &Native);
        assert_eq!(made, Err(HandOffError::LoginUrl), "{url}");
    }
}

#[test]
fn a_request_over_4_kib_needs_a_transaction() {
    let long = |length: usize| hand_off(query(&"x".repeat(length)));
    let login = LoginPage::default();
    assert!(login.address(&long(limits::RETURN_TO), PAGE, &Native).is_ok());
    assert_eq!(
        login.address(&long(limits::RETURN_TO + 1), PAGE, &Native),
        Err(HandOffError::TooLong)
    );
}

#[test]
fn every_reason_has_its_own_value() {
    let words =
        ["no_session", "prompt_login", "max_age", "select_account", "create", "account_changed"];
    assert_eq!(LoginReason::ALL.map(LoginReason::as_str), words);
}

proptest! {
    #[test]
    fn the_query_returns_byte_for_byte(state in any::<String>(), more in vec((any::<String>(), any::<String>()), 0..6)) {
        let sent: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", "printer")
            .append_pair("state", &state)
            .extend_pairs(&more)
            .finish();
        prop_assume!(sent.len() <= limits::RETURN_TO);
        let returned = back(&address(&hand_off(query(&sent)), PAGE), PAGE);
        prop_assert_eq!(returned.path(), "/oauth/authorize");
        prop_assert_eq!(returned.query(), Some(sent.as_str()));
        let state_of = |url: &Url| parameter(url, "state");
        prop_assert_eq!(state_of(&returned), Some(state));
    }

    #[test]
    fn any_bytes_in_the_query_return(bytes in vec(any::<u8>(), 0..200)) {
        let escaped: String = bytes.iter().map(|byte| format!("%{byte:02x}")).collect();
        let sent = format!("client_id=printer&state={escaped}");
        let returned = back(&address(&hand_off(query(&sent)), PAGE), PAGE);
        prop_assert_eq!(returned.query(), Some(sent.as_str()));
    }

    #[test]
    fn any_address_returns_as_the_browser_serializes_it(typed in "[^#]{0,80}") {
        // The parser serializes the query like `location.search`.
        let mut page = Url::parse("https://as.example/oauth/authorize").unwrap();
        page.set_query(Some(&typed));
        let sent = page.query().unwrap().to_owned();
        let raw = RawQuery::new(format!("?{sent}"));
        prop_assert_eq!(raw.as_str(), sent.as_str());
        let returned = back(&address(&hand_off(RequestRef::Query(raw)), page.as_str()), page.as_str());
        prop_assert_eq!(returned.query(), Some(sent.as_str()));
    }

    #[test]
    fn the_return_address_stays_on_the_page_s_origin(path in "[/\\\\a-z.@:%2F]{0,30}", id in any::<String>()) {
        let page = format!("https://as.example/{path}");
        if Url::parse(&page).is_ok() {
            for return_to in [query("client_id=printer"), RequestRef::Transaction(TransactionId::new(id.clone()))] {
                let returned = back(&address(&hand_off(return_to), &page), &page);
                prop_assert_eq!(returned.origin().ascii_serialization(), "https://as.example");
            }
        }
    }

    #[test]
    fn any_transaction_returns(id in any::<String>()) {
        let hand_off = hand_off(RequestRef::Transaction(TransactionId::new(id.clone())));
        let returned = back(&address(&hand_off, PAGE), PAGE);
        prop_assert_eq!(parameter(&returned, "transaction"), Some(id));
    }
}
