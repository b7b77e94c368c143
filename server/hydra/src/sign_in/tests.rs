//! Tests of what goes to the host, and of what comes back.

#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use super::*;

#[test]
fn the_host_gets_the_browsers_cookies_but_not_our_own() {
    let mut headers = HeaderMap::new();
    for line in
        ["a=1; countersign-x=sealed; __Host-countersign=b", "session=s; countersign_hydra_1=m"]
    {
        headers.append(header::COOKIE, HeaderValue::from_static(line));
    }
    assert_eq!(cookies_of(&headers).unwrap(), "a=1; session=s");
    headers.clear();
    headers.append(header::COOKIE, HeaderValue::from_static("countersign=b"));
    assert_eq!(cookies_of(&headers), None);
}

#[test]
fn an_account_has_a_subject_and_keeps_what_else_the_host_tells() {
    let body = br#"{"sub":"ada","name":"Ada","signed_in_at":7,"claims":{"email":{"email_verified":true}}}"#;
    let account = account_of(body).unwrap().unwrap();
    assert_eq!((account.sub.as_str(), account.signed_in_at), ("ada", Some(7)));
    assert_eq!(
        claims_for(&account, "profile"),
        json!({ "name": "Ada" }).as_object().unwrap().clone()
    );
    assert_eq!(
        claims_for(&account, "email"),
        json!({ "email_verified": true }).as_object().unwrap().clone()
    );
    assert!(claims_for(&account, "photos.read").is_empty());
    assert!(account_of(b"null").unwrap().is_none());
    for wrong in [&b"{}"[..], b"[]", b"{\"sub\":\"\"}", b"{\"sub\":1}", b""] {
        assert!(account_of(wrong).is_err());
    }
}
