//! Pages that keep queries: a router behind the page never sees the bytes of a request, so it cannot
//! rewrite them. The same for the kit in TypeScript: `tests/kit/page-kept.test.mjs`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

mod support;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use countersign_server::{
    LoginReason,
    engine::{EngineError, Login, Opened},
    page::Page,
};
use http::{HeaderMap, Method};
use serde_json::json;
use support::{
    engine::{CALLBACK, Scripted, to_client},
    site::{Browser, QUERY, Site, allow},
};

const PATH: &str = "/oauth/authorize";
/// What Angular's router rewrites: a plus, a name without a value, and bytes that are no UTF-8.
const BYTES: &str = "client_id=app&scope=a+b&flag&state=%FF%20%2f&ui_locales=de&display=popup";

type Answer = (u16, HeaderMap, String);

fn kept(engine: Scripted) -> Site {
    let page = Page::with_files_at("/lib/").logout("/oauth/logout").keep_queries(true);
    Site::with(engine, |builder| builder.page(page))
}

fn opening(open: impl Fn() -> Result<Opened, EngineError> + Send + Sync + 'static) -> Site {
    let engine = Scripted::default();
    engine.on_open(move |_, _| open());
    kept(engine)
}

async fn visit(browser: &mut Browser, address: &str) -> Answer {
    browser.send(Method::GET, address, &[], "").await
}

async fn get(browser: &mut Browser, query: &str) -> Answer {
    visit(browser, &format!("{PATH}?{query}")).await
}

fn to(answer: &Answer) -> &str {
    assert_eq!(answer.0, 303, "{}", answer.2);
    answer.1["location"].to_str().unwrap()
}

/// The id in the address of a page.
fn id_in(address: &str) -> &str {
    address.split_once("?transaction=").unwrap().1.split('&').next().unwrap()
}

#[tokio::test]
async fn a_request_is_kept_and_its_page_is_that_of_a_transaction_which_only_its_browser_can_open() {
    let site = kept(Scripted::default());
    let mut browser = site.browser();
    let first = get(&mut browser, BYTES).await;
    let address = to(&first).to_owned();
    assert!(address.starts_with("/oauth/authorize?transaction="), "{address}");
    assert!(address.ends_with("&ui_locales=de&display=popup"), "{address}");
    assert_eq!(visit(&mut browser, &address).await.0, 200);
    let id = json!({ "transaction": id_in(&address) });
    let card = browser.start(id.clone()).await.body;
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (200, "redirect"));
    let opened = format!("open {BYTES}");
    assert!(
        site.engine.count(&opened) > 0 && site.engine.count("open") == site.engine.count(&opened)
    );
    assert_eq!(site.browser().start(id).await.brief(), (410, "expired"));
}

#[tokio::test]
async fn without_the_option_the_page_of_a_request_is_at_its_own_query() {
    let page = Page::with_files_at("/lib/");
    let site = Site::with(Scripted::default(), |builder| builder.page(page));
    assert_eq!(get(&mut site.browser(), BYTES).await.0, 200);
}

#[tokio::test]
async fn a_request_that_needs_no_user_is_answered_at_once() {
    let site = opening(|| Ok(Opened::Done(to_client("code=1"))));
    for query in [QUERY.to_owned(), format!("{QUERY}&prompt=none")] {
        assert_eq!(to(&get(&mut site.browser(), &query).await), format!("{CALLBACK}?code=1"));
    }
}

#[tokio::test]
async fn while_the_engine_is_away_the_page_tries_again_and_a_silent_request_is_no_page() {
    let away = Arc::new(AtomicBool::new(true));
    let is_away = Arc::clone(&away);
    let site = opening(move || match is_away.load(Ordering::SeqCst) {
        true => Err(EngineError::unavailable("down")),
        false => Ok(Opened::Done(to_client("code=1"))),
    });
    let mut browser = site.browser();
    let address = to(&get(&mut browser, QUERY).await).to_owned();
    assert!(address.contains("?transaction="), "{address}");
    assert_eq!(get(&mut browser, &format!("{QUERY}&prompt=none")).await.0, 503);
    away.store(false, Ordering::SeqCst);
    assert_eq!(to(&visit(&mut browser, &address).await), format!("{CALLBACK}?code=1"));
}

#[tokio::test]
async fn a_page_that_a_browser_loads_ahead_keeps_nothing() {
    let site = kept(Scripted::default());
    let mut browser = site.browser();
    let ahead = [("sec-purpose", "prefetch;prerender")];
    let early = browser.send(Method::GET, &format!("{PATH}?{QUERY}"), &ahead, "").await;
    assert_eq!((early.0, site.engine.count("open")), (503, 0));
    let logout = browser.send(Method::GET, "/oauth/logout?state=1", &ahead, "").await;
    assert_eq!((logout.0, browser.jar.len()), (200, 0));
}

#[tokio::test]
async fn a_parameter_that_occurs_twice_is_not_in_the_address_of_the_page() {
    let query = "client_id=app&ui_locales=de&ui_locales=fr&display=popup";
    let answer = get(&mut kept(Scripted::default()).browser(), query).await;
    assert!(!to(&answer).contains("ui_locales") && to(&answer).ends_with("&display=popup"));
}

#[tokio::test]
async fn a_page_without_a_query_is_the_page() {
    let site = kept(Scripted::default());
    for path in [PATH, "/oauth/authorize?", "/oauth/logout"] {
        assert_eq!(visit(&mut site.browser(), path).await.0, 200, "{path}");
    }
}

#[tokio::test]
async fn a_request_to_sign_out_is_kept_as_well() {
    let site = kept(Scripted { signs_out: true, ..Scripted::default() });
    let mut browser = site.browser();
    let first = visit(&mut browser, "/oauth/logout?id_token_hint=x&state=a+b").await;
    let address = to(&first).to_owned();
    assert!(address.starts_with("/oauth/logout?logout=") && !address.contains('&'), "{address}");
    assert!(visit(&mut browser, &address).await.2.contains(" flow=\"logout\">"));
    let query = address.split_once('?').unwrap().1;
    browser.call("/logout/start", json!({ "realm": "consumer", "query": query })).await;
    assert_eq!(site.engine.count("open_logout id_token_hint=x&state=a+b"), 1);
}

#[tokio::test]
async fn what_is_longer_than_the_kit_takes_is_kept_neither_for_a_request_nor_for_a_sign_out() {
    let site = kept(Scripted::default());
    for path in [PATH, "/oauth/logout"] {
        let address = format!("{path}?state={}", "a".repeat(40_000));
        assert_eq!(visit(&mut site.browser(), &address).await.0, 400, "{path}");
    }
    assert_eq!(site.engine.count("open"), 0);
}

#[tokio::test]
async fn the_page_that_is_kept_has_not_been_at_the_login_page_yet() {
    let site = opening(|| Ok(Opened::Login(Login::new(LoginReason::NoSession))));
    for query in [QUERY, "consent_challenge=c"] {
        let mut browser = site.browser();
        let address = to(&get(&mut browser, query).await).to_owned();
        assert_eq!(visit(&mut browser, &address).await.0, 200);
        let reply = browser.start(json!({ "transaction": id_in(&address) })).await;
        assert_eq!((reply.brief(), &reply.body["attempt"]), ((200, "login"), &json!(1)), "{query}");
    }
}
