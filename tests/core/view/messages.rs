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
        BackendError, BackendFault, ClientHome, Decision, TransportError, WireError, WireProblem,
        memory::MemoryBackend,
    },
    flow::{Event, Gesture, Timer},
    messages::Key,
    protocol::{Flow, HandOffError, RawQuery, RequestId},
    view::{Action, Avatar, Body, Message, MessageKind, View},
};
use serde_json::json;

fn body(view: &View) -> &Message {
    match &view.screen.body {
        Body::Message(message) => message,
        other => panic!("no message: {other:?}"),
    }
}

fn kind(view: &View) -> MessageKind {
    body(view).kind
}

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
        assert_eq!((view.state, heading(&view).as_str()), ("invalid", "This link doesn’t work"));
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
    assert_eq!(refused(&"&".repeat(40_000)), Key::InvalidTooLong.english());
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
        (TransportError::TimedOut.into(), Key::FailedTimeout, MessageKind::Expired),
        (TransportError::Unreachable.into(), Key::FailedOffline, MessageKind::Offline),
        (TransportError::TooLarge.into(), Key::FailedText, MessageKind::Error),
        (BackendFault::Wire(wire), Key::FailedText, MessageKind::Error),
        (BackendFault::CrossOriginCall, Key::FailedSetup, MessageKind::Error),
        (BackendFault::Busy { retry_after: None }, Key::FailedBusy, MessageKind::Expired),
        (BackendFault::Server(500), Key::FailedText, MessageKind::Error),
        (BackendFault::Malformed(404), Key::FailedText, MessageKind::Error),
    ];
    for (failure, key, kind) in failures {
        let view = started(Err(fault(failure.clone())));
        assert_eq!((view.state, heading(&view).as_str()), ("failed", "Something went wrong"));
        assert!(says(&view, key), "{failure:?}");
        assert_eq!(self::kind(&view), kind, "{failure:?}");
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
        ["id.harbor.example is busy right now. You can try again in 7 seconds."]
    );
    assert!(!driver.view().live.can_retry);
    assert_eq!(kind(&driver.view()), MessageKind::Expired);
    driver.run_out(|timer| *timer == Timer::RetryAfter(7));
    assert!(driver.view().live.can_retry);
}

#[test]
fn an_unreachable_login_page_is_a_configuration_error() {
    let mut driver = Driver::open(page(), answering([Ok(login("no_session", None, 1))]));
    driver.send(Event::HandOffFailed(HandOffError::LoginUrl));
    assert!(says(&driver.view(), Key::FailedSetup));
}

/// A card whose decision leads to this address, and whose client has this home page.
fn leaving(address: &str, home: Option<&str>) -> Driver {
    let mut card = consent();
    if let Some(home) = home {
        card["client"]["client_uri"] = home.into();
    }
    let backend = answering([Ok(outcome(&card)), Ok(redirect(address))]);
    let mut driver = Driver::open(page(), backend);
    driver.decide(Gesture::Allow, "K1");
    driver
}

/// An app's address, after it was opened.
fn handed_over(address: &str) -> View {
    let answer = json!({ "outcome": "redirect", "redirect_uri": address, "native": true });
    let mut driver = Driver::open(page(), answering([Ok(outcome(&answer))]));
    assert_eq!(heading(&driver.view()), "One moment");
    driver.run_out(|timer| *timer == Timer::HandOver);
    driver.view()
}

#[test]
fn a_redirect_to_a_site_takes_the_user_back_as_long_as_it_takes() {
    let mut driver = leaving("https://printer.example/cb?code=1", Some("https://printer.example/"));
    let view = driver.view();
    assert_eq!(heading(&view), "Taking you back to Photo Printer");
    assert_eq!(paragraphs(&view), ["You’ll be sent to printer.example."]);
    assert_eq!(next_step(&view.screen), Some(NextStep::Waiting));
    driver.run_out(|timer| *timer == Timer::Navigation);
    let view = driver.view();
    assert_eq!(
        (view.state, heading(&view).as_str()),
        ("redirecting", "Taking you back to Photo Printer")
    );
    assert_eq!(
        paragraphs(&view),
        [
            "You’ll be sent to printer.example.",
            Key::RedirectingLate.english(),
            "Go back to Photo Printer and start again."
        ]
    );
    assert!(view.screen.actions.is_empty(), "a second code is never sent");
    assert_eq!(kind(&view), MessageKind::Wait);
    let (_, link) = body(&view).link.as_ref().expect("a link");
    assert_eq!(link.as_str(), "https://printer.example/");

    let mut unknown = leaving("https://printer.example/cb", None);
    unknown.run_out(|timer| *timer == Timer::Navigation);
    let view = unknown.view();
    assert!(!says(&view, Key::ClosePage), "the site may still answer");
    assert_eq!(body(&view).link, None);
}

#[test]
fn an_app_that_was_opened_can_be_opened_again() {
    let view = handed_over("com.example.printer:/cb?code=1");
    assert_eq!((view.state, heading(&view).as_str()), ("returned", "You can close this window"));
    assert_eq!(view.screen.actions, [Action::OpenApp]);
    assert_eq!(
        paragraphs(&view),
        [
            "Your answer was sent to the app com.example.printer:/cb. If it didn’t open, return to it here."
        ]
    );
    assert_eq!(kind(&view), MessageKind::Done);
}

#[test]
fn an_error_handed_to_an_app_is_no_success() {
    for address in [
        "com.example.printer:/cb?error=access_denied&state=s",
        "com.example.printer:/cb?state=s&error=invalid_request",
        "com.example.printer:/cb#error=invalid_request&state=s",
        "com.example.printer:/cb?kept=1#state=s&error=login_required",
    ] {
        let view = handed_over(address);
        assert_eq!(
            paragraphs(&view),
            [
                "No access was given, and the app com.example.printer:/cb has been told. If it didn’t open, return to it here."
            ]
        );
        assert_eq!(view.screen.actions, [Action::OpenApp]);
        assert_eq!(kind(&view), MessageKind::Error, "{address}");
    }
    for address in [
        "com.example.printer:/cb?code=1&error_uri=x",
        "com.example.printer:/error=1?code=1",
        "com.example.printer:/cb?code=error=&last_error=1",
    ] {
        let view = handed_over(address);
        assert_eq!(kind(&view), MessageKind::Done, "{address}");
    }
}

#[test]
fn an_ended_request_says_one_way_on() {
    for ended in [BackendFault::Expired, BackendFault::AlreadyAnswered] {
        let client = |client_uri: Option<&str>| {
            let client = ClientHome { name: "P".into(), client_uri: client_uri.map(Into::into) };
            started(Err(BackendError { client: Some(client), ..ended.clone().into() }))
        };
        for home in [None, Some("http://printer.example/"), Some("https://printer.example/")] {
            assert!(!says(&client(home), Key::ClosePage), "{home:?}: it says to go back");
            assert!(
                paragraphs(&client(home)).contains(&"Go back to P and start again.".to_owned())
            );
        }
        assert!(says(&started(Err(fault(ended))), Key::StartAgain));
    }
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
    let Some((text, link)) = &body(&view).link else { panic!("a link") };
    assert_eq!(
        (text.plain().as_str(), link.as_str()),
        ("printer.example", "https://printer.example/home")
    );

    let view = ended(BackendFault::Expired, "Printer", Some("javascript:alert(1)"));
    assert_eq!(heading(&view), "This request has expired");
    assert_eq!(body(&view).link, None);
    assert!(says(&started(Err(fault(BackendFault::Expired))), Key::StartAgain));
}

#[test]
fn an_answered_request_says_which_answer_counted() {
    for (decision, expected) in [
        (Some(Decision::Allow), "You’ve already allowed this request"),
        (Some(Decision::Deny), "You’ve already denied this request"),
        (None, "This request was already answered"),
    ] {
        let error = || BackendError { decision, ..BackendFault::AlreadyAnswered.into() };
        assert_eq!(heading(&started(Err(error()))), expected);
        let answers = [Ok(outcome(&consent())), Err(error())];
        let mut driver = Driver::open(page(), answering(answers));
        driver.user(Gesture::Deny);
        assert_eq!((heading(&driver.view()).as_str(), driver.view().state), (expected, "answered"));
    }
}

#[test]
fn an_ended_request_without_a_readable_client_name_has_a_general_text_and_no_logo() {
    let client = ClientHome { name: "\u{200b}".into(), client_uri: None };
    let error = BackendError { client: Some(client), ..BackendFault::Expired.into() };
    let view = started(Err(error));
    assert!(says(&view, Key::StartAgain));
    assert_eq!(body(&view).client, None);
}

#[test]
fn a_message_about_a_known_client_shows_its_logo() {
    let mut card = consent();
    card["client"]["logo_uri"] = "/logos/printer".into();
    let backend = answering([Ok(outcome(&card)), Ok(redirect("https://printer.example/cb"))]);
    let mut driver = Driver::open(page(), backend);
    driver.decide(Gesture::Allow, "K1");
    let logo = Avatar::Picture { path: "/logos/printer".into(), initial: "P".into() };
    assert_eq!(body(&driver.view()).client, Some(logo.clone()));
    driver.run_out(|timer| *timer == Timer::Navigation);
    assert_eq!(body(&driver.view()).client, Some(logo));

    for ended in [BackendFault::Expired, BackendFault::AlreadyAnswered] {
        let client = ClientHome { name: "Photo Printer".into(), client_uri: None };
        let view = started(Err(BackendError { client: Some(client), ..ended.into() }));
        assert_eq!(body(&view).client, Some(Avatar::Initial("P".into())));
    }
    assert_eq!(body(&started(Err(unreachable()))).client, None);
}

#[test]
fn an_ended_request_has_the_kind_of_its_end() {
    assert_eq!(kind(&started(Err(fault(BackendFault::Expired)))), MessageKind::Expired);
    assert_eq!(kind(&started(Err(fault(BackendFault::AlreadyAnswered)))), MessageKind::Done);
    assert_eq!(kind(&started(Ok(outcome(&error("invalid_client"))))), MessageKind::Error);
    assert_eq!(kind(&started(Ok(login("no_session", None, 1)))), MessageKind::Wait);
    assert_eq!(kind(&started(Ok(login("no_session", None, 3)))), MessageKind::Error);
}

#[test]
fn an_unsafe_address_is_not_shown() {
    let view = started(Ok(redirect("https://printer.example@evil.example/")));
    assert_eq!(heading(&view), "This address isn’t safe");
    assert_eq!(kind(&view), MessageKind::Error);
    assert!(!texts::of(&view).join(" ").contains("evil"));
    assert_eq!(next_step(&view.screen), Some(NextStep::Instruction));
}

#[test]
fn the_end_of_a_logout_shows_its_outcome() {
    for (answer, heading, state) in [
        ("signed_out", "You’re signed out", "signed-out"),
        ("stayed", "You’re still signed in", "kept-signed-in"),
    ] {
        let outcome = logout_outcome(&json!({ "outcome": answer }));
        let view = Driver::open(logout_page(), answering_logout([Ok(outcome)])).view();
        assert_eq!((self::heading(&view).as_str(), view.state), (heading, state));
        assert_eq!(kind(&view), MessageKind::Done);
    }
}
