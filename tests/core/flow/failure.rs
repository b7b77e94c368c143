//! Failures and retries.

use countersign::{
    backend::{
        BackendFault, TransportError,
        memory::{Answer, MemoryBackend},
    },
    flow::{Failure, Gesture, Retry, State, Timer, WidgetEvent},
};

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
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
