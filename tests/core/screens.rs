//! What the other screens say.

use countersign::{
    backend::{
        BackendError, BackendFault, ClientHome, Outcome, TransportError,
        memory::{Answer, MemoryBackend},
        wire::{WireError, WireProblem},
    },
    flow::{Action, Body, Entry, Event, Gesture, Page, Sign, Timer, View, WayOn},
    messages::Key,
    protocol::{HandOffError, RawQuery, RequestId},
};
use serde_json::json;

use crate::support::{
    driver::{Driver, answering, answering_logout},
    fixtures::*,
    texts,
};

fn started(answer: Result<Outcome, BackendError>) -> View {
    Driver::open(page(), answering([answer])).view()
}

fn heading(view: &View) -> String {
    view.screen.heading.as_ref().unwrap().plain()
}

fn paragraphs(view: &View) -> Vec<String> {
    match &view.screen.body {
        Body::Message { paragraphs, .. } => paragraphs.iter().map(|text| text.plain()).collect(),
        other => panic!("no message: {other:?}"),
    }
}

fn says(view: &View, key: Key) -> bool {
    paragraphs(view).iter().any(|text| text == key.english())
}

#[test]
fn the_outline_stands_until_there_is_something_to_show() {
    let view = Driver::open(page(), MemoryBackend::default().then(Answer::Never)).view();
    assert_eq!(
        (view.state, &view.screen.body),
        ("starting", &Body::Outline)
    );
    assert_eq!(view.live.status.plain(), "Checking the request…");
    assert_eq!(view.way_on(), Some(WayOn::Waiting));
}

#[test]
fn a_framed_page_says_how_to_go_on() {
    let view = Driver::open(
        Page {
            framed: true,
            ..page()
        },
        MemoryBackend::default(),
    )
    .view();
    assert_eq!(
        heading(&view),
        "This page can’t be shown inside another page"
    );
    assert!(
        view.screen.actions.is_empty(),
        "there is nothing to click through to"
    );
    assert_eq!(view.way_on(), Some(WayOn::Instruction));
}

#[test]
fn a_refused_request_says_why_and_never_offers_its_address() {
    let refused = |query: &str| {
        let page = Page {
            entry: Entry::Authorize(RawQuery::new(query)),
            ..page()
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
fn a_refusal_of_the_backend_is_put_in_our_words_with_a_reference() {
    for (code, key) in [
        ("invalid_client", Key::InvalidClient),
        ("unauthorized_client", Key::InvalidClient),
        ("invalid_redirect_uri", Key::InvalidRedirectUri),
        ("invalid_request", Key::InvalidText),
    ] {
        let view = started(Ok(outcome(&error(code))));
        assert!(says(&view, key) && says(&view, Key::StartAgain), "{code}");
        assert_eq!(
            view.screen.reference.unwrap().plain(),
            format!("Reference: {code} R1")
        );
    }
}

#[test]
fn a_reference_is_cleaned_and_cut() {
    let answer =
        json!({ "outcome": "error", "error": "a\u{202e}b", "request_id": "x".repeat(500) });
    let reference = started(Ok(outcome(&answer)))
        .screen
        .reference
        .unwrap()
        .plain();
    assert!(reference.starts_with("Reference: ab xxx") && reference.ends_with('…'));
}

#[test]
fn each_failure_says_what_the_user_can_know_of_it() {
    let wire = WireError {
        field: "body",
        problem: WireProblem::NotJson,
    };
    let failures = [
        (TransportError::TimedOut.into(), Key::FailedTimeout),
        (TransportError::Unreachable.into(), Key::FailedOffline),
        (TransportError::TooLarge.into(), Key::FailedText),
        (BackendFault::Wire(wire), Key::FailedText),
        (BackendFault::Foreign, Key::FailedSetup),
        (BackendFault::Busy { retry_after: None }, Key::FailedBusy),
        (BackendFault::Server(500), Key::FailedText),
        (BackendFault::Malformed(404), Key::FailedText),
    ];
    for (failure, key) in failures {
        let view = started(Err(fault(failure.clone())));
        assert_eq!(
            (view.state, heading(&view).as_str()),
            ("failed", "Something went wrong")
        );
        assert!(says(&view, key), "{failure:?}");
        assert_eq!(view.screen.actions, [Action::Retry]);
        assert!(view.live.can_retry);
    }
}

#[test]
fn a_failure_with_a_name_shows_it_for_support() {
    let mut error = fault(BackendFault::Server(500));
    error.request_id = Some(RequestId::new("R7"));
    let view = started(Err(error));
    assert_eq!(
        view.screen.reference.unwrap().plain(),
        "Reference: server_error R7"
    );
    assert_eq!(started(Err(unreachable())).screen.reference, None);
}

#[test]
fn a_busy_site_says_how_long_and_retry_waits_for_it() {
    let busy = fault(BackendFault::Busy {
        retry_after: Some(7),
    });
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
fn a_login_page_that_cannot_be_reached_is_the_site_s_own_fault() {
    let mut driver = Driver::open(page(), answering([Ok(login("no_session", None, 1))]));
    driver.send(Event::HandOffFailed(HandOffError::LoginUrl));
    assert!(says(&driver.view(), Key::FailedSetup));
}

#[test]
fn the_login_screen_says_why_and_offers_the_way() {
    for (reason, key) in [
        ("no_session", Key::LoginText),
        ("create", Key::LoginText),
        ("prompt_login", Key::LoginTextAgain),
        ("max_age", Key::LoginTextAgain),
        ("select_account", Key::LoginTextSelect),
        ("account_changed", Key::LoginTextAccountChanged),
    ] {
        let view = started(Ok(login(reason, Some("T1"), 1)));
        assert_eq!(
            (view.state, heading(&view).as_str()),
            ("login-required", "Sign in to continue")
        );
        assert!(says(&view, key), "{reason}");
        assert_eq!(view.screen.actions, [Action::Deny, Action::SignIn]);
    }
    assert_eq!(
        started(Ok(login("create", None, 1))).screen.actions,
        [Action::SignIn]
    );
}

#[test]
fn a_login_that_does_not_take_says_so() {
    let view = started(Ok(login("no_session", Some("T1"), 3)));
    assert_eq!(heading(&view), "Signing in did not work");
    assert_eq!(view.screen.actions, [Action::Deny, Action::SignIn]);
}

#[test]
fn a_decision_under_way_keeps_its_card_and_presses_its_button() {
    for (gesture, pressed, status) in [
        (
            Gesture::Allow(key("K1")),
            Action::Allow,
            Key::SubmittingAllow,
        ),
        (Gesture::Deny(key("K1")), Action::Deny, Key::SubmittingDeny),
    ] {
        let backend = answering([Ok(outcome(&consent_json()))]).then(Answer::Never);
        let mut driver = Driver::open(page(), backend);
        let screen = driver.view().screen;
        driver.user(gesture);
        let view = driver.view();
        assert_eq!((view.state, view.screen), ("submitting", screen));
        assert_eq!(
            (view.live.pressed, view.live.waiting),
            (Some(pressed), true)
        );
        assert_eq!(view.live.status.plain(), status.english());
        assert_eq!(view.live.ticked, [true, true, true]);
    }
}

#[test]
fn a_denial_under_way_from_the_login_screen_keeps_that_screen() {
    let backend = answering([Ok(login("no_session", Some("T1"), 1))]).then(Answer::Never);
    let mut driver = Driver::open(page(), backend);
    let screen = driver.view().screen;
    driver.user(Gesture::Deny(key("K1")));
    let view = driver.view();
    assert_eq!(
        (view.screen, view.live.pressed),
        (screen, Some(Action::Deny))
    );
}

#[test]
fn a_failed_decision_says_whether_it_may_have_counted() {
    for (failure, key) in [
        (fault(BackendFault::Server(500)), Key::SubmitFailed),
        (
            fault(BackendFault::Busy {
                retry_after: Some(5),
            }),
            Key::SubmitFailed,
        ),
        (unreachable(), Key::SubmitUnknown),
        (fault(TransportError::TimedOut.into()), Key::SubmitUnknown),
        (fault(BackendFault::Server(504)), Key::SubmitUnknown),
    ] {
        for first in [outcome(&consent_json()), login("no_session", Some("T1"), 1)] {
            let mut driver = Driver::open(page(), answering([Ok(first), Err(failure.clone())]));
            driver.user(Gesture::Deny(self::key("K1")));
            let view = driver.view();
            assert_eq!(
                view.live.alert.unwrap().plain(),
                key.english(),
                "{failure:?}"
            );
            assert!(!view.live.waiting && view.live.pressed.is_none());
        }
    }
}

#[test]
fn an_alert_goes_away_while_the_decision_is_sent_again() {
    let backend = answering([Ok(outcome(&consent_json())), Err(unreachable())]).then(Answer::Never);
    let mut driver = Driver::open(page(), backend);
    driver.user(Gesture::Allow(key("K1")));
    assert!(driver.view().live.alert.is_some());
    driver.user(Gesture::Allow(key("K2")));
    assert_eq!(driver.view().live.alert, None);
}

#[test]
fn the_card_waits_while_another_organization_is_asked_for() {
    let backend = answering([Ok(outcome(&organization_consent_json()))]).then(Answer::Never);
    let mut driver = Driver::open(page(), backend);
    let screen = driver.view().screen;
    driver.user(Gesture::OrganizationChosen(
        countersign::protocol::OrganizationId::new("globex"),
    ));
    let view = driver.view();
    assert_eq!((view.state, view.screen), ("starting", screen));
    assert!(view.live.waiting && view.live.pressed.is_none());
}

#[test]
fn leaving_says_where_to_and_afterwards_how_to_go_on() {
    let backend = answering([
        Ok(outcome(&consent_json())),
        Ok(redirect("https://printer.example/cb?code=1")),
    ]);
    let mut driver = Driver::open(page(), backend);
    driver.user(Gesture::Allow(key("K1")));
    let view = driver.view();
    assert_eq!(heading(&view), "Taking you back to Photo Printer");
    assert_eq!(paragraphs(&view), ["You go to printer.example next."]);
    assert_eq!(view.way_on(), Some(WayOn::Waiting));
    driver.run_out(|timer| *timer == Timer::Navigation);
    let view = driver.view();
    assert_eq!(
        (view.state, heading(&view).as_str()),
        ("returned", "You can close this window")
    );
    assert_eq!(view.screen.actions, [Action::OpenAgain]);

    let mut app = Driver::open(
        page(),
        answering([Ok(outcome(&json!({
            "outcome": "redirect", "redirect_uri": "com.example.printer:/cb", "native": true
        })))]),
    );
    assert_eq!(heading(&app.view()), "Taking you back");
    app.run_out(|timer| *timer == Timer::Navigation);
    assert_eq!(app.view().screen.actions, [Action::OpenApp]);
}

#[test]
fn the_end_of_a_request_shows_the_way_back_to_its_client() {
    let ended = |fault: BackendFault, name: &str, client_uri: Option<&str>| {
        let client = ClientHome {
            name: name.into(),
            client_uri: client_uri.map(Into::into),
        };
        started(Err(BackendError {
            client: Some(client),
            ..fault.into()
        }))
    };
    let view = ended(
        BackendFault::Answered,
        "Photo\u{202e} Printer",
        Some("https://printer.example/home"),
    );
    assert_eq!(heading(&view), "This request was already answered");
    assert!(paragraphs(&view).contains(&"Go back to Photo Printer and start again.".to_owned()));
    let Body::Message {
        link: Some((text, link)),
        ..
    } = &view.screen.body
    else {
        panic!("a link")
    };
    assert_eq!(
        (text.plain().as_str(), link.as_str()),
        ("printer.example", "https://printer.example/home")
    );

    let view = ended(
        BackendFault::Expired,
        "Printer",
        Some("javascript:alert(1)"),
    );
    assert_eq!(heading(&view), "This request has expired");
    assert!(matches!(
        &view.screen.body,
        Body::Message { link: None, .. }
    ));
    assert!(says(
        &started(Err(fault(BackendFault::Expired))),
        Key::StartAgain
    ));
}

#[test]
fn a_client_without_a_readable_name_is_the_app_you_came_from() {
    let client = ClientHome {
        name: "\u{200b}".into(),
        client_uri: None,
    };
    let error = BackendError {
        client: Some(client),
        ..BackendFault::Expired.into()
    };
    assert!(says(&started(Err(error)), Key::StartAgain));
}

#[test]
fn an_unsafe_address_is_not_even_shown() {
    let view = started(Ok(redirect("https://printer.example@evil.example/")));
    assert_eq!(heading(&view), "This address isn’t safe");
    assert!(!texts::of(&view).join(" ").contains("evil"));
    assert_eq!(view.way_on(), Some(WayOn::Instruction));
}

#[test]
fn a_logout_asks_with_the_account_and_both_answers() {
    let driver = Driver::open(
        logout_page(),
        answering_logout([Ok(logout_outcome(&confirm_json()))]),
    );
    let view = driver.view();
    assert_eq!(
        (view.state, heading(&view).as_str()),
        ("confirm-logout", "Sign out?")
    );
    assert_eq!(view.screen.actions, [Action::Stay, Action::SignOut]);
    let Body::Logout(card) = &view.screen.body else {
        panic!("the question")
    };
    assert_eq!(card.question.plain(), "Photo Printer asks to sign you out.");
    assert_eq!(card.account_lines, ["Ada Lovelace"]);

    let mut unknown = confirm_json();
    unknown.as_object_mut().unwrap().remove("client");
    let driver = Driver::open(
        logout_page(),
        answering_logout([Ok(logout_outcome(&unknown))]),
    );
    let Body::Logout(card) = driver.view().screen.body else {
        panic!("the question")
    };
    assert_eq!(card.question.plain(), "Do you want to sign out here?");
}

#[test]
fn a_logout_s_word_under_way_presses_its_button() {
    for (gesture, pressed) in [
        (Gesture::SignOut, Action::SignOut),
        (Gesture::Stay, Action::Stay),
    ] {
        let backend =
            answering_logout([Ok(logout_outcome(&confirm_json()))]).then_logout(Answer::Never);
        let mut driver = Driver::open(logout_page(), backend);
        driver.user(gesture);
        let live = driver.view().live;
        assert_eq!((live.pressed, live.waiting), (Some(pressed), true));
        driver.run_out(|timer| *timer == Timer::Answer);
        assert_eq!(
            driver.view().live.alert.unwrap().plain(),
            Key::LogoutFailed.english()
        );
    }
}

#[test]
fn the_end_of_a_logout_says_how_it_ended() {
    for (answer, heading, state) in [
        ("signed_out", "You are signed out", "signed-out"),
        ("stayed", "You are still signed in", "kept-signed-in"),
    ] {
        let outcome = logout_outcome(&json!({ "outcome": answer }));
        let view = Driver::open(logout_page(), answering_logout([Ok(outcome)])).view();
        assert_eq!(
            (self::heading(&view).as_str(), view.state),
            (heading, state)
        );
        assert!(matches!(
            view.screen.body,
            Body::Message {
                sign: Sign::Done,
                ..
            }
        ));
    }
}

#[test]
fn every_action_has_a_label_of_its_own_and_decisions_weigh_the_same() {
    let actions = [
        Action::Allow,
        Action::Deny,
        Action::Retry,
        Action::SignIn,
        Action::OpenAgain,
        Action::OpenApp,
        Action::SignOut,
        Action::Stay,
    ];
    for action in actions {
        assert_eq!(
            actions
                .iter()
                .filter(|other| other.label() == action.label())
                .count(),
            1
        );
    }
    let decisions: Vec<_> = actions
        .into_iter()
        .filter(|action| action.is_decision())
        .collect();
    assert_eq!(
        decisions,
        [Action::Allow, Action::Deny, Action::SignOut, Action::Stay]
    );
}
