//! Where a decision may redirect to.

use countersign::{
    backend::Outcome,
    flow::{Gesture, State},
    protocol::{OrganizationId, UnsafeAddress},
};
use serde_json::json;

use super::decide::card;
use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
};

/// The machine after a decision with this outcome.
fn decided(answer: Outcome, own_hosts: &[&str]) -> Driver {
    let page = {
        let mut page = page();
        page.own_hosts = own_hosts.iter().map(ToString::to_string).collect();
        page
    };
    let mut driver = Driver::open(page, answering([Ok(outcome(&consent())), Ok(answer)]));
    driver.decide(Gesture::Allow, "K1");
    driver
}

#[test]
fn a_decision_never_redirects_to_another_host_than_the_card_showed() {
    for address in [
        "https://evil.example/cb?code=1",
        "https://printer.example:8443/cb",
        "https://www.printer.example/cb",
        "https://printer.example./cb",
        "http://localhost:4401/cb",
    ] {
        let driver = decided(redirect(address), &[]);
        assert_eq!(driver.state(), &State::UnsafeAddress(UnsafeAddress::Elsewhere), "{address}");
        assert!(driver.navigations.is_empty());
        assert_eq!(UnsafeAddress::Elsewhere.code(), "address_elsewhere");
    }
    let elsewhere = decided(redirect("https://PRINTER.example:443/other?code=1"), &[]);
    assert_eq!(elsewhere.navigations.len(), 1, "another path is the client's");
}

#[test]
fn a_decision_may_redirect_to_own_hosts_and_intermediate_steps() {
    let finish = "https://as.example:8443/oauth/finish/1";
    assert!(decided(redirect(finish), &["as.example"]).navigations.is_empty());
    let own = decided(redirect(finish), &["api.example", "as.example:8443"]);
    assert_eq!(own.navigations, [finish]);
    let step = json!({ "outcome": "redirect", "redirect_uri": finish, "intermediate": true });
    assert_eq!(decided(outcome(&step), &[]).navigations, [finish]);
    let unsafe_step = json!({ "outcome": "redirect", "redirect_uri": "http://as.example/", "intermediate": true });
    assert!(decided(outcome(&unsafe_step), &[]).navigations.is_empty());
}

#[test]
fn a_decision_never_redirects_to_another_app() {
    let mut answer = consent();
    answer["client"]["native"] = true.into();
    answer["redirect_uri"] = "com.example.printer:/cb".into();
    for (address, opened) in [
        ("com.example.printer:/cb?code=1", true),
        ("com.example.other:/cb?code=1", false),
        ("com.example.printer://evil/cb?code=1", false),
    ] {
        let home = json!({ "outcome": "redirect", "redirect_uri": address, "native": true });
        let mut driver = card(&answer, [Ok(outcome(&home))]);
        driver.decide(Gesture::Deny, "K1");
        assert_eq!(!driver.navigations.is_empty(), opened, "{address}");
    }
}

#[test]
fn without_a_card_any_safe_host_is_accepted() {
    let driver = Driver::open(page(), answering([Ok(redirect("https://other.example/"))]));
    assert_eq!(driver.navigations, ["https://other.example/"]);
    // A change of organization has a card.
    let mut driver = card(&organization_consent(), [Ok(redirect("https://other.example/"))]);
    driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex")));
    assert!(driver.navigations.is_empty());
}
