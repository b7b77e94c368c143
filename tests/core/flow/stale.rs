//! Responses and timers of an earlier attempt.

use countersign::{
    backend::{BackendFault, TrustedToken},
    flow::{Attempt, Event, Gesture, Machine, PageInfo, Timer, Trusted, open, step},
    protocol::Secret,
};
use serde_json::json;

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
};

fn changes(machine: &Machine, event: Event) -> bool {
    let after = step(machine.clone(), event);
    after.machine != *machine || !after.effects.is_empty()
}

/// The event with the number of the attempt before the page was restored is stale, and the same event
/// with the current number counts.
fn counts_only_in_its_attempt(page: PageInfo, event: impl Fn(Attempt) -> Event) {
    let first = open(page);
    let stale = first.machine.attempt();
    let machine = step(first.machine, Event::PageRestored).machine;
    assert_ne!(machine.attempt(), stale);
    assert!(!changes(&machine, event(stale)));
    assert!(changes(&machine, event(machine.attempt())));
}

#[test]
fn a_response_counts_only_in_its_attempt() {
    counts_only_in_its_attempt(page(), |attempt| {
        Event::AuthorizeResponse(attempt, Ok(redirect("https://printer.example/")))
    });
    counts_only_in_its_attempt(logout_page(), |attempt| {
        let signed_out = logout_outcome(&json!({ "outcome": "signed_out" }));
        Event::LogoutResponse(attempt, Ok(signed_out))
    });
    let mut trusted = page();
    trusted.trusted =
        Trusted::Known(TrustedToken { token: Secret::new("jwt"), profile_id: "profile-1".into() });
    counts_only_in_its_attempt(trusted, |attempt| Event::AttestResponse(attempt, Ok(())));
}

#[test]
fn a_timer_counts_only_in_its_attempt() {
    counts_only_in_its_attempt(page(), |attempt| Event::TimedOut(attempt, Timer::Response));

    // The failed decision starts the timers of the card again, in a new attempt.
    let answers = [Ok(outcome(&consent())), Err(unreachable())];
    let mut driver = Driver::open(page(), answering(answers));
    let stale = driver.machine.attempt();
    driver.decide(Gesture::Deny, "K1");
    let machine = &driver.machine;
    assert_ne!(machine.attempt(), stale);
    let expiry = Timer::Expiry(EXPIRES_AT);
    assert!(!changes(machine, Event::TimedOut(stale, expiry)));
    assert!(changes(machine, Event::TimedOut(machine.attempt(), expiry)));

    let busy = BackendFault::Busy { retry_after: Some(7) };
    let stale = open(page()).machine.attempt();
    let driver = Driver::open(page(), answering([Err(fault(busy))]));
    let machine = &driver.machine;
    let retry = Timer::RetryAfter(7);
    assert!(!changes(machine, Event::TimedOut(stale, retry)));
    assert!(changes(machine, Event::TimedOut(machine.attempt(), retry)));
}
