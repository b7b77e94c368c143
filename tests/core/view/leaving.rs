//! Screens of a page that leaves, or has left for an app.

use crate::testing::{
    driver::{Driver, answering, answering_logout},
    fixtures::*,
    next_step::{NextStep, next_step},
    views::{heading, kind, message, paragraphs, says},
};
use countersign::{
    flow::{Gesture, Timer},
    messages::Key,
    view::{Action, MessageKind, View},
};
use serde_json::{Value, json};

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

/// The view after an app's address was opened.
fn left(mut driver: Driver) -> View {
    driver.run_out(|timer| *timer == Timer::HandOver);
    driver.view()
}

/// An app's address, after it was opened.
fn handed_over(address: &str) -> View {
    let answer = json!({ "outcome": "redirect", "redirect_uri": address, "native": true });
    let driver = Driver::open(page(), answering([Ok(outcome(&answer))]));
    assert_eq!(heading(&driver.view()), "One moment");
    left(driver)
}

#[test]
fn a_redirect_to_a_site_takes_the_user_back_as_long_as_it_takes() {
    let mut driver = leaving("https://printer.example/cb?code=1", Some("https://printer.example/"));
    let view = driver.view();
    let allowed = "You allowed the request from Photo Printer.";
    assert_eq!(heading(&view), "Taking you back to Photo Printer");
    assert_eq!(paragraphs(&view), [allowed, "You’ll be sent to printer.example."]);
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
            allowed,
            "You’ll be sent to printer.example.",
            Key::RedirectingLate.english(),
            "Go back to Photo Printer and start again."
        ]
    );
    assert!(view.screen.actions.is_empty(), "a second code is never sent");
    assert_eq!(kind(&view), MessageKind::Wait);
    let (_, link) = message(&view).link.as_ref().expect("a link");
    assert_eq!(link.as_str(), "https://printer.example/");

    let mut unknown = leaving("https://printer.example/cb", None);
    unknown.run_out(|timer| *timer == Timer::Navigation);
    let view = unknown.view();
    assert!(!says(&view, Key::ClosePage), "the site may still answer");
    assert_eq!(message(&view).link, None);
}

#[test]
fn an_app_that_was_opened_can_be_opened_again() {
    let view = handed_over("com.example.printer:/cb?code=1");
    assert_eq!((view.state, heading(&view).as_str()), ("returned", "You can close this window"));
    assert_eq!(view.screen.actions, [Action::OpenApp]);
    assert_eq!(
        paragraphs(&view),
        [
            "The answer was sent to the app com.example.printer:/cb. If it didn’t open, return to it here."
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
        assert_eq!(heading(&view), "Something went wrong");
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
fn what_the_user_has_denied_is_no_failure() {
    let denied = "com.example.printer:/cb?error=access_denied&state=s";
    let card = consent_with(|it| {
        it["client"]["native"] = true.into();
        it["redirect_uri"] = "com.example.printer:/cb".into();
    });
    let answer = json!({ "outcome": "redirect", "redirect_uri": denied, "native": true });
    let mut driver = Driver::open(page(), answering([Ok(outcome(&card)), Ok(outcome(&answer))]));
    driver.user(Gesture::Deny);
    let view = left(driver);
    assert_eq!(
        (heading(&view).as_str(), kind(&view)),
        ("You can close this window", MessageKind::Closed)
    );
    assert_eq!(
        paragraphs(&view),
        [
            "Nothing was shared with Photo Printer.",
            "The answer was sent to the app com.example.printer:/cb. If it didn’t open, return to it here."
        ]
    );
}

/// What is said first when this card was answered, and the page leaves.
fn decided(card: &Value, gesture: Gesture, address: &str) -> String {
    let backend = answering([Ok(outcome(card)), Ok(redirect(address))]);
    let mut driver = Driver::open(page(), backend);
    driver.decide(gesture, "K1");
    assert_eq!(driver.view().state, "redirecting");
    paragraphs(&driver.view()).remove(0)
}

#[test]
fn on_the_way_back_the_page_says_what_was_decided() {
    const BACK: &str = "https://printer.example/cb?code=1";
    for card in [consent(), organization_consent()] {
        let allowed = decided(&card, Gesture::Allow, BACK);
        assert_eq!(allowed, "You allowed the request from Photo Printer.");
        let denied = decided(&card, Gesture::Deny, BACK);
        assert_eq!(denied, "Nothing was shared with Photo Printer.");
    }
}

#[test]
fn an_allow_that_the_server_could_not_carry_out_is_not_called_allowed() {
    let told = decided(&consent(), Gesture::Allow, "https://printer.example/cb?error=server_error");
    assert_eq!(told, "You’ll be sent to printer.example.");
}

#[test]
fn an_app_that_was_allowed_is_opened_with_what_was_allowed() {
    let card = consent_with(|it| {
        it["client"]["native"] = true.into();
        it["redirect_uri"] = "com.example.printer:/cb".into();
    });
    let address = "com.example.printer:/cb?code=1";
    let answer = json!({ "outcome": "redirect", "redirect_uri": address, "native": true });
    let mut driver = Driver::open(page(), answering([Ok(outcome(&card)), Ok(outcome(&answer))]));
    driver.decide(Gesture::Allow, "K1");
    let view = left(driver);
    assert_eq!(kind(&view), MessageKind::Done);
    assert_eq!(paragraphs(&view)[0], "You allowed the request from Photo Printer.");
}

#[test]
fn a_slow_way_to_another_account_is_not_laid_to_the_app() {
    let switch = json!({ "redirect_uri": "https://id.harbor.example/switch" });
    let card = consent_with(|it| it["switch_account"] = switch.clone());
    let mut driver = Driver::open(page(), answering([Ok(outcome(&card))]));
    driver.user(Gesture::SwitchAccount);
    driver.run_out(|timer| *timer == Timer::Navigation);
    let view = driver.view();
    assert_eq!((heading(&view).as_str(), &message(&view).client), ("One moment", &None));
    assert_eq!(
        paragraphs(&view)[1..],
        ["This is taking a while. If nothing happens:", Key::StartAgain.english()]
    );
}

#[test]
fn after_a_logout_there_is_nothing_to_start_again() {
    let address = json!({ "outcome": "redirect", "redirect_uri": "https://printer.example/bye" });
    let answers = [Ok(logout_outcome(&confirmation())), Ok(logout_outcome(&address))];
    let mut driver = Driver::open(logout_page(), answering_logout(answers));
    driver.user(Gesture::SignOut);
    assert_eq!(heading(&driver.view()), "Taking you back to Photo Printer");
    driver.run_out(|timer| *timer == Timer::Navigation);
    assert_eq!(
        paragraphs(&driver.view())[1..],
        [Key::RedirectingLate.english(), Key::ClosePage.english()]
    );
}
