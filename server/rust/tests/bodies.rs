//! Calls that no page of the site makes, and bodies that are not as described.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::{
    engine::lock,
    site::{ORIGIN, QUERY, Site, deny},
    vectors::{entries, vectors},
};

const CALLS: [&str; 4] =
    ["/authorize/start", "/authorize/submit", "/logout/start", "/logout/submit"];

/// A body of a vector: `<<a*3>>` stands for `aaa`.
fn expanded(body: &str) -> String {
    let Some((before, rest)) = body.split_once("<<") else {
        return body.to_owned();
    };
    let (repeated, after) = rest.split_once(">>").unwrap();
    let (text, count) = repeated.rsplit_once('*').unwrap();
    format!("{before}{}{}", text.repeat(count.parse().unwrap()), expanded(after))
}

#[tokio::test]
async fn the_body_of_a_call_is_described_or_refused_at_the_same_place_in_both_kits() {
    let site = Site::with(support::engine::Scripted::default(), |builder| {
        builder.realms([countersign_server::Realm::Consumer, countersign_server::Realm::B2b])
    });
    for entry in entries(&vectors("calls"), "calls") {
        let (path, body) =
            (entry["path"].as_str().unwrap(), expanded(entry["body"].as_str().unwrap()));
        let reply = site.browser().call_with(path, body, &[("idempotency-key", "k")]).await;
        let found = if reply.status == 400 { reply.body["detail"].clone() } else { Value::Null };
        assert_eq!(found, entry["detail"], "{entry} {}", reply.body);
    }
}

#[tokio::test]
async fn a_call_from_elsewhere_is_403_and_the_engine_never_hears_of_it() {
    let site = Site::new();
    let foreign = [
        ("origin", "https://evil.example"),
        ("x-countersign", "2"),
        ("sec-fetch-site", "same-site"),
        ("content-type", "text/plain"),
    ];
    for path in CALLS {
        for header in foreign {
            let reply = site.browser().call_with(path, "{}", &[header]).await;
            assert_eq!(reply.brief(), (403, "cross_origin_call"), "{path} {header:?}");
            assert_eq!(reply.headers["content-type"], "application/problem+json");
            assert_eq!(reply.headers["cache-control"], "no-store");
            assert_eq!(reply.headers["cross-origin-resource-policy"], "same-origin");
        }
    }
    assert_eq!(site.engine.count(""), 0);
    assert_eq!(lock(&site.events).len(), 16);
}

#[tokio::test]
async fn another_method_than_post_is_405() {
    let mut browser = Site::new().browser();
    for path in CALLS {
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS, Method::HEAD] {
            let headers = [("origin", ORIGIN), ("x-countersign", "1")];
            let (status, headers, _) =
                browser.send(method, &format!("/countersign{path}"), &headers, "").await;
            assert_eq!((status, headers["allow"].to_str().unwrap()), (405, "POST"));
        }
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_or_coded_is_400() {
    let site = Site::new();
    let long = format!("{{\"realm\":\"consumer\",\"query\":\"{}\"}}", "a".repeat(48 * 1024));
    let reply = site.browser().call_with("/authorize/start", long, &[]).await;
    assert_eq!(
        (reply.status, reply.text("detail")),
        (400, "The body is not as described: / is longer than 48 KiB.")
    );
    let reply =
        site.browser().call_with("/authorize/start", "{}", &[("content-encoding", "gzip")]).await;
    assert_eq!(
        (reply.status, reply.text("detail")),
        (400, "The body is not as described: / has a Content-Encoding.")
    );
    let reply = site.browser().call_with("/authorize/start", vec![0xff], &[]).await;
    assert_eq!(
        (reply.status, reply.text("detail")),
        (400, "The body is not as described: / is not UTF-8.")
    );
    assert_eq!(site.engine.count(""), 0);
    let body = format!("{{\"realm\":\"consumer\",\"query\":\"{QUERY}\"}}");
    let longest = format!("{body}{}", " ".repeat(48 * 1024 - body.len()));
    let reply = site.browser().call_with("/authorize/start", longest, &[]).await;
    assert_eq!(reply.brief(), (200, "consent"));
}

#[tokio::test]
async fn a_realm_that_is_not_served_is_400() {
    let mut browser = Site::new().browser();
    let reply = browser.start(json!({ "realm": "b2b", "query": "" })).await;
    assert_eq!(
        (reply.status, reply.text("detail")),
        (400, "The body is not as described: /realm is not served here.")
    );
}

#[tokio::test]
async fn a_decision_needs_a_key() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    for key in ["", "a b", &"k".repeat(129)] {
        assert_eq!(
            browser.submit(key, deny(&card)).await.brief(),
            (400, "malformed_call"),
            "{key}"
        );
    }
    assert_eq!(
        browser.call("/authorize/submit", deny(&card)).await.brief(),
        (400, "malformed_call")
    );
    assert_eq!(browser.submit(&"k".repeat(128), deny(&card)).await.status, 200);
}
