//! The examples of `api/openapi.yaml`, which `tests/rules/examples.test.mjs` checks and copies.

use countersign::{
    api::{
        HttpResponse,
        client::{self, read_problem},
        server::{LogoutStartBody, LogoutSubmitBody, StartBody, SubmitBody},
    },
    backend::{BackendFault, Decision},
    platform::native::Native,
    protocol::IdempotencyKey,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, from_str, from_value, to_value};

/// The examples of a part, by their schemas.
fn examples(part: &str) -> Vec<(String, Value)> {
    let all: Value = from_str(include_str!("../../vectors/examples.json")).unwrap();
    let schemas = all[part].as_object().unwrap().clone();
    let examples = schemas.into_iter().flat_map(|(name, examples)| {
        let examples = examples.as_array().unwrap().clone();
        examples.into_iter().map(move |example| (name.clone(), example))
    });
    examples.collect()
}

fn read<T: DeserializeOwned>(call: &Value) -> T {
    from_value(call.clone()).unwrap()
}

#[test]
fn every_example_of_a_call_is_read_by_a_server_and_is_what_the_client_writes() {
    for (name, call) in examples("calls") {
        let written = match name.as_str() {
            "AuthorizeStart" => client::write_start(&read::<StartBody>(&call)),
            "AuthorizeSubmit" => {
                let body = read::<SubmitBody>(&call);
                client::write_submit(&body.with_key(IdempotencyKey::new("K")))
            }
            "LogoutStart" => client::write_logout_start(&read::<LogoutStartBody>(&call)),
            "LogoutSubmit" => client::write_logout_submit(&read::<LogoutSubmitBody>(&call)),
            other => panic!("a call without a reader: {other}"),
        };
        assert_eq!(from_str::<Value>(&written).unwrap(), call, "{name}");
    }
}

#[test]
fn every_example_of_an_answer_is_read_by_the_client_and_is_what_a_server_writes() {
    let (authorize, logout) = (examples("authorize"), examples("logout"));
    assert!(authorize.len() > 8 && logout.len() > 6);
    for (name, answer) in authorize {
        let outcome = client::read_outcome(&answer.to_string(), &Native, &Native).unwrap();
        assert_eq!(to_value(&outcome).unwrap(), answer, "{name}");
    }
    for (name, answer) in logout {
        let outcome = client::read_logout_outcome(&answer.to_string(), &Native, &Native).unwrap();
        assert_eq!(to_value(&outcome).unwrap(), answer, "{name}");
    }
}

#[test]
fn the_example_of_a_problem_is_read_by_the_client() {
    let all: Value = from_str(include_str!("../../vectors/examples.json")).unwrap();
    let problem = &all["problems"][0];
    let response = HttpResponse {
        status: 409,
        content_type: "application/problem+json".into(),
        body: problem.to_string(),
        ..HttpResponse::default()
    };
    let error = read_problem(&response, &Native);
    assert_eq!(
        (error.fault, error.decision),
        (BackendFault::AlreadyAnswered, Some(Decision::Allow))
    );
    assert_eq!(error.client.unwrap().name, problem["client"]["name"]);
}
