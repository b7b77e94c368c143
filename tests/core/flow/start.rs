//! Opening a page, and the first response.

use countersign::{
    backend::{
        BackendFault, StartRequest,
        memory::{Answer, Call, MemoryBackend},
    },
    flow::{Effect, Event, Gesture, Invalid, PageInfo, State, Timer, WidgetEvent, open, step},
    protocol::{Flow, RawQuery, Realm, RequestError, RequestRef, TransactionId, UnsafeAddress},
};
use serde_json::json;

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
};

fn with_query(query: &str) -> PageInfo {
    let mut page = page();
    page.query = RawQuery::new(query);
    page
}

#[test]
fn a_framed_page_calls_nothing_and_stays_framed() {
    for mut page in [page(), logout_page()] {
        page.framed = true;
        let step = open(page);
        assert_eq!(step.machine.state(), &State::Framed);
        assert!(step.effects.is_empty());
        for event in [
            Event::PageRestored,
            Event::User(Gesture::Retry, key("K")),
            Event::User(Gesture::Allow, key("K")),
        ] {
            let after = self::step(step.machine.clone(), event);
            assert_eq!((after.machine.state(), after.effects.len()), (&State::Framed, 0));
        }
    }
}

#[test]
fn an_unusable_request_is_never_sent() {
    let driver = Driver::open(with_query("client_id=a&client_id=b"), MemoryBackend::default());
    let refused = Invalid::Request(RequestError::Duplicate("client_id"));
    assert_eq!(driver.state(), &State::Invalid(refused));
    assert!(driver.calls().is_empty());
    let reported = reported("parameter_duplicated", None, None);
    assert!(driver.events.is_empty());
    assert_eq!(driver.errors, [reported]);
}

#[test]
fn the_backend_gets_the_query_and_the_call_has_a_timeout() {
    let step = open(page());
    let attempt = step.machine.attempt();
    let request = StartRequest::new(Realm::Consumer, RequestRef::Query(RawQuery::new(QUERY)));
    let expected = [
        Effect::Start { attempt, request },
        Effect::Wait { attempt, timer: Timer::Response },
        Effect::ReportEvent(WidgetEvent::Started),
    ];
    assert_eq!(step.effects, expected);
    assert_eq!(step.machine.state(), &State::Starting(None));
}

#[test]
fn a_page_of_a_transaction_starts_with_it() {
    let page = {
        let mut page = with_query("transaction=T9");
        page.realm = Realm::B2b;
        page
    };
    let driver = Driver::open(page, MemoryBackend::default().then(Answer::Never));
    assert_eq!(
        driver.calls(),
        [Call::Start(StartRequest::new(
            Realm::B2b,
            RequestRef::Transaction(TransactionId::new("T9"))
        ))]
    );
}

#[test]
fn a_card_has_its_transaction_s_address_and_expires() {
    let driver = Driver::open(page(), answering([Ok(outcome(&consent()))]));
    assert!(matches!(driver.state(), State::Consent(_)));
    assert_eq!(driver.addresses, ["T1"]);
    assert_eq!(driver.events, [WidgetEvent::Started, WidgetEvent::ConsentShown]);
    let wait = (driver.machine.attempt(), Timer::Expiry(EXPIRES_AT));
    assert_eq!(driver.waits.last(), Some(&wait));
}

#[test]
fn a_card_with_an_unsafe_redirect_uri_is_never_shown() {
    let mut answer = consent();
    answer["redirect_uri"] = "javascript:alert(1)".into();
    let driver = Driver::open(page(), answering([Ok(outcome(&answer))]));
    assert_eq!(driver.state(), &State::UnsafeAddress(UnsafeAddress::Scheme));
    assert_eq!(driver.events, [WidgetEvent::Started]);
    assert_eq!(driver.errors, [reported("address_scheme", None, None)]);
    assert!(driver.addresses.is_empty());
}

#[test]
fn without_needed_consent_the_page_redirects_at_once() {
    let driver =
        Driver::open(page(), answering([Ok(redirect("https://printer.example/cb?code=1"))]));
    assert_eq!(driver.navigations, ["https://printer.example/cb?code=1"]);
    assert_eq!(driver.leaves_for(), None, "no card has named the client");
    assert_eq!(driver.events, [WidgetEvent::Started, WidgetEvent::Redirecting]);
}

#[test]
fn an_unsafe_redirect_is_never_opened() {
    let driver = Driver::open(page(), answering([Ok(redirect("http://printer.example/"))]));
    assert_eq!(driver.state(), &State::UnsafeAddress(UnsafeAddress::Insecure));
    assert!(driver.navigations.is_empty());
}

#[test]
fn an_error_of_the_backend_is_shown_and_reported() {
    let driver = Driver::open(page(), answering([Ok(outcome(&error("invalid_client")))]));
    assert!(
        matches!(driver.state(), State::Invalid(Invalid::Response(it)) if it.error == "invalid_client")
    );
    let reported = reported("request_refused", Some("invalid_client"), Some("R1"));
    assert_eq!(driver.events, [WidgetEvent::Started]);
    assert_eq!(driver.errors, [reported]);
    assert!(driver.navigations.is_empty());
}

#[test]
fn an_answered_or_expired_request_has_its_own_state() {
    let mut answered = fault(BackendFault::AlreadyAnswered);
    answered.client = Some(Box::new(countersign::backend::ClientHome {
        name: "Printer".into(),
        client_uri: None,
    }));
    let driver = Driver::open(page(), answering([Err(answered)]));
    assert_eq!(driver.state(), &State::Answered(None));
    let driver = Driver::open(page(), answering([Err(fault(BackendFault::Expired))]));
    assert_eq!(driver.state(), &State::Expired);
}

#[test]
fn a_stale_response_changes_nothing() {
    let first = open(page());
    let late = first.machine.attempt();
    let again = step(first.machine, Event::PageRestored);
    for outcome in [Ok(redirect("https://printer.example/")), Err(unreachable())] {
        let after = step(again.machine.clone(), Event::AuthorizeResponse(late, outcome));
        assert_eq!((&after.machine, after.effects.len()), (&again.machine, 0));
    }
    let after = step(again.machine.clone(), Event::TimedOut(late, Timer::Response));
    assert_eq!((&after.machine, after.effects.len()), (&again.machine, 0));
}

#[test]
fn a_repeated_response_counts_once() {
    let driver = Driver::open(page(), answering([Ok(outcome(&consent()))]));
    let attempt = driver.machine.attempt();
    let again = Event::AuthorizeResponse(attempt, Ok(redirect("https://printer.example/")));
    let after = step(driver.machine.clone(), again);
    assert_eq!((&after.machine, after.effects.len()), (&driver.machine, 0));
}

#[test]
fn a_response_of_the_other_flow_changes_nothing() {
    let authorize = open(page());
    let attempt = authorize.machine.attempt();
    let signed_out = logout_outcome(&json!({ "outcome": "signed_out" }));
    let after = step(authorize.machine.clone(), Event::LogoutResponse(attempt, Ok(signed_out)));
    assert_eq!((&after.machine, after.effects.len()), (&authorize.machine, 0));

    let logout = open(logout_page());
    let attempt = logout.machine.attempt();
    let redirect = redirect("https://printer.example/");
    let after = step(logout.machine.clone(), Event::AuthorizeResponse(attempt, Ok(redirect)));
    assert_eq!((&after.machine, after.effects.len()), (&logout.machine, 0));
}

#[test]
fn gestures_before_the_response_change_nothing() {
    let first = open(page());
    let gestures = [
        Gesture::Allow,
        Gesture::Deny,
        Gesture::Retry,
        Gesture::ScopeToggled(1),
        Gesture::SignIn,
        Gesture::SwitchAccount,
        Gesture::OpenAgain,
        Gesture::SignOut,
        Gesture::Stay,
    ];
    for gesture in gestures {
        let after = step(first.machine.clone(), Event::User(gesture, key("K")));
        assert_eq!((&after.machine, after.effects.len()), (&first.machine, 0));
    }
}

#[test]
fn the_query_decides_the_flow_only_if_the_page_does_not() {
    let logs_out = |flow, query: &str| {
        let effects = open(PageInfo::new(Realm::Consumer, flow, RawQuery::new(query))).effects;
        matches!(effects.first(), Some(Effect::LogoutStart { .. }))
    };
    let logout = "client_id=a&post_logout_redirect_uri=https%3A%2F%2Fprinter.example%2F";
    assert!(logs_out(Flow::Auto, logout));
    assert!(logs_out(Flow::Logout, "client_id=a"));
    assert!(!logs_out(Flow::Auto, "client_id=a"));
    assert!(!logs_out(Flow::Authorize, logout));
}
