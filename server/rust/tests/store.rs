//! What every store must do, here the one in memory.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use countersign_server::{memory::MemoryStore, store::Store};

fn store() -> (MemoryStore, Arc<AtomicI64>) {
    let time = Arc::new(AtomicI64::new(1_000_000));
    let told = Arc::clone(&time);
    (MemoryStore::with_clock(Arc::new(move || told.load(Ordering::SeqCst))), time)
}

#[tokio::test]
async fn a_claim_sets_a_value_once_and_says_what_the_key_has() {
    let (one, _) = store();
    let two = one.clone();
    assert_eq!(one.claim("k", "a \"b\" ä 😀", 60).await.unwrap(), None);
    assert_eq!(two.claim("k", "c", 60).await.unwrap().as_deref(), Some("a \"b\" ä 😀"));
    two.set("k", "d", 60).await.unwrap();
    assert_eq!(one.claim("k", "e", 60).await.unwrap().as_deref(), Some("d"));
    one.delete("k").await.unwrap();
    assert_eq!(two.get("k").await.unwrap(), None);
    assert_eq!(two.claim("k", "f", 60).await.unwrap(), None);
}

#[test]
fn of_many_claims_at_once_exactly_one_is_first_and_counts_are_exact() {
    let (store, _) = store();
    for race in 0..100 {
        let results = std::thread::scope(|scope| {
            let claim = |caller: u32| {
                let store = store.clone();
                scope.spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                    runtime.block_on(async {
                        let count = store.count(&format!("count{race}"), 60).await.unwrap();
                        (
                            store
                                .claim(&format!("k{race}"), &caller.to_string(), 60)
                                .await
                                .unwrap(),
                            count,
                        )
                    })
                })
            };
            let threads = (0..4).map(claim).collect::<Vec<_>>();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        let winner = results.iter().position(|(found, _)| found.is_none()).unwrap();
        let others = results.iter().filter_map(|(found, _)| found.as_deref()).collect::<Vec<_>>();
        assert_eq!(others, vec![winner.to_string(); 3]);
        let mut counts = results.iter().map(|(_, count)| *count).collect::<Vec<_>>();
        counts.sort_unstable();
        assert_eq!(counts, [1, 2, 3, 4]);
    }
}

#[tokio::test]
async fn values_claims_and_counts_end_in_time_and_a_count_does_not_last_longer_for_being_used() {
    let (store, time) = store();
    store.set("value", "v", 2).await.unwrap();
    store.set("long", "v", 60).await.unwrap();
    store.claim("claim", "c", 2).await.unwrap();
    assert_eq!(store.count("count", 2).await.unwrap(), 1);
    time.fetch_add(1000, Ordering::SeqCst);
    assert_eq!(store.count("count", 2).await.unwrap(), 2);
    assert_eq!(store.claim("claim", "d", 2).await.unwrap().as_deref(), Some("c"));
    time.fetch_add(1000, Ordering::SeqCst);
    assert_eq!(store.get("value").await.unwrap(), None);
    assert_eq!(store.claim("claim", "d", 2).await.unwrap(), None);
    assert_eq!(store.count("count", 2).await.unwrap(), 1);
    assert_eq!(store.get("long").await.unwrap().as_deref(), Some("v"));
}

#[tokio::test]
async fn when_there_is_too_much_what_has_expired_goes_first_and_then_the_oldest() {
    let (store, time) = store();
    store.set("oldest", "v", 3600).await.unwrap();
    for number in 0..50_000 {
        store.set(&format!("short{number}"), "v", 1).await.unwrap();
    }
    time.fetch_add(1000, Ordering::SeqCst);
    for number in 0..60_000 {
        store.set(&format!("long{number}"), "v", 3600).await.unwrap();
    }
    assert_eq!(store.get("oldest").await.unwrap().as_deref(), Some("v"));
    for number in 60_000..100_000 {
        store.set(&format!("long{number}"), "v", 3600).await.unwrap();
    }
    assert_eq!(store.get("oldest").await.unwrap(), None);
    assert_eq!(store.get("long99999").await.unwrap().as_deref(), Some("v"));
}
