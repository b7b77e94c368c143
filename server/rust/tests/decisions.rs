//! One decision for a request, whatever happens at once and whatever fails.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod support;

use std::time::Duration;

use countersign_server::{engine::EngineError, seal::Seal, store::Store};
use futures_util::future::join_all;
use serde_json::{Value, json};
use support::{
    engine::{CALLBACK, Next},
    site::{QUERY, Reply, SECRET, START, Site, allow, decision_on, deny},
};

fn briefs(replies: &[Reply]) -> Vec<(u16, &str)> {
    let mut briefs = replies.iter().map(Reply::brief).collect::<Vec<_>>();
    briefs.sort_unstable();
    briefs
}

#[tokio::test(start_paused = true)]
async fn of_many_decisions_at_once_exactly_one_counts() {
    for _ in 0..20 {
        let site = Site::new();
        let (browser, card) = site.at_card().await;
        let submit = |number: u32| {
            let mut browser = browser.clone();
            let body = if number.is_multiple_of(2) { allow(&card) } else { deny(&card) };
            async move { browser.submit(&format!("k{number}"), body).await }
        };
        let replies = join_all((0..8).map(submit)).await;
        assert_eq!(
            briefs(&replies),
            [vec![(200, "redirect")], vec![(409, "already_answered"); 7]].concat()
        );
        let counted = replies.iter().find(|reply| reply.status == 200).unwrap();
        let decision =
            if counted.text("redirect_uri").contains("code=") { "allow" } else { "deny" };
        assert!(
            replies
                .iter()
                .filter(|reply| reply.status == 409)
                .all(|reply| reply.text("decision") == decision)
        );
        assert_eq!(site.engine.count("allow") + site.engine.count("deny"), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_decision_under_the_same_key_has_the_same_answer_for_a_minute() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    let mut twin = browser.clone();
    let (one, other) =
        tokio::join!(browser.submit("k", allow(&card)), twin.submit("k", allow(&card)));
    assert_eq!((one.brief(), &other.body), ((200, "redirect"), &one.body));
    assert_eq!(browser.submit("k", allow(&card)).await.body, one.body);
    assert_eq!(browser.submit("k", deny(&card)).await.brief(), (422, "key_reused"));
    assert_eq!(browser.submit("other", allow(&card)).await.brief(), (409, "already_answered"));
    assert_eq!(browser.resume(&card).await.body, one.body);
    site.advance(61);
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (409, "already_answered"));
    assert_eq!(site.engine.count("allow"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_reload_during_a_decision_waits_for_its_answer() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    // The claim of a process that is at work elsewhere, and comes to its end.
    let id = card["transaction"].as_str().unwrap();
    let claim = |more: Value| {
        let mut claim = json!({ "decision": "allow", "key": "x", "body": "y", "id": id, "mark": "m", "at": START });
        claim.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        claim.to_string()
    };
    let key = format!("decision:scripted:{id}:0");
    site.store.set(&key, &claim(json!({})), 60).await.unwrap();
    let answer =
        json!({ "outcome": "redirect", "redirect_uri": format!("{CALLBACK}?code=elsewhere") });
    let sealed = Seal::new([SECRET])
        .unwrap()
        .seal(&answer.to_string(), &format!("answer scripted {id}"))
        .unwrap();
    let work = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        site.store.set(&format!("answer:{id}"), &sealed, 60).await.unwrap();
        site.store.set(&key, &claim(json!({ "end": "done" })), 60).await.unwrap();
    };
    let (reload, ()) = tokio::join!(browser.resume(&card), work);
    assert_eq!(reload.body, answer);
    assert_eq!(site.engine.count("open"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_decision_of_a_process_that_has_ended_stays_unknown() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    let id = card["transaction"].as_str().unwrap();
    let claim = |at: i64| {
        json!({ "decision": "allow", "key": "x", "body": "y", "id": id, "mark": "m", "at": at })
            .to_string()
    };
    let key = format!("decision:scripted:{id}:0");
    site.store.set(&key, &claim(START), 60).await.unwrap();
    let waiting = browser.submit("k", allow(&card)).await;
    assert_eq!(
        (waiting.brief(), &waiting.headers["retry-after"]),
        ((503, "unavailable"), &"1".parse().unwrap())
    );
    site.advance(31);
    let ended = browser.submit("k", allow(&card)).await;
    assert_eq!((ended.brief(), ended.text("decision")), ((409, "already_answered"), "allow"));
    assert_eq!(site.engine.count("allow"), 0);
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_was_not_reached_can_be_asked_again_with_any_decision() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    site.engine.on_ask(|asked| asked.request_id = Some("r1".to_owned()));
    site.engine.next(Next::Fail(EngineError::unavailable("down")));
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (503, "unavailable"));
    assert_eq!(
        browser.submit("k2", deny(&card)).await.text("redirect_uri"),
        format!("{CALLBACK}?error=access_denied")
    );
}

#[tokio::test(start_paused = true)]
async fn after_a_slow_engine_only_the_same_decision_can_be_tried_again() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    site.engine.next(Next::Hang);
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (503, "unavailable"));
    assert_eq!(browser.submit("d", deny(&card)).await.brief(), (409, "already_answered"));
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (200, "redirect"));
    assert_eq!((site.engine.count("allow"), site.engine.count("deny")), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_the_engine_no_longer_knows_is_over() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    site.engine.next(Next::Fail(EngineError::RequestGone));
    for key in ["k", "k", "other"] {
        let reply = browser.submit(key, allow(&card)).await;
        assert_eq!(reply.brief(), (410, "expired"), "{key}");
    }
    assert_eq!(site.engine.count("allow"), 1);
}

#[tokio::test(start_paused = true)]
async fn after_a_failure_nobody_knows_what_happened_and_nothing_is_tried_again() {
    for next in [Next::Fail(EngineError::failed("secret text")), Next::Panic] {
        let site = Site::new();
        let (mut browser, card) = site.at_card().await;
        site.engine.next(next);
        let first = browser.submit("k", allow(&card)).await;
        assert_eq!(first.brief(), (500, "server_error"));
        assert!(!first.body.to_string().contains("secret text"));
        assert_eq!(browser.submit("k", allow(&card)).await.brief(), (500, "server_error"));
        assert_eq!(browser.submit("d", deny(&card)).await.brief(), (409, "already_answered"));
        assert_eq!(site.engine.count("allow") + site.engine.count("deny"), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_was_opened_twice_is_decided_once() {
    let site = Site::new();
    site.engine.on_ask(|asked| asked.request_id = Some("r1".to_owned()));
    let (mut browser, one) = site.at_card().await;
    let other = browser.start(json!({ "query": QUERY })).await.body;
    assert_ne!(one["transaction"], other["transaction"]);
    let mut twin = browser.clone();
    let (first, second) =
        tokio::join!(browser.submit("a", allow(&one)), twin.submit("b", allow(&other)));
    assert_eq!(briefs(&[first, second]), [(200, "redirect"), (409, "already_answered")]);
    assert_eq!(browser.start(json!({ "query": QUERY })).await.brief(), (409, "already_answered"));
    assert_eq!(site.engine.count("allow"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_decision_goes_on_when_its_browser_has_left() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    let mut twin = browser.clone();
    site.engine.next(Next::Hang);
    // The browser leaves long before the engine's time is over.
    let left = tokio::time::timeout(Duration::from_secs(1), twin.submit("k", allow(&card))).await;
    assert!(left.is_err());
    // The claim has come to its end: the same decision is tried again, and no other.
    assert_eq!(browser.submit("d", deny(&card)).await.brief(), (409, "already_answered"));
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (200, "redirect"));
}

#[tokio::test]
async fn a_decision_on_another_card_decides_nothing_and_gets_the_current_one() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    site.engine.on_ask(|asked| asked.scopes.truncate(2));
    let current = browser.submit("k", allow(&card)).await;
    assert_eq!(current.brief(), (200, "consent"));
    assert_ne!(current.body["version"], card["version"]);
    assert_eq!(current.body["scopes"].as_array().unwrap().len(), 2);
    assert_eq!(site.engine.count("allow"), 0);
    assert_eq!(browser.submit("k2", allow(&current.body)).await.brief(), (200, "redirect"));
    assert_eq!(site.engine.last_grant().scopes.len(), 2);
}

#[tokio::test]
async fn a_denial_counts_for_every_card() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    site.engine.on_ask(|asked| asked.scopes.truncate(1));
    let body = decision_on(&card, "deny", json!({ "version": "another" }));
    assert_eq!(browser.submit("k", body).await.brief(), (200, "redirect"));
    assert_eq!(site.engine.count("deny"), 1);
}

#[tokio::test]
async fn after_a_card_a_denial_asks_the_engine_nothing_else_and_counts_for_the_request() {
    let site = Site::new();
    site.engine.on_ask(|asked| asked.request_id = Some("r1".to_owned()));
    let (mut browser, one) = site.at_card().await;
    let other = browser.start(json!({ "query": QUERY })).await.body;
    assert_eq!(browser.submit("a", deny(&one)).await.brief(), (200, "redirect"));
    assert_eq!((site.engine.count("open"), site.engine.count("deny")), (2, 1));
    let late = browser.submit("b", allow(&other)).await;
    assert_eq!((late.brief(), late.text("decision")), ((409, "already_answered"), "deny"));
    assert_eq!(site.engine.count("allow"), 0);
}

#[tokio::test]
async fn an_allow_without_an_account_leads_to_sign_in_and_keeps_the_choices() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    let left = decision_on(
        &card,
        "allow",
        json!({ "scopes": [{ "scope": "openid" }, { "scope": "read" }], "remember": true }),
    );
    browser.account = None;
    assert_eq!(browser.submit("k", left).await.brief(), (200, "login"));
    browser.account = Some("grace".to_owned());
    let other = browser.resume(&card).await.body;
    assert!(
        other["scopes"].as_array().unwrap().iter().all(|scope| scope.get("unticked").is_none())
    );
    browser.account = Some("ada".to_owned());
    let again = browser.resume(&card).await.body;
    assert_eq!((&again["version"], &again["remember_ticked"]), (&card["version"], &json!(true)));
    let unticked =
        again["scopes"].as_array().unwrap().iter().filter(|scope| scope["unticked"] == true);
    assert_eq!(
        unticked.map(|scope| scope["scope"].as_str().unwrap()).collect::<Vec<_>>(),
        ["write"]
    );
    assert_eq!(site.engine.count("allow"), 0);
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_was_not_reached_leaves_the_request_free_under_its_other_names() {
    let site = Site::new();
    site.engine.on_ask(|asked| asked.request_id = Some("r1".to_owned()));
    let (mut browser, one) = site.at_card().await;
    let other = browser.start(json!({ "query": QUERY })).await.body;
    site.engine.next(Next::Fail(EngineError::unavailable("down")));
    assert_eq!(browser.submit("a", allow(&one)).await.brief(), (503, "unavailable"));
    assert_eq!(browser.submit("b", allow(&other)).await.brief(), (200, "redirect"));
}

#[tokio::test]
async fn only_an_allow_that_says_so_is_remembered() {
    for (said, remembered) in [
        (json!({}), false),
        (json!({ "remember": false }), false),
        (json!({ "remember": true }), true),
    ] {
        let site = Site::new();
        let (mut browser, card) = site.at_card().await;
        assert_eq!(card["remember"], "choice");
        let reply = browser.submit("k", decision_on(&card, "allow", said.clone())).await;
        assert_eq!(reply.brief(), (200, "redirect"), "{said}");
        assert_eq!(site.engine.last_grant().remember, remembered, "{said}");
    }
}

#[tokio::test]
async fn a_decision_that_names_another_organization_than_its_card_decides_nothing() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    let body = decision_on(&card, "allow", json!({ "organization_id": "globex" }));
    assert_eq!(browser.submit("k", body).await.brief(), (200, "consent"));
    assert_eq!(site.engine.count("allow"), 0);
}
