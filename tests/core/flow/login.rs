//! The redirect to the login page.

use countersign::{
    backend::{
        BackendFault, Decision, Outcome,
        memory::{Answer, Call, MemoryBackend},
    },
    flow::{Event, Failure, Gesture, State, Timer, WidgetEvent},
    protocol::{Flow, HandOffError, LoginReason, RawQuery, RequestRef},
};

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
};

/// A page whose user must sign in, and the responses to the calls after that.
fn sent_to_login(first: Outcome, then: MemoryBackend) -> Driver {
    let mut driver = Driver::open(page(), answering([Ok(first)]));
    driver.backend = then;
    driver
}

fn returns_to_transaction(driver: &Driver, id: &str) -> bool {
    matches!(&driver.logins.last().unwrap().return_to, RequestRef::Transaction(it) if it.secret() == id)
}

#[test]
fn without_a_transaction_the_login_returns_to_the_query() {
    let driver = sent_to_login(login("no_session", None, 1), MemoryBackend::default());
    assert_eq!(driver.logins.len(), 1);
    assert_eq!(driver.logins[0].return_to, RequestRef::Query(RawQuery::new(QUERY)));
    assert_eq!(driver.events, [WidgetEvent::Started, WidgetEvent::LoginRequired]);
    assert!(driver.addresses.is_empty());
}

#[test]
fn with_a_transaction_the_login_returns_to_the_transaction() {
    let driver = sent_to_login(login("prompt_login", Some("T7"), 1), MemoryBackend::default());
    assert_eq!(driver.addresses, ["T7"]);
    assert!(returns_to_transaction(&driver, "T7"));
    assert_eq!(driver.logins[0].reason, LoginReason::PromptLogin);
}

#[test]
fn a_page_of_a_transaction_returns_to_it_even_if_the_response_names_none() {
    let page = {
        let mut page = page();
        page.flow = Flow::Authorize;
        page.query = RawQuery::new("transaction=T9");
        page
    };
    let mut driver = Driver::open(
        page,
        answering([Ok(login("max_age", None, 1)), Ok(redirect("https://printer.example/"))]),
    );
    assert!(returns_to_transaction(&driver, "T9"));
    driver.decide(Gesture::Deny, "K1");
    assert_eq!(driver.navigations, ["https://printer.example/"]);
}

#[test]
fn the_login_gets_hint_and_languages_and_the_backend_s_hint_has_precedence() {
    let query = "client_id=a&login_hint=ada&ui_locales=de+en";
    let page = || {
        let mut page = page();
        page.flow = Flow::Authorize;
        page.query = RawQuery::new(query);
        page
    };
    let driver = Driver::open(page(), answering([Ok(login("no_session", None, 1))]));
    let hand_off = &driver.logins[0];
    assert_eq!(hand_off.login_hint.as_ref().unwrap().secret(), "ada");
    assert_eq!(hand_off.ui_locales.len(), 2);

    let answer = serde_json::json!({
        "outcome": "login", "reason": "no_session", "attempt": 1, "login_hint": "grace", "acr_values": "urn:a"
    });
    let driver = Driver::open(page(), answering([Ok(outcome(&answer))]));
    assert_eq!(driver.logins[0].login_hint.as_ref().unwrap().secret(), "grace");
    assert_eq!(driver.logins[0].acr_values.as_deref(), Some("urn:a"));
}

#[test]
fn the_third_login_waits_for_a_click() {
    for (count, logins) in [(1, 1), (2, 1), (3, 0), (1000, 0)] {
        let driver =
            sent_to_login(login("no_session", Some("T7"), count), MemoryBackend::default());
        assert_eq!(driver.logins.len(), logins, "time {count}");
    }
    let mut stuck = sent_to_login(login("no_session", Some("T7"), 3), MemoryBackend::default());
    assert!(matches!(stuck.state(), State::LoginRequired(it) if it.is_stuck()));
    stuck.user(Gesture::SignIn);
    assert_eq!(stuck.logins.len(), 1);
}

#[test]
fn switching_accounts_keeps_the_request() {
    let mut driver = Driver::open(page(), answering([Ok(outcome(&consent()))]));
    driver.user(Gesture::SwitchAccount);
    assert!(returns_to_transaction(&driver, "T1"));
    assert_eq!(driver.logins[0].reason, LoginReason::SelectAccount);
    assert_eq!(driver.logins[0].login_hint, None, "the hint was for the account that is left");
}

#[test]
fn a_request_can_be_denied_without_signing_in() {
    let mut driver = sent_to_login(
        login("no_session", Some("T7"), 1),
        answering([Ok(redirect("https://printer.example/"))]),
    );
    driver.decide(Gesture::Deny, "K1");
    let [Call::Submit(sent)] = &driver.calls()[..] else { panic!("one decision") };
    assert_eq!((sent.decision, named(&sent.request)), (Decision::Deny, "T7"));
    assert_eq!(driver.navigations, ["https://printer.example/"]);
}

#[test]
fn the_login_screen_denies_only_with_a_transaction_and_never_allows() {
    let mut without = sent_to_login(login("no_session", None, 1), MemoryBackend::default());
    without.decide(Gesture::Deny, "K1");
    let mut with = sent_to_login(login("no_session", Some("T7"), 1), MemoryBackend::default());
    with.decide(Gesture::Allow, "K1");
    assert!(without.calls().is_empty() && with.calls().is_empty());
    assert!(matches!(with.state(), State::LoginRequired(_)));
}

#[test]
fn a_failed_denial_stays_on_the_login_screen_and_keeps_its_key() {
    let answers = answering([
        Err(fault(BackendFault::Server(500))),
        Ok(redirect("https://printer.example/")),
    ]);
    let mut driver = sent_to_login(login("no_session", Some("T7"), 1), answers);
    driver.decide(Gesture::Deny, "K1");
    assert!(matches!(driver.state(), State::LoginRequired(it) if it.error.is_some()));
    driver.decide(Gesture::Deny, "K2");
    let calls = driver.calls();
    assert!(calls.iter().all(|call| matches!(call, Call::Submit(it) if it.key.secret() == "K1")));
    assert_eq!(calls.len(), 2);
}

#[test]
fn a_pending_denial_ignores_the_login_button() {
    let mut driver = sent_to_login(
        login("no_session", Some("T7"), 1),
        MemoryBackend::default().then(Answer::Never),
    );
    driver.decide(Gesture::Deny, "K1");
    driver.user(Gesture::SignIn);
    assert_eq!(driver.logins.len(), 1);
    driver.run_out(|timer| *timer == Timer::Response);
    assert!(matches!(driver.state(), State::LoginRequired(_)));
}

#[test]
fn a_login_page_without_an_address_can_be_retried() {
    for error in [HandOffError::LoginUrl, HandOffError::TooLong] {
        let mut driver =
            sent_to_login(login("no_session", None, 1), answering([Ok(outcome(&consent()))]));
        driver.send(Event::HandOffFailed(error));
        assert!(
            matches!(driver.state(), State::Failed(it) if it.failure == Failure::HandOff(error))
        );
        let error = reported("login_unreachable", None, None);
        assert_eq!(driver.errors, [error]);
        driver.user(Gesture::Retry);
        assert!(matches!(driver.state(), State::Consent(_)));
    }
}

#[test]
fn a_page_restored_after_a_login_starts_again() {
    let mut driver =
        sent_to_login(login("no_session", Some("T7"), 1), answering([Ok(outcome(&consent()))]));
    driver.send(Event::PageRestored);
    assert!(matches!(driver.state(), State::Consent(_)));
}
