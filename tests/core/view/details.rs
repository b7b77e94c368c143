//! Authorization details in words.

use countersign::{
    consent::AuthorizationDetailDescription,
    flow::State,
    messages::{Key, Messages, Text},
    platform::native::Native,
    view::{AuthorizationDetailItem, Body, View},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    strategies,
    testing::{
        driver::{Driver, answering},
        fixtures::*,
        texts,
    },
};

pub(super) fn items_in(details: &Value, messages: &Messages) -> Vec<AuthorizationDetailItem> {
    let answer = consent_with(|it| it["authorization_details"] = details.clone());
    let driver = Driver::open(page(), answering([Ok(outcome(&answer))]));
    assert!(matches!(driver.state(), State::Consent(_)));
    match View::of(&driver.machine, messages, &Native).screen.body {
        Body::Consent(card) => card.authorization_details,
        other => panic!("no card: {other:?}"),
    }
}

/// The title and the lines of one detail, in the order of their labels.
pub(super) fn words_in(detail: &Value, messages: &Messages) -> Vec<String> {
    let items = items_in(&json!([detail]), messages);
    let mut lines: Vec<String> =
        items[0].lines.iter().map(|(label, value)| format!("{label}: {value}")).collect();
    lines.sort();
    std::iter::once(items[0].title.plain()).chain(lines).collect()
}

pub(super) fn words(detail: &Value) -> Vec<String> {
    words_in(detail, &Messages::default())
}

pub(super) fn german() -> Messages {
    let file = include_str!("../../../messages/de.json");
    Messages::default().in_language("de", Messages::read(file, &Native).unwrap())
}

/// A payment as in RFC 9396 section 2, with these members instead.
pub(super) fn payment(members: &Value) -> Value {
    let mut payment = json!({
        "type": "payment_initiation",
        "instructedAmount": { "currency": "EUR", "amount": "123.50" },
        "creditorName": "Merchant A",
        "creditorAccount": { "iban": "DE02100100109307118603" },
        "remittanceInformationUnstructured": "Ref Number Merchant"
    });
    for (name, value) in members.as_object().unwrap() {
        payment[name] = value.clone();
    }
    payment
}

#[test]
fn account_information_is_its_actions_accounts_and_end() {
    let detail = json!({
        "type": "account_information",
        "actions": ["list_accounts", "read_balances"],
        "access": { "accounts": [{ "iban": "DE02100100109307118603" }, { "maskedPan": "1234xxxx" }] },
        "recurringIndicator": true,
        "validUntil": "2026-12-31",
        "locations": ["https://bank.example/accounts"]
    });
    assert_eq!(
        words(&detail),
        [
            "Account information",
            "Actions: List accounts and Read balances",
            "Applies to: https://bank.example/accounts",
            "Repeated access: Yes",
            "Valid until: 2026-12-31",
            "Your account: DE02 1001 0010 9307 1186 03",
            "Your card: 1234xxxx"
        ]
    );
    let german = words_in(&detail, &german());
    for line in ["Kontoinformationen", "Gültig bis: 2026-12-31", "Wiederholter Zugriff: Ja"] {
        assert!(german.iter().any(|it| it == line), "{line} in {german:?}");
    }
}

#[test]
fn the_place_of_an_item_in_a_list_is_no_word_but_a_name_of_digits_is() {
    let detail = json!({
        "type": "file_access",
        "files": [{ "path": "/a", "limits": { "7": "x" } }, { "path": "/b", "tags": [[{ "n": "y" }]] }]
    });
    assert_eq!(
        words(&detail),
        ["File access", "Files limits 7: x", "Files path: /a", "Files path: /b", "Files tags n: y"]
    );
}

#[test]
fn a_credential_is_its_name() {
    let detail = json!({
        "type": "openid_credential",
        "credential_configuration_id": "UniversityDegreeCredential",
        "claims": [{ "path": ["given_name"] }]
    });
    let lines = ["Credential", "Attribute: given_name", "Name: UniversityDegreeCredential"];
    assert_eq!(words(&detail), lines);
}

#[test]
fn another_type_is_its_members_in_words() {
    let detail = json!({
        "type": "file_access", "valid_until": "2026-12-31", "maxIBANs": 3, "isPublic": false,
        "dailyLimit": { "value": { "amount": "5.00", "currency": "GBP" } }, "note": null
    });
    assert_eq!(
        words(&detail),
        [
            "File access",
            "Daily limit value: 5.00 GBP",
            "Is public: No",
            "Max ibans: 3",
            "Note: null",
            "Valid until: 2026-12-31"
        ]
    );
}

#[test]
fn each_of_several_actions_is_in_the_language_of_the_card() {
    let detail =
        json!({ "type": "account_information", "actions": ["list_accounts", "read_balances"] });
    let words = words_in(&detail, &german());
    assert!(words[1].ends_with(": Konten auflisten und Kontostände ansehen"), "{words:?}");
}

#[test]
fn a_name_that_is_no_identifier_stays_as_it_is() {
    for kind in ["https://scheme.example/filesAnd_more", "urn:x:Some_type", "com.example.Some_pay"]
    {
        let detail = json!({ "type": kind, "actions": ["ordersAll.read_all", "b"], (kind): 1 });
        let words = words(&detail);
        assert_eq!(words[0], kind);
        assert!(words.iter().any(|it| it == "Actions: ordersAll.read_all and B"), "{words:?}");
        let label = if kind.contains(':') { kind } else { "Com example some pay" };
        assert!(words.iter().any(|it| *it == format!("{label}: 1")), "{words:?}");
    }
}

#[test]
fn an_account_number_is_in_groups_whatever_its_check_digits_are() {
    let account = |iban: &str| {
        let words = words(&payment(&json!({ "creditorAccount": { "iban": iban } })));
        words
            .into_iter()
            .find_map(|it| it.strip_prefix("Recipient’s account: ").map(str::to_owned))
            .unwrap()
    };
    assert_eq!(account("NO9386011117947"), "NO93 8601 1117 947");
    assert_eq!(
        account("MT84MALT011000012345MTLCAST001S"),
        "MT84 MALT 0110 0001 2345 MTLC AST0 01S"
    );
    assert_eq!(account("DE02100100109307118604"), "DE02 1001 0010 9307 1186 04");
    assert_eq!(account("de02100100109307118603"), "de02 1001 0010 9307 1186 03");
    let elsewhere = |text: &str| words(&json!({ "type": "x", "to": text })).remove(1);
    assert_eq!(elsewhere("DE02100100109307118603"), "To: DE02 1001 0010 9307 1186 03");
    assert_eq!(elsewhere("DE02100100109307118604"), "To: DE02100100109307118604");
    for other in
        ["DE02 1001", "DE02-1001", "1", "98", "ÄÖ02", "100000000000000000000001", "97\u{0}"]
    {
        assert_eq!(account(other), other.trim_end_matches('\u{0}'));
    }
}

#[test]
fn a_text_that_reads_like_a_truth_value_is_in_quotation_marks() {
    let detail = json!({ "type": "x", "a": true, "b": "true", "c": false, "d": "false" });
    assert_eq!(words(&detail), ["X", "A: Yes", "B: \"true\"", "C: No", "D: \"false\""]);
}

#[test]
fn of_two_members_with_one_name_the_one_that_is_sent_back_is_shown() {
    let text = r#"{"type":"x","amount":"1","amount":"1000"}"#;
    let detail = countersign::consent::AuthorizationDetail::parse(text, &Native).unwrap();
    assert_eq!(detail.members, [("amount".to_owned(), "1000".to_owned())]);
    assert_eq!(serde_json::from_str::<Value>(&detail.json).unwrap()["amount"], "1000");
}

#[test]
fn a_host_s_description_replaces_the_words_and_not_the_detail() {
    let detail = json!({ "type": "print_job", "pages": 3 });
    let answer = consent_with(|it| it["authorization_details"] = json!([detail]));
    let mut card = crate::testing::views::card(&answer);
    let json = card.authorization_details[0].json.clone();
    card.describe_authorization_details(|_| {
        Some(AuthorizationDetailDescription { title: "Print".into(), lines: Vec::new() })
    });
    let item = &card.authorization_details[0];
    assert_eq!((&item.title, &item.lines), (&Text::value("Print"), &Vec::new()));
    assert_eq!(item.json, json);
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), detail);
}

#[test]
fn a_host_s_description_takes_nothing_from_a_payment() {
    let shapes = [json!({}), json!({ "creditorName": "Route 66" }), json!({ "creditorName": "" })];
    for shape in shapes {
        let answer = consent_with(|it| it["authorization_details"] = json!([payment(&shape)]));
        let mut card = crate::testing::views::card(&answer);
        let before = card.authorization_details[0].clone();
        card.describe_authorization_details(|_| {
            let lines = vec![("From".to_owned(), "Savings".to_owned())];
            Some(AuthorizationDetailDescription { title: "Pay once".into(), lines })
        });
        let item = &card.authorization_details[0];
        let own =
            [("", "Pay once"), ("From", "Savings")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(item.title, before.title);
        assert_eq!(item.lines, [&own[..], &before.lines].concat());
    }
}

#[test]
fn a_host_can_name_its_own_members() {
    let messages =
        Messages::default().with(Key::ConsentDetailWords, "print=Print job|pages=Sheets");
    let lines = words_in(&json!({ "type": "print", "pages": 3, "isColor": true }), &messages);
    assert_eq!(lines, ["Print job", "Is color: True", "Sheets: 3"]);
}

#[test]
fn what_moves_money_or_opens_accounts_and_cards_is_sensitive() {
    let iban = "DE02100100109307118603";
    for (detail, is_sensitive) in [
        (payment(&json!({})), true),
        (json!({ "type": "payment_initiation" }), true),
        (json!({ "type": "com.example.payments" }), true),
        (json!({ "type": "account_information" }), true),
        (json!({ "type": "x", "limit": { "amount": "5.00", "currency": "EUR" } }), true),
        (json!({ "type": "x", "a": [{ "b": { "maskedPan": "1234xxxx" } }] }), true),
        (json!({ "type": "x", "from": iban }), true),
        (json!({ "type": "x", "from": ["y", iban] }), true),
        (json!({ "type": "x", "iban": "unknown" }), true),
        // The check digits are right, as they are of one in 97 values, and the country is none.
        (json!({ "type": "x", "reference": "refe0051" }), false),
        (json!({ "type": "x", "reference": "x0000000000033abcde" }), false),
        (json!({ "type": "x", "say": "\"currency\": 1, \"type\": \"payment\"" }), false),
        (json!({ "type": "openid_credential", "claims": [{ "path": ["iban"] }] }), false),
        (json!({ "type": "storage_access", "limit": "5 GB", "actions": ["read"] }), false),
    ] {
        let items = items_in(&json!([detail]), &Messages::default());
        assert_eq!(items[0].sensitive, is_sensitive, "{detail}");
    }
}

#[test]
fn an_action_with_a_number_between_dots_keeps_it() {
    let detail = json!({ "type": "x", "actions": ["photos.0.read"], "files": [{ "name": "a" }] });
    assert_eq!(words(&detail), ["X", "Actions: photos.0.read", "Files name: a"]);
}

#[test]
fn lists_are_written_as_the_language_writes_them() {
    let detail = json!({ "type": "x", "actions": ["read", "write"], "files": ["a, b", "c", 1] });
    assert_eq!(words(&detail), ["X", "Actions: Read and Write", "Files: a, b, c, and 1"]);
    let japanese = Messages::default().in_language("ja", Vec::new());
    assert_eq!(words_in(&detail, &japanese)[1], "Actions: Read、Write");
}

fn hostile() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        strategies::text().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        Just(Value::Null),
        "[0-9.,eE+-]{0,8}".prop_map(Value::from),
    ];
    let names = "instructedAmount|creditorName|amount|currency|actions|[a-zA-Z_.]{1,6}";
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(names, inner, 0..4)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// The texts and numbers of a value.
fn leaves(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(leaves).collect(),
        Value::Object(members) => members.values().flat_map(leaves).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

/// The letters and digits of a text, without what cleaning removes.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_ascii_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

proptest! {
    #[test]
    fn every_value_of_any_detail_is_in_its_words(
        members in proptest::collection::btree_map(
            "instructedAmount|creditorName|amount|actions|[a-zA-Z_]{1,6}", hostile(), 0..5
        ),
        is_payment in any::<bool>(),
    ) {
        let mut asked: Value = members.clone().into_iter().filter(|(name, _)| name != "type").collect();
        asked["type"] = if is_payment { "payment_initiation" } else { "other" }.into();
        let answer = consent_with(|it| it["authorization_details"] = json!([asked]));
        let driver = Driver::open(page(), answering([Ok(outcome(&answer))]));
        let view = driver.view();
        for text in texts::of(&view) {
            prop_assert!(!strategies::changes_others(&text), "{:?}", text);
        }
        let Body::Consent(card) = view.screen.body else { panic!("a card") };
        let item = &card.authorization_details[0];
        let lines: String = item.lines.iter().map(|(label, value)| format!("{label}{value}")).collect();
        let shown = letters(&(item.title.plain() + &lines));
        for (name, value) in members.iter().filter(|(name, _)| *name != "type") {
            for leaf in leaves(value) {
                prop_assert!(shown.contains(&letters(&leaf)), "{} of {} in {}", leaf, name, shown);
            }
        }
    }
}
