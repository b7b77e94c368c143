//! What one kit has opened, decided and kept, the other goes on with: by
//! `tests/vectors/server/transactions.json`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod support;

use countersign_server::store::Store;
use http::Method;
use serde_json::Value;
use support::{
    site::{Browser, Site},
    vectors::{entries, vectors},
};

/// A browser with the cookies of a vector, at a site with its store.
async fn browser_of(vector: &Value) -> Browser {
    let mut browser = Site::new().browser();
    let texts =
        |name: &str| serde_json::from_value::<Vec<(String, String)>>(pairs(&vector[name])).unwrap();
    for (key, value) in texts("store") {
        browser.site.store.set(&key, &value, 3600).await.unwrap();
    }
    browser.jar = texts("cookies").into_iter().collect();
    browser
}

fn pairs(members: &Value) -> Value {
    members
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| Value::from(vec![name.as_str().into(), value.clone()]))
        .collect()
}

#[tokio::test]
async fn a_request_goes_on_in_the_other_kit_as_in_its_own() {
    let vectors = vectors("transactions");
    let mut by = Vec::new();
    for vector in entries(&vectors, "transactions") {
        let mut browser = browser_of(vector).await;
        by.push(vector["by"].as_str().unwrap());
        for call in entries(vector, "calls") {
            let place = format!("{} by {}: {call}", vector["name"], vector["by"]);
            if let Some(page) = call["page"].as_str() {
                let (status, _, text) = browser.send(Method::GET, page, &[], "").await;
                assert_eq!(
                    (Value::from(status), Value::from(text)),
                    (call["status"].clone(), call["text"].clone()),
                    "{place}"
                );
                continue;
            }
            browser.account = call["account"].as_str().map(str::to_owned);
            let path = call["path"].as_str().unwrap();
            // A text: the order of members counts for whether a decision is the same.
            let body = call["body"].as_str().unwrap().to_owned();
            let key = call["key"].as_str().map(|key| ("idempotency-key", key));
            let mut reply = browser.call_with(path, body, key.as_slice()).await;
            reply.body.as_object_mut().unwrap().remove("request_id");
            assert_eq!(Value::from(reply.status), call["status"], "{place}");
            assert_eq!(reply.body, call["answer"], "{place}");
        }
    }
    assert!(by.contains(&"node") && by.contains(&"rust"), "{by:?}");
}
