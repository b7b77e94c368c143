//! The same as in the kit in TypeScript, by `tests/vectors/server/addresses.json`.

#![cfg(test)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use serde_json::{Value, json};

use super::*;

const SITE: &str = "https://site.example";

fn entries(name: &str) -> Vec<Value> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/server/addresses.json");
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let list = vectors[name].as_array().unwrap();
    assert!(!list.is_empty(), "{name}");
    list.clone()
}

fn known<'a>(entry: &'a Value, engine: &'a [String]) -> Known<'a> {
    Known {
        origin: SITE,
        engine,
        card: entry["card"].as_str(),
        native: entry["known_native"] == true,
        is_ours: entry["is_ours"] == true,
    }
}

fn engine() -> Vec<String> {
    vec!["https://engine.example:8443".to_owned()]
}

#[test]
fn an_address_is_the_same_in_both_kits() {
    for entry in entries("addresses") {
        let text = entry["text"].as_str().unwrap();
        let mut found = json!({
            "text": text,
            "native": is_native_address(text),
            "usable": is_usable(text),
            "link": safe_link(Some(text)).is_some(),
        });
        if let Some(host) = host_name(text) {
            found["host"] = host.into();
        }
        assert_eq!(found, entry);
    }
}

#[test]
fn a_path_of_the_host_is_the_same_in_both_kits() {
    for entry in entries("paths") {
        assert_eq!(
            Value::from(own_path(entry["text"].as_str()).is_some()),
            entry["own"],
            "{entry}"
        );
    }
}

#[test]
fn an_address_of_the_engine_is_allowed_or_not_in_both_kits() {
    let engine = engine();
    for entry in entries("destinations") {
        let mut destination = Destination::new(entry["to"].as_str().unwrap());
        destination.native = entry["native"] == true;
        destination.intermediate = entry["intermediate"] == true;
        let found = match check_destination(&destination, known(&entry, &engine)) {
            Ok(Redirect { native, intermediate }) => {
                json!({ "native": native, "intermediate": intermediate })
            }
            Err(error) => {
                assert!(matches!(error, CallError::UncheckedAddress));
                Value::Null
            }
        };
        assert_eq!(found, entry["redirect"], "{entry}");
    }
}

#[test]
fn a_form_of_the_engine_is_allowed_or_not_in_both_kits() {
    let engine = engine();
    for entry in entries("forms") {
        let form = EndingForm::new(entry["action"].as_str().unwrap(), Vec::new());
        let owner = check_form(&form, known(&entry, &engine)).ok();
        let name = owner.map(|owner| match owner {
            FormOwner::Site => "site",
            FormOwner::Engine => "engine",
            FormOwner::Client => "client",
        });
        assert_eq!(json!(name), entry["owner"], "{entry}");
    }
}

#[test]
fn an_error_for_the_client_is_the_same_in_both_kits() {
    for entry in entries("errors") {
        let error = ClientError {
            error: "access_denied",
            description: entry["description"].as_str(),
            state: entry["state"].as_str(),
            iss: entry["iss"].as_str(),
            response_mode: entry["response_mode"].as_str(),
        };
        let found = match error_ending(entry["redirect_uri"].as_str().unwrap(), &error) {
            Ending::To(destination) => {
                assert_eq!(
                    destination.native,
                    entry["native"].as_bool().unwrap_or_default(),
                    "{entry}"
                );
                json!(destination.to)
            }
            Ending::Form(form) => json!({ "action": form.action, "fields": form.fields }),
        };
        assert_eq!(found, entry["ending"], "{entry}");
    }
}
