//! The browser's parser of JSON, on the vectors of the native tests.

use countersign::{
    api::client::{read_logout_outcome, read_outcome},
    backend::{LogoutOutcome, Outcome},
    platform::Json,
};
use countersign_web::Browser;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

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

#[wasm_bindgen_test]
fn every_answer_is_read_as_its_vector_says() {
    let vectors: Vec<Value> =
        serde_json::from_str(include_str!("../../../../tests/vectors/answers.json")).unwrap();
    for vector in vectors {
        let text = match &vector["text"] {
            Value::String(text) => text.clone(),
            _ => vector["answer"].to_string(),
        };
        let read = if vector["call"] == "logout" {
            read_logout_outcome(&text, &Browser, &Browser).map(|it| logout_word(&it))
        } else {
            read_outcome(&text, &Browser, &Browser).map(|it| word(&it))
        };
        let expected = match &vector["error"] {
            Value::String(error) => Err(error.clone()),
            _ => Ok(vector["outcome"].as_str().unwrap()),
        };
        let read = read.map_err(|error| crate::testing::briefly(&error));
        assert_eq!(read, expected, "{}", vector["name"]);
    }
}

#[wasm_bindgen_test]
fn a_value_is_what_it_is_and_nothing_else() {
    for (value, kind) in [
        (json!(null), "null"),
        (json!("é\u{0}\"😀"), "text"),
        (json!(-1.5), "number"),
        (json!(9_007_199_254_740_991_i64), "number"),
        (json!(false), "boolean"),
        (json!([1, [null]]), "items"),
        (json!({ "a": { "b": [] }, "": 1 }), "members"),
    ] {
        let read = Browser.parse(&value.to_string()).unwrap();
        assert_eq!(read.is_null(), kind == "null", "{value}");
        assert_eq!(read.text().as_deref(), value.as_str(), "{value}");
        assert_eq!(read.number(), value.as_f64(), "{value}");
        assert_eq!(read.boolean(), value.as_bool(), "{value}");
        let items = read.items().map(|items| items.len());
        assert_eq!(items, value.as_array().map(Vec::len), "{value}");
        let names = value.as_object().map(|it| it.keys().cloned().collect());
        let mut read_names = read.names();
        read_names.iter_mut().for_each(|it| it.sort());
        assert_eq!(read_names, names, "{value}");
        let again: Value = serde_json::from_str(&read.to_json()).unwrap();
        assert_eq!(again, value);
    }
}

#[wasm_bindgen_test]
fn what_every_object_has_is_no_member() {
    let read = Browser.parse(r#"{"own":1}"#).unwrap();
    for inherited in ["constructor", "toString", "__proto__", "hasOwnProperty"] {
        assert!(read.member(inherited).is_none(), "{inherited}");
    }
    assert!(read.member("own").is_some());
}

#[wasm_bindgen_test]
fn what_is_not_json_is_none() {
    for text in ["", "{", "undefined", "NaN", "{}{}", "'a'", "\u{feff}{}"] {
        assert!(Browser.parse(text).is_none(), "{text}");
    }
}
