//! Message screens.

use crate::testing::{
    driver::{Driver, answering, answering_logout},
    fixtures::*,
    next_step::{NextStep, next_step},
    texts,
    views::{heading, paragraphs, says, started},
};
use countersign::{
    backend::{
        BackendError, BackendFault, ClientHome, TransportError, WireError, WireProblem,
        memory::MemoryBackend,
    },
    flow::{Event, Gesture, Timer},
    messages::Key,
    protocol::{Flow, HandOffError, RawQuery, RequestId},
    view::{Action, Body, Sign},
};
use serde_json::json;

#[test]
fn a_framed_page_says_what_to_do() {
    let view = Driver::open(
        {
            let mut page = page();
            page.framed = true;
            page
        },
        MemoryBackend::default(),
    )
    .view();
    assert_eq!(heading(&view), "This page can’t be shown inside another page");
    assert!(view.screen.actions.is_empty(), "there is nothing to click through to");
    assert_eq!(next_step(&view.screen), Some(NextStep::Instruction));
}

#[test]
fn a_refused_request_says_why_without_its_address() {
    let refused = |query: &str| {
        let page = {
            let mut page = page();
            page.flow = Flow::Authorize;
            page.query = RawQuery::new(query);
            page
        };
        let view = Driver::open(page, MemoryBackend::default()).view();
        assert_eq!(
            (view.state, heading(&view).as_str()),
            ("invalid", "This request can’t be used")
        );
        assert!(!texts::of(&view).join(" ").contains("evil"));
        paragraphs(&view).remove(0)
    };
    assert_eq!(
        refused("redirect_uri=https://evil.example/"),
        "The app didn’t say who it is (the parameter “client_id” is missing)."
    );
    assert_eq!(
        refused("client_id=a&redirect_uri=https://evil.example/&redirect_uri=x"),
        "The app sent the parameter “redirect_uri” more than once."
    );
    assert_eq!(refused(&"&".repeat(20_000)), Key::InvalidTooLong.english());
}

#[test]
fn an_error_of_the_backend_has_our_text_and_a_reference() {
    for (code, key) in [
        ("invalid_client", Key::InvalidClient),
        ("unauthorized_client", Key::InvalidClient),
        ("invalid_redirect_uri", Key::InvalidRedirectUri),
        ("invalid_request", Key::InvalidText),
    ] {
        let view = started(Ok(outcome(&error(code))));
        assert!(says(&view, key) && says(&view, Key::StartAgain), "{code}");
        assert_eq!(view.screen.reference.unwrap().plain(), format!("Reference: {code} R1"));
    }
}

#[test]
fn a_reference_is_cleaned_and_cut() {
    let answer =
        json!({ "outcome": "error", "error": "a\u{202e}b", "request_id": "x".repeat(500) });
    let reference = started(Ok(outcome(&answer))).screen.reference.unwrap().plain();
    assert!(reference.starts_with("Reference: ab xxx") && reference.ends_with('…'));
}

#[test]
fn each_failure_has_its_text() {
    let wire = WireError { field: "body", problem: WireProblem::NotJson };
    let failures = [
        (TransportError::TimedOut.into(), Key::FailedTimeout),
        (TransportError::Unreachable.into(), Key::FailedOffline),
        (TransportError::TooLarge.into(), Key::FailedText),
        (BackendFault::Wire(wire), Key::FailedText),
        (BackendFault::CrossOriginCall, Key::FailedSetup),
        (BackendFault::Busy { retry_after: None }, Key::FailedBusy),
        (BackendFault::Server(500), Key::FailedText),
        (BackendFault::Malformed(404), Key::FailedText),
    ];
    for (failure, key) in failures {
        let view = started(Err(fault(failure.clone())));
        assert_eq!((view.state, heading(&view).as_str()), ("failed", "Something went wrong"));
        assert!(says(&view, key), "{failure:?}");
        assert_eq!(view.screen.actions, [Action::Retry]);
        assert!(view.live.can_retry);
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
    assert_eq!(
        paragraphs(&driver.view()),
        ["The site is busy right now. You can try again in 7 seconds."]
    );
    assert!(!driver.view().live.can_retry);
    driver.run_out(|timer| *timer == Timer::RetryAfter(7));
    assert!(driver.view().live.can_retry);
}

#[test]
fn an_unreachable_login_page_is_a_configuration_error() {
    let mut driver = Driver::open(page(), answering([Ok(login("no_session", None, 1))]));
    driver.send(Event::HandOffFailed(HandOffError::LoginUrl));
    assert!(says(&driver.view(), Key::FailedSetup));
}

#[test]
fn a_redirect_shows_its_host_and_can_be_repeated() {
    let backend =
        answering([Ok(outcome(&consent())), Ok(redirect("https://printer.example/cb?code=1"))]);
    let mut driver = Driver::open(page(), backend);
    driver.decide(Gesture::Allow, "K1");
    let view = driver.view();
    assert_eq!(heading(&view), "Taking you back to Photo Printer");
    assert_eq!(paragraphs(&view), ["You go to printer.example next."]);
    assert_eq!(next_step(&view.screen), Some(NextStep::Waiting));
    driver.run_out(|timer| *timer == Timer::Navigation);
    let view = driver.view();
    assert_eq!((view.state, heading(&view).as_str()), ("returned", "You can close this window"));
    assert_eq!(view.screen.actions, [Action::OpenAgain]);

    let mut app = Driver::open(
        page(),
        answering([Ok(outcome(&json!({
            "outcome": "redirect", "redirect_uri": "com.example.printer:/cb", "native": true
        })))]),
    );
    assert_eq!(heading(&app.view()), "Taking you back");
    app.run_out(|timer| *timer == Timer::HandOver);
    assert_eq!(app.view().screen.actions, [Action::OpenApp]);
    assert_eq!(
        paragraphs(&app.view()),
        [
            "Your answer was handed to the app com.example.printer://. If it didn’t open, return to it here."
        ]
    );
}

#[test]
fn an_ended_request_links_to_its_client() {
    let ended = |fault: BackendFault, name: &str, client_uri: Option<&str>| {
        let client = ClientHome { name: name.into(), client_uri: client_uri.map(Into::into) };
        started(Err(BackendError { client: Some(client), ..fault.into() }))
    };
    let view = ended(
        BackendFault::AlreadyAnswered,
        "Photo\u{202e} Printer",
        Some("https://printer.example/home"),
    );
    assert_eq!(heading(&view), "This request was already answered");
    assert!(paragraphs(&view).contains(&"Go back to Photo Printer and start again.".to_owned()));
    let Body::Message { link: Some((text, link)), .. } = &view.screen.body else {
        panic!("a link")
    };
    assert_eq!(
        (text.plain().as_str(), link.as_str()),
        ("printer.example", "https://printer.example/home")
    );

    let view = ended(BackendFault::Expired, "Printer", Some("javascript:alert(1)"));
    assert_eq!(heading(&view), "This request has expired");
    assert!(matches!(&view.screen.body, Body::Message { link: None, .. }));
    assert!(says(&started(Err(fault(BackendFault::Expired))), Key::StartAgain));
}

#[test]
fn an_ended_request_without_a_readable_client_name_has_a_general_text() {
    let client = ClientHome { name: "\u{200b}".into(), client_uri: None };
    let error = BackendError { client: Some(client), ..BackendFault::Expired.into() };
    assert!(says(&started(Err(error)), Key::StartAgain));
}

#[test]
fn an_unsafe_address_is_not_shown() {
    let view = started(Ok(redirect("https://printer.example@evil.example/")));
    assert_eq!(heading(&view), "This address isn’t safe");
    assert!(!texts::of(&view).join(" ").contains("evil"));
    assert_eq!(next_step(&view.screen), Some(NextStep::Instruction));
}

#[test]
fn the_end_of_a_logout_shows_its_outcome() {
    for (answer, heading, state) in [
        ("signed_out", "You are signed out", "signed-out"),
        ("stayed", "You are still signed in", "kept-signed-in"),
    ] {
        let outcome = logout_outcome(&json!({ "outcome": answer }));
        let view = Driver::open(logout_page(), answering_logout([Ok(outcome)])).view();
        assert_eq!((self::heading(&view).as_str(), view.state), (heading, state));
        assert!(matches!(view.screen.body, Body::Message { sign: Sign::Done, .. }));
    }
}
