//! Where the state of a request is kept: sealed, bound to its browser, and not for ever.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod support;

use countersign_server::seal::Seal;
use serde_json::{Value, json};
use support::{
    engine::Scripted,
    site::{ORIGIN, QUERY, SECRET, START, Site, allow},
};

const OTHER_SECRET: &str = "another secret of the tests, long enough too";

fn name_of(card: &Value) -> String {
    format!("__Host-countersign-{}", card["transaction"].as_str().unwrap())
}

fn purpose_of(card: &Value) -> String {
    format!("state scripted {} ", card["transaction"].as_str().unwrap())
}

#[tokio::test]
async fn the_cookie_is_for_this_host_unreadable_for_scripts_and_for_15_minutes() {
    let site = Site::new();
    let reply = site.browser().start(json!({ "query": QUERY })).await;
    let lines = reply
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|line| line.to_str().unwrap())
        .collect::<Vec<_>>();
    assert_eq!(lines.len(), 2);
    let (name, rest) = lines[0].split_once('=').unwrap();
    assert_eq!(name, name_of(&reply.body));
    assert!(rest.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=900"), "{rest}");
    assert!(
        lines[1].starts_with("__Host-countersign=")
            && lines[1].ends_with("; Secure; Max-Age=86400")
    );
    assert!(reply.body["transaction"].as_str().unwrap().starts_with("0mjuohs00"));
}

#[tokio::test]
async fn the_engines_own_end_of_a_request_is_the_cookies_but_never_more_than_a_day() {
    let site = Site::new();
    for (seconds, expected) in [(1800, 1800), (864_000, 86_400)] {
        site.engine.on_ask(move |asked| asked.expires_at = Some(START / 1000 + seconds));
        let reply = site.browser().start(json!({ "query": QUERY })).await;
        assert_eq!(reply.body["expires_at"], START / 1000 + expected);
        let line = reply.headers["set-cookie"].to_str().unwrap();
        assert!(line.ends_with(&format!("; Max-Age={expected}")), "{line}");
    }
}

#[tokio::test]
async fn a_request_that_is_over_is_410_with_its_client() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    site.advance(15 * 60);
    let reply = browser.resume(&card).await;
    assert_eq!(
        (reply.brief(), &reply.body["client"]["name"]),
        ((410, "expired"), &json!("The App"))
    );
    assert_eq!(reply.body.get("no_cookies"), None);
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (410, "expired"));
    assert_eq!(site.engine.count("allow"), 0);
}

#[tokio::test]
async fn another_browser_has_no_transaction_and_is_told_if_it_keeps_no_cookies() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    let reply = site.browser().resume(&card).await;
    assert_eq!((reply.brief(), &reply.body["no_cookies"]), ((410, "expired"), &json!(true)));
    browser.jar.remove(&name_of(&card));
    let reply = browser.resume(&card).await;
    assert_eq!((reply.brief(), reply.body.get("no_cookies")), ((410, "expired"), None));
}

#[tokio::test]
async fn a_cookie_that_was_changed_or_is_another_transactions_opens_nothing() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    let other = browser.start(json!({ "query": QUERY })).await.body;
    let value = browser.jar[&name_of(&card)].clone();
    let flipped = if &value[20..21] == "A" { "B" } else { "A" };
    let changed = format!("{}{flipped}{}", &value[..20], &value[21..]);
    let shorter = value[..value.len() - 1].to_owned();
    for wrong in [
        browser.jar[&name_of(&other)].clone(),
        changed,
        shorter,
        String::new(),
        "%00".to_owned(),
        format!("{value}="),
    ] {
        browser.jar.insert(name_of(&card), wrong.clone());
        assert_eq!(browser.resume(&card).await.brief(), (410, "expired"), "{wrong}");
    }
    browser.jar.insert(name_of(&card), value);
    assert_eq!(browser.resume(&card).await.brief(), (200, "consent"));
}

#[tokio::test]
async fn a_transaction_is_of_one_engine_and_of_one_realm() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    let another = Scripted { name: "another", ..Scripted::default() };
    let mut moved = browser.clone();
    moved.site = Site::with(another, |builder| builder);
    assert_eq!(moved.resume(&card).await.brief(), (410, "expired"));
    let b2b = json!({ "realm": "b2b", "transaction": card["transaction"] });
    assert_eq!(browser.start(b2b.clone()).await.brief(), (400, "malformed_call"));
    let mut both = browser.clone();
    both.site = Site::with(Scripted::default(), |builder| {
        builder.realms([countersign_server::Realm::Consumer, countersign_server::Realm::B2b])
    });
    assert_eq!(both.start(b2b).await.brief(), (410, "expired"));
}

#[tokio::test]
async fn secrets_can_be_rotated() {
    let (browser, card) = Site::new().at_card().await;
    let moved_to = async |first: &str, more: bool| {
        let mut moved = browser.clone();
        let first = first.to_owned();
        // `Site::with` adds the secret of the tests at the end.
        moved.site = Site::with(Scripted::default(), |builder| builder.secret(first));
        let value = moved.jar.get_mut(&name_of(&card)).unwrap();
        if !more {
            *value = Seal::new([OTHER_SECRET]).unwrap().seal("{}", &purpose_of(&card)).unwrap();
        }
        moved.resume(&card).await.brief().0
    };
    assert_eq!(moved_to(OTHER_SECRET, true).await, 200);
    // Sealed by none of its secrets.
    assert_eq!(moved_to("a third secret of the tests, also long", false).await, 410);
}

#[tokio::test]
async fn a_state_that_a_newer_process_has_sealed_keeps_what_an_older_one_does_not_know() {
    let site = Site::new();
    let (mut browser, card) = site.at_card().await;
    let seal = Seal::new([SECRET]).unwrap();
    let open = |value: &str| {
        serde_json::from_str::<Value>(&seal.open(value, &purpose_of(&card)).unwrap()).unwrap()
    };
    let mut state = open(&browser.jar[&name_of(&card)]);
    state["newer"] = json!({ "a": 1 });
    browser.jar.insert(name_of(&card), seal.seal(&state.to_string(), &purpose_of(&card)).unwrap());
    browser.account = None;
    assert_eq!(browser.resume(&card).await.brief(), (200, "login"));
    let state = open(&browser.jar[&name_of(&card)]);
    assert_eq!((&state["newer"], &state["isAway"]), (&json!({ "a": 1 }), &json!(true)));
}

#[tokio::test]
async fn a_request_of_the_largest_size_stands_in_the_store() {
    let site = Site::new();
    let mut browser = site.browser();
    let query = format!("client_id=app&state={}", "s".repeat(32_000));
    let card = browser.start(json!({ "query": query })).await.body;
    assert!(browser.cookies().len() < 400);
    assert_eq!(browser.resume(&card).await.brief(), (200, "consent"));
    assert_eq!(site.engine.count(&format!("open {query}")), 2);
    assert_eq!(site.browser().resume(&card).await.brief(), (410, "expired"));
    assert_eq!(browser.submit("k", allow(&card)).await.brief(), (200, "redirect"));
}

#[tokio::test]
async fn many_open_requests_keep_the_cookies_small_and_the_oldest_are_swept() {
    let site = Site::new();
    let mut browser = site.browser();
    let mut cards = Vec::new();
    for number in 0..25 {
        cards.push(browser.start(json!({ "query": format!("{QUERY}&n={number}") })).await.body);
        site.advance(1);
    }
    assert_eq!(
        browser.jar.keys().filter(|name| name.starts_with("__Host-countersign-")).count(),
        20
    );
    assert!(browser.cookies().len() < 8192, "{}", browser.cookies().len());
    assert_eq!(browser.resume(&cards[0]).await.brief(), (410, "expired"));
    for card in &cards[5..] {
        assert_eq!(browser.resume(card).await.brief(), (200, "consent"));
    }
}

#[tokio::test]
async fn a_browser_and_an_address_have_limits_within_a_minute() {
    let mut limits = countersign_server::Limits::default();
    limits.per_browser = 3;
    limits.per_address = 5;
    let site = Site::with(Scripted::default(), |builder| {
        builder
            .limits(limits)
            .address_of(|request| Some(request.headers.get("x-from")?.to_str().ok()?.to_owned()))
    });
    let (mut browser, card) = site.at_card().await;
    for _ in 0..3 {
        assert_eq!(browser.resume(&card).await.status, 200);
    }
    let reply = browser.resume(&card).await;
    assert_eq!(
        (reply.brief(), &reply.headers["retry-after"]),
        ((429, "too_many"), &"60".parse().unwrap())
    );
    site.advance(60);
    assert_eq!(browser.resume(&card).await.status, 200);
    let body = json!({ "realm": "consumer", "query": QUERY }).to_string();
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(
            site.browser()
                .call_with("/authorize/start", body.clone(), &[("x-from", "192.0.2.1")])
                .await
                .status,
        );
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429]);
}

#[tokio::test]
async fn a_log_has_nothing_of_a_request_unless_the_host_wants_it() {
    let quiet = Site::new();
    let loud = Site::with(Scripted::default(), |builder| builder.log_details(true));
    for (site, is_loud) in [(&quiet, false), (&loud, true)] {
        let (mut browser, card) = site.at_card().await;
        site.engine.next(support::engine::Next::Fail(
            countersign_server::engine::EngineError::failed("it has state s%201"),
        ));
        browser.submit("k", allow(&card)).await;
        browser.account = Some("broken".to_owned());
        assert_eq!(browser.resume(&card).await.brief(), (503, "unavailable"));
        let events = support::engine::lock(&site.events).clone();
        let brief = events
            .iter()
            .map(|event| {
                (event.path, event.status, event.outcome.as_deref(), event.code, event.error)
            })
            .collect::<Vec<_>>();
        assert_eq!(
            brief,
            [
                ("authorize/start", 200, Some("consent"), None, None),
                ("authorize/submit", 500, None, Some("server_error"), Some("engine_failed")),
                ("authorize/start", 503, None, Some("unavailable"), Some("host_unavailable")),
            ]
        );
        let text = serde_json::to_string(&events).unwrap();
        for secret in ["s%201", "ada", "app.example"] {
            assert_eq!(
                text.contains(secret),
                is_loud && secret != "app.example",
                "{secret}: {text}"
            );
        }
    }
}

#[test]
fn options_that_cannot_be_right_are_refused() {
    use countersign_server::{Countersign, OptionsError};
    let build = |origin: &str, base: &str, secret: &str| {
        let builder = Countersign::builder(Scripted::default(), support::site::Named);
        let store = countersign_server::memory::MemoryStore::new();
        builder.origin(origin).base(base).secret(secret).store(store).build().map(|_| ())
    };
    assert_eq!(build(ORIGIN, "/countersign", SECRET), Ok(()));
    assert_eq!(build("http://127.0.0.1:8080", "/x", SECRET), Ok(()));
    for origin in [
        "",
        "site.example",
        "https://site.example/",
        "https://Site.example",
        "https://site.example:443",
    ] {
        assert_eq!(build(origin, "/x", SECRET), Err(OptionsError::Origin), "{origin}");
    }
    assert_eq!(build("http://site.example", "/x", SECRET), Err(OptionsError::Insecure));
    for base in ["", "x", "/", "/x/", "//x"] {
        assert_eq!(build(ORIGIN, base, SECRET), Err(OptionsError::Base), "{base}");
    }
    assert!(matches!(build(ORIGIN, "/x", "short"), Err(OptionsError::Secret(_))));
}
