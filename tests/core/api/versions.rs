//! Versions of the API: this one and the one before.

use countersign::{
    api::{client, server::Version},
    backend::Outcome,
    consent::Remember,
    platform::native::Native,
    protocol::RequestId,
};
use serde_json::{Value, from_str, json};

use crate::testing::fixtures::*;

/// Answers of version 1, with what `remember` means in the current one.
fn first() -> Vec<Value> {
    from_str(include_str!("../../vectors/version-1.json")).unwrap()
}

fn written(version: Version, outcome: &impl serde::Serialize) -> Value {
    from_str(&version.write(outcome, &RequestId::new("R1")).unwrap()).unwrap()
}

#[test]
fn an_answer_of_the_version_before_is_read_and_written() {
    let mut seen = Vec::new();
    for case in first() {
        let (answer, call) = (&case["answer"], case["call"].as_str().unwrap());
        if call == "logout" {
            let text = answer.to_string();
            let outcome = client::read_logout_outcome(&text, &Native, &Native).unwrap();
            assert_eq!(&written(Version::V1, &outcome), answer, "{}", case["name"]);
            continue;
        }
        let outcome = outcome(answer);
        assert_eq!(&written(Version::V1, &outcome), answer, "{}", case["name"]);
        if let Outcome::Consent(request) = outcome {
            let means = match request.remember {
                Remember::Choice => "choice",
                Remember::Always => "always",
                Remember::Never => "never",
            };
            assert_eq!(case["remember"], means, "{}", case["name"]);
            seen.push(means);
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, ["choice", "never"]);
}

#[test]
fn a_page_of_the_version_before_gets_what_it_can_read() {
    for (remember, before) in [("choice", true), ("always", false), ("never", false)] {
        let answer = consent_with(|it| it["remember"] = remember.into());
        let expected = consent_with(|it| it["remember"] = before.into());
        assert_eq!(written(Version::V1, &outcome(&answer)), expected);
        assert_eq!(written(Version::V2, &outcome(&answer)), answer);
    }
    let error = json!({ "outcome": "error", "error": "unsupported", "request_id": "R1" });
    let form = outcome(&post_answer("https://as.example/consent"));
    assert_eq!(written(Version::V1, &form), error);
    let unsupported = logout_outcome(&json!({ "outcome": "unsupported" }));
    assert_eq!(written(Version::V1, &unsupported), error);
}

#[test]
fn an_unsafe_address_is_written_in_no_version() {
    let unsafe_form = outcome(&post_answer("http://as.example/"));
    for version in [Version::V1, Version::V2] {
        assert!(version.write(&unsafe_form, &RequestId::new("R1")).is_err());
    }
}

#[test]
fn a_page_says_which_version_it_reads() {
    for (accept, version) in [
        ("application/json;v=2", Version::V2),
        ("application/json; v=2", Version::V2),
        ("Application/JSON; charset=utf-8; V=\"2\"", Version::V2),
        ("text/html, application/json;v=2;q=0.9", Version::V2),
        ("application/json;v=3", Version::V2),
        ("application/json;v=1", Version::V1),
        ("application/json", Version::V1),
        ("*/*", Version::V1),
        ("text/html;v=2", Version::V1),
        ("application/json;v=two", Version::V1),
        ("application/json;version=2", Version::V1),
        ("", Version::V1),
    ] {
        assert_eq!(Version::of(accept), version, "{accept}");
    }
}
