//! A query is read as the URL standard reads it, and kept byte for byte.

#![no_main]

use countersign::protocol::{RawQuery, RequestRef, limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let raw = RawQuery::new(text);
    let bytes = text.strip_prefix('?').unwrap_or(text);
    assert_eq!(raw.as_str(), bytes);
    let _ = (raw.ui_locales(), raw.login_hint(), raw.has("request"), raw.parse_logout());
    match raw.parse() {
        Ok(query) => {
            let expected = url::form_urlencoded::parse(bytes.as_bytes());
            let expected: Vec<_> = expected.into_owned().collect();
            let read = query.pairs().map(|(name, value)| (name.to_owned(), value.to_owned()));
            assert_eq!(read.collect::<Vec<_>>(), expected);
        }
        Err(_) => assert!(bytes.len() > limits::QUERY),
    }
    if let Ok(RequestRef::Query(query)) = RequestRef::read(raw) {
        assert_eq!(query.as_str(), bytes);
    }
});
