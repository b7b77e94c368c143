//! Message screens.

use crate::testing::{
    driver::{Driver, answering, answering_logout},
    fixtures::*,
    next_step::{NextStep, next_step},
    texts,
    views::{heading, kind, message, paragraphs, says, started},
};
use countersign::{
    backend::{
        BackendError, BackendFault, ClientHome, ErrorResponse, Outcome, Refusal,
        memory::MemoryBackend,
    },
    flow::{Gesture, Timer},
    messages::Key,
    protocol::{Flow, RawQuery, RequestId},
    view::{Avatar, MessageKind},
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
        assert_eq!((view.state, heading(&view).as_str()), ("invalid", "This link doesn’t work"));
        assert!(!texts::of(&view).join(" ").contains("evil"));
        paragraphs(&view).remove(0)
    };
    assert_eq!(
        refused("redirect_uri=https://evil.example/"),
        "The app didn’t say who it is (the parameter client_id is missing)."
    );
    assert_eq!(
        refused("client_id=a&redirect_uri=https://evil.example/&redirect_uri=x"),
        "The app sent the parameter redirect_uri more than once."
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
fn a_refusal_that_starting_again_cannot_mend_does_not_send_the_user_back() {
    let refused = |refusal| {
        let mut error = ErrorResponse::new("word", RequestId::new("R1"));
        error.refusal = refusal;
        started(Ok(Outcome::Error(error)))
    };
    for (refusal, text) in [
        (Refusal::Setup, Key::InvalidSetup),
        (Refusal::Organization, Key::InvalidOrganization),
        (Refusal::Limit, Key::InvalidLimit),
    ] {
        let view = refused(refusal);
        assert!(says(&view, text) && !says(&view, Key::StartAgain), "{refusal:?}");
    }
    for refusal in [Refusal::Client, Refusal::Scope, Refusal::Revoked, Refusal::Silent] {
        let view = refused(refusal);
        assert_eq!(heading(&view), "This link doesn’t work");
        assert!(says(&view, Key::StartAgain), "{refusal:?}");
    }
    let over = refused(Refusal::Over);
    assert_eq!(heading(&over), "This request has expired");
    assert_eq!(kind(&over), MessageKind::Expired);
    assert!(says(&over, Key::StartAgain));
}

#[test]
fn a_reference_is_cleaned_and_cut() {
    let answer =
        json!({ "outcome": "error", "error": "a\u{202e}b", "request_id": "x".repeat(500) });
    let reference = started(Ok(outcome(&answer))).screen.reference.unwrap().plain();
    assert!(reference.starts_with("Reference: ab xxx") && reference.ends_with('…'));
}

#[test]
fn a_message_about_a_known_client_shows_its_logo() {
    let mut card = consent();
    card["client"]["logo_uri"] = "/logos/printer".into();
    let backend = answering([Ok(outcome(&card)), Ok(redirect("https://printer.example/cb"))]);
    let mut driver = Driver::open(page(), backend);
    driver.decide(Gesture::Allow, "K1");
    let logo = Avatar::Picture { path: "/logos/printer".into(), initial: "P".into() };
    assert_eq!(message(&driver.view()).client, Some(logo.clone()));
    driver.run_out(|timer| *timer == Timer::Navigation);
    assert_eq!(message(&driver.view()).client, Some(logo));

    for ended in [BackendFault::Expired, BackendFault::AlreadyAnswered] {
        let client = ClientHome { name: "Photo Printer".into(), client_uri: None };
        let view = started(Err(BackendError { client: Some(client.into()), ..ended.into() }));
        assert_eq!(message(&view).client, Some(Avatar::Initial("P".into())));
    }
    assert_eq!(message(&started(Err(unreachable()))).client, None);
}

#[test]
fn an_ended_request_has_the_kind_of_its_end() {
    assert_eq!(kind(&started(Err(fault(BackendFault::Expired)))), MessageKind::Expired);
    assert_eq!(kind(&started(Err(fault(BackendFault::AlreadyAnswered)))), MessageKind::Closed);
    assert_eq!(kind(&started(Ok(outcome(&error("invalid_client"))))), MessageKind::Error);
    assert_eq!(kind(&started(Ok(login("no_session", None, 1)))), MessageKind::SignIn);
    assert_eq!(kind(&started(Ok(login("no_session", None, 3)))), MessageKind::Error);
}

#[test]
fn an_unsafe_address_is_not_shown() {
    let view = started(Ok(redirect("https://printer.example@evil.example/")));
    assert_eq!(heading(&view), "It isn’t safe to send you to this app");
    assert_eq!(kind(&view), MessageKind::Error);
    assert!(!texts::of(&view).join(" ").contains("evil"));
    assert!(paragraphs(&view)[0].contains("Close this page."));
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
