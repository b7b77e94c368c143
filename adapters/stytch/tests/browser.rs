//! The page that the adapter runs on, in Chromium.

#![cfg(target_arch = "wasm32")]

use countersign_stytch::{StytchBrowser, StytchPlatform};
use wasm_bindgen_test::wasm_bindgen_test;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn cookies_are_read_as_they_were_written_and_moments_by_the_browser_s_own_reader() {
    let page = StytchBrowser;
    assert_eq!(page.cookie("countersign_test"), None);
    let value = page.encode("a=b; c%d é");
    page.set_cookie(&format!("countersign_test={value}; path=/"));
    page.set_cookie("countersign_test_2=other; path=/");
    assert_eq!(page.cookie("countersign_test").as_deref(), Some("a=b; c%d é"));
    page.set_cookie("countersign_test=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/");
    assert_eq!(page.cookie("countersign_test"), None);
    assert_eq!(page.milliseconds("2026-01-01T00:00:01Z"), Some(1_767_225_601_000.0));
    assert_eq!(page.milliseconds("soon"), None);
    let date = page.http_date("2026-01-01T00:00:01Z");
    assert_eq!(date.as_deref(), Some("Thu, 01 Jan 2026 00:00:01 GMT"));
    assert_eq!(page.base64("a:b"), "YTpi");
    let member = |name: &str| {
        let telemetry = js_sys::JSON::parse(&page.telemetry()).ok()?;
        js_sys::Reflect::get(&telemetry, &name.into()).ok()?.as_string()
    };
    assert_ne!(member("event_id"), member("event_id"));
    assert!(member("timezone").is_some_and(|zone| !zone.is_empty()));
    assert!(member("client_sent_at").is_some_and(|at| page.milliseconds(&at).is_some()));
}
