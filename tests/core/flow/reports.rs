//! What the host is told, and what stays on the screen.

use countersign::{
    backend::{
        BackendError, BackendFault, FieldPath, Mismatch, WireError, WireProblem,
        memory::{Answer, MemoryBackend},
    },
    flow::{Gesture, State, Timer, Trusted, WidgetEvent},
    messages::Key,
    protocol::OrganizationId,
};

use super::decide::{HOME, card};
use crate::testing::{
    driver::{Driver, answering, answering_logout},
    fixtures::*,
};

#[test]
fn a_denial_is_reported_as_one_and_an_allow_with_the_numbers_of_its_scopes() {
    let allowed = |scopes, left_out| WidgetEvent::Allowed { scopes, left_out };
    for (gesture, unticked, events) in [
        (Gesture::Allow, None, vec![allowed(3, 0), WidgetEvent::Redirecting]),
        (Gesture::Allow, Some(1), vec![allowed(2, 1), WidgetEvent::Redirecting]),
        (Gesture::Deny, Some(1), vec![WidgetEvent::Denied]),
    ] {
        let mut driver = card(&consent(), [Ok(redirect(HOME))]);
        if let Some(index) = unticked {
            driver.user(Gesture::ScopeToggled(index));
        }
        driver.decide(gesture, "K1");
        assert_eq!(driver.events[2..], events);
    }
}

#[test]
fn an_allow_that_does_not_count_is_not_reported() {
    let error = [HOME, "&error=server_error"].concat();
    for answer in [
        Err(unreachable()),
        Ok(outcome(&consent())),
        Ok(login("no_session", Some("T1"), 1)),
        Ok(redirect(&error)),
    ] {
        let mut driver = card(&consent(), [answer]);
        driver.decide(Gesture::Allow, "K1");
        let allowed = driver.events.iter().any(|it| matches!(it, WidgetEvent::Allowed { .. }));
        assert!(!allowed, "{:?}", driver.events);
    }
}

#[test]
fn every_event_has_its_own_name() {
    let names = [
        (WidgetEvent::Started, "started"),
        (WidgetEvent::ConsentShown, "consent_shown"),
        (WidgetEvent::LoginRequired, "login_required"),
        (WidgetEvent::Allowed { scopes: 2, left_out: 1 }, "allowed"),
        (WidgetEvent::Redirecting, "redirecting"),
        (WidgetEvent::Denied, "denied"),
        (WidgetEvent::SignedOut, "signed_out"),
    ];
    for (event, name) in names {
        assert_eq!(event.name(), name);
    }
}

#[test]
fn an_error_is_reported_with_the_backend_s_own_code_or_the_wrong_field() {
    let wire = WireError {
        path: FieldPath { parent: "scopes", index: Some(1), field: "granted" },
        problem: WireProblem::WrongType,
        mismatch: Mismatch::new("a boolean", "a string"),
    };
    let unknown = BackendFault::Unknown { status: 418, error: "teapot".into() };
    for (failure, code, error) in [
        (
            wire.into(),
            "answer_malformed",
            Some("scopes[1].granted: of the wrong type (expected a boolean, got a string)"),
        ),
        (unknown, "unknown_error", Some("teapot")),
        (BackendFault::Server(500), "server_error", None),
    ] {
        let (path, status) = match &failure {
            BackendFault::Wire(_) => (Some("scopes[1].granted"), 200),
            failure => (None, failure.status()),
        };
        let detail = Some("The session store is down.".to_owned());
        let failed = BackendError { detail: detail.clone(), ..fault(failure) };
        let driver = Driver::open(page(), answering([Err(failed)]));
        let [told] = &driver.errors[..] else { panic!("one error") };
        assert_eq!((told.code, told.error.as_deref()), (code, error));
        assert_eq!((told.path(), told.status, &told.detail), (path, status, &detail));
    }
}

#[test]
fn a_failure_that_signing_in_cannot_mend_leads_to_no_login() {
    for failure in [fault(BackendFault::Server(500)), unreachable()] {
        let mut driver = Driver::open(page(), answering([Err(failure)]));
        driver.user(Gesture::SignIn);
        assert!(matches!(driver.state(), State::Failed(_)) && driver.logins.is_empty());
    }
}

#[test]
fn a_decision_that_fails_keeps_its_screen_whichever_it_was_made_on() {
    let denied = answering([Ok(login("no_session", Some("T1"), 1)), Err(unreachable())]);
    let stays = answering_logout([Ok(logout_outcome(&confirmation())), Err(unreachable())]);
    for (mut driver, gesture) in [
        (card(&consent(), [Err(unreachable())]), Gesture::Allow),
        (Driver::open(page(), denied), Gesture::Deny),
        (Driver::open(logout_page(), stays), Gesture::SignOut),
    ] {
        let (number, screen) = (driver.machine.screen_id(), driver.view().screen);
        driver.user(gesture);
        assert!(driver.view().live.alert.is_some());
        assert_eq!((driver.machine.screen_id(), driver.view().screen), (number, screen));
    }
}

#[test]
fn a_card_keeps_its_ticks_while_another_organization_loads() {
    let mut driver = card(&organization_consent(), []);
    driver.backend = driver.backend.clone().then(Answer::Never);
    driver.user(Gesture::ScopeToggled(1));
    driver.user(Gesture::RememberToggled);
    let before = driver.view().live;
    driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex")));
    let live = driver.view().live;
    assert_eq!((&live.ticked, live.remember), (&before.ticked, before.remember));
    assert!(live.waiting && live.remember && live.ticked.contains(&false));
    assert_eq!(live.status.plain(), Key::OutlineStatus.english());
}

#[test]
fn the_short_times_are_what_they_are() {
    let times = [Timer::HandOver, Timer::Arming(7)].map(|timer| timer.milliseconds(1e12));
    assert_eq!(times, [Some(1_500), Some(600)]);
}

#[test]
fn the_outline_says_whether_the_user_is_signed_in_or_the_request_is_checked() {
    let mut trusted = page();
    trusted.trusted = Trusted::Awaited;
    for (page, state, status) in
        [(trusted, "attesting", Key::AttestingStatus), (page(), "starting", Key::OutlineStatus)]
    {
        let view = Driver::open(page, MemoryBackend::default().then(Answer::Never)).view();
        assert_eq!((view.state, view.live.status.plain().as_str()), (state, status.english()));
        assert!(!view.live.waiting);
    }
}
