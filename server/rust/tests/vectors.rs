//! What both kits do alike, by `tests/vectors/server`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod support;

use countersign_server::{
    cookie::{Cookies, cookie},
    guard::{check_caller, is_encoded},
    headers::{FormAction, PageHeaders},
    json::{Json, read, read_bytes},
    problem::{BriefClient, Fault},
    seal::{Seal, SealError, hash},
};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value, json};
use support::vectors::{entries, vectors};

fn text<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry[name].as_str().unwrap()
}

fn header_map(members: &Value) -> HeaderMap {
    let pairs = members.as_object().unwrap().iter();
    let header = |(name, value): (&String, &Value)| {
        let name = HeaderName::try_from(name.as_str()).unwrap();
        (name, HeaderValue::from_str(value.as_str().unwrap()).unwrap())
    };
    pairs.map(header).collect()
}

#[test]
fn a_text_that_either_kit_has_sealed_opens_with_its_secret_for_its_purpose_alone() {
    let vectors = vectors("seal");
    let other = Seal::new(["a secret that sealed none of the vectors"]).unwrap();
    let mut by = Vec::new();
    for entry in entries(&vectors, "sealed") {
        let (secret, purpose) = (text(entry, "secret"), text(entry, "purpose"));
        let (plain, sealed) = (text(entry, "text"), text(entry, "sealed"));
        let seal = Seal::new([secret]).unwrap();
        assert_eq!(seal.open(sealed, purpose).as_deref(), Some(plain));
        assert_eq!(seal.open(sealed, &format!("{purpose} ")), None);
        assert_eq!(other.open(sealed, purpose), None);
        by.push(text(entry, "by"));
    }
    assert!(by.contains(&"node") && by.contains(&"rust"), "{by:?}");
}

#[test]
fn hashes_are_the_same_in_both_kits() {
    for entry in entries(&vectors("seal"), "hashes") {
        assert_eq!(hash(text(entry, "text")), text(entry, "hash"));
    }
}

#[test]
fn the_first_secret_seals_and_all_open() {
    let (one, two) =
        ("the first secret of a site, long enough", "the secret that was there before");
    let (new, old) = (Seal::new([one]).unwrap(), Seal::new([two]).unwrap());
    let both = Seal::new([one, two]).unwrap();
    let sealed = both.seal("text", "p").unwrap();
    assert_eq!(new.open(&sealed, "p").as_deref(), Some("text"));
    assert_eq!(old.open(&sealed, "p"), None);
    assert_eq!(both.open(&old.seal("text", "p").unwrap(), "p").as_deref(), Some("text"));
    assert_ne!(sealed, both.seal("text", "p").unwrap());
}

#[test]
fn what_was_changed_or_is_no_sealed_text_opens_nothing() {
    let seal = Seal::new(["a secret of a test that is long enough"]).unwrap();
    let sealed = seal.seal("text", "p").unwrap();
    let mut changed = sealed.clone().into_bytes();
    changed[20] = if changed[20] == b'A' { b'B' } else { b'A' };
    let changed = String::from_utf8(changed).unwrap();
    let shorter = &sealed[..sealed.len() - 2];
    for wrong in
        [changed.as_str(), shorter, "", "x", "%00", &format!("{sealed}="), "AAAAAAAAAAAAAAAA"]
    {
        assert_eq!(seal.open(wrong, "p"), None, "{wrong}");
    }
}

#[test]
fn secrets_that_can_be_guessed_are_refused() {
    assert!(matches!(Seal::new::<&str>([]), Err(SealError::NoSecret)));
    for secrets in [vec!["short"], vec!["a secret of a test that is long enough", ""]] {
        assert!(matches!(Seal::new(secrets), Err(SealError::ShortSecret)));
    }
}

#[test]
fn a_call_from_elsewhere_is_refused_for_the_same_reason_in_both_kits() {
    let vectors = vectors("guards");
    for entry in entries(&vectors, "callers") {
        let method = Method::from_bytes(text(entry, "method").as_bytes()).unwrap();
        let outcome =
            check_caller(&method, &header_map(&entry["headers"]), text(&vectors, "origin"));
        let found = match outcome {
            Ok(()) => json!([200, null, null]),
            Err(fault) => json!([fault.status(), fault.code(), fault.to_string()]),
        };
        assert_eq!(found, json!([entry["status"], entry["code"], entry["detail"]]), "{entry}");
    }
}

#[test]
fn a_body_that_is_coded_is_known_in_both_kits() {
    for entry in entries(&vectors("guards"), "encodings") {
        let coding = entry["encoding"].as_str();
        let pairs = coding.map(|value| json!({ "content-encoding": value }));
        let headers = header_map(&pairs.unwrap_or_else(|| json!({})));
        assert_eq!(Value::from(is_encoded(&headers)), entry["encoded"], "{entry}");
    }
}

fn written(outcome: Result<Json, Fault>) -> Value {
    match outcome {
        Ok(value) => json!([value.write(), null]),
        Err(fault) => json!([null, fault.to_string()]),
    }
}

#[test]
fn a_body_is_read_and_written_or_refused_at_the_same_place_in_both_kits() {
    let vectors = vectors("bodies");
    for entry in entries(&vectors, "texts") {
        let expected = json!([entry["written"], entry["detail"]]);
        assert_eq!(written(read(text(entry, "text"))), expected, "{entry}");
    }
    for entry in entries(&vectors, "bytes") {
        let digits = text(entry, "hex").as_bytes().chunks(2);
        let byte =
            |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        let bytes = digits.map(byte).collect::<Vec<_>>();
        let expected = json!([entry["written"], entry["detail"]]);
        assert_eq!(written(read_bytes(&bytes)), expected, "{entry}");
    }
}

#[test]
fn values_are_equal_whatever_the_order_of_their_members() {
    let equal = |one: &str, other: &str| read(one).unwrap().is_equal(&read(other).unwrap());
    assert!(equal(r#"{"a":[1,{"b":2,"c":3}]}"#, r#"{"a":[1.0,{"c":3,"b":2}]}"#));
    for (one, other) in [("[1,2]", "[2,1]"), ("[1]", "[1,1]"), (r#"{"a":1}"#, r#"{"a":1,"b":1}"#)] {
        assert!(!equal(one, other) && !equal(other, one), "{one} {other}");
    }
    assert!(!equal(r#"{"a":null}"#, r#"{"b":null}"#) && !equal("{}", "[]") && !equal("1", "\"1\""));
}

fn fault_of(entry: &Value) -> Fault {
    let detail = text(entry, "detail").to_owned();
    let client: Option<BriefClient> = serde_json::from_value(entry["client"].clone()).unwrap();
    let retry_after = entry["retry_after"].as_u64().unwrap_or_default();
    match text(entry, "kind") {
        "malformed" => Fault::Malformed(detail),
        "not_post" => Fault::NotPost,
        "cross_origin" => Fault::CrossOrigin(detail),
        "answered" => {
            Fault::Answered { decision: entry["decision"].as_str().map(str::to_owned), client }
        }
        "expired" => Fault::Expired { client, no_cookies: entry["no_cookies"] == true },
        "key_reused" => Fault::KeyReused,
        "too_many" => Fault::TooMany { retry_after },
        "unavailable" => Fault::Unavailable { retry_after },
        "unchecked_address" => Fault::UncheckedAddress,
        kind => {
            assert_eq!(kind, "failed");
            Fault::Failed
        }
    }
}

#[test]
fn a_fault_is_the_same_problem_document_in_both_kits() {
    for entry in entries(&vectors("problems"), "problems") {
        let fault = fault_of(entry);
        assert_eq!(fault.document("R1"), entry["document"], "{entry}");
        assert_eq!(fault.retry_after(), entry["retry_after"].as_u64(), "{entry}");
    }
}

fn page_of(options: &Value) -> PageHeaders {
    let form_action = match &options["formAction"] {
        Value::Null => FormAction::None,
        Value::String(any) => {
            assert_eq!(any, "any");
            FormAction::Any
        }
        list => FormAction::Only(serde_json::from_value(list.clone()).unwrap()),
    };
    let page = PageHeaders::new().https(options["https"] == true).form_action(form_action);
    let own = options["policy"].as_object().into_iter().flatten();
    own.fold(page, |page, (name, value)| page.directive(name, value.as_str().unwrap()).unwrap())
}

#[test]
fn a_page_has_the_same_headers_in_both_kits() {
    for entry in entries(&vectors("headers"), "pages") {
        let page = page_of(&entry["options"]);
        let pairs: Vec<(String, String)> =
            serde_json::from_value(entry["headers"].clone()).unwrap();
        assert_eq!(page.pairs(), pairs);
        let map = page.header_map();
        assert_eq!(map.len(), pairs.len());
        for (name, value) in pairs {
            assert_eq!(map[&name], value);
        }
    }
    assert!(PageHeaders::new().directive("img-src", "'self'\n").is_err());
}

#[test]
fn cookies_are_read_and_set_in_the_same_way_in_both_kits() {
    let vectors = vectors("cookies");
    for entry in entries(&vectors, "read") {
        let cookies = Cookies::read(&header_map(&json!({ "cookie": entry["header"] })));
        let expected = entry["cookies"].as_object().unwrap();
        for (name, values) in expected {
            assert_eq!(json!(cookies.all(name).collect::<Vec<_>>()), *values, "{entry}");
        }
        assert_eq!(cookies.names("").count(), expected.len(), "{entry}");
    }
    for entry in entries(&vectors, "set") {
        let seconds = entry["seconds"].as_i64().unwrap();
        let line =
            cookie(text(entry, "name"), text(entry, "value"), entry["secure"] == true, seconds);
        assert_eq!(line, text(entry, "cookie"));
    }
}
