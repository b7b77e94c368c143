//! The models of an authorization server written in Rust (feature `serde`).

use countersign::{
    api::{client, server::SubmitBody},
    backend::{
        ClientHome, Decision, ErrorResponse, LogoutOutcome, LogoutStartRequest,
        LogoutSubmitRequest, Outcome, Refusal, StartRequest, SubmitRequest,
    },
    platform::native::Native,
    protocol::{
        IdempotencyKey, OrganizationId, RawQuery, Realm, RedirectTarget, RequestId, RequestRef,
        Scope, ScopeToken, TransactionId,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json, to_value};

use crate::testing::fixtures::*;

fn full_json() -> Value {
    let mut answer = organization_consent();
    answer["client"]["logo_uri"] = "/logos/1".into();
    answer["client"]["name#de"] = "Fotodrucker".into();
    answer["client"]["tos_uri#pt-BR"] = "https://printer.example/termos".into();
    answer["organizations"][1]["status"] = "needs_approval".into();
    answer["organizations"][1]["approval"] = "offered".into();
    answer["scopes"][1]["title"] = "See your photos".into();
    answer["scopes"][1]["resource"] = "https://api.example/".into();
    answer["scopes"][1]["details"] = json!(["One", "Two"]);
    answer["scopes"][2]["implies"] = json!(["photos.read"]);
    answer["scopes"][2]["reason"] = "Not yours".into();
    answer["resources"] = json!([{ "resource": "https://api.example/" }]);
    answer["authorization_details"] =
        json!([{ "type": "payment", "to": { "name": "Ada" }, "amount": 5.5 }]);
    answer
}

#[test]
fn every_outcome_is_serialized_as_in_the_api() {
    let answers = [
        consent(),
        full_json(),
        json!({ "outcome": "redirect", "redirect_uri": "https://printer.example/cb?code=1" }),
        json!({ "outcome": "redirect", "redirect_uri": "com.example.printer:/cb", "native": true }),
        json!({ "outcome": "redirect", "redirect_uri": "https://as.example/finish", "intermediate": true }),
        post_answer("https://as.example/consent"),
        json!({ "outcome": "login", "reason": "max_age", "attempt": 1 }),
        json!({ "outcome": "login", "reason": "account_changed", "transaction": "T1", "attempt": 3, "login_hint": "a", "acr_values": "b" }),
        json!({ "outcome": "error", "error": "invalid_client", "request_id": "R1" }),
        error("invalid_client"),
    ];
    for answer in answers {
        let read = outcome(&answer);
        assert_eq!(to_value(&read).unwrap(), answer);
        let again = client::read_outcome(&serde_json::to_string(&read).unwrap(), &Native, &Native);
        assert_eq!(again.unwrap(), read);
    }
}

#[test]
fn every_logout_outcome_is_serialized_as_in_the_api() {
    let answers = [
        confirmation(),
        json!({ "outcome": "confirm", "logout": "L1", "account": { "sub": "1" }, "expires_at": 1 }),
        json!({ "outcome": "redirect", "redirect_uri": "https://printer.example/out" }),
        json!({ "outcome": "signed_out" }),
        json!({ "outcome": "stayed" }),
        json!({ "outcome": "unsupported" }),
        error("invalid_request"),
    ];
    for answer in answers {
        let read = logout_outcome(&answer);
        assert_eq!(to_value(&read).unwrap(), answer);
        let again =
            client::read_logout_outcome(&serde_json::to_string(&read).unwrap(), &Native, &Native);
        assert_eq!(again.unwrap(), read);
    }
}

#[test]
fn an_unsafe_address_is_never_serialized() {
    let target = RedirectTarget::check("javascript:alert(1)", true, &Native);
    assert!(to_value(Outcome::Redirect(target.clone())).is_err());
    assert!(to_value(LogoutOutcome::Redirect(target)).is_err());
    let asked = consent_request(|it| it["redirect_uri"] = "http://printer.example/".into());
    assert!(to_value(Outcome::Consent(Box::new(asked))).is_err());
    assert!(to_value(outcome(&post_answer("javascript:alert(1)"))).is_err());
    let switch = json!({ "redirect_uri": "http://as.example/" });
    let asked = consent_request(|it| it["switch_account"] = switch);
    assert!(to_value(Outcome::Consent(Box::new(asked))).is_err());
}

#[test]
fn an_authorization_detail_must_be_an_object() {
    let mut asked = consent_request(|it| it["authorization_details"] = json!([{ "type": "a" }]));
    asked.authorization_details[0].json = "[]".into();
    assert!(to_value(Outcome::Consent(Box::new(asked))).is_err());
}

#[test]
fn the_client_of_a_problem_document_is_serialized() {
    let home = ClientHome { name: "Printer".into(), client_uri: None };
    assert_eq!(to_value(home).unwrap(), json!({ "name": "Printer" }));
    let answer = ErrorResponse::new("invalid_client", RequestId::new("R1"));
    assert_eq!(answer.refusal, Refusal::Client);
    assert_eq!(to_value(answer).unwrap(), json!({ "error": "invalid_client", "request_id": "R1" }));
}

#[test]
fn empty_members_are_not_serialized() {
    let written = to_value(outcome(&consent())).unwrap();
    for (holder, member) in [
        ("/client", "translated"),
        ("/client", "description"),
        ("/scopes/1", "details"),
        ("/scopes/1", "implies"),
        ("/scopes/1", "reason"),
    ] {
        let holder = written.pointer(holder).unwrap().as_object().unwrap();
        assert!(!holder.contains_key(member), "{member}");
    }
}

#[test]
fn an_approval_request_is_deserialized_as_in_the_api() {
    let body = json!({ "transaction": "T1", "decision": "request_approval", "scopes": [], "organization_id": "acme" });
    let read: SubmitBody = serde_json::from_value(body).unwrap();
    assert_eq!(read.decision, Decision::RequestApproval);
    assert_eq!(read.remember, None);
}

fn start(body: &Value) -> Option<StartRequest> {
    serde_json::from_value(body.clone()).ok()
}

#[test]
fn a_start_request_survives_serialization() {
    let requests = [
        (RequestRef::Query(RawQuery::new("client_id=a&state=%00")), None),
        (RequestRef::Transaction(TransactionId::new("T1")), None),
        (RequestRef::Transaction(TransactionId::new("T1")), Some(OrganizationId::new("acme"))),
    ];
    for (request_ref, organization) in requests {
        for realm in [Realm::Consumer, Realm::B2b] {
            let mut request = StartRequest::new(realm, request_ref.clone());
            request.organization = organization.clone();
            let body: Value = serde_json::from_str(&client::write_start(&request)).unwrap();
            assert_eq!(start(&body), Some(request));
        }
    }
}

#[test]
fn an_unknown_start_request_is_refused() {
    let bodies = [
        json!({}),
        json!([]),
        json!({ "realm": "consumer" }),
        json!({ "query": "client_id=a" }),
        json!({ "realm": "Consumer", "query": "client_id=a" }),
        json!({ "realm": "consumer", "query": 1 }),
        json!({ "realm": "consumer", "query": "client_id=a", "transaction": "T1" }),
        json!({ "realm": "consumer", "query": "client_id=a", "organization_id": "acme" }),
        json!({ "realm": "consumer", "organization_id": "acme" }),
        json!({ "realm": "consumer", "query": "client_id=a", "extra": true }),
    ];
    for body in bodies {
        assert_eq!(start(&body), None, "{body}");
    }
}

fn submit_body() -> Value {
    json!({ "transaction": "T1", "decision": "allow", "scopes": [{ "scope": "openid" }] })
}

#[test]
fn an_unknown_submit_request_is_refused() {
    let changes: [fn(&mut Value); 8] = [
        |it| it["extra"] = 1.into(),
        |it| it["key"] = "K".into(),
        |it| it["decision"] = "Allow".into(),
        |it| it["scopes"] = "openid".into(),
        |it| it["scopes"][0]["granted"] = true.into(),
        |it| it["authorization_details"] = json!(["x"]),
        |it| it["remember"] = "yes".into(),
        |it| drop(it.as_object_mut().unwrap().remove("scopes")),
    ];
    let read = |body: Value| serde_json::from_value::<SubmitBody>(body);
    for (number, change) in changes.iter().enumerate() {
        let mut body = submit_body();
        change(&mut body);
        assert!(read(body).is_err(), "change {number}");
    }
    let mut body = submit_body();
    body["remember"] = true.into();
    assert_eq!(read(body).unwrap().remember, Some(true));
    assert_eq!(read(submit_body()).unwrap().remember, None);
}

#[test]
fn unknown_logout_requests_are_refused() {
    let start = json!({ "realm": "b2b", "query": "a=1" });
    let read: LogoutStartRequest = serde_json::from_value(start).unwrap();
    assert_eq!((read.realm, read.query), (Realm::B2b, RawQuery::new("a=1")));
    assert!(
        serde_json::from_value::<LogoutStartRequest>(
            json!({ "realm": "b2b", "query": "", "x": 1 })
        )
        .is_err()
    );
    for word in ["sign_out", "stay"] {
        let read: LogoutSubmitRequest =
            serde_json::from_value(json!({ "logout": "L1", "decision": word })).unwrap();
        assert_eq!((read.logout.secret(), read.decision.as_str()), ("L1", word));
    }
    assert!(
        serde_json::from_value::<LogoutSubmitRequest>(
            json!({ "logout": "L1", "decision": "allow" })
        )
        .is_err()
    );
}

proptest! {
    #[test]
    fn a_decision_survives_serialization(
        decision in proptest::sample::select(vec![Decision::Allow, Decision::Deny, Decision::RequestApproval]),
        scopes in proptest::collection::vec(("[!#-\\[\\]-~]{1,12}", proptest::option::of("\\PC{0,12}")), 0..5),
        organization in proptest::option::of("\\PC{1,12}"),
        amount in any::<i64>(),
        remember in proptest::option::of(any::<bool>()),
    ) {
        let transaction = RequestRef::Transaction(TransactionId::new("T1"));
        let mut request = SubmitRequest::new(transaction, decision, IdempotencyKey::new("K1"));
        request.scopes = scopes.into_iter().map(|(scope, resource)| Scope { scope: ScopeToken::new(scope), resource }).collect();
        request.authorization_details = vec![json!({ "type": "payment", "amount": amount }).to_string()];
        request.organization = organization.map(OrganizationId::new);
        request.remember = remember;
        let body: SubmitBody = serde_json::from_str(&client::write_submit(&request)).unwrap();
        prop_assert_eq!(body.with_key(IdempotencyKey::new("K1")), request);
    }
}
