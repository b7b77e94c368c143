//! Approval of a client by an organization's administrators.

use countersign::{
    backend::{BackendFault, Decision, memory::Answer},
    consent::Approval,
    flow::{Gesture, State, Timer},
    messages::Key,
    protocol::OrganizationId,
    view::{Action, Body},
};
use serde_json::{Value, json};

use super::decide::{HOME, card, submits};
use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
};

/// A card for `globex`, which must approve the client.
fn waiting(approval: &str) -> Value {
    let mut answer = organization_consent();
    answer["organization"] = organization("globex", "needs_approval");
    answer["organization"]["approval"] = approval.into();
    answer["organizations"][1] = answer["organization"].clone();
    answer
}

fn ask(driver: &mut Driver, fresh: &str) {
    driver.decide(Gesture::RequestApproval, fresh);
}

fn remark(driver: &Driver) -> String {
    match driver.view().screen.body {
        Body::Consent(card) => card.notice.unwrap().plain(),
        other => panic!("no card: {other:?}"),
    }
}

fn about(key: Key) -> String {
    key.english().replace("{organization}", "The globex company")
}

#[test]
fn approval_is_requested_once_and_the_card_says_so() {
    let answers = [Ok(outcome(&waiting("requested")))];
    let mut driver = card(&waiting("offered"), answers);
    assert_eq!(driver.view().screen.actions, [Action::Deny, Action::RequestApproval]);
    assert_eq!(remark(&driver), about(Key::ConsentApprovalNeeded));
    ask(&mut driver, "K1");
    let [sent] = &submits(&driver)[..] else { panic!("one question") };
    assert_eq!(
        (sent.decision, named(&sent.request), sent.key.secret()),
        (Decision::RequestApproval, "T1", "K1")
    );
    assert_eq!(sent.organization, Some(OrganizationId::new("globex")));
    assert!(sent.scopes.is_empty() && sent.authorization_details.is_empty());
    assert_eq!(sent.remember, None);
    assert!(driver.navigations.is_empty(), "the request waits");

    assert_eq!(remark(&driver), about(Key::ConsentApprovalRequested));
    assert_eq!(driver.view().screen.actions, [Action::Return]);
    ask(&mut driver, "K2");
    assert_eq!(submits(&driver).len(), 1);
}

#[test]
fn approval_is_not_requested_unless_it_is_offered() {
    let mut allowed = organization_consent();
    allowed["organization"]["approval"] = "offered".into();
    let mut blocked = waiting("offered");
    blocked["organization"]["status"] = "blocked".into();
    let mut silent = waiting("offered");
    silent["organization"]["approval"] = Value::Null;
    for answer in [allowed, blocked, silent, waiting("requested"), consent()] {
        let mut driver = card(&answer, []);
        let actions = driver.view().screen.actions;
        assert!(!actions.contains(&Action::RequestApproval));
        ask(&mut driver, "K1");
        assert!(submits(&driver).is_empty());
    }
}

#[test]
fn the_card_stays_while_approval_is_requested() {
    let mut driver = card(&waiting("offered"), []);
    driver.backend = driver.backend.clone().then(Answer::Never);
    let screen = driver.view().screen;
    ask(&mut driver, "K1");
    let view = driver.view();
    assert_eq!((view.state, view.screen), ("submitting", screen));
    assert_eq!(view.live.pressed, Some(Action::RequestApproval));
    assert_eq!(view.live.status.plain(), Key::SubmittingApproval.english());
    for gesture in [
        Gesture::RequestApproval,
        Gesture::Deny,
        Gesture::OrganizationChosen(OrganizationId::new("acme")),
    ] {
        driver.user(gesture);
    }
    assert_eq!(submits(&driver).len(), 1);
}

#[test]
fn a_failed_approval_request_keeps_its_key() {
    let answers = [
        Err(unreachable()),
        Err(fault(BackendFault::Server(500))),
        Ok(outcome(&waiting("requested"))),
    ];
    let mut driver = card(&waiting("offered"), answers);
    for fresh in ["K1", "K2", "K3"] {
        assert!(matches!(driver.state(), State::Consent(_)));
        ask(&mut driver, fresh);
    }
    let sent = submits(&driver);
    assert!(sent.iter().all(|it| it.key.secret() == "K1") && sent.len() == 3);
    let State::Consent(consent) = driver.state() else { panic!("the card") };
    let organization = consent.request.organization.as_ref().unwrap();
    assert_eq!(organization.approval, Some(Approval::Requested));
    assert_eq!(consent.error, None);
}

#[test]
fn an_approval_request_that_times_out_can_be_repeated() {
    let mut driver = card(&waiting("offered"), []);
    driver.backend =
        driver.backend.clone().then(Answer::Never).then(outcome(&waiting("requested")));
    ask(&mut driver, "K1");
    driver.run_out(|timer| *timer == Timer::Response);
    assert!(driver.view().live.alert.is_some());
    ask(&mut driver, "K2");
    assert!(submits(&driver).iter().all(|it| it.key.secret() == "K1"));
    assert_eq!(remark(&driver), about(Key::ConsentApprovalRequested));
}

#[test]
fn a_denial_after_an_approval_request_has_its_own_key() {
    let answers = [Ok(outcome(&waiting("requested"))), Ok(redirect(HOME))];
    let mut driver = card(&waiting("offered"), answers);
    ask(&mut driver, "K1");
    driver.decide(Gesture::Deny, "K2");
    let sent = submits(&driver);
    assert_eq!((sent[1].decision, sent[1].key.secret()), (Decision::Deny, "K2"));
    assert_eq!(driver.navigations, [HOME]);
}

#[test]
fn an_approval_request_counts_after_a_moment_whatever_has_been_in_view() {
    let answers = [Ok(outcome(&waiting("offered"))), Ok(outcome(&waiting("requested")))];
    let mut driver = Driver::hasty(page(), answering(answers));
    for _ in 0..3 {
        assert!(driver.view().live.unready);
        ask(&mut driver, "K1");
        assert!(submits(&driver).is_empty());
        let hint = driver.view().live.hint.unwrap().plain();
        assert_eq!(hint, Key::PressTooEarly.english());
    }
    driver.run_out(|timer| matches!(timer, Timer::Arming(_)));
    assert!(!driver.view().live.unready);
    ask(&mut driver, "K1");
    assert_eq!(submits(&driver).len(), 1);
    assert_eq!(driver.shown_unseen, 0);
}

#[test]
fn allow_does_nothing_while_approval_is_needed() {
    let mut driver = card(&waiting("offered"), [Ok(redirect(HOME))]);
    driver.decide(Gesture::Allow, "K1");
    assert!(submits(&driver).is_empty());
    let mut answer = waiting("offered");
    answer["organizations"] = json!([]);
    let mut driver = card(&answer, [Ok(redirect(HOME))]);
    driver.decide(Gesture::Allow, "K1");
    assert!(submits(&driver).is_empty());
}
