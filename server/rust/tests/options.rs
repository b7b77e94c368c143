//! What a host and an engine may say of one request, and what a decision makes of it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod support;

use std::time::Duration;

use countersign_server::{
    Realm,
    describe::{ClientWord, Describe, DescribeContext, ScopeWord},
    engine::{Narrows, Opened, Refused, Remembers},
    model::{BoxError, ClientMetadata, RequestedScope},
};
use serde_json::json;
use support::{
    engine::Scripted,
    site::{QUERY, START, Site, decision_on, deny},
};

fn with(engine: Scripted) -> Site {
    Site::with(engine, |builder| builder)
}

#[tokio::test]
async fn a_request_may_differ_from_its_engine_in_what_can_be_left_out_and_remembered() {
    let site = with(Scripted::default());
    site.engine.on_ask(|asked| {
        (asked.narrows, asked.remembers) = (Some(Narrows::No), Some(Remembers::Never));
    });
    let (mut browser, card) = site.at_card().await;
    assert_eq!((&card["can_narrow"], &card["remember"]), (&json!(false), &json!("never")));
    let left = json!({ "scopes": [{ "scope": "openid" }] });
    let reply = browser.submit("k", decision_on(&card, "allow", left)).await;
    assert_eq!(reply.brief(), (400, "malformed_call"));

    let strict = Scripted { narrows: Narrows::No, remembers: Remembers::Always, ..site.engine };
    strict.on_ask(|asked| {
        (asked.narrows, asked.remembers) = (Some(Narrows::Yes), Some(Remembers::Choice));
    });
    let (_, card) = with(strict).at_card().await;
    assert_eq!((&card["can_narrow"], &card["remember"]), (&json!(true), &json!("choice")));
}

#[tokio::test]
async fn a_host_describes_a_client_in_several_languages_and_a_client_itself_in_none() {
    #[derive(Default)]
    struct Described;
    impl Describe for Described {
        async fn client(&self, _: &ClientMetadata, _: Realm) -> Result<ClientWord, BoxError> {
            let mut word = ClientWord::default();
            word.description = Some("Prints".to_owned());
            let texts = [("de", "Druckt".to_owned()), ("x", "y".repeat(3000)), ("a b", "z".into())];
            word.descriptions = texts.map(|(tag, text)| (tag.to_owned(), text)).into();
            Ok(word)
        }
    }
    let site = Site::with(Scripted::default(), |builder| builder.describe(Described));
    site.engine.on_ask(|asked| {
        asked.client.tagged.insert("description#fr".to_owned(), "Imprime".to_owned());
    });
    let (_, card) = site.at_card().await;
    let client = card["client"].as_object().unwrap();
    assert_eq!(
        (&client["description"], &client["description#de"]),
        (&json!("Prints"), &json!("Druckt"))
    );
    assert_eq!(client["description#x"].as_str().unwrap().len(), 2000);
    assert_eq!((client.get("description#fr"), client.get("description#a b")), (None, None));
}

#[tokio::test]
async fn a_request_stays_open_as_long_as_the_host_says() {
    let half_an_hour = Duration::from_secs(1800);
    let site = Site::with(Scripted::default(), |builder| builder.life(half_an_hour));
    let (mut browser, card) = site.at_card().await;
    assert_eq!(card["expires_at"], json!(START / 1000 + 1800));
    site.advance(1799);
    assert_eq!(browser.resume(&card).await.brief(), (200, "consent"));
    site.advance(1);
    assert_eq!(browser.resume(&card).await.brief(), (410, "expired"));
}

#[tokio::test]
async fn a_scope_includes_those_of_its_own_resource_alone_and_a_resource_is_granted_once() {
    #[derive(Default)]
    struct Including;
    impl Describe for Including {
        async fn scope(
            &self,
            scope: &RequestedScope,
            _: &DescribeContext<'_>,
        ) -> Result<Option<ScopeWord>, BoxError> {
            let mut word = ScopeWord::default();
            word.implies =
                (scope.scope == "write").then(|| "read".to_owned()).into_iter().collect();
            Ok(Some(word))
        }
    }
    let site = Site::with(Scripted::default(), |builder| builder.describe(Including));
    site.engine.on_ask(|asked| {
        asked.scopes.push(RequestedScope::of("https://api.example", "read"));
        asked.resources = vec!["https://a.example".to_owned(); 2];
    });
    let (mut browser, card) = site.at_card().await;
    let own =
        json!({ "scopes": [{ "scope": "openid" }, { "scope": "write" }, { "scope": "read" }] });
    let reply = browser.submit("k", decision_on(&card, "allow", own)).await;
    assert_eq!(reply.brief(), (200, "redirect"));
    let grant = site.engine.last_grant();
    assert_eq!((grant.scopes.len(), grant.resources.len()), (3, 1));
}

#[tokio::test]
async fn a_request_that_the_engine_refuses_before_its_card_cannot_be_denied_and_its_client_is_not_told()
 {
    let site = with(Scripted::default());
    let mut browser = site.browser();
    browser.account = None;
    let away = browser.start(json!({ "query": QUERY })).await.body;
    site.engine.on_open(|_, _| Ok(Opened::Refused(Refused::new("invalid_client"))));
    let unseen = json!({ "transaction": away["transaction"], "version": "v" });
    let reply = browser.submit("k", deny(&unseen)).await;
    assert_eq!((reply.brief(), reply.text("error")), ((200, "error"), "invalid_client"));
    assert_eq!(site.engine.count("deny"), 0);
}
