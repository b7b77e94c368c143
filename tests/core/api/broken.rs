//! What a backend's developer is told about each mistake.

use countersign::{api::HttpResponse, protocol::LoginReason};
use serde_json::Value;

use super::{
    client::{json_answer, start},
    responses::full_json,
};
use crate::testing::{
    briefly,
    driver::{Driver, answering},
    fixtures::page,
    vectors,
};

/// The response of a vector: its own, or a consent with one change.
fn response(vector: &Value) -> HttpResponse {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    if let Some(reply) = vector.get("reply") {
        return HttpResponse {
            status: u16::try_from(reply["status"].as_u64().unwrap()).unwrap(),
            content_type: text(&reply["type"]),
            body: text(&reply["body"]),
            ..HttpResponse::default()
        };
    }
    let mut answer = full_json();
    if let Some(pointer) = vector.get("remove") {
        let (parent, member) = pointer.as_str().unwrap().rsplit_once('/').unwrap();
        answer.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(member).unwrap();
    }
    if let Some(set) = vector.get("set") {
        *answer.pointer_mut(set[0].as_str().unwrap()).unwrap() = set[1].clone();
    }
    json_answer(&answer)
}

#[test]
fn every_mistake_of_a_backend_is_told_by_its_status_its_path_and_what_was_expected() {
    let vectors = vectors(include_str!("../../vectors/broken.json"));
    assert!(vectors.len() >= 30);
    for vector in vectors {
        let name = &vector["name"];
        let driver = Driver::open(page(), answering([start(Ok(response(&vector)))]));
        let [told] = &driver.errors[..] else { panic!("{name}: {:?}", driver.errors) };
        let expected = |member: &str| vector["told"].get(member).and_then(Value::as_str);
        assert_eq!(Some(told.code), expected("code"), "{name}");
        let error = told.error.as_ref().map(briefly);
        let texts = [told.path(), error.as_deref(), told.detail.as_deref()];
        assert_eq!(texts, ["path", "error", "detail"].map(expected), "{name}");
        let more = vector.get("mismatch").and_then(Value::as_str);
        let mismatch = told.error.as_deref().and_then(|text| text.split_once(" ("));
        assert_eq!(mismatch.map(|(_, text)| text.trim_end_matches(')')), more, "{name}");
        let status = vector["told"].get("status").and_then(Value::as_u64).unwrap_or(0);
        // An address is refused after it was read.
        let status = if told.code.starts_with("address_") { 0 } else { status };
        assert_eq!(u64::from(told.status), status, "{name}");
    }
}

#[test]
fn the_reasons_of_a_login_are_told_as_they_are_written() {
    let mut answer = serde_json::json!({ "outcome": "login", "reason": "bored", "attempt": 1 });
    let error = start(Ok(json_answer(&answer))).unwrap_err().to_string();
    let reasons = LoginReason::ALL.map(LoginReason::as_str).join("|");
    let more = format!("(expected {reasons}, got another string)");
    assert_eq!(error, format!("reason: of an unknown value {more}"));
    for reason in LoginReason::ALL {
        answer["reason"] = reason.as_str().into();
        let Ok(countersign::backend::Outcome::Login(login)) = start(Ok(json_answer(&answer)))
        else {
            panic!("{reason:?}")
        };
        assert_eq!(login.reason, reason);
    }
}
