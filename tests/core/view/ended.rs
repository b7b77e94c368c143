//! Screens of requests that are over.

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
    views::{heading, message, paragraphs, says, started},
};
use countersign::{
    backend::{BackendError, BackendFault, ClientHome, Decision},
    flow::Gesture,
    messages::Key,
};

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
fn an_ended_request_without_a_readable_client_name_has_a_general_text_and_no_logo() {
    let client = ClientHome { name: "\u{200b}".into(), client_uri: None };
    let error = BackendError { client: Some(client), ..BackendFault::Expired.into() };
    let view = started(Err(error));
    assert!(says(&view, Key::StartAgain));
    assert_eq!(message(&view).client, None);
}
