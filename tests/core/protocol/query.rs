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

#[test]
fn a_request_at_its_limits_is_read_and_one_over_is_not() {
    let long = |name: &str, length: usize| format!("{name}={}", "x".repeat(length));
    let times = |pair: &str, count: usize| vec![pair; count].join("&");
    let words = |count: usize| format!("scope={}", vec!["a"; count].join("+"));
    let cases = [
        (long("state", limits::VALUE), long("state", limits::VALUE + 1)),
        (long("claims", limits::LONG_VALUE), long("claims", limits::LONG_VALUE + 1)),
        (long("request", limits::LONG_VALUE), long("request", limits::LONG_VALUE + 1)),
        (
            long("authorization_details", limits::LONG_VALUE),
            long("authorization_details", limits::LONG_VALUE + 1),
        ),
        (times("a=1", limits::PAIRS), times("a=1", limits::PAIRS + 1)),
        (words(limits::SCOPES), words(limits::SCOPES + 1)),
        (times("resource=r", limits::RESOURCES), times("resource=r", limits::RESOURCES + 1)),
        (format!("{}&", long("a", limits::VALUE)), "&".repeat(limits::QUERY + 1)),
    ];
    for (most, over) in cases {
        let name = over.split('=').next().unwrap().to_owned();
        assert!(RawQuery::new(most).parse().is_ok(), "{name} at the limit");
        assert_eq!(RawQuery::new(over).parse(), Err(RequestError::TooLong), "{name} over it");
    }
}

#[test]
fn a_value_is_measured_after_decoding() {
    let query = format!("state={}", "%41".repeat(limits::VALUE / 2));
    assert!(query.len() > limits::VALUE);
    assert!(RawQuery::new(query).parse().is_ok());
}

#[test]
fn spaces_between_scopes_are_ignored() {
    let query = format!("scope={}", vec!["a"; limits::SCOPES].join("++"));
    assert!(RawQuery::new(query).parse().is_ok());
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
