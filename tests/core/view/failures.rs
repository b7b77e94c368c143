//! Screens of failed calls.

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
    next_step::{NextStep, next_step},
    views::{heading, kind, paragraphs, says, started},
};
use countersign::{
    backend::{BackendFault, TransportError, WireError},
    flow::{Event, Timer},
    messages::Key,
    protocol::{HandOffError, RequestId},
    view::{Action, MessageKind},
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
        (BackendFault::Wire(wire), wrong, Key::FailedText, MessageKind::Error),
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
