//! Trusted auth tokens.

use countersign::{
    backend::{
        BackendError, BackendFault, TransportError, TrustedToken,
        memory::{Answer, Call, MemoryBackend},
    },
    flow::{Event, Failure, Gesture, PageInfo, State, Timer, Trusted, WidgetEvent},
    protocol::{LoginReason, RawQuery, RequestRef, Secret},
    view::Action,
};

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
};

fn token(jwt: &str) -> TrustedToken {
    TrustedToken { token: Secret::new(jwt), profile_id: "profile".into() }
}

fn with(trusted: Trusted) -> PageInfo {
    {
        let mut page = page();
        page.trusted = trusted;
        page
    }
}

fn attested(backend: MemoryBackend) -> MemoryBackend {
    backend.then_attest(())
}

fn is_attest(call: &Call, jwt: &str) -> bool {
    matches!(call, Call::Attest(it) if it.token.secret() == jwt)
}

fn refused() -> BackendError {
    BackendFault::Token.into()
}

#[test]
fn a_token_is_exchanged_before_the_request_starts() {
    let backend = MemoryBackend::default().then_attest(Answer::Never);
    let driver = Driver::open(with(Trusted::Known(token("one"))), backend);
    assert_eq!(driver.state(), &State::Attesting);
    assert_eq!(driver.view().live.status.plain(), "Signing you in…");
    assert!(is_attest(&driver.calls()[0], "one"));
    assert_eq!(driver.calls().len(), 1);

    let backend = attested(answering([Ok(outcome(&consent()))]));
    let driver = Driver::open(with(Trusted::Known(token("one"))), backend);
    assert!(matches!(driver.state(), State::Consent(_)));
    assert!(is_attest(&driver.calls()[0], "one"));
    assert!(matches!(driver.calls()[1], Call::Start(_)));
}

#[test]
fn the_page_waits_for_an_awaited_token() {
    let backend = attested(answering([Ok(outcome(&consent()))]));
    let mut driver = Driver::open(with(Trusted::Awaited), backend);
    assert_eq!(driver.state(), &State::Attesting);
    assert!(driver.calls().is_empty() && driver.logins.is_empty());
    driver.send(Event::TokenArrived(token("late")));
    assert!(matches!(driver.state(), State::Consent(_)));
    assert!(is_attest(&driver.calls()[0], "late"));
    assert_eq!(driver.events, [WidgetEvent::Started, WidgetEvent::ConsentShown]);
}

#[test]
fn waiting_for_a_token_ends_but_a_late_token_counts() {
    let backend = attested(answering([Ok(outcome(&consent()))]));
    let mut driver = Driver::open(with(Trusted::Awaited), backend);
    driver.run_out(|timer| *timer == Timer::Response);
    assert!(
        matches!(driver.state(), State::Failed(it) if it.failure == Failure::Backend(refused()))
    );
    assert_eq!(driver.view().screen.actions, [Action::Retry, Action::SignIn]);
    driver.user(Gesture::Retry);
    assert_eq!(driver.state(), &State::Attesting);
    driver.run_out(|timer| *timer == Timer::Response);
    driver.send(Event::TokenArrived(token("late")));
    assert!(matches!(driver.state(), State::Consent(_)));
}

#[test]
fn a_token_that_arrives_on_a_card_restarts_the_request() {
    let card = || Ok(outcome(&consent()));
    let mut driver = Driver::open(page(), attested(answering([card(), card()])));
    driver.send(Event::TokenArrived(token("late")));
    assert!(matches!(driver.state(), State::Consent(_)));
    let calls = driver.calls();
    assert!(matches!(calls[0], Call::Start(_)) && is_attest(&calls[1], "late"));
    assert!(matches!(calls[2], Call::Start(_)));
}

#[test]
fn a_token_that_arrives_on_the_login_screen_counts() {
    let answers = [Ok(login("no_session", None, 1)), Ok(outcome(&consent()))];
    let mut driver = Driver::open(page(), attested(answering(answers)));
    assert!(matches!(driver.state(), State::LoginRequired(_)));
    driver.send(Event::TokenArrived(token("late")));
    assert!(matches!(driver.state(), State::Consent(_)));
}

#[test]
fn a_token_after_the_decision_changes_nothing() {
    let backend = answering([Ok(outcome(&consent()))]).then(Answer::Never);
    let mut driver = Driver::open(page(), backend);
    driver.decide(Gesture::Allow, "K1");
    driver.send(Event::TokenArrived(token("late")));
    assert!(matches!(driver.state(), State::Submitting(_)));
    assert_eq!(driver.calls().len(), 2);
}

#[test]
fn a_decision_after_a_token_does_not_reuse_the_key_of_an_earlier_session() {
    let card = || Ok(outcome(&consent()));
    let answers = [card(), Err(unreachable()), card()];
    let backend = attested(answering(answers)).then(Answer::Never);
    let mut driver = Driver::open(page(), backend);
    driver.decide(Gesture::Deny, "K1");
    driver.send(Event::TokenArrived(token("late")));
    driver.decide(Gesture::Deny, "K2");
    let Some(Call::Submit(submit)) = driver.calls().pop() else { panic!("a decision") };
    assert_eq!(submit.key, key("K2"));
}

#[test]
fn a_refused_token_offers_retry_and_login() {
    let failing = || MemoryBackend::default().then_attest(Answer::With(Err(refused())));
    let mut driver = Driver::open(with(Trusted::Known(token("one"))), failing().then_attest(()));
    let State::Failed(failed) = driver.state() else { panic!("a failure") };
    assert!(failed.offers_login());
    driver.backend = driver.backend.clone().then(outcome(&consent()));
    driver.user(Gesture::Retry);
    assert!(matches!(driver.state(), State::Consent(_)));

    let mut driver = Driver::open(with(Trusted::Known(token("one"))), failing());
    driver.user(Gesture::SignIn);
    assert!(matches!(driver.state(), State::LoginRequired(_)));
    let [hand_off] = &driver.logins[..] else { panic!("one hand-off") };
    assert_eq!(hand_off.reason, LoginReason::NoSession);
    assert_eq!(hand_off.return_to, RequestRef::Query(RawQuery::new(QUERY)));
}

#[test]
fn an_exchange_that_times_out_can_be_retried() {
    let backend = MemoryBackend::default().then_attest(Answer::Never);
    let mut driver = Driver::open(with(Trusted::Known(token("one"))), backend.then_attest(()));
    driver.run_out(|timer| *timer == Timer::Response);
    let timed_out = Failure::Backend(fault(TransportError::TimedOut.into()));
    assert!(
        matches!(driver.state(), State::Failed(it) if it.failure == timed_out && !it.offers_login())
    );
    driver.backend = driver.backend.clone().then(outcome(&consent()));
    driver.user(Gesture::Retry);
    assert!(matches!(driver.state(), State::Consent(_)));
}

#[test]
fn a_backend_without_tokens_reports_that() {
    let backend =
        MemoryBackend::default().then_attest(Answer::With(Err(BackendFault::Unsupported.into())));
    let driver = Driver::open(with(Trusted::Known(token("one"))), backend);
    assert!(matches!(driver.state(), State::Failed(_)));
    let heading = driver.view().screen.heading.unwrap().plain();
    assert_eq!(heading, "This page isn’t set up correctly");
}
