//! Failures and retries.

use countersign::{
    backend::{
        BackendError, BackendFault, ClientHome, TransportError,
        memory::{Answer, MemoryBackend},
    },
    flow::{Event, Failure, Gesture, Retry, State, Timer, WidgetEvent},
    protocol::OrganizationId,
};

use crate::testing::{
    driver::{Driver, answering, answering_logout},
    fixtures::*,
    views::{message, paragraphs},
};

fn busy(seconds: u32) -> BackendFault {
    BackendFault::Busy { retry_after: Some(seconds) }
}

#[test]
fn a_failed_start_is_repeated_on_retry() {
    let mut driver = Driver::open(page(), answering([Err(unreachable()), Ok(outcome(&consent()))]));
    let State::Failed(failed) = driver.state() else { panic!("a failure") };
    assert_eq!((&failed.failure, failed.retry), (&Failure::Backend(unreachable()), Retry::Now));
    assert_eq!(driver.events, [WidgetEvent::Started]);
    assert_eq!(driver.errors, [reported("unreachable", None, None)]);
    driver.user(Gesture::Retry);
    assert!(matches!(driver.state(), State::Consent(_)));
    let calls = driver.calls();
    assert_eq!(calls[0], calls[1]);
}

#[test]
fn a_call_without_a_response_times_out() {
    let mut driver = Driver::open(page(), MemoryBackend::default().then(Answer::Never));
    driver.run_out(|timer| *timer == Timer::Response);
    let timed_out = fault(TransportError::TimedOut.into());
    assert!(
        matches!(driver.state(), State::Failed(it) if it.failure == Failure::Backend(timed_out))
    );
}

#[test]
fn a_busy_backend_is_not_called_before_its_retry_time() {
    let mut driver =
        Driver::open(page(), answering([Err(fault(busy(7))), Ok(outcome(&consent()))]));
    assert!(matches!(driver.state(), State::Failed(it) if it.retry == Retry::After(7)));
    driver.user(Gesture::Retry);
    assert_eq!(driver.calls().len(), 1, "not yet");
    driver.run_out(|timer| *timer == Timer::RetryAfter(7));
    assert!(matches!(driver.state(), State::Failed(it) if it.retry == Retry::Now));
    driver.user(Gesture::Retry);
    assert!(matches!(driver.state(), State::Consent(_)));
}

#[test]
fn a_retry_timer_counts_once() {
    let mut driver = Driver::open(page(), answering([Err(fault(busy(7)))]));
    driver.run_out(|timer| *timer == Timer::RetryAfter(7));
    let before = driver.machine.clone();
    driver.run_out(|timer| *timer == Timer::RetryAfter(7));
    assert_eq!(driver.machine, before);
}

#[test]
fn a_long_retry_time_is_shortened() {
    for (asked, kept) in [(0, 1), (1_000_000, 120)] {
        let driver = Driver::open(page(), answering([Err(fault(busy(asked)))]));
        assert!(matches!(driver.state(), State::Failed(it) if it.retry == Retry::After(kept)));
        let wait = (driver.machine.attempt(), Timer::RetryAfter(kept));
        assert_eq!(driver.waits.last(), Some(&wait));
    }
}

/// Where the screen of an ended request sends the user, and the address of its link.
fn way_back(driver: &Driver) -> (String, Option<String>) {
    assert!(matches!(driver.state(), State::Answered(_) | State::Expired));
    let view = driver.view();
    let link = message(&view).link.as_ref();
    (paragraphs(&view).pop().unwrap(), link.map(|(_, link)| link.as_str().to_owned()))
}

fn go_back_to(name: &str) -> String {
    format!("Go back to {name} and start again.")
}

#[test]
fn a_request_that_ends_after_its_card_leads_back_to_the_card_s_client() {
    let mut card = organization_consent();
    card["client"]["client_uri"] = "https://printer.example/home".into();
    let home = (go_back_to("Photo Printer"), Some("https://printer.example/home".into()));
    let ways: [&dyn Fn(&mut Driver); 5] = [
        &|driver| driver.decide(Gesture::Allow, "K1"),
        &|driver| driver.decide(Gesture::Deny, "K1"),
        &|driver| driver.run_out(|timer| matches!(timer, Timer::Expiry(_))),
        &|driver| driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex"))),
        &|driver| driver.send(Event::PageRestored),
    ];
    for ended in [BackendFault::Expired, BackendFault::AlreadyAnswered] {
        for (number, way) in ways.iter().enumerate() {
            let answers = [Ok(outcome(&card)), Err(fault(ended.clone()))];
            let mut driver = Driver::open(page(), answering(answers));
            way(&mut driver);
            assert_eq!(way_back(&driver), home, "way {number}, {ended:?}");
        }
    }
    let named = BackendError {
        client: Some(Box::new(ClientHome { name: "Other".into(), client_uri: None })),
        ..BackendFault::Expired.into()
    };
    let mut driver = Driver::open(page(), answering([Ok(outcome(&card)), Err(named)]));
    driver.decide(Gesture::Deny, "K1");
    assert_eq!(way_back(&driver), (go_back_to("Other"), None), "the backend's word comes first");
    let unknown = Driver::open(page(), answering([Err(fault(BackendFault::Expired))]));
    assert_eq!(way_back(&unknown), (go_back_to("the app you came from"), None));
}

#[test]
fn a_logout_that_ends_leads_back_to_its_client() {
    let answers = [Ok(logout_outcome(&confirmation())), Err(fault(BackendFault::Expired))];
    let mut driver = Driver::open(logout_page(), answering_logout(answers));
    driver.user(Gesture::SignOut);
    assert_eq!(way_back(&driver), (go_back_to("Photo Printer"), None));
}

#[test]
fn without_cookies_the_screen_says_so_and_asks_again_when_the_user_has_allowed_them() {
    let card = organization_consent();
    let mut driver = Driver::open(
        page(),
        answering([
            Ok(outcome(&card)),
            Err(fault(BackendFault::NoCookies)),
            Err(fault(BackendFault::NoCookies)),
            Ok(outcome(&card)),
        ]),
    );
    driver.decide(Gesture::Deny, "K1");
    for _ in 0..2 {
        let State::Failed(failed) = driver.state() else { panic!("a screen with a way on") };
        assert_eq!(failed.failure, Failure::Backend(fault(BackendFault::NoCookies)));
        let text = format!("{:?}", driver.view().screen.body);
        assert!(
            text.contains("Allow cookies for ") && text.contains(", then try again."),
            "{text}"
        );
        driver.user(Gesture::Retry);
    }
    assert!(matches!(driver.state(), State::Consent(_)));
}
