//! Requests to the backend.

use countersign::{
    api::client,
    backend::{
        Decision, LogoutDecision, LogoutStartRequest, LogoutSubmitRequest, StartRequest,
        SubmitRequest,
    },
    protocol::{
        CardVersion, IdempotencyKey, LogoutId, OrganizationId, RawQuery, Realm, RequestRef, Scope,
        ScopeToken, TransactionId,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn parsed(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

fn scope(token: &str, resource: Option<&str>) -> Scope {
    Scope { scope: ScopeToken::new(token), resource: resource.map(Into::into) }
}

fn submit(decision: Decision) -> SubmitRequest {
    SubmitRequest::new(
        RequestRef::Transaction(TransactionId::new("T\"1")),
        decision,
        IdempotencyKey::new("K1"),
    )
}

#[test]
fn start_sends_the_query_byte_for_byte() {
    let query = "client_id=a&state=%00\"\\+%F0%9F%98%80é&&=";
    let request = StartRequest::new(Realm::Consumer, RequestRef::Query(RawQuery::new(query)));
    let body = client::write_start(&request);
    assert_eq!(parsed(&body), json!({ "realm": "consumer", "query": query }));
}

#[test]
fn start_sends_the_transaction_and_the_chosen_organization() {
    let request = |organization: Option<&str>| {
        let transaction = RequestRef::Transaction(TransactionId::new("T1"));
        let mut request = StartRequest::new(Realm::B2b, transaction);
        request.organization = organization.map(OrganizationId::new);
        request
    };
    assert_eq!(client::write_start(&request(None)), r#"{"realm":"b2b","transaction":"T1"}"#);
    let body = client::write_start(&request(Some("acme")));
    assert_eq!(body, r#"{"realm":"b2b","transaction":"T1","organization_id":"acme"}"#);
}

#[test]
fn submit_sends_the_ticked_scopes_but_not_the_key() {
    let mut request = submit(Decision::Allow);
    request.version = Some(CardVersion::new("V\"1"));
    request.scopes = vec![scope("openid", None), scope("read", Some("https://api.example/"))];
    request.authorization_details = vec![r#"{"type":"payment"}"#.into()];
    request.organization = Some(OrganizationId::new("acme"));
    let body = client::write_submit(&request);
    let expected = json!({
        "transaction": "T\"1",
        "version": "V\"1",
        "decision": "allow",
        "scopes": [{ "scope": "openid" }, { "scope": "read", "resource": "https://api.example/" }],
        "organization_id": "acme",
        "authorization_details": [{ "type": "payment" }]
    });
    assert_eq!(parsed(&body), expected);
    let bare = client::write_submit(&submit(Decision::Deny));
    assert_eq!(bare, r#"{"transaction":"T\"1","decision":"deny","scopes":[]}"#);
}

#[test]
fn submit_sends_remember_only_if_it_is_set() {
    for remember in [true, false] {
        let mut request = submit(Decision::Allow);
        request.remember = Some(remember);
        let body = parsed(&client::write_submit(&request));
        assert_eq!(body["remember"], remember);
    }
    let body = parsed(&client::write_submit(&submit(Decision::Allow)));
    assert_eq!(body.get("remember"), None);
}

#[test]
fn an_approval_request_sends_the_organization_and_no_scopes() {
    let mut request = submit(Decision::RequestApproval);
    request.organization = Some(OrganizationId::new("acme"));
    assert_eq!(
        parsed(&client::write_submit(&request)),
        json!({ "transaction": "T\"1", "decision": "request_approval", "scopes": [], "organization_id": "acme" })
    );
}

#[test]
fn logout_calls_send_the_query_and_the_decision() {
    let start = LogoutStartRequest { realm: Realm::B2b, query: RawQuery::new("state=%25") };
    assert_eq!(client::write_logout_start(&start), r#"{"realm":"b2b","query":"state=%25"}"#);
    for (decision, word) in [(LogoutDecision::SignOut, "sign_out"), (LogoutDecision::Stay, "stay")]
    {
        let submit = LogoutSubmitRequest { logout: LogoutId::new("L1"), decision };
        let body = client::write_logout_submit(&submit);
        assert_eq!(parsed(&body), json!({ "logout": "L1", "decision": word }));
    }
}

#[test]
fn decisions_are_the_same_if_they_differ_only_in_their_keys() {
    let one = submit(Decision::Allow);
    let with = |change: fn(&mut SubmitRequest)| {
        let mut other = one.clone();
        change(&mut other);
        other
    };
    let again = with(|it| it.key = IdempotencyKey::new("K2"));
    assert!(one.is_same_decision(&again) && again.is_same_decision(&one));
    let others = [
        with(|it| it.request = RequestRef::Transaction(TransactionId::new("T2"))),
        with(|it| it.decision = Decision::Deny),
        with(|it| it.scopes = vec![scope("openid", None)]),
        with(|it| it.authorization_details = vec!["{}".into()]),
        with(|it| it.organization = Some(OrganizationId::new("acme"))),
        with(|it| it.remember = Some(false)),
    ];
    for other in others {
        assert!(!one.is_same_decision(&other), "{other:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_sent_unchanged(query in any::<String>(), token in any::<String>()) {
        let raw = RawQuery::new(format!("?{query}"));
        let start = StartRequest::new(Realm::Consumer, RequestRef::Query(raw));
        prop_assert_eq!(&parsed(&client::write_start(&start))["query"], &Value::from(query));
        let mut request = submit(Decision::Allow);
        request.scopes = vec![scope(&token, Some(&token))];
        let body = parsed(&client::write_submit(&request));
        prop_assert_eq!(&body["scopes"], &json!([{ "scope": token, "resource": token }]));
    }
}
