//! A store or an engine that does not answer, before, during and after a decision.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod support;

use std::{
    future::pending,
    sync::{Arc, Mutex},
    time::Duration,
};

use countersign_server::{
    memory::MemoryStore,
    store::{Store, StoreError},
};
use serde_json::json;
use support::{
    engine::{Scripted, lock},
    site::{QUERY, Site, allow, deny},
};
use tokio::time::sleep;

/// What is wrong with a store.
#[derive(Clone, Copy, PartialEq)]
enum Wrong {
    Fails(&'static str),
    Hangs(&'static str),
    Slow(&'static str),
}

/// A store of which one method may not work, for keys that begin in a certain way.
#[derive(Clone)]
struct Faulty {
    inner: MemoryStore,
    wrong: Arc<Mutex<Option<Wrong>>>,
}

impl Faulty {
    async fn check(&self, method: &str, key: &str) -> Result<(), StoreError> {
        let call = format!("{method} {key}");
        let wrong = *lock(&self.wrong);
        match wrong {
            Some(Wrong::Fails(start)) if call.starts_with(start) => Err(StoreError("down".into())),
            Some(Wrong::Hangs(start)) if call.starts_with(start) => pending().await,
            Some(Wrong::Slow(start)) if call.starts_with(start) => {
                sleep(Duration::from_secs(20)).await;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl Store for Faulty {
    async fn claim(
        &self,
        key: &str,
        value: &str,
        seconds: u64,
    ) -> Result<Option<String>, StoreError> {
        self.check("claim", key).await?;
        self.inner.claim(key, value, seconds).await
    }
    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.check("get", key).await?;
        self.inner.get(key).await
    }
    async fn set(&self, key: &str, value: &str, seconds: u64) -> Result<(), StoreError> {
        self.check("set", key).await?;
        self.inner.set(key, value, seconds).await
    }
    async fn delete(&self, key: &str) -> Result<(), StoreError> {
        self.check("delete", key).await?;
        self.inner.delete(key).await
    }
    async fn count(&self, key: &str, seconds: u64) -> Result<u64, StoreError> {
        self.check("count", key).await?;
        self.inner.count(key, seconds).await
    }
}

fn faulty() -> (Site, Arc<Mutex<Option<Wrong>>>) {
    let wrong = Arc::new(Mutex::new(None));
    let store = Faulty { inner: MemoryStore::new(), wrong: Arc::clone(&wrong) };
    (Site::with(Scripted::default(), move |builder| builder.store(store)), wrong)
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_away_or_slow_is_503_and_nothing_is_decided() {
    let cases = ["get decision", "claim decision", "claim request", "count calls"];
    for wrong in cases.into_iter().flat_map(|start| [Wrong::Fails(start), Wrong::Hangs(start)]) {
        let (site, switch) = faulty();
        site.engine.on_ask(|asked| asked.request_id = Some("r1".to_owned()));
        let (mut browser, card) = site.at_card().await;
        *lock(&switch) = Some(wrong);
        let reply = browser.submit("k", allow(&card)).await;
        assert_eq!(
            (reply.brief(), &reply.headers["retry-after"]),
            ((503, "unavailable"), &"2".parse().unwrap())
        );
        assert_eq!(site.engine.count("allow"), 0);
        *lock(&switch) = None;
        assert_eq!(browser.submit("d", deny(&card)).await.brief(), (200, "redirect"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_comes_through_after_its_call_was_answered_is_taken_back() {
    let (site, switch) = faulty();
    let (mut browser, card) = site.at_card().await;
    *lock(&switch) = Some(Wrong::Slow("claim decision"));
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (503, "unavailable"));
    *lock(&switch) = None;
    // Of the test's own clock: the claim was made ten seconds ago.
    sleep(Duration::from_secs(20)).await;
    assert_eq!(browser.submit("d", deny(&card)).await.brief(), (200, "redirect"));
    assert_eq!(site.engine.count("allow"), 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_cannot_be_kept_counts_all_the_same_and_is_never_made_again() {
    for wrong in [Wrong::Fails("set"), Wrong::Hangs("set")] {
        let (site, switch) = faulty();
        let (mut browser, card) = site.at_card().await;
        *lock(&switch) = Some(wrong);
        assert_eq!(browser.submit("k", allow(&card)).await.brief(), (200, "redirect"));
        *lock(&switch) = None;
        // The claim is still in progress, and later nobody knows more.
        assert_eq!(browser.submit("k", allow(&card)).await.brief(), (503, "unavailable"));
        site.advance(31);
        assert_eq!(browser.submit("k", allow(&card)).await.brief(), (409, "already_answered"));
        assert_eq!(site.engine.count("allow"), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_no_cookie_can_hold_needs_the_store() {
    let (site, switch) = faulty();
    *lock(&switch) = Some(Wrong::Fails("set state"));
    let mut browser = site.browser();
    let large = json!({ "query": format!("{QUERY}&x={}", "x".repeat(8000)) });
    assert_eq!(browser.start(large.clone()).await.brief(), (503, "unavailable"));
    assert_eq!(browser.start(json!({ "query": QUERY })).await.brief(), (200, "consent"));
    *lock(&switch) = None;
    let card = browser.start(large).await.body;
    *lock(&switch) = Some(Wrong::Fails("get state"));
    assert_eq!(browser.resume(&card).await.brief(), (503, "unavailable"));
}
