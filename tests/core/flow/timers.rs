//! Timers, and pages from the back-forward cache.

use countersign::{
    backend::{
        BackendFault,
        memory::{Answer, Call, MemoryBackend},
    },
    flow::{Event, Gesture, State, Timer, step},
    protocol::RequestRef,
};
use serde_json::json;

use crate::testing::{
    driver::{Driver, answering, answering_logout},
    fixtures::*,
};

fn busy(seconds: u32) -> BackendFault {
    BackendFault::Busy { retry_after: Some(seconds) }
}

#[test]
fn every_timer_has_its_duration() {
    let now = 1_000_000_000.0;
    assert_eq!(Timer::RetryAfter(7).milliseconds(now), Some(7000));
    assert_eq!(Timer::Response.milliseconds(now), Some(20_000));
    assert_eq!(Timer::Navigation.milliseconds(now), Some(10_000));
    assert_eq!(Timer::Expiry(1_000_060).milliseconds(now), Some(60_500));
    assert_eq!(Timer::Expiry(1_000_000).milliseconds(now), Some(500));
    for never in [999_999, 0, i64::MIN, i64::MAX, 1_000_000 + 86_400] {
        assert_eq!(Timer::Expiry(never).milliseconds(now), None, "{never}");
    }
    assert_eq!(Timer::Expiry(0).milliseconds(f64::NAN), None);
    // The end of the range: half a second after the expiry, and a day.
    assert_eq!(Timer::Expiry(1_000_000).milliseconds(now + 499.0), Some(1));
    assert_eq!(Timer::Expiry(1_000_000).milliseconds(now + 500.0), None);
    assert_eq!(Timer::RetryAfter(86_399).milliseconds(now), Some(86_399_000));
    assert_eq!(Timer::RetryAfter(86_400).milliseconds(now), None);
}

#[test]
fn an_expired_card_is_loaded_again() {
    let mut driver = Driver::open(
        page(),
        answering([Ok(outcome(&consent())), Err(fault(BackendFault::Expired))]),
    );
    driver.run_out(|timer| matches!(timer, Timer::Expiry(_)));
    assert!(matches!(driver.state(), State::Expired));
}

#[test]
fn a_card_that_expires_by_a_wrong_clock_keeps_its_ticks() {
    let consent = || Ok(outcome(&consent()));
    let mut driver = Driver::open(page(), answering([consent(), consent()]));
    driver.user(Gesture::ScopeToggled(1));
    driver.run_out(|timer| matches!(timer, Timer::Expiry(_)));
    let State::Consent(consent) = driver.state() else { panic!("the card") };
    assert!(!consent.selection.is_ticked(&consent.request, 1));
}

#[test]
fn a_card_still_expires_after_a_failed_decision() {
    let answers = [Ok(outcome(&consent())), Err(unreachable()), Err(fault(BackendFault::Expired))];
    let mut driver = Driver::open(page(), answering(answers));
    driver.decide(Gesture::Allow, "K1");
    let wait = (driver.machine.attempt(), Timer::Expiry(EXPIRES_AT));
    assert_eq!(driver.waits.last(), Some(&wait));
    driver.run_out(|timer| matches!(timer, Timer::Expiry(_)));
    assert!(matches!(driver.state(), State::Expired));
}

#[test]
fn a_web_address_is_opened_once_however_long_its_site_takes() {
    for address in ["https://printer.example/?code=1", "http://127.0.0.1:4000/?code=1"] {
        let mut driver = Driver::open(page(), answering([Ok(redirect(address))]));
        for late in [false, true] {
            assert!(matches!(driver.state(), State::Redirecting(it) if it.late == late));
            for gesture in [Gesture::OpenAgain, Gesture::Retry, Gesture::Allow, Gesture::Deny] {
                driver.user(gesture);
            }
            let handed_over = Event::TimedOut(driver.machine.attempt(), Timer::HandOver);
            driver.send(handed_over);
            driver.run_out(|timer| *timer == Timer::Navigation);
        }
        assert!(matches!(driver.state(), State::Redirecting(it) if it.late));
        assert_eq!(driver.navigations, [address]);
    }
}

#[test]
fn an_app_s_address_can_be_opened_again() {
    let address = "com.example.printer:/cb?code=1";
    let app = json!({ "outcome": "redirect", "redirect_uri": address, "native": true });
    let mut driver = Driver::open(page(), answering([Ok(outcome(&app))]));
    for opened in 1..=2 {
        assert!(matches!(driver.state(), State::Redirecting(_)));
        driver.user(Gesture::OpenAgain);
        assert_eq!(driver.navigations.len(), opened, "not while it opens");
        driver.run_out(|timer| *timer == Timer::HandOver);
        assert!(matches!(driver.state(), State::Returned(_)));
        driver.user(Gesture::OpenAgain);
    }
    assert_eq!(driver.navigations, [address; 3]);
}

#[test]
fn a_timer_that_does_not_fit_the_state_changes_nothing() {
    let timers = [Timer::Response, Timer::Expiry(1), Timer::RetryAfter(1), Timer::Navigation];
    let states: [(Driver, &[Timer]); 4] = [
        (Driver::open(page(), MemoryBackend::default().then(Answer::Never)), &timers[..1]),
        (Driver::open(page(), answering([Ok(outcome(&consent()))])), &timers[1..2]),
        (Driver::open(page(), answering([Err(fault(busy(1)))])), &timers[2..3]),
        (Driver::open(page(), answering([Ok(redirect("https://printer.example/"))])), &timers[3..]),
    ];
    for (driver, fitting) in states {
        for timer in timers.iter().filter(|timer| !fitting.contains(timer)) {
            let event = Event::TimedOut(driver.machine.attempt(), *timer);
            let after = step(driver.machine.clone(), event);
            assert_eq!((&after.machine, after.effects.len()), (&driver.machine, 0), "{timer:?}");
        }
    }
}

#[test]
fn a_restored_page_starts_again_with_its_transaction() {
    let consent = || Ok(outcome(&consent()));
    let ways: [&dyn Fn(&mut Driver); 7] = [
        &|_| {},
        &|driver| driver.decide(Gesture::Allow, "K1"),
        &|driver| {
            driver.decide(Gesture::Allow, "K1");
            driver.run_out(|timer| *timer == Timer::Navigation);
        },
        &|driver| driver.user(Gesture::SwitchAccount),
        &|driver| {
            driver.backend = answering([Err(fault(BackendFault::AlreadyAnswered))]);
            driver.decide(Gesture::Deny, "K1");
        },
        &|driver| {
            driver.backend = MemoryBackend::default().then(Answer::Never);
            driver.decide(Gesture::Deny, "K1");
        },
        &|driver| driver.send(Event::PageRestored),
    ];
    for (number, way) in ways.iter().enumerate() {
        let mut driver =
            Driver::open(page(), answering([consent(), Ok(redirect("https://printer.example/"))]));
        way(&mut driver);
        driver.backend = answering([Err(fault(BackendFault::AlreadyAnswered))]);
        driver.send(Event::PageRestored);
        assert!(matches!(driver.state(), State::Answered(_)), "way {number}");
        let [Call::Start(asked)] = &driver.calls()[..] else { panic!("one question") };
        assert!(matches!(asked.request, RequestRef::Transaction(_)), "way {number}");
    }
}

#[test]
fn a_refused_request_stays_refused_after_a_page_restore() {
    let mut driver = Driver::open(page(), answering([Ok(outcome(&error("invalid_client")))]));
    driver.send(Event::PageRestored);
    assert!(matches!(driver.state(), State::Invalid(_)));
    assert_eq!(driver.calls().len(), 1);
}

#[test]
fn a_page_restored_before_the_retry_time_starts_at_once() {
    let mut driver =
        Driver::open(page(), answering([Err(fault(busy(60))), Ok(outcome(&consent()))]));
    let stale = *driver.waits.last().unwrap();
    driver.send(Event::PageRestored);
    assert!(matches!(driver.state(), State::Consent(_)));
    driver.send(Event::TimedOut(stale.0, stale.1));
    assert!(matches!(driver.state(), State::Consent(_)));
}

#[test]
fn a_restored_logout_page_starts_again() {
    let signed_out = || Ok(logout_outcome(&json!({ "outcome": "signed_out" })));
    let mut driver = Driver::open(logout_page(), answering_logout([signed_out(), signed_out()]));
    driver.send(Event::PageRestored);
    assert_eq!(driver.state(), &State::SignedOut);
    assert_eq!(driver.calls().len(), 2);
}
