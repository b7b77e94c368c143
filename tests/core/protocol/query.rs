//! Parsing a query.

use countersign::protocol::{RawQuery, RequestError, RequestRef, TransactionId, limits};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;

use crate::testing::vectors;

fn pairs(query: &str) -> Vec<(String, String)> {
    let query = RawQuery::new(query).parse().unwrap();
    query.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn reference(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

#[test]
fn every_vector_has_the_expected_pairs() {
    for vector in vectors(include_str!("../../vectors/query.json")) {
        let query = vector["query"].as_str().unwrap();
        let expected: Vec<(String, String)> =
            serde_json::from_value(vector["pairs"].clone()).unwrap();
        assert_eq!(pairs(query), expected, "{}", vector["name"]);
        assert_eq!(reference(query), expected, "{} by the reference reader", vector["name"]);
    }
}

#[test]
fn every_vector_is_the_expected_request() {
    for vector in vectors(include_str!("../../vectors/requests.json")) {
        let query = vector["query"].as_str().unwrap();
        let expected = match &vector["request"] {
            Value::String(_) => Some(RequestRef::Query(RawQuery::new(query))),
            request => request["transaction"]
                .as_str()
                .map(|id| RequestRef::Transaction(TransactionId::new(id))),
        };
        let request = RequestRef::read(RawQuery::new(query)).ok();
        assert_eq!(request, expected, "{}", vector["name"]);
    }
}

#[test]
fn exactly_one_leading_question_mark_is_removed() {
    assert_eq!(RawQuery::new("?a=1").as_str(), "a=1");
    assert_eq!(RawQuery::new("??a=1").as_str(), "?a=1");
    assert_eq!(RawQuery::new("a=?").as_str(), "a=?");
}

#[test]
fn a_name_has_one_value_and_an_empty_value_is_absent() {
    let query =
        RawQuery::new("a=1&b=&c=1&c=1&d=&d=1&resource=x&resource=&resource=y").parse().unwrap();
    assert_eq!(query.one("a"), Ok(Some("1")));
    assert_eq!(query.one("b"), Ok(None));
    assert_eq!(query.one("none"), Ok(None));
    assert_eq!(query.one("c"), Err(RequestError::Duplicate("c")));
    assert_eq!(
        query.one("d"),
        Err(RequestError::Duplicate("d")),
        "an empty one is there all the same"
    );
    assert_eq!(query.all("resource").collect::<Vec<_>>(), ["x", "y"]);
}

#[test]
fn names_are_compared_after_decoding_and_by_case() {
    let query = RawQuery::new("client%5Fid=a&client_id=b&Client_id=c").parse().unwrap();
    assert_eq!(query.one("client_id"), Err(RequestError::Duplicate("client_id")));
    assert_eq!(query.one("Client_id"), Ok(Some("c")));
}

/// Queries of one length, each with many or long parts of another kind.
fn full(length: usize) -> Vec<String> {
    let fill = |start: &str, part: &str| {
        let mut query = format!("{start}{}", part.repeat(length / part.len() + 1));
        query.truncate(length);
        query
    };
    let parts = [
        ("state=", "x"),
        ("scope=a", "+a"),
        ("scope=a", "%20photos.read"),
        ("claims=", "%7B"),
        ("request=", "eyJ"),
        ("authorization_details=", "%5B"),
        ("client_id=printer", "&resource=https://api.example/"),
        ("client_id=printer", "&a=1"),
        ("", "&"),
    ];
    parts.iter().map(|(start, part)| fill(start, part)).collect()
}

#[test]
fn only_the_length_of_the_whole_query_is_limited() {
    for query in full(limits::QUERY) {
        let start = &query[..query.len().min(12)];
        assert!(RawQuery::new(query.clone()).parse().is_ok(), "{start} at the limit");
        let over = RawQuery::new(query + "&").parse();
        assert_eq!(over, Err(RequestError::TooLong), "over it");
    }
}

#[test]
fn a_request_with_many_parts_reaches_the_backend() {
    let scopes = |count: usize| {
        let scopes: Vec<_> = (0..count).map(|number| format!("scope.{number}:read")).collect();
        scopes.join("+")
    };
    for (query, name, count) in [
        (format!("client_id=printer&scope={}", scopes(101)), "scope", 1),
        (format!("client_id=printer&scope={}", scopes(1000)), "scope", 1),
        (format!("client_id=printer&scope={}", vec!["a"; 1000].join("++")), "scope", 1),
        (format!("client_id=printer{}", "&resource=https://a.example".repeat(17)), "resource", 17),
        (format!("client_id=printer{}", "&extra=1".repeat(65)), "extra", 65),
        (format!("client_id=printer&state={}", "x".repeat(9 * 1024)), "state", 1),
        (format!("client_id=printer&claims={}", "x".repeat(13 * 1024)), "claims", 1),
        (format!("client_id=printer&request={}", "x".repeat(30 * 1024)), "request", 1),
    ] {
        let read = RawQuery::new(query.clone()).parse().unwrap();
        assert_eq!(read.all(name).count(), count, "{name}");
        let request = RequestRef::read(RawQuery::new(query.clone()));
        assert_eq!(request, Ok(RequestRef::Query(RawQuery::new(query))), "{name}");
    }
}

#[test]
fn the_raw_query_is_kept_byte_for_byte() {
    for vector in vectors(include_str!("../../vectors/query.json")) {
        let Value::String(query) = &vector["query"] else { panic!("{vector}") };
        assert_eq!(RawQuery::new(query.clone()).as_str(), query);
    }
}

proptest! {
    #[test]
    fn reading_never_panics_and_agrees_with_the_reference_reader(query in "[a-z%&=+0-9A-F;\\PC]{0,80}") {
        if !query.starts_with('?') {
            prop_assert_eq!(pairs(&query), reference(&query));
        }
    }

    #[test]
    fn reading_never_panics_on_any_text(query in any::<String>()) {
        let raw = RawQuery::new(query.clone());
        prop_assert_eq!(raw.as_str(), query.strip_prefix('?').unwrap_or(&query));
        let _ = raw.parse();
    }

    #[test]
    fn unknown_parameters_are_kept(known in vec((any::<String>(), any::<String>()), 0..6)) {
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", "printer")
            .extend_pairs(&known)
            .finish();
        let read = pairs(&query);
        prop_assert_eq!(&read[0], &("client_id".to_owned(), "printer".to_owned()));
        // A pair without name and value is serialized as `=`, which is a pair.
        prop_assert_eq!(&read[1..], known.as_slice());
    }

    #[test]
    fn invalid_utf_8_is_decoded_like_the_reference_reader(bytes in vec(any::<u8>(), 0..40)) {
        let query: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
        prop_assert_eq!(pairs(&format!("a={query}")), reference(&format!("a={query}")));
    }
}
