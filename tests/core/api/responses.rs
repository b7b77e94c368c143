//! Responses of the backend.

use crate::testing::{briefly, fixtures::*, vectors};
use countersign::{
    api::client,
    backend::{LogoutOutcome, Outcome, WireError},
    consent::{OrganizationStatus, Party, Registration},
    platform::native::Native,
    protocol::{LoginReason, UnsafeAddress},
};
use proptest::prelude::*;
use serde_json::{Value, json};

pub(super) fn read(answer: &Value) -> Result<Outcome, WireError> {
    client::read_outcome(&answer.to_string(), &Native, &Native)
}

fn read_logout(answer: &Value) -> Result<LogoutOutcome, WireError> {
    client::read_logout_outcome(&answer.to_string(), &Native, &Native)
}

/// A consent response with all optional members.
pub(super) fn full_json() -> Value {
    let mut answer = organization_consent();
    answer["site_name"] = "Harbor".into();
    let client = json!({
        "description": "Prints", "logo_uri": "/logos/1", "client_uri": "https://printer.example/",
        "policy_uri": "https://printer.example/p", "tos_uri": "https://printer.example/t",
        "registrable_domain": "printer.example"
    });
    answer["client"].as_object_mut().unwrap().extend(client.as_object().unwrap().clone());
    answer["account"]["picture"] = "/pictures/1".into();
    answer["organization"]["slug"] = "acme".into();
    answer["organization"]["logo_uri"] = "/logos/acme".into();
    answer["scopes"][1] = json!({
        "scope": "photos.read", "title": "See", "description": "Your photos", "group": "Photos",
        "resource": "https://api.example/", "grantable": true, "required": false, "granted": true, "sensitive": true
    });
    answer["resources"] = json!([{ "resource": "https://api.example/", "name": "Photos" }]);
    answer["authorization_details"] =
        json!([{ "type": "payment", "amount": 5, "to": { "name": "Ada" } }]);
    answer
}

#[test]
fn every_vector_has_the_expected_outcome() {
    for vector in vectors(include_str!("../../vectors/answers.json")) {
        let text = match &vector["text"] {
            Value::String(text) => text.clone(),
            _ => vector["answer"].to_string(),
        };
        let outcome = if vector["call"] == "logout" {
            client::read_logout_outcome(&text, &Native, &Native)
                .map(|outcome| logout_word(&outcome))
        } else {
            client::read_outcome(&text, &Native, &Native).map(|outcome| word(&outcome))
        };
        let outcome = outcome.map_err(|error| briefly(&error));
        let expected = match &vector["error"] {
            Value::String(error) => Err(error.clone()),
            _ => Ok(vector["outcome"].as_str().unwrap()),
        };
        assert_eq!(outcome, expected, "{}", vector["name"]);
    }
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Consent(asked) if asked.redirect_uri.is_err() => "consent, unsafe address",
        Outcome::Consent(_) => "consent",
        Outcome::Redirect(Ok(_)) => "redirect",
        Outcome::Redirect(Err(_)) => "redirect, unsafe address",
        Outcome::Login(_) => "login",
        Outcome::Error(_) => "error",
        _ => "unusable",
    }
}

fn logout_word(outcome: &LogoutOutcome) -> &'static str {
    match outcome {
        LogoutOutcome::Confirm(_) => "confirm",
        LogoutOutcome::Redirect(Ok(_)) => "redirect",
        LogoutOutcome::Redirect(Err(_)) => "redirect, unsafe address",
        LogoutOutcome::SignedOut => "signed_out",
        LogoutOutcome::Stayed => "stayed",
        LogoutOutcome::Error(_) => "error",
        _ => "unusable",
    }
}

#[test]
fn a_full_consent_response_is_read_completely() {
    let Ok(Outcome::Consent(asked)) = read(&full_json()) else { panic!("no consent") };
    assert_eq!(asked.transaction, Some(countersign::protocol::TransactionId::new("T1")));
    assert_eq!(asked.expires_at, EXPIRES_AT);
    assert_eq!(asked.site_name.as_deref(), Some("Harbor"));
    let client = &asked.client;
    assert_eq!((client.party, client.registration), (Party::Third, Registration::Dynamic));
    assert_eq!((client.verified, client.native), (false, false));
    assert_eq!(client.logo_uri.as_deref(), Some("/logos/1"));
    assert_eq!(client.registrable_domain.as_deref(), Some("printer.example"));
    assert_eq!(asked.account.picture.as_deref(), Some("/pictures/1"));
    assert_eq!(asked.organization.as_ref().unwrap().status, OrganizationStatus::Allowed);
    assert_eq!(asked.organizations.len(), 4);
    let scope = &asked.scopes[1];
    assert_eq!(scope.title.as_deref(), Some("See"));
    assert_eq!(scope.group.as_deref(), Some("Photos"));
    assert_eq!(
        (scope.grantable, scope.required, scope.granted, scope.sensitive),
        (true, false, true, true)
    );
    assert_eq!(asked.resources[0].name.as_deref(), Some("Photos"));
    let detail = &asked.authorization_details[0];
    assert_eq!(detail.kind, "payment");
    let members = [("amount", "5"), ("to.name", "Ada")];
    assert_eq!(detail.members, members.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(asked.redirect_uri.as_ref().unwrap().as_str(), "https://printer.example/cb");
    assert!(asked.can_narrow && asked.can_remember());
    assert_eq!(asked.version, Some(countersign::protocol::CardVersion::new("V1")));
    assert!(!asked.remember_ticked && !asked.scopes[1].unticked);
}

#[test]
fn what_was_chosen_before_a_sign_in_is_read() {
    let mut answer = full_json();
    answer["remember_ticked"] = true.into();
    answer["scopes"][1]["unticked"] = true.into();
    let Ok(Outcome::Consent(asked)) = read(&answer) else { panic!("no consent") };
    assert!(asked.remember_ticked && asked.scopes[1].unticked && !asked.scopes[0].unticked);
}

#[test]
fn a_scope_that_is_listed_twice_for_one_resource_is_one_row() {
    let mut answer = full_json();
    let scope = |name: &str, resource: Option<&str>, title: &str| {
        let mut scope = plain_scope(name, false);
        scope["title"] = title.into();
        scope["resource"] = json!(resource);
        scope
    };
    answer["scopes"] = json!([
        scope("read", Some("https://a.example/"), "first"),
        scope("openid", None, "second"),
        scope("read", Some("https://b.example/"), "third"),
        scope("read", Some("https://a.example/"), "again"),
        scope("read", None, "fourth"),
        scope("openid", None, "again")
    ]);
    let Ok(Outcome::Consent(asked)) = read(&answer) else { panic!("no consent") };
    let titles: Vec<_> = asked.scopes.iter().filter_map(|it| it.title.as_deref()).collect();
    assert_eq!(titles, ["first", "second", "third", "fourth"]);
}

#[test]
fn of_two_entries_for_one_scope_the_more_careful_one_counts_in_any_order() {
    let bold = json!({ "granted": true });
    let careful = json!({
        "grantable": false, "required": true, "sensitive": true, "unticked": true, "implies": ["read"]
    });
    for [first, second] in [[&bold, &careful], [&careful, &bold]] {
        let mut answer = full_json();
        answer["scopes"] =
            json!([scope("write", first), scope("read", &json!({})), scope("write", second)]);
        let Ok(Outcome::Consent(asked)) = read(&answer) else { panic!("no consent") };
        let [write, read] = &*asked.scopes else { panic!("two rows") };
        assert!(!write.grantable && write.required && write.sensitive && write.unticked);
        assert!(!write.granted && write.implies.contains(&read.scope));
    }
}

#[test]
fn an_address_may_carry_the_longest_state_of_a_request() {
    // Each of its 8 KiB is an escape, besides a long address and the code.
    let address =
        format!("https://printer.example/{}?code=1&state={}", "p".repeat(8192), "%00".repeat(8192));
    let answer = json!({ "outcome": "redirect", "redirect_uri": address });
    match read(&answer) {
        Ok(Outcome::Redirect(Ok(target))) => assert_eq!(target.as_str(), address),
        other => panic!("{other:?}"),
    }
    let endless = json!({ "outcome": "redirect", "redirect_uri": format!("https://x/{}", "p".repeat(70_000)) });
    assert_eq!(briefly(&read(&endless).unwrap_err()), "redirect_uri: too long");
}

#[test]
fn a_picture_from_another_origin_is_ignored() {
    let pictures = [
        ("/logos/1", true),
        ("/logos/1?x#y", true),
        ("logos/1", false),
        ("//evil.example/1", false),
        ("/\\evil.example/1", false),
        ("/\t/evil.example/1", false),
        ("https://evil.example/1", false),
        ("data:image/svg+xml,x", false),
        ("", false),
    ];
    for (path, shown) in pictures {
        let mut answer = full_json();
        answer["client"]["logo_uri"] = path.into();
        answer["account"]["picture"] = path.into();
        answer["organization"]["logo_uri"] = path.into();
        let Ok(Outcome::Consent(asked)) = read(&answer) else { panic!("{path}") };
        let expected = shown.then(|| path.to_owned());
        assert_eq!(asked.client.logo_uri, expected, "{path}");
        assert_eq!(asked.account.picture, expected, "{path}");
        assert_eq!(asked.organization.unwrap().logo_uri, expected, "{path}");
    }
}

#[test]
fn a_private_scheme_requires_a_native_client() {
    let app = |native: Option<bool>| {
        let mut answer =
            json!({ "outcome": "redirect", "redirect_uri": "com.example.printer:/cb" });
        if let Some(native) = native {
            answer["native"] = native.into();
        }
        match read(&answer) {
            Ok(Outcome::Redirect(address)) => address.map(|it| it.as_str().to_owned()),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(app(Some(true)), Ok("com.example.printer:/cb".to_owned()));
    assert_eq!(app(Some(false)), Err(UnsafeAddress::NotNative));
    assert_eq!(app(None), Err(UnsafeAddress::NotNative));
    let asked = consent_request(|it| {
        it["redirect_uri"] = "com.example.printer:/cb".into();
        it["client"]["native"] = true.into();
    });
    assert!(asked.redirect_uri.is_ok());
}

#[test]
fn a_login_response_is_read_completely_and_its_count_is_checked() {
    let answer = json!({
        "outcome": "login", "reason": "max_age", "transaction": "T1", "attempt": 2,
        "login_hint": "ada@example.com", "acr_values": "urn:a urn:b"
    });
    let Ok(Outcome::Login(login)) = read(&answer) else { panic!("no login") };
    assert_eq!((login.reason, login.sign_in_count), (LoginReason::MaxAge, 2));
    assert_eq!(login.transaction.unwrap().secret(), "T1");
    assert_eq!(login.login_hint.unwrap().secret(), "ada@example.com");
    assert_eq!(login.acr_values.as_deref(), Some("urn:a urn:b"));
    for bad in [json!(0), json!(-1), json!(0.5), json!(1e9)] {
        let answer = json!({ "outcome": "login", "reason": "create", "attempt": bad });
        assert_eq!(briefly(&read(&answer).unwrap_err()), "attempt: of an unknown value", "{bad}");
    }
}

#[test]
fn an_empty_transaction_of_a_login_response_is_none() {
    let answer = json!({ "outcome": "login", "reason": "create", "attempt": 1, "transaction": "" });
    let Ok(Outcome::Login(login)) = read(&answer) else { panic!("no login") };
    assert_eq!(login.transaction, None);
}

#[test]
fn every_login_reason_is_read() {
    for reason in LoginReason::ALL {
        let answer = json!({ "outcome": "login", "reason": reason.as_str(), "attempt": 1 });
        assert!(matches!(read(&answer), Ok(Outcome::Login(login)) if login.reason == reason));
    }
}

#[test]
fn a_logout_confirmation_names_its_missing_member() {
    assert!(matches!(read_logout(&confirmation()), Ok(LogoutOutcome::Confirm(_))));
    for name in ["outcome", "logout", "account", "expires_at"] {
        let mut answer = confirmation();
        answer.as_object_mut().unwrap().remove(name);
        assert_eq!(briefly(&read_logout(&answer).unwrap_err()), format!("{name}: missing"));
    }
    let mut answer = confirmation();
    answer.as_object_mut().unwrap().remove("client");
    assert!(matches!(read_logout(&answer), Ok(LogoutOutcome::Confirm(it)) if it.client.is_none()));
    answer["site_name"] = "Harbor".into();
    let Ok(LogoutOutcome::Confirm(asked)) = read_logout(&answer) else { panic!("a question") };
    assert_eq!(asked.site_name.as_deref(), Some("Harbor"));
}

proptest! {
    #[test]
    fn reading_a_response_never_panics(text in "\\PC{0,80}") {
        let _ = client::read_outcome(&text, &Native, &Native);
        let _ = client::read_logout_outcome(&text, &Native, &Native);
    }

    #[test]
    fn reading_a_damaged_response_never_panics(place in 0..2000_usize, by in "[\\[\\]{}\",:0-9a-z]{0,3}") {
        let text = full_json().to_string();
        let place = place % text.len();
        let damaged = format!("{}{by}{}", &text[..place], &text[(place + by.len()).min(text.len())..]);
        let _ = client::read_outcome(&damaged, &Native, &Native);
    }
}
