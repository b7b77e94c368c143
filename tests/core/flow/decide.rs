//! Decisions on the card.

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
};
use countersign::{
    backend::{
        BackendFault, Decision, Outcome, SubmitRequest,
        memory::{Answer, Call},
    },
    flow::{Event, Gesture, State, Timer, WidgetEvent},
    protocol::OrganizationId,
};
use serde_json::{Value, json};

pub(super) const HOME: &str = "https://printer.example/cb?code=1";

/// A card, and the responses to the calls after it.
pub(super) fn card(
    consent: &Value,
    then: impl IntoIterator<Item = Result<Outcome, countersign::backend::BackendError>>,
) -> Driver {
    let answers = std::iter::once(Ok(outcome(consent))).chain(then);
    Driver::open(page(), answering(answers.collect::<Vec<_>>()))
}

pub(super) fn submits(driver: &Driver) -> Vec<SubmitRequest> {
    let calls = driver.calls().into_iter();
    calls
        .filter_map(|call| match call {
            Call::Submit(request) => Some(request),
            _ => None,
        })
        .collect()
}

pub(super) fn is_on_the_card(driver: &Driver) -> bool {
    matches!(driver.state(), State::Consent(_))
}

#[test]
fn allow_sends_the_ticked_scopes_and_redirects() {
    let mut driver = card(&consent(), [Ok(redirect(HOME))]);
    driver.user(Gesture::ScopeToggled(2));
    driver.decide(Gesture::Allow, "K1");
    let [sent] = &submits(&driver)[..] else { panic!("one decision") };
    assert_eq!(
        (sent.decision, named(&sent.request), sent.key.secret()),
        (Decision::Allow, "T1", "K1")
    );
    let scopes: Vec<_> = sent.scopes.iter().map(|it| it.scope.as_str()).collect();
    assert_eq!(scopes, ["openid", "photos.read"]);
    assert_eq!(driver.navigations, [HOME]);
    assert_eq!(driver.leaves_for().as_deref(), Some("Photo Printer"));
    assert_eq!(
        driver.events,
        [
            WidgetEvent::Started,
            WidgetEvent::ConsentShown,
            WidgetEvent::Allowed { scopes: 2, left_out: 1 },
            WidgetEvent::Redirecting
        ]
    );
}

#[test]
fn allow_sends_the_organization_and_the_details_on_the_card() {
    let mut consent = organization_consent();
    consent["authorization_details"] = json!([{ "type": "payment", "amount": 5 }]);
    let mut driver = card(&consent, [Ok(redirect(HOME))]);
    driver.decide(Gesture::Allow, "K1");
    let sent = &submits(&driver)[0];
    assert_eq!(sent.organization, Some(OrganizationId::new("acme")));
    assert_eq!(sent.authorization_details, [r#"{"amount":5,"type":"payment"}"#]);
}

#[test]
fn deny_grants_nothing() {
    let mut driver = card(
        &organization_consent(),
        [Ok(redirect("https://printer.example/cb?error=access_denied"))],
    );
    driver.decide(Gesture::Deny, "K1");
    let sent = &submits(&driver)[0];
    assert_eq!(sent.decision, Decision::Deny);
    assert!(sent.scopes.is_empty() && sent.authorization_details.is_empty());
    assert_eq!(driver.navigations, ["https://printer.example/cb?error=access_denied"]);
}

#[test]
fn allow_does_nothing_unless_it_is_offered() {
    let mut consent = consent();
    consent["scopes"][0]["grantable"] = false.into();
    let mut driver = card(&consent, [Ok(redirect(HOME))]);
    driver.decide(Gesture::Allow, "K1");
    assert!(submits(&driver).is_empty());
    driver.decide(Gesture::Deny, "K2");
    assert_eq!(submits(&driver).len(), 1);
}

#[test]
fn a_second_click_sends_nothing() {
    let mut driver = card(&consent(), []);
    driver.backend = driver.backend.clone().then(Answer::Never);
    driver.decide(Gesture::Allow, "K1");
    for gesture in [
        Gesture::Allow,
        Gesture::Deny,
        Gesture::ScopeToggled(1),
        Gesture::SwitchAccount,
        Gesture::OrganizationChosen(OrganizationId::new("acme")),
        Gesture::Retry,
    ] {
        driver.user(gesture);
    }
    assert_eq!(submits(&driver).len(), 1);
    assert!(matches!(driver.state(), State::Submitting(it) if it.decision() == Decision::Allow));
}

#[test]
fn a_failed_decision_returns_to_the_unchanged_card() {
    let mut driver = card(&consent(), [Err(fault(BackendFault::Server(500)))]);
    driver.user(Gesture::ScopeToggled(1));
    driver.decide(Gesture::Allow, "K1");
    let State::Consent(consent) = driver.state() else { panic!("the card") };
    assert!(!consent.selection.is_ticked(&consent.request, 1));
    assert_eq!(consent.error, Some(fault(BackendFault::Server(500))));
}

#[test]
fn the_same_decision_again_uses_the_same_key() {
    let mut driver = card(&consent(), [Err(unreachable()), Err(unreachable()), Ok(redirect(HOME))]);
    for fresh in ["K1", "K2", "K3"] {
        driver.decide(Gesture::Allow, fresh);
    }
    assert!(submits(&driver).iter().all(|sent| sent.key.secret() == "K1"));
    assert_eq!(driver.navigations, [HOME]);
}

#[test]
fn another_decision_uses_its_own_key() {
    let mut driver = card(&consent(), [Err(unreachable()), Err(unreachable()), Err(unreachable())]);
    driver.decide(Gesture::Allow, "K1");
    driver.user(Gesture::ScopeToggled(1));
    driver.decide(Gesture::Allow, "K2");
    driver.decide(Gesture::Deny, "K3");
    let keys: Vec<_> = submits(&driver).iter().map(|it| it.key.secret().to_owned()).collect();
    assert_eq!(keys, ["K1", "K2", "K3"]);
}

#[test]
fn a_key_of_another_decision_is_discarded() {
    let mut driver = card(&consent(), [Err(fault(BackendFault::KeyReused)), Ok(redirect(HOME))]);
    driver.decide(Gesture::Allow, "K1");
    driver.decide(Gesture::Allow, "K2");
    let keys: Vec<_> = submits(&driver).iter().map(|it| it.key.secret().to_owned()).collect();
    assert_eq!(keys, ["K1", "K2"]);
}

#[test]
fn an_unanswered_decision_keeps_its_key_after_a_page_restore() {
    let mut driver = card(&consent(), []);
    driver.backend =
        answering([]).then(Answer::Never).then(outcome(&consent())).then(redirect(HOME));
    driver.decide(Gesture::Allow, "K1");
    driver.send(Event::PageRestored);
    assert!(is_on_the_card(&driver));
    driver.decide(Gesture::Allow, "K2");
    assert!(submits(&driver).iter().all(|sent| sent.key.secret() == "K1"));
}

#[test]
fn a_decision_that_times_out_can_be_repeated_and_its_late_response_is_dropped() {
    let mut driver = card(&consent(), []);
    driver.backend = answering([]).then(Answer::Never).then(redirect(HOME));
    driver.decide(Gesture::Allow, "K1");
    let late = driver.machine.attempt();
    driver.run_out(|timer| *timer == Timer::Response);
    assert!(is_on_the_card(&driver));
    assert_ne!(driver.machine.attempt(), late, "the call is given up");
    driver.send(Event::AuthorizeResponse(late, Ok(redirect("https://late.example/"))));
    assert!(driver.navigations.is_empty());
    driver.decide(Gesture::Allow, "K2");
    assert_eq!(driver.navigations, [HOME]);
}

#[test]
fn a_changed_request_needs_a_new_decision() {
    let mut changed = consent();
    changed["scopes"] = json!([plain_scope("openid", true), plain_scope("email", false)]);
    let mut driver = card(&consent(), [Ok(outcome(&changed)), Ok(redirect(HOME))]);
    driver.user(Gesture::ScopeToggled(1));
    driver.decide(Gesture::Allow, "K1");
    let State::Consent(consent) = driver.state() else { panic!("the card") };
    assert_eq!(consent.error, None);
    assert!(consent.selection.is_ticked(&consent.request, 1), "another scope stands there now");
    driver.decide(Gesture::Allow, "K2");
    assert_eq!(submits(&driver)[1].key.secret(), "K2");
}

#[test]
fn an_unchanged_request_keeps_its_ticks_and_gets_a_new_key() {
    let mut driver = card(&consent(), [Ok(outcome(&consent())), Ok(redirect(HOME))]);
    driver.user(Gesture::ScopeToggled(1));
    driver.decide(Gesture::Allow, "K1");
    driver.decide(Gesture::Allow, "K2");
    let sent = submits(&driver);
    assert_eq!(sent[1].key.secret(), "K2", "the first one has its answer");
    assert_eq!(sent[0].scopes, sent[1].scopes);
}

#[test]
fn an_ended_session_leads_to_the_login_with_the_same_transaction() {
    let mut driver = card(&consent(), [Ok(login("no_session", None, 1))]);
    driver.decide(Gesture::Allow, "K1");
    let State::LoginRequired(required) = driver.state() else { panic!("the login") };
    assert_eq!(required.transaction.as_ref().unwrap().secret(), "T1", "it can still be denied");
    assert_eq!(driver.logins.len(), 1);
}

#[test]
fn a_decision_never_redirects_to_an_unsafe_address() {
    let mut driver = card(&consent(), [Ok(redirect("javascript:alert(1)"))]);
    driver.decide(Gesture::Allow, "K1");
    assert!(matches!(driver.state(), State::UnsafeAddress(_)));
    assert!(driver.navigations.is_empty());
}

#[test]
fn an_answered_or_expired_request_has_its_own_screen_after_a_decision() {
    for (fault, name) in
        [(BackendFault::AlreadyAnswered, "answered"), (BackendFault::Expired, "expired")]
    {
        let mut driver = card(&consent(), [Err(fault.into())]);
        driver.decide(Gesture::Allow, "K1");
        assert_eq!(driver.view().state, name);
        driver.decide(Gesture::Allow, "K2");
        assert_eq!(submits(&driver).len(), 1);
    }
}
