//! Screens of requests that are over.

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
    views::{heading, message, paragraphs, says, started},
};
use countersign::{
    backend::{BackendError, BackendFault, ClientHome, Decision},
    flow::Gesture,
    messages::{Key, Messages},
    platform::native::Native,
    view::{Avatar, MessageKind, View},
};

#[test]
fn an_ended_request_says_one_way_on() {
    for ended in [BackendFault::Expired, BackendFault::AlreadyAnswered] {
        let client = |client_uri: Option<&str>| {
            let client = ClientHome { name: "P".into(), client_uri: client_uri.map(Into::into) };
            started(Err(BackendError { client: Some(client.into()), ..ended.clone().into() }))
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
        started(Err(BackendError { client: Some(client.into()), ..fault.into() }))
    };
    let view = ended(
        BackendFault::AlreadyAnswered,
        "Photo\u{202e} Printer",
        Some("https://printer.example/home"),
    );
    assert_eq!(heading(&view), "This request was already answered");
    assert!(paragraphs(&view).contains(&"Go back to Photo Printer and start again.".to_owned()));
    let Some((text, link)) = &message(&view).link else { panic!("a link") };
    assert_eq!(
        (text.plain().as_str(), link.as_str()),
        ("printer.example", "https://printer.example/home")
    );

    let view = ended(BackendFault::Expired, "Printer", Some("javascript:alert(1)"));
    assert_eq!(heading(&view), "This request has expired");
    assert_eq!(message(&view).link, None);
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
fn only_what_was_allowed_has_a_tick_and_a_denied_request_says_that_nothing_was_shared() {
    let client = ClientHome { name: "P".into(), client_uri: None };
    let shared = "Nothing was shared with P.".to_owned();
    for (decision, kind) in [
        (Some(Decision::Allow), MessageKind::Done),
        (Some(Decision::Deny), MessageKind::Closed),
        (None, MessageKind::Closed),
    ] {
        let fault = BackendFault::AlreadyAnswered.into();
        let view =
            started(Err(BackendError { client: Some(client.clone().into()), decision, ..fault }));
        assert_eq!(message(&view).kind, kind, "{decision:?}");
        assert_eq!(paragraphs(&view).contains(&shared), decision == Some(Decision::Deny));
    }
}

#[test]
fn an_ended_request_names_its_client_as_the_card_did() {
    let mut card = consent();
    card["client"]["name#de"] = "Fotodrucker".into();
    card["client"]["logo_uri"] = "/logos/printer".into();
    for name in ["Photo Printer", "Other"] {
        let client = ClientHome { name: name.into(), client_uri: None };
        let error = BackendError { client: Some(client.into()), ..BackendFault::Expired.into() };
        let mut driver = Driver::open(page(), answering([Ok(outcome(&card)), Err(error)]));
        driver.user(Gesture::Deny);
        let german = Messages::default().in_language("de", vec![]);
        let view = View::of(&driver.machine, &german, &Native);
        let own = name == "Photo Printer";
        let shown = if own { "Fotodrucker" } else { "Other" };
        assert!(paragraphs(&view).contains(&format!("Go back to {shown} and start again.")));
        let logo = matches!(message(&view).client, Some(Avatar::Picture { .. }));
        assert_eq!(logo, own, "{name}");
    }
}

#[test]
fn an_ended_request_without_a_readable_client_name_has_a_general_text_and_no_logo() {
    let client = ClientHome { name: "\u{200b}".into(), client_uri: None };
    let error = BackendError { client: Some(client.into()), ..BackendFault::Expired.into() };
    let view = started(Err(error));
    assert!(says(&view, Key::StartAgain));
    assert_eq!(message(&view).client, None);
}
