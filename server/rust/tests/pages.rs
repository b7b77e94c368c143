//! The pages of the kit, their files, and requests that are answered without one. The same for the kit
//! in TypeScript: `tests/kit/page.test.mjs`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

mod support;

use countersign_server::{
    addresses::{ClientError, error_ending},
    engine::{EngineError, Login, Opened, Refused},
    headers::PageHeaders,
    page::{Files, Page},
};
use futures_util::FutureExt;
use http::{HeaderMap, Method};
use support::{
    engine::{CALLBACK, Next, Scripted, to_client},
    site::{Browser, QUERY, Site, allow},
};

const PATH: &str = "/oauth/authorize";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

type Answer = (u16, HeaderMap, String);

fn site(engine: Scripted) -> Site {
    Site::with(engine, |builder| builder.page(Page::with_files_at("/lib/").logout("/oauth/logout")))
}

fn opening(open: impl Fn() -> Result<Opened, EngineError> + Send + Sync + 'static) -> Site {
    let engine = Scripted::default();
    engine.on_open(move |_, _| open());
    site(engine)
}

async fn get(browser: &mut Browser, query: &str) -> Answer {
    browser.send(Method::GET, &format!("{PATH}?{query}"), &[], "").await
}

fn to(answer: &Answer) -> &str {
    assert_eq!(answer.0, 303, "{}", answer.2);
    answer.1["location"].to_str().unwrap()
}

#[tokio::test]
async fn the_sites_icon_is_on_each_page_of_the_kit_if_it_has_one() {
    let page = Page::with_files_at("/lib/").logout("/oauth/logout").icon("/icon \"1\".svg");
    let mut browser = Site::with(Scripted::default(), |builder| builder.page(page)).browser();
    let link = "<link rel=\"icon\" href=\"/icon &quot;1&quot;.svg\">";
    let gone = "/countersign/finish/nothing";
    for path in ["/oauth/authorize", "/oauth/logout", gone] {
        let (_, _, html) = browser.send(Method::GET, path, &[], "").await;
        assert!(html.contains(link), "{path}: {html}");
    }
    let (_, _, html) = get(&mut site(Scripted::default()).browser(), QUERY).await;
    assert!(!html.contains("rel=\"icon\""));
}

#[tokio::test]
async fn the_page_has_the_widget_and_exactly_the_headers_of_the_project() {
    let mut browser = site(Scripted::default()).browser();
    let (status, headers, html) = get(&mut browser, QUERY).await;
    assert_eq!(status, 200);
    let element = "<countersign-identity-provider api-base=\"/countersign\" login-url=\"/login\" site-name=\"site.example\">";
    assert!(html.contains(element) && html.contains("src=\"/lib/register.js\""), "{html}");
    for (name, value) in PageHeaders::new().https(true).pairs() {
        assert_eq!(headers[name.as_str()], value, "{name}");
    }
    assert!(browser.jar.is_empty());
    let logout = browser.send(Method::GET, "/oauth/logout", &[], "").await;
    assert!(logout.2.contains(" flow=\"logout\">"));
    let head = browser.send(Method::HEAD, PATH, &[], "").await;
    assert_eq!((head.0, head.2.as_str()), (200, ""));
    let put = browser.send(Method::PUT, PATH, &[], "").await;
    assert_eq!((put.0, put.1["allow"].to_str().unwrap()), (405, "GET, HEAD, POST"));
}

#[tokio::test]
async fn a_request_that_needs_nobody_is_answered_by_a_redirect_and_a_wrong_one_by_a_page() {
    let done = opening(|| Ok(Opened::Done(to_client("code=1"))));
    assert_eq!(to(&get(&mut done.browser(), QUERY).await), format!("{CALLBACK}?code=1"));
    let refused = opening(|| Ok(Opened::Refused(Refused::new("invalid_client"))));
    let mut browser = refused.browser();
    let answer = browser
        .send(Method::GET, &format!("{PATH}?{QUERY}"), &[("accept-language", "xx, de;q=0.5")], "")
        .await;
    assert_eq!((answer.0, answer.1["content-language"].to_str().unwrap()), (400, "de"));
    assert!(
        answer.2.contains("<html lang=\"de\" dir=\"ltr\">")
            && answer.2.contains("<code>invalid_client</code>")
    );
    let hebrew = get(&mut browser, &format!("{QUERY}&ui_locales=he")).await;
    assert!(hebrew.2.contains("<html lang=\"he\" dir=\"rtl\">"));
    let long = get(&mut browser, &format!("{QUERY}&x={}", "x".repeat(33_000))).await;
    assert_eq!(long.0, 400);
}

#[tokio::test]
async fn a_silent_request_never_gets_the_page() {
    let query = format!("{QUERY}&prompt=none");
    let asks = site(Scripted::default());
    assert!(to(&get(&mut asks.browser(), &query).await).contains("error=consent_required"));
    let away =
        opening(|| Ok(Opened::Login(Login::new(countersign_server::LoginReason::NoSession))));
    assert_eq!(get(&mut away.browser(), &query).await.0, 400);
    let down = opening(|| Err(EngineError::unavailable("it is down")));
    for query in [query.clone(), "request_uri=urn:a&prompt=none&client_id=app".to_owned()] {
        let answer = get(&mut down.browser(), &query).await;
        assert_eq!((answer.0, answer.1["retry-after"].to_str().unwrap()), (503, "5"));
    }
    assert_eq!(get(&mut down.browser(), QUERY).await.0, 200);
    let form = opening(|| {
        let mut error = ClientError::new("login_required");
        error.response_mode = Some("form_post");
        Ok(Opened::Done(error_ending(CALLBACK, &error)))
    });
    let (status, headers, html) = get(&mut form.browser(), &query).await;
    assert_eq!((status, headers.get("x-frame-options")), (200, None));
    assert!(html.contains("name=\"error\" value=\"login_required\""));
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("frame-ancestors https://app.example;"), "{policy}");
}

#[tokio::test]
async fn a_challenge_of_the_engine_becomes_a_transaction_whose_page_goes_on() {
    let site = site(Scripted::default());
    let mut browser = site.browser();
    let first = get(&mut browser, "consent_challenge=c").await;
    let address = to(&first).to_owned();
    assert!(address.starts_with("/oauth/authorize?transaction=") && !address.contains("challenge"));
    let page = browser.send(Method::GET, &address, &[], "").await;
    assert_eq!(page.0, 200);
    let id = address.split_once("transaction=").unwrap().1.to_owned();
    let card = browser.start(serde_json::json!({ "transaction": id })).await;
    assert_eq!(card.brief(), (200, "consent"));
    let ahead = [("sec-purpose", "prefetch;prerender")];
    let early = browser.send(Method::GET, &format!("{PATH}?consent_challenge=c"), &ahead, "").await;
    assert_eq!(early.0, 503);
}

#[tokio::test]
async fn a_request_by_post_is_stored_and_leads_to_the_page() {
    let site = site(Scripted::default());
    let mut browser = site.browser();
    let body = format!("{QUERY}&ui_locales=de&display=popup&display=page");
    let stored = browser.send(Method::POST, PATH, &[FORM], body).await;
    let address = to(&stored).to_owned();
    assert!(address.contains("?transaction=") && address.ends_with("&ui_locales=de"), "{address}");
    assert_eq!(browser.send(Method::GET, &address, &[], "").await.0, 200);
    let other = browser.send(Method::POST, PATH, &[("content-type", "text/plain")], QUERY).await;
    assert_eq!(other.0, 415);
    let long = browser.send(Method::POST, PATH, &[FORM], "x".repeat(40_000)).await;
    assert_eq!(long.0, 413);
    let logout = browser.send(Method::POST, "/oauth/logout", &[FORM], "id_token_hint=x").await;
    assert!(to(&logout).starts_with("/oauth/logout?logout="));
}

#[tokio::test]
async fn files_are_served_under_the_hash_of_all_of_them_and_nowhere_else() {
    let files = [("register.js", "export {};"), ("styles/page.css", "main {}")];
    let files = Files::new(files.map(|(name, content)| (name, content.as_bytes())));
    let version = files.version().to_owned();
    let site = Site::with(Scripted::default(), |builder| builder.page(Page::new(files)));
    let mut browser = site.browser();
    let page = get(&mut browser, QUERY).await.2;
    assert!(page.contains(&format!("href=\"/countersign/files/{version}/styles/page.css\"")));
    let path = format!("/countersign/files/{version}/register.js");
    let (status, headers, text) = browser.send(Method::GET, &path, &[], "").await;
    assert_eq!((status, text.as_str()), (200, "export {};"));
    assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(headers["content-type"], "text/javascript; charset=utf-8");
    for other in ["0000000000000000/register.js", &format!("{version}/other.js"), &version] {
        let answer =
            browser.send(Method::GET, &format!("/countersign/files/{other}"), &[], "").await;
        assert_eq!(answer.0, 404, "{other}");
    }
}

#[tokio::test]
async fn the_host_can_be_idle_only_when_no_call_is_being_answered() {
    let site = site(Scripted::default());
    site.mount.idle().await;
    let (mut browser, card) = site.at_card().await;
    site.engine.next(Next::Hang);
    let call = tokio::spawn(async move { browser.submit("k", allow(&card)).await });
    while site.engine.count("allow") == 0 {
        tokio::task::yield_now().await;
    }
    // The browser leaves, and the call goes on.
    call.abort();
    assert!(call.await.is_err());
    assert!(site.mount.idle().now_or_never().is_none());
}
