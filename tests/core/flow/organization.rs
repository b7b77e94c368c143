//! The choice of an organization.

use super::decide::{card, is_on_the_card, submits};
use crate::testing::{driver::answering, fixtures::*};
use countersign::{
    backend::memory::{Answer, Call},
    flow::{Gesture, State},
    protocol::OrganizationId,
};

#[test]
fn choosing_an_organization_keeps_the_card_meanwhile() {
    let mut driver = card(&organization_consent(), []);
    driver.backend = answering([]).then(Answer::Never);
    let screen = driver.machine.screen_id();
    driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex")));
    assert!(matches!(driver.state(), State::Starting(Some(_))));
    assert_eq!(driver.machine.screen_id(), screen, "the card is not built again");
    let [Call::Start(asked)] = &driver.calls()[..] else { panic!("one question") };
    assert_eq!(named(&asked.request), "T1");
    assert_eq!(asked.organization, Some(OrganizationId::new("globex")));
    driver.decide(Gesture::Allow, "K1");
    assert!(submits(&driver).is_empty(), "nothing is decided in between");
}

#[test]
fn ticks_survive_a_change_of_organization_with_the_same_scopes() {
    let mut other = organization_consent();
    other["organization"] = organization("globex", "allowed");
    let mut driver = card(&organization_consent(), [Ok(outcome(&other))]);
    driver.user(Gesture::ScopeToggled(1));
    driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex")));
    let State::Consent(consent) = driver.state() else { panic!("the card") };
    assert_eq!(consent.request.organization.as_ref().unwrap().organization_id.as_str(), "globex");
    assert!(!consent.selection.is_ticked(&consent.request, 1));
}

#[test]
fn only_an_organization_of_the_account_can_be_chosen() {
    let mut driver = card(&organization_consent(), []);
    driver.user(Gesture::OrganizationChosen(OrganizationId::new("evil")));
    assert!(is_on_the_card(&driver));
    assert_eq!(driver.calls().len(), 1);
}

#[test]
fn a_failed_choice_of_an_organization_is_discarded_on_retry() {
    let consent = organization_consent();
    let mut driver = card(&consent, [Err(unreachable()), Ok(outcome(&consent))]);
    driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex")));
    assert!(matches!(driver.state(), State::Failed(_)));
    driver.user(Gesture::Retry);
    assert!(is_on_the_card(&driver));
    let Some(Call::Start(asked)) = driver.calls().pop() else { panic!("a question") };
    assert_eq!(asked.organization, Some(OrganizationId::new("acme")));
}
