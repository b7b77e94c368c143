//! Authorization and logout requests.

use countersign::protocol::{RawQuery, RequestError, RequestRef};
use proptest::prelude::*;

fn read(query: &str) -> Result<RequestRef, RequestError> {
    RequestRef::read(RawQuery::new(query))
}

#[test]
fn a_request_without_a_client_is_refused() {
    for query in
        ["", "client_id=", "response_type=code", "client_id%20=x", "Client_id=x", "client_id[]=x"]
    {
        assert_eq!(read(query), Err(RequestError::Missing("client_id")), "{query}");
    }
}

#[test]
fn a_duplicated_client_or_redirect_uri_is_refused_even_if_one_is_empty() {
    for query in ["client_id=a&client_id=a", "client_id=a&client_id=", "client_id=&client%5Fid=a"] {
        assert_eq!(read(query), Err(RequestError::Duplicate("client_id")), "{query}");
    }
    let query = "client_id=a&redirect_uri=x&redirect_uri=x";
    assert_eq!(read(query), Err(RequestError::Duplicate("redirect_uri")));
}

#[test]
fn other_duplicates_are_left_to_the_backend() {
    let text = "client_id=a&state=1&state=2&scope=x&scope=y&ui_locales=de&ui_locales=en&login_hint=a&login_hint=b";
    let query = RawQuery::new(text);
    assert_eq!(read(text), Ok(RequestRef::Query(query.clone())));
    assert!(query.ui_locales().is_empty());
    assert_eq!(query.login_hint(), None);
}

#[test]
fn the_page_reads_the_languages_and_the_login_hint_of_a_request() {
    let query = RawQuery::new("client_id=a+b&ui_locales=de-CH%20de&login_hint=ada%40example.com");
    let locales: Vec<_> = query.ui_locales().iter().map(|it| it.as_str().to_owned()).collect();
    assert_eq!(locales, ["de-CH", "de"]);
    assert_eq!(query.login_hint().unwrap().secret(), "ada@example.com");
}

#[test]
fn a_transaction_counts_only_without_a_client() {
    match read("transaction=T1&x=1") {
        Ok(RequestRef::Transaction(id)) => assert_eq!(id.secret(), "T1"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(read("client_id=a&transaction=T1"), Ok(RequestRef::Query(_))));
    assert_eq!(read("client_id=&transaction=T1"), Err(RequestError::Missing("client_id")));
    assert_eq!(read("transaction="), Err(RequestError::Missing("client_id")));
    assert_eq!(read("transaction=A&transaction=B"), Err(RequestError::Duplicate("transaction")));
}

#[test]
fn a_logout_request_may_be_empty_but_has_no_duplicates() {
    let read = |query: &str| RawQuery::new(query).parse_logout();
    assert!(read("").is_ok());
    let full = "client_id=a&id_token_hint=h&post_logout_redirect_uri=x&state=1&state=2";
    assert_eq!(read(full).unwrap().pairs().count(), 5);
    assert_eq!(read("client_id=a&client_id=b"), Err(RequestError::Duplicate("client_id")));
    assert_eq!(
        read("post_logout_redirect_uri=a&post_logout_redirect_uri=a"),
        Err(RequestError::Duplicate("post_logout_redirect_uri"))
    );
}

#[test]
fn every_request_error_has_a_code_and_a_message() {
    let refusals = [
        (
            RequestError::Missing("client_id"),
            "parameter_missing",
            "the parameter client_id is missing",
        ),
        (
            RequestError::Duplicate("client_id"),
            "parameter_duplicated",
            "the parameter client_id stands more than once",
        ),
        (RequestError::TooLong, "request_too_long", "the request is too long"),
    ];
    for (refusal, code, sentence) in refusals {
        assert_eq!((refusal.code(), refusal.to_string().as_str()), (code, sentence));
    }
}

proptest! {
    #[test]
    fn reading_a_page_never_panics_and_keeps_every_byte(query in "(client_id=a&)?(transaction=t&)?\\PC{0,60}") {
        if let Ok(RequestRef::Query(request)) = read(&query) {
            prop_assert_eq!(request.as_str(), query.as_str());
        }
        let _ = RawQuery::new(query).parse_logout();
    }
}
