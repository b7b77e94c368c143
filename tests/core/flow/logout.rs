//! The logout flow.

use countersign::{
    backend::{
        BackendError, BackendFault, LogoutDecision, LogoutOutcome,
        memory::{Answer, Call, MemoryBackend},
    },
    flow::{Event, Failure, Gesture, Invalid, State, Timer, WidgetEvent, step},
    messages::Text,
    protocol::{Flow, RawQuery, Realm, limits},
    view::Body,
};
use serde_json::{Value, json};

use crate::testing::{
    driver::{Driver, answering_logout},
    fixtures::*,
};

fn ok(answer: &Value) -> Result<LogoutOutcome, BackendError> {
    Ok(logout_outcome(answer))
}

fn signed_out() -> Result<LogoutOutcome, BackendError> {
    ok(&json!({ "outcome": "signed_out" }))
}

fn consent_request(then: impl IntoIterator<Item = Result<LogoutOutcome, BackendError>>) -> Driver {
    let answers = std::iter::once(ok(&confirmation())).chain(then);
    Driver::open(logout_page(), answering_logout(answers.collect::<Vec<_>>()))
}

#[test]
fn the_backend_gets_the_logout_query() {
    let page = {
        let mut page = logout_page();
        page.realm = Realm::B2b;
        page
    };
    let driver = Driver::open(page, MemoryBackend::default().then_logout(Answer::Never));
    let [Call::LogoutStart(request)] = &driver.calls()[..] else { panic!("one question") };
    assert_eq!((request.realm, request.query.as_str()), (Realm::B2b, "id_token_hint=h&state=s"));
}

#[test]
fn every_logout_request_is_sent_and_one_that_cannot_be_read_is_sent_as_an_empty_one() {
    let long = format!("state={}", "x".repeat(limits::QUERY + 1));
    for (query, sent) in [
        ("", ""),
        ("client_id=a&client_id=a", "client_id=a&client_id=a"),
        (
            "post_logout_redirect_uri=&post_logout_redirect_uri=x",
            "post_logout_redirect_uri=&post_logout_redirect_uri=x",
        ),
        (long.as_str(), ""),
    ] {
        let mut page = logout_page();
        page.flow = Flow::Logout;
        page.query = RawQuery::new(query);
        let driver = Driver::open(page, answering_logout([signed_out()]));
        let [Call::LogoutStart(request)] = &driver.calls()[..] else { panic!("one question") };
        assert_eq!(request.query.as_str(), sent);
        assert_eq!(driver.state(), &State::SignedOut);
        assert_eq!(driver.events, [WidgetEvent::SignedOut]);
    }
}

#[test]
fn the_decision_is_sent_and_its_outcome_is_shown() {
    for (gesture, decision, answer, state) in [
        (Gesture::SignOut, LogoutDecision::SignOut, "signed_out", State::SignedOut),
        (Gesture::Stay, LogoutDecision::Stay, "stayed", State::KeptSignedIn),
    ] {
        let mut driver = consent_request([ok(&json!({ "outcome": answer }))]);
        driver.user(gesture);
        let Some(Call::LogoutSubmit(sent)) = driver.calls().pop() else { panic!("a word") };
        assert_eq!((sent.logout.secret(), sent.decision), ("L1", decision));
        assert_eq!(driver.state(), &state);
    }
}

#[test]
fn a_backend_without_sign_out_leaves_the_user_signed_in_and_the_page_says_where_to_go() {
    let driver =
        Driver::open(logout_page(), answering_logout([ok(&json!({ "outcome": "unsupported" }))]));
    assert_eq!(driver.state(), &State::LogoutUnsupported);
    assert_eq!(driver.view().state, "logout-unsupported");
    let Body::Message(message) = driver.view().screen.body else { panic!("no message") };
    let texts: Vec<_> = message.paragraphs.iter().map(Text::plain).collect();
    assert_eq!(texts, ["To sign out, go to id.harbor.example."]);
    assert!(driver.events.is_empty() && driver.errors.is_empty());
}

#[test]
fn a_logout_may_redirect_to_the_client() {
    let home = json!({ "outcome": "redirect", "redirect_uri": "https://printer.example/out" });
    let mut driver = consent_request([ok(&home)]);
    driver.user(Gesture::SignOut);
    assert_eq!(driver.navigations, ["https://printer.example/out"]);
    assert_eq!(driver.leaves_for().as_deref(), Some("Photo Printer"));
    let straight = Driver::open(logout_page(), answering_logout([ok(&home)]));
    assert_eq!(straight.navigations, ["https://printer.example/out"]);
}

#[test]
fn a_logout_never_redirects_to_an_unsafe_address() {
    let driver = Driver::open(
        logout_page(),
        answering_logout([ok(
            &json!({ "outcome": "redirect", "redirect_uri": "javascript:alert(1)" }),
        )]),
    );
    assert!(matches!(driver.state(), State::UnsafeAddress(_)));
    assert!(driver.navigations.is_empty());
}

#[test]
fn a_refused_logout_is_shown_and_reported() {
    let driver = Driver::open(logout_page(), answering_logout([ok(&error("invalid_request"))]));
    assert!(matches!(driver.state(), State::Invalid(Invalid::Response(_))));
    let reported = reported("request_refused", Some("invalid_request"), Some("R1"));
    assert_eq!(driver.errors, [reported]);
}

#[test]
fn a_failed_start_of_a_logout_can_be_retried() {
    let mut driver =
        Driver::open(logout_page(), answering_logout([Err(unreachable()), signed_out()]));
    assert!(
        matches!(driver.state(), State::Failed(it) if it.failure == Failure::Backend(unreachable()))
    );
    driver.user(Gesture::Retry);
    assert_eq!(driver.state(), &State::SignedOut);
}

#[test]
fn a_failed_decision_can_be_repeated() {
    let mut driver = consent_request([Err(fault(BackendFault::Server(500))), signed_out()]);
    driver.user(Gesture::SignOut);
    assert!(matches!(driver.state(), State::ConfirmLogout { error: Some(_), .. }));
    driver.user(Gesture::SignOut);
    assert_eq!(driver.state(), &State::SignedOut);
}

#[test]
fn a_decision_is_sent_once_and_its_call_times_out() {
    let mut driver = consent_request([]);
    driver.backend = MemoryBackend::default().then_logout(Answer::Never);
    for gesture in [Gesture::SignOut, Gesture::SignOut, Gesture::Stay] {
        driver.user(gesture);
    }
    assert_eq!(driver.calls().len(), 1);
    driver.run_out(|timer| *timer == Timer::Response);
    assert!(matches!(driver.state(), State::ConfirmLogout { error: Some(_), .. }));
}

#[test]
fn a_repeated_response_counts_once() {
    let driver = consent_request([]);
    let attempt = driver.machine.attempt();
    let again = Event::LogoutResponse(attempt, signed_out());
    let after = step(driver.machine.clone(), again);
    assert_eq!((&after.machine, after.effects.len()), (&driver.machine, 0));
}

#[test]
fn an_answered_or_expired_logout_has_its_own_screen() {
    for (fault, name) in
        [(BackendFault::AlreadyAnswered, "answered"), (BackendFault::Expired, "expired")]
    {
        let mut driver = consent_request([Err(fault.into())]);
        driver.user(Gesture::SignOut);
        assert_eq!(driver.view().state, name);
    }
}
