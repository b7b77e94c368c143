//! Where a redirect may go: to the page's own host, the backend's host, and the address on the card.

use countersign::backend::{
    Backend, BackendFuture, LogoutOutcome, LogoutStartRequest, LogoutSubmitRequest, Outcome,
    StartRequest, SubmitRequest, memory::MemoryBackend,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    page::{Widget, frame, until},
    script::HeldTimers,
    testing::*,
};

/// A backend on a host of its own.
struct Elsewhere(MemoryBackend);

impl Backend for Elsewhere {
    fn start(&self, request: StartRequest) -> BackendFuture<Outcome> {
        self.0.start(request)
    }

    fn submit(&self, request: SubmitRequest) -> BackendFuture<Outcome> {
        self.0.submit(request)
    }

    fn logout_start(&self, request: LogoutStartRequest) -> BackendFuture<LogoutOutcome> {
        self.0.logout_start(request)
    }

    fn logout_submit(&self, request: LogoutSubmitRequest) -> BackendFuture<LogoutOutcome> {
        self.0.logout_submit(request)
    }

    fn host(&self) -> Option<String> {
        Some("api.harbor.example".into())
    }
}

/// A card that expires at once. The next call of `start` redirects to this address.
async fn led_to(address: &str) -> Widget {
    let timers = HeldTimers::new();
    let soon = js_sys::Date::now() / 1000.0 + 60.0;
    let answer = consent_with(|it| it["expires_at"] = (soon as i64).into());
    let backend = MemoryBackend::default().then(outcome(&answer));
    let backend = backend.then(outcome(&redirect_answer(address)));
    let widget = Widget::with(Elsewhere(backend));
    widget.reaches("consent").await;
    frame().await;
    timers.run_out();
    until(|| !["consent", "starting"].contains(&&*widget.state())).await;
    timers.restore();
    widget
}

#[wasm_bindgen_test]
async fn a_page_may_lead_to_itself() {
    let location = web_sys::window().unwrap().location();
    let host = location.host().unwrap();
    // Only the fragment differs, so that the test's page stays.
    let widget = led_to(&format!("http://{host}/?transaction=T1#done")).await;
    assert_eq!(widget.state(), "redirecting");
    until(|| location.hash().unwrap() == "#done").await;
}

#[wasm_bindgen_test]
async fn to_anywhere_else_than_the_card_said_it_does_not() {
    for address in [
        "https://elsewhere.example/",
        "https://api.harbor.example.elsewhere.example/",
        "https://harbor.example/",
    ] {
        let widget = led_to(address).await;
        assert_eq!(widget.state(), "unsafe-address", "{address}");
        assert!(!widget.has("a, button"));
    }
}
