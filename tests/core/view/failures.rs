//! Screens of failed calls.

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
    next_step::{NextStep, next_step},
    texts,
    views::{heading, kind, message, paragraphs, says, started},
};
use countersign::{
    backend::{BackendError, BackendFault, Outcome, TransportError, WireError},
    flow::{Event, Gesture, Timer},
    messages::Key,
    protocol::{HandOffError, OrganizationId, RawQuery, RequestId},
    view::{Action, Avatar, MessageKind, View},
};

#[test]
fn each_failure_says_what_happened_and_what_to_do() {
    let wire = WireError::not_json("other text");
    let (wrong, slow) = ("Something went wrong", "id.harbor.example took too long to answer");
    let offline = "id.harbor.example couldn’t be reached";
    let busy = "id.harbor.example is busy right now";
    let failures = [
        (TransportError::TimedOut.into(), slow, Key::FailedAgain, MessageKind::Expired),
        (TransportError::Unreachable.into(), offline, Key::FailedOffline, MessageKind::Offline),
        (TransportError::TooLarge.into(), wrong, Key::FailedText, MessageKind::Error),
        (wire.into(), wrong, Key::FailedText, MessageKind::Error),
        (BackendFault::Busy { retry_after: None }, busy, Key::FailedAgain, MessageKind::Expired),
        (BackendFault::NoCookies, "Cookies are blocked", Key::FailedCookies, MessageKind::Error),
        (BackendFault::Server(500), wrong, Key::FailedText, MessageKind::Error),
        (BackendFault::Redirected, wrong, Key::FailedText, MessageKind::Error),
        (BackendFault::Malformed(404), wrong, Key::FailedText, MessageKind::Error),
    ];
    for (failure, words, key, kind) in failures {
        let view = started(Err(fault(failure.clone())));
        assert_eq!((view.state, heading(&view).as_str()), ("failed", words), "{failure:?}");
        assert!(says(&view, key), "{failure:?}");
        assert_eq!(says(&view, Key::FailedAgain), words != offline && key != Key::FailedCookies);
        assert_eq!(self::kind(&view), kind, "{failure:?}");
        assert_eq!(view.screen.actions, [Action::Retry]);
        assert!(view.live.can_retry);
    }
}

/// A card, and what comes after it.
fn after_a_card(answer: Result<Outcome, BackendError>, gesture: Gesture) -> View {
    let mut card = organization_consent();
    card["client"]["logo_uri"] = "/logos/printer".into();
    let mut driver = Driver::open(page(), answering([Ok(outcome(&card)), answer]));
    driver.user(gesture);
    driver.view()
}

#[test]
fn a_screen_after_a_card_names_the_app_that_asked() {
    let globex = Gesture::OrganizationChosen(OrganizationId::new("globex"));
    let evil = Ok(redirect("https://evil.example/cb?code=1"));
    let from = "Request from Photo Printer".to_owned();
    let back = "Go back to Photo Printer and start again.".to_owned();
    for (answer, gesture, state, told) in [
        (Err(fault(BackendFault::Server(500))), globex.clone(), "failed", &from),
        (Err(unreachable()), globex, "failed", &from),
        (Err(fault(BackendFault::NoCookies)), Gesture::Allow, "failed", &from),
        (Ok(login("no_session", Some("T1"), 1)), Gesture::Allow, "login-required", &from),
        (Ok(login("no_session", Some("T1"), 3)), Gesture::Allow, "login-required", &from),
        (evil, Gesture::Allow, "unsafe-address", &from),
        (Ok(outcome(&error("invalid_request"))), Gesture::Allow, "invalid", &back),
    ] {
        let view = after_a_card(answer, gesture);
        assert_eq!(view.state, state);
        assert!(paragraphs(&view).contains(told), "{state}: {:?}", paragraphs(&view));
        assert!(matches!(message(&view).client, Some(Avatar::Picture { .. })), "{state}");
    }
}

#[test]
fn a_card_that_is_never_shown_still_tells_who_asked() {
    let card = consent_with(|it| it["redirect_uri"] = "javascript:alert(1)".into());
    let view = started(Ok(outcome(&card)));
    assert_eq!(
        (view.state, &*paragraphs(&view)[0]),
        ("unsafe-address", "Request from Photo Printer")
    );
}

#[test]
fn nobody_is_named_whom_only_the_address_of_the_page_names() {
    let mut page = page();
    page.query = RawQuery::new("client_id=Trusted+Bank&client_name=Trusted+Bank");
    for answer in [Err(unreachable()), Ok(login("no_session", Some("T1"), 1))] {
        let view = Driver::open(page.clone(), answering([answer])).view();
        assert!(!texts::of(&view).join(" ").contains("Bank"));
        assert_eq!(message(&view).client, None);
    }
}

#[test]
fn a_refused_token_leaves_two_ways() {
    let view = started(Err(fault(BackendFault::Token)));
    assert_eq!(heading(&view), "Signing in didn’t work");
    assert!(says(&view, Key::FailedToken));
    assert_eq!(view.screen.actions, [Action::Retry, Action::SignIn]);
}

#[test]
fn a_page_that_is_set_up_wrong_offers_nothing_that_cannot_help() {
    let mut driver = Driver::open(page(), answering([Ok(login("no_session", None, 1))]));
    driver.send(Event::HandOffFailed(HandOffError::LoginUrl));
    let faults = [BackendFault::CrossOriginCall, BackendFault::Unsupported];
    let views = faults.map(|failure| started(Err(fault(failure))));
    for view in views.into_iter().chain([driver.view()]) {
        assert_eq!(heading(&view), "This page isn’t set up correctly");
        assert!(says(&view, Key::FailedSetup));
        assert!(view.screen.actions.is_empty());
        assert_eq!(next_step(&view.screen), Some(NextStep::Instruction));
    }
}

#[test]
fn a_failure_shows_its_reference() {
    let mut error = fault(BackendFault::Server(500));
    error.request_id = Some(RequestId::new("R7"));
    let view = started(Err(error));
    assert_eq!(view.screen.reference.unwrap().plain(), "Reference: server_error R7");
    assert_eq!(started(Err(unreachable())).screen.reference, None);
}

#[test]
fn a_busy_backend_shows_the_wait_and_disables_retry() {
    let busy = fault(BackendFault::Busy { retry_after: Some(7) });
    let mut driver = Driver::open(page(), answering([Err(busy)]));
    assert_eq!(heading(&driver.view()), "id.harbor.example is busy right now");
    assert_eq!(paragraphs(&driver.view()), ["You can try again in 7 seconds."]);
    assert!(!driver.view().live.can_retry);
    assert_eq!(kind(&driver.view()), MessageKind::Expired);
    driver.run_out(|timer| *timer == Timer::RetryAfter(7));
    assert!(driver.view().live.can_retry);
    assert!(says(&driver.view(), Key::FailedAgain));
}
