//! Authorization details as lines.

use countersign::{consent::AuthorizationDetail, platform::native::Native};
use proptest::prelude::*;
use serde_json::{Value, json};

fn detail(value: &Value) -> AuthorizationDetail {
    AuthorizationDetail::parse(&value.to_string(), &Native).unwrap()
}

fn lines(members: &Value) -> Vec<(String, String)> {
    let mut value = members.clone();
    value["type"] = "payment".into();
    detail(&value).members
}

fn expected(lines: &[(&str, &str)]) -> Vec<(String, String)> {
    let lines = lines.iter();
    lines.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn plain_members_have_one_line_each() {
    let members = json!({ "amount": 5.5, "to": "Ada", "now": true, "note": null });
    let lines = lines(&members);
    let said = [("amount", "5.5"), ("note", "null"), ("now", "true"), ("to", "Ada")];
    assert_eq!(lines, expected(&said));
}

#[test]
fn nested_members_are_named_by_their_paths() {
    let members = json!({
        "actions": ["read", "write", 3],
        "accounts": [{ "iban": "DE1" }, { "iban": "DE2", "limits": { "day": 10 } }],
        "rows": [["a", "b"], ["c"]]
    });
    let said = [
        ("accounts.1.iban", "DE1"),
        ("accounts.2.iban", "DE2"),
        ("accounts.2.limits.day", "10"),
        ("actions", "read, write, 3"),
        ("rows.1", "a, b"),
        ("rows.2", "c"),
    ];
    assert_eq!(lines(&members), expected(&said));
}

#[test]
fn an_amount_and_a_currency_alone_are_one_line() {
    let members = json!({
        "a": { "currency": "EUR", "amount": "5.00" },
        "b": { "currency": "EUR", "amount": 5.0 },
        "c": { "currency": "EUR", "amount": "5.00", "per": "day" },
        "d": { "amount": "5.00" }
    });
    let said = [
        ("a", "5.00 EUR"),
        ("b.amount", "5.0"),
        ("b.currency", "EUR"),
        ("c.amount", "5.00"),
        ("c.currency", "EUR"),
        ("c.per", "day"),
        ("d.amount", "5.00"),
    ];
    assert_eq!(lines(&members), expected(&said));
}

#[test]
fn a_text_that_reads_like_a_truth_value_has_quotation_marks() {
    let members = json!({ "a": "true", "b": true, "c": ["false", false] });
    let said = [("a", "\"true\""), ("b", "true"), ("c", "\"false\", false")];
    assert_eq!(lines(&members), expected(&said));
}

#[test]
fn empty_values_are_shown() {
    let members = json!({ "list": [], "object": {}, "text": "", "nested": { "list": [] } });
    let said = [("list", "[]"), ("nested.list", "[]"), ("object", "{}"), ("text", "")];
    assert_eq!(lines(&members), expected(&said));
}

#[test]
fn deeply_nested_members_are_shown_as_json() {
    let deep = (0..40).fold(json!({ "last": "Ada" }), |inner, _| json!({ "x": inner }));
    let lines = lines(&json!({ "a": deep }));
    let [(name, value)] = &lines[..] else { panic!("one line") };
    assert_eq!(name.matches('.').count(), 8);
    assert!(value.contains(r#"{"last":"Ada"}"#), "nothing is left out");
}

#[test]
fn an_authorization_detail_must_be_an_object_with_a_type() {
    for text in ["", "[]", "null", "{}", r#"{"type": 1}"#, r#"{"Type": "a"}"#, "{"] {
        assert_eq!(AuthorizationDetail::parse(text, &Native), None, "{text}");
    }
    assert_eq!(detail(&json!({ "type": "" })).kind, "");
}

/// Any JSON value.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z. ]{0,4}".prop_map(Value::from),
    ];
    leaf.prop_recursive(12, 40, 4, |inner| {
        let members = proptest::collection::btree_map("[a-c.]{0,2}", inner.clone(), 0..4);
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(Value::from),
            members.prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// Every string and number in a value.
fn leaves(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(leaves).collect(),
        Value::Object(members) => members.values().flat_map(leaves).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

proptest! {
    #[test]
    fn every_value_of_an_authorization_detail_is_shown(members in proptest::collection::btree_map("[a-z]{1,3}", value(), 0..4)) {
        let mut asked: Value = members.clone().into_iter().collect();
        asked["type"] = "payment".into();
        let detail = detail(&asked);
        let lines: Vec<String> = detail.members.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let text = lines.join(" ");
        for (name, value) in &members {
            if name != "type" {
                prop_assert!(text.contains(name.as_str()));
                for leaf in leaves(value) {
                    prop_assert!(text.contains(&leaf), "{} in {}", leaf, text);
                }
            }
        }
        let sent: Value = serde_json::from_str(&detail.json).unwrap();
        prop_assert_eq!(sent, asked, "and what is sent back is what came");
    }
}
