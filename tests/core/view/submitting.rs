//! The outline, the login screen, and pending decisions.

use crate::testing::{
    driver::{Driver, answering, answering_logout},
    fixtures::*,
    next_step::{NextStep, next_step},
    views::{heading, message, paragraphs, says, started},
};
use countersign::{
    backend::{
        BackendFault, TransportError,
        memory::{Answer, MemoryBackend},
    },
    flow::{Gesture, Timer},
    messages::{Key, Text},
    view::{Action, Avatar, Body, Message, MessageKind, Screen},
};

#[test]
fn the_outline_is_shown_until_the_first_response() {
    let view = Driver::open(page(), MemoryBackend::default().then(Answer::Never)).view();
    assert_eq!((view.state, &view.screen.body), ("starting", &Body::Outline));
    assert_eq!(view.live.status.plain(), "Checking the request…");
    assert_eq!(next_step(&view.screen), Some(NextStep::Waiting));
}

#[test]
fn the_login_screen_says_why_and_offers_the_login() {
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
        assert_eq!(view.screen.actions, [Action::Cancel, Action::SignIn]);
    }
    assert_eq!(started(Ok(login("create", None, 1))).screen.actions, [Action::SignIn]);
}

#[test]
fn the_login_screen_after_a_card_says_where_cancelling_leads() {
    let mut card = consent();
    card["client"]["logo_uri"] = "/logos/printer".into();
    let told = "If you cancel, you’ll be sent to printer.example.".to_owned();
    let backend = || answering([Ok(outcome(&card)), Ok(login("no_session", Some("T1"), 1))]);
    let mut switched = Driver::open(page(), backend());
    switched.user(Gesture::SwitchAccount);
    let mut ended = Driver::open(page(), backend());
    ended.user(Gesture::Allow);
    for driver in [&mut switched, &mut ended] {
        let view = driver.view();
        assert_eq!(view.state, "login-required");
        assert!(paragraphs(&view).contains(&told));
        let logo = Avatar::Picture { path: "/logos/printer".into(), initial: "P".into() };
        assert_eq!(message(&view).client, Some(logo));
    }
    // And there it leads, or nowhere.
    ended.backend = answering([Ok(redirect("https://evil.example/cb?error=access_denied"))]);
    ended.user(Gesture::Deny);
    assert_eq!((ended.view().state, ended.navigations.len()), ("unsafe-address", 0));
    assert!(!paragraphs(&started(Ok(login("no_session", Some("T1"), 1)))).contains(&told));
}

#[test]
fn a_login_that_seems_to_fail_has_its_own_text() {
    let view = started(Ok(login("no_session", Some("T1"), 3)));
    assert_eq!(heading(&view), "Signing in didn’t work");
    assert!(says(&view, Key::LoginStuckText));
    assert_eq!(view.screen.actions, [Action::Cancel, Action::SignIn]);
}

#[test]
fn a_pending_decision_keeps_its_card_and_marks_its_button() {
    for (gesture, pressed, status) in [
        (Gesture::Allow, Action::Allow, Key::SubmittingAllow),
        (Gesture::Deny, Action::Deny, Key::SubmittingDeny),
    ] {
        let backend = answering([Ok(outcome(&consent()))]).then(Answer::Never);
        let mut driver = Driver::open(page(), backend);
        let screen = driver.view().screen;
        driver.user(gesture);
        let view = driver.view();
        assert_eq!((view.state, view.screen), ("submitting", screen));
        assert_eq!((view.live.pressed, view.live.waiting), (Some(pressed), true));
        assert_eq!(view.live.status.plain(), status.english());
        assert_eq!(view.live.ticked, [true, true, true]);
    }
}

#[test]
fn who_pays_is_not_told_that_something_is_allowed() {
    let mut card = consent();
    card["authorization_details"] = serde_json::json!([{ "type": "payment_initiation" }]);
    for (gesture, status) in [(Gesture::Allow, "One moment"), (Gesture::Deny, "Denying…")] {
        let mut driver = Driver::open(page(), answering([Ok(outcome(&card))]).then(Answer::Never));
        driver.user(gesture);
        assert_eq!(driver.view().live.status.plain(), status);
    }
}

#[test]
fn a_pending_denial_keeps_the_login_screen() {
    let backend = answering([Ok(login("no_session", Some("T1"), 1))]).then(Answer::Never);
    let mut driver = Driver::open(page(), backend);
    let screen = driver.view().screen;
    driver.decide(Gesture::Deny, "K1");
    let view = driver.view();
    assert_eq!((view.screen, view.live.pressed), (screen, Some(Action::Cancel)));
    assert_eq!(view.live.status.plain(), "One moment");
}

#[test]
fn a_failed_decision_says_whether_it_may_have_taken_effect() {
    for (failure, key) in [
        (reported_fault(BackendFault::Server(500)), Key::SubmitFailed),
        (reported_fault(BackendFault::Busy { retry_after: Some(5) }), Key::SubmitFailed),
        (fault(BackendFault::Server(500)), Key::SubmitUnknown),
        (fault(BackendFault::Busy { retry_after: Some(5) }), Key::SubmitUnknown),
        (fault(BackendFault::Malformed(404)), Key::SubmitUnknown),
        (fault(BackendFault::CrossOriginCall), Key::SubmitUnknown),
        (unreachable(), Key::SubmitUnknown),
        (fault(TransportError::TimedOut.into()), Key::SubmitUnknown),
        (fault(BackendFault::Server(504)), Key::SubmitUnknown),
    ] {
        for first in [outcome(&consent()), login("no_session", Some("T1"), 1)] {
            let mut driver = Driver::open(page(), answering([Ok(first), Err(failure.clone())]));
            driver.user(Gesture::Deny);
            let view = driver.view();
            assert_eq!(view.live.alert.unwrap().plain(), key.english(), "{failure:?}");
            assert!(!view.live.waiting && view.live.pressed.is_none());
        }
    }
}

#[test]
fn an_alert_disappears_while_the_decision_is_repeated() {
    let backend = answering([Ok(outcome(&consent())), Err(unreachable())]).then(Answer::Never);
    let mut driver = Driver::open(page(), backend);
    driver.decide(Gesture::Allow, "K1");
    assert!(driver.view().live.alert.is_some());
    driver.decide(Gesture::Allow, "K2");
    assert_eq!(driver.view().live.alert, None);
}

#[test]
fn the_card_is_disabled_while_another_organization_loads() {
    let backend = answering([Ok(outcome(&organization_consent()))]).then(Answer::Never);
    let mut driver = Driver::open(page(), backend);
    let screen = driver.view().screen;
    driver.user(Gesture::OrganizationChosen(countersign::protocol::OrganizationId::new("globex")));
    let view = driver.view();
    assert_eq!((view.state, view.screen), ("starting", screen));
    assert!(view.live.waiting && view.live.pressed.is_none());
}

#[test]
fn a_logout_shows_the_account_and_both_decisions() {
    let driver =
        Driver::open(logout_page(), answering_logout([Ok(logout_outcome(&confirmation()))]));
    let view = driver.view();
    assert_eq!((view.state, heading(&view).as_str()), ("confirm-logout", "Sign out?"));
    assert_eq!(view.screen.actions, [Action::Stay, Action::SignOut]);
    let Body::Logout(card) = &view.screen.body else { panic!("the question") };
    assert_eq!(card.question.plain(), "Photo Printer asks to sign you out of id.harbor.example.");
    let (_, lines) = card.account.as_ref().unwrap();
    assert_eq!(*lines, ["Ada Lovelace"]);

    let mut unknown = confirmation();
    unknown.as_object_mut().unwrap().remove("client");
    let driver = Driver::open(logout_page(), answering_logout([Ok(logout_outcome(&unknown))]));
    let Body::Logout(card) = driver.view().screen.body else { panic!("the question") };
    assert_eq!(card.question.plain(), "Do you want to sign out of id.harbor.example?");
}

#[test]
fn a_pending_logout_decision_marks_its_button() {
    for (gesture, pressed) in [(Gesture::SignOut, Action::SignOut), (Gesture::Stay, Action::Stay)] {
        let backend =
            answering_logout([Ok(logout_outcome(&confirmation()))]).then_logout(Answer::Never);
        let mut driver = Driver::open(logout_page(), backend);
        driver.user(gesture);
        let live = driver.view().live;
        assert_eq!((live.pressed, live.waiting), (Some(pressed), true));
        driver.run_out(|timer| *timer == Timer::Response);
        assert_eq!(driver.view().live.alert.unwrap().plain(), Key::LogoutFailed.english());
    }
}

#[test]
fn every_action_has_its_own_label_and_decisions_look_equal() {
    let actions = [
        Action::Allow,
        Action::Deny,
        Action::Cancel,
        Action::RequestApproval,
        Action::Retry,
        Action::SignIn,
        Action::OpenApp,
        Action::SignOut,
        Action::Stay,
    ];
    for action in actions {
        assert_eq!(actions.iter().filter(|other| other.label() == action.label()).count(), 1);
    }
    // Both lead to the app.
    assert_eq!(Action::Return.label(), Action::OpenApp.label());
}

#[test]
fn a_message_without_text_and_actions_would_be_a_dead_end() {
    let message = |kind, paragraphs| Screen {
        body: Body::Message(Message { kind, client: None, paragraphs, link: None }),
        ..Screen::outline()
    };
    let text = vec![Text::value("x")];
    assert_eq!(next_step(&message(MessageKind::Error, Vec::new())), None);
    assert_eq!(next_step(&message(MessageKind::Done, text)), Some(NextStep::Instruction));
    assert_eq!(next_step(&message(MessageKind::Wait, Vec::new())), Some(NextStep::Waiting));
}
