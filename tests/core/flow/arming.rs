//! When a press counts: the delay, the focus, and what must have been in view.

use countersign::{
    backend::memory::Answer,
    flow::{Arming, Event, Gesture, State, Timer, step},
    messages::Key,
    protocol::OrganizationId,
};
use serde_json::json;

use super::decide::{HOME, submits};
use crate::testing::{
    driver::{Driver, answering, answering_logout},
    fixtures::*,
};

/// A card that has just come, all of it in view.
fn hasty() -> Driver {
    let mut driver = unseen();
    driver.user(Gesture::CardSeen);
    driver
}

/// A card of which nothing has been in view yet.
fn unseen() -> Driver {
    let answers = [Ok(outcome(&consent())), Ok(redirect(HOME))];
    Driver::hasty(page(), answering(answers))
}

/// Why the last press did not count, as the page says it.
fn said(driver: &Driver) -> Option<String> {
    driver.view().live.hint.map(|hint| hint.plain())
}

fn arming(driver: &Driver) -> Arming {
    driver.machine.guard().arming
}

/// The moment passes.
fn passes(driver: &mut Driver) {
    driver.run_out(|timer| matches!(timer, Timer::Arming(_)));
}

/// Whether Allow counts now.
fn allows(driver: &mut Driver) -> bool {
    let state = driver.state().clone();
    driver.decide(Gesture::Allow, "K1");
    let sent = !submits(driver).is_empty();
    assert!(sent || driver.state() == &state, "or nothing at all");
    assert_eq!(sent, said(driver).is_none(), "a press that does not count says so");
    sent
}

#[test]
fn allow_does_nothing_before_the_delay_and_deny_works() {
    let mut driver = hasty();
    assert!(driver.view().live.unready);
    assert!(!allows(&mut driver));
    assert_eq!(said(&driver).as_deref(), Some(Key::PressTooEarly.english()));
    passes(&mut driver);
    assert!(!driver.view().live.unready);
    assert!(allows(&mut driver));
    let mut driver = unseen();
    driver.decide(Gesture::Deny, "K1");
    assert_eq!(submits(&driver).len(), 1);
}

#[test]
fn presses_that_come_too_early_start_the_delay_again_however_many_there_are() {
    let mut driver = hasty();
    let mut timers = vec![*driver.waits.last().unwrap()];
    for _ in 0..14 {
        assert!(!allows(&mut driver));
        let timer = *driver.waits.last().unwrap();
        assert!(!timers.contains(&timer));
        timers.push(timer);
    }
    let (last, earlier) = timers.split_last().unwrap();
    for (attempt, timer) in earlier {
        driver.send(Event::TimedOut(*attempt, *timer));
        assert!(driver.view().live.unready, "a delay that was cut short does not count");
    }
    driver.send(Event::TimedOut(last.0, last.1));
    assert!(said(&driver).is_some(), "what was said stays readable");
    assert!(allows(&mut driver));
}

#[test]
fn a_press_on_a_page_without_the_focus_never_counts_and_says_so() {
    let mut driver = hasty();
    passes(&mut driver);
    driver.send(Event::VisibilityChanged(false));
    for _ in 0..3 {
        assert!(!allows(&mut driver));
        assert_eq!(arming(&driver), Arming::Hidden);
    }
    assert_eq!(said(&driver).as_deref(), Some(Key::PressTooEarly.english()));
    driver.send(Event::VisibilityChanged(true));
    assert_eq!(said(&driver), None, "the page is looked at anew");
    assert!(!allows(&mut driver), "the click that brought the focus");
    passes(&mut driver);
    assert!(allows(&mut driver));
}

#[test]
fn allow_counts_only_when_all_that_must_be_seen_has_been_in_view() {
    let mut driver = unseen();
    passes(&mut driver);
    assert!(driver.view().live.unseen && !driver.view().live.unready);
    for shown in 1..=3 {
        assert!(!allows(&mut driver));
        assert_eq!(driver.shown_unseen, shown, "each press leads to the next part");
        assert_eq!(said(&driver).as_deref(), Some(Key::PressUnseen.english()));
        passes(&mut driver);
    }
    driver.user(Gesture::CardSeen);
    assert!(!driver.view().live.unseen);
    assert!(allows(&mut driver));
    assert_eq!(driver.shown_unseen, 3);
}

#[test]
fn a_press_before_all_was_in_view_starts_the_delay_again() {
    let mut driver = unseen();
    passes(&mut driver);
    assert!(!allows(&mut driver));
    driver.user(Gesture::CardSeen);
    assert!(!allows(&mut driver));
    assert_eq!(said(&driver).as_deref(), Some(Key::PressTooEarly.english()));
    passes(&mut driver);
    assert!(allows(&mut driver));
}

#[test]
fn what_was_in_view_counts_for_its_own_card_only_and_also_while_a_call_is_under_way() {
    let card = || Ok(outcome(&organization_consent()));
    let mut driver = Driver::hasty(page(), answering([card(), card(), Err(unreachable())]));
    driver.user(Gesture::CardSeen);
    driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex")));
    passes(&mut driver);
    assert!(!allows(&mut driver), "another card");
    // The call fails at once here, so the report comes while the card is back.
    driver.backend = driver.backend.clone().then(Answer::Never);
    driver.decide(Gesture::Deny, "K2");
    driver.backend = answering([Ok(redirect(HOME))]);
    driver.user(Gesture::CardSeen);
    passes(&mut driver);
    assert!(allows(&mut driver));
}

#[test]
fn a_denial_takes_back_what_was_said_about_a_press() {
    let answers = [Ok(outcome(&consent())), Err(unreachable())];
    let mut driver = Driver::hasty(page(), answering(answers));
    assert!(!allows(&mut driver));
    driver.decide(Gesture::Deny, "K1");
    assert_eq!(said(&driver), None);
}

#[test]
fn a_logout_counts_after_the_delay_and_staying_at_once() {
    let asked = || {
        let stayed = logout_outcome(&json!({ "outcome": "signed_out" }));
        let answers = [Ok(logout_outcome(&confirmation())), Ok(stayed)];
        Driver::hasty(logout_page(), answering_logout(answers))
    };
    let mut driver = asked();
    for _ in 0..3 {
        assert!(driver.view().live.unready);
        driver.user(Gesture::SignOut);
        assert!(matches!(driver.state(), State::ConfirmLogout { .. }));
        assert_eq!(said(&driver).as_deref(), Some(Key::PressTooEarly.english()));
    }
    passes(&mut driver);
    driver.send(Event::VisibilityChanged(true));
    driver.user(Gesture::SignOut);
    assert!(said(&driver).is_some(), "the click that brought the focus");
    passes(&mut driver);
    assert!(!driver.view().live.unready);
    driver.user(Gesture::SignOut);
    assert_eq!(driver.state(), &State::SignedOut);
    let mut driver = asked();
    driver.user(Gesture::Stay);
    assert_eq!(driver.calls().len(), 2);
}

#[test]
fn the_delay_of_a_logout_restarts_after_a_failed_decision() {
    let answers = [Ok(logout_outcome(&confirmation())), Err(unreachable())];
    let mut driver = Driver::hasty(logout_page(), answering_logout(answers));
    driver.user(Gesture::SignOut);
    driver.user(Gesture::Stay);
    let view = driver.view();
    assert!(view.live.unready && view.live.alert.is_some() && view.live.hint.is_none());
    passes(&mut driver);
    assert!(!driver.view().live.unready);
}

#[test]
fn the_delay_does_not_start_while_the_page_is_hidden() {
    let mut driver = Driver::hasty(page(), answering([]).then(Answer::Never));
    driver.send(Event::VisibilityChanged(false));
    let attempt = driver.machine.attempt();
    driver.send(Event::AuthorizeResponse(attempt, Ok(outcome(&consent()))));
    driver.user(Gesture::CardSeen);
    assert_eq!(arming(&driver), Arming::Hidden);
    assert!(!driver.waits.iter().any(|(_, timer)| matches!(timer, Timer::Arming(_))));
    assert!(!allows(&mut driver));
    driver.send(Event::VisibilityChanged(true));
    assert!(!allows(&mut driver));
    passes(&mut driver);
    assert_eq!(arming(&driver), Arming::Armed);
}

#[test]
fn the_delay_restarts_when_the_page_is_visible_or_focused_again() {
    let mut driver = hasty();
    passes(&mut driver);
    driver.send(Event::VisibilityChanged(false));
    assert!(!allows(&mut driver));
    driver.send(Event::VisibilityChanged(true));
    passes(&mut driver);
    assert_eq!(arming(&driver), Arming::Armed);
    driver.send(Event::VisibilityChanged(true));
    assert!(!allows(&mut driver), "the click that brought the focus");
    passes(&mut driver);
    assert!(allows(&mut driver));
}

#[test]
fn a_delay_of_an_earlier_visit_does_not_count() {
    let mut driver = hasty();
    let (attempt, first) = *driver.waits.last().unwrap();
    for visible in [false, true] {
        driver.send(Event::VisibilityChanged(visible));
    }
    let (_, second) = *driver.waits.last().unwrap();
    assert_ne!(first, second);
    driver.send(Event::TimedOut(attempt, first));
    assert!(driver.view().live.unready);
    driver.send(Event::TimedOut(attempt, second));
    assert_eq!(arming(&driver), Arming::Armed);
    driver.send(Event::VisibilityChanged(false));
    driver.send(Event::TimedOut(attempt, second));
    assert_eq!(arming(&driver), Arming::Hidden);
}

#[test]
fn the_delay_restarts_for_a_new_card() {
    let answers = [
        Ok(outcome(&organization_consent())),
        Ok(outcome(&organization_consent())),
        Err(unreachable()),
    ];
    let mut driver = Driver::hasty(page(), answering(answers));
    passes(&mut driver);
    let late = *driver.waits.last().unwrap();
    driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex")));
    assert!(matches!(arming(&driver), Arming::Waiting(_)));
    driver.send(Event::TimedOut(late.0, late.1));
    assert!(matches!(arming(&driver), Arming::Waiting(_)));
    passes(&mut driver);
    driver.decide(Gesture::Deny, "K1");
    assert!(
        matches!(arming(&driver), Arming::Waiting(_)),
        "after a decision that did not get through"
    );
    passes(&mut driver);
    assert_eq!(arming(&driver), Arming::Armed);
}

#[test]
fn the_delay_does_not_start_before_the_texts_load() {
    let page = {
        let mut page = page();
        page.language = Some("de");
        page
    };
    let answers = [Ok(outcome(&consent())), Ok(redirect(HOME))];
    let mut driver = Driver::hasty(page, answering(answers));
    assert_eq!(arming(&driver), Arming::Hidden);
    driver.send(Event::VisibilityChanged(true));
    assert_eq!(arming(&driver), Arming::Hidden);
    driver.decide(Gesture::Deny, "K1");
    assert!(submits(&driver).is_empty(), "nothing is there to press");
    driver.send(Event::MessagesSettled);
    driver.user(Gesture::CardSeen);
    assert!(!allows(&mut driver));
    passes(&mut driver);
    assert!(allows(&mut driver));
}

#[test]
fn allow_does_nothing_if_it_would_grant_nothing() {
    let mut answer = consent();
    answer["scopes"] =
        json!([plain_scope("photos.read", false), plain_scope("offline_access", false)]);
    let answers = [Ok(outcome(&answer)), Ok(redirect(HOME))];
    let mut driver = Driver::open(page(), answering(answers));
    assert_eq!(driver.view().live.hint, None);
    driver.user(Gesture::ScopeToggled(0));
    let live = driver.view().live;
    let hint = Key::ConsentScopesEmpty.english();
    assert_eq!(live.hint.unwrap().plain(), hint);
    assert!(live.grants_nothing);
    driver.decide(Gesture::Allow, "K1");
    assert!(submits(&driver).is_empty());
    assert_eq!(said(&driver).as_deref(), Some(hint), "also after a press");
    driver.user(Gesture::ScopeToggled(0));
    assert!(allows(&mut driver));
}

#[test]
fn the_delay_is_short_and_changes_no_screen() {
    let driver = hasty();
    let (attempt, timer) = *driver.waits.last().unwrap();
    assert_eq!(timer.milliseconds(0.0), Some(600));
    let after = step(driver.machine.clone(), Event::TimedOut(attempt, timer)).machine;
    assert_eq!(after.screen_id(), driver.machine.screen_id());
}
