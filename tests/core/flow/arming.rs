//! The delay before Allow counts.

use countersign::{
    flow::{Arming, Event, Gesture, Languages, State, Timer, step},
    protocol::OrganizationId,
};

use super::decide::{HOME, submits};
use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
};

/// A card that was not visible yet.
fn hasty() -> Driver {
    let answers = [Ok(outcome(&consent())), Ok(redirect(HOME))];
    Driver::hasty(page(), answering(answers))
}

fn arming(driver: &Driver) -> Arming {
    match driver.state() {
        State::Consent(consent) => consent.arming,
        other => panic!("no card: {other:?}"),
    }
}

fn passes(driver: &mut Driver) {
    driver.run_out(|timer| matches!(timer, Timer::Arming(_)));
}

/// Whether Allow counts now.
fn allows(driver: &mut Driver) -> bool {
    let before = driver.machine.clone();
    driver.decide(Gesture::Allow, "K1");
    let sent = !submits(driver).is_empty();
    assert!(sent || driver.machine == before, "or nothing at all");
    sent
}

#[test]
fn allow_does_nothing_before_the_delay_and_deny_works() {
    let mut driver = hasty();
    assert!(driver.view().live.unready);
    assert!(!allows(&mut driver));
    passes(&mut driver);
    assert!(!driver.view().live.unready);
    assert!(allows(&mut driver));
    let mut driver = hasty();
    driver.decide(Gesture::Deny, "K1");
    assert_eq!(submits(&driver).len(), 1);
}

#[test]
fn the_delay_does_not_start_while_the_page_is_hidden() {
    let mut driver =
        Driver::hasty(page(), answering([]).then(countersign::backend::memory::Answer::Never));
    driver.send(Event::VisibilityChanged(false));
    let attempt = driver.machine.attempt();
    driver.send(Event::AuthorizeResponse(attempt, Ok(outcome(&consent()))));
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
    assert!(!allows(&mut driver));
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
        page.languages = Some(Languages { host: Some("de".into()), browser: Vec::new() });
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
    assert!(!allows(&mut driver));
    passes(&mut driver);
    assert!(allows(&mut driver));
}

#[test]
fn allow_does_nothing_if_it_would_grant_nothing() {
    let mut answer = consent();
    answer["scopes"] = serde_json::json!([
        plain_scope("photos.read", false),
        plain_scope("offline_access", false)
    ]);
    let answers = [Ok(outcome(&answer)), Ok(redirect(HOME))];
    let mut driver = Driver::open(page(), answering(answers));
    assert_eq!(driver.view().live.hint, None);
    driver.user(Gesture::ScopeToggled(0));
    let live = driver.view().live;
    let hint = countersign::messages::Key::ConsentScopesEmpty.english();
    assert_eq!(live.hint.unwrap().plain(), hint);
    assert!(live.unready && !allows(&mut driver));
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
