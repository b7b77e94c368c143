//! Remembering an `allow`, what is left out, and where a decision leads.

use countersign::{
    backend::Outcome,
    flow::{Effect, Event, Gesture, State, open, step},
    protocol::{OrganizationId, UnsafeAddress},
    view::Body,
};
use serde_json::json;

use super::decide::{HOME, card, is_on_the_card, submits};
use crate::support::{
    driver::{Driver, answering},
    fixtures::*,
};

fn allowed_with(hands: &[Gesture], remember: bool) -> Option<bool> {
    let mut answer = consent_json();
    answer["remember"] = remember.into();
    let mut driver = card(&answer, [Ok(redirect(HOME))]);
    for gesture in hands {
        driver.user(gesture.clone());
    }
    driver.decide(Gesture::Allow, "K1");
    submits(&driver)[0].remember
}

#[test]
fn the_wish_to_be_remembered_is_sent_only_where_that_is_offered() {
    use Gesture::RememberToggled;
    assert_eq!(allowed_with(&[], true), Some(false));
    assert_eq!(allowed_with(&[RememberToggled], true), Some(true));
    let twice = [RememberToggled, RememberToggled];
    assert_eq!(allowed_with(&twice, true), Some(false));
    assert_eq!(allowed_with(&[], false), None);
    assert_eq!(allowed_with(&[RememberToggled], false), None);
}

#[test]
fn a_denial_is_never_remembered() {
    let mut driver = card(&consent_json(), [Ok(redirect(HOME))]);
    driver.user(Gesture::RememberToggled);
    driver.decide(Gesture::Deny, "K1");
    assert_eq!(submits(&driver)[0].remember, None);
}

#[test]
fn the_box_is_there_only_where_allow_is_and_changes_no_screen() {
    let can_remember = |driver: &Driver| match driver.view().screen.body {
        Body::Consent(card) => card.can_remember,
        other => panic!("no card: {other:?}"),
    };
    let mut driver = card(&consent_json(), []);
    assert!(can_remember(&driver) && !driver.view().live.remember);
    let screen = driver.view().screen;
    driver.user(Gesture::RememberToggled);
    assert!(driver.view().live.remember);
    assert_eq!(driver.view().screen, screen);

    let mut refused = consent_json();
    refused["scopes"][0]["grantable"] = false.into();
    assert!(!can_remember(&card(&refused, [])));
    let mut unasked = consent_json();
    unasked["remember"] = false.into();
    assert!(!can_remember(&card(&unasked, [])));
}

#[test]
fn the_wish_stays_where_the_same_is_asked_again_and_goes_where_it_is_not() {
    let mut other = organization_consent_json();
    other["organization"] = organization_json("globex", "allowed");
    let mut changed = other.clone();
    changed["scopes"] = json!([scope_json("email", false)]);
    for (answer, stays) in [(other, true), (changed, false)] {
        let mut driver = card(&organization_consent_json(), [Ok(outcome(&answer))]);
        driver.user(Gesture::RememberToggled);
        driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex")));
        assert_eq!(driver.view().live.remember, stays);
    }
}

#[test]
fn another_wish_is_another_decision() {
    let answers = [Err(unreachable()), Err(unreachable())];
    let mut driver = card(&consent_json(), answers);
    driver.decide(Gesture::Allow, "K1");
    driver.user(Gesture::RememberToggled);
    driver.decide(Gesture::Allow, "K2");
    let sent = submits(&driver);
    assert_eq!(sent[1].key.secret(), "K2");
}

#[test]
fn read_only_on_the_card_grants_reading_alone() {
    let mut answer = consent_json();
    answer["scopes"][2]["implies"] = json!(["photos.read"]);
    let mut driver = card(&answer, [Ok(redirect(HOME))]);
    let live = driver.view().live;
    assert_eq!(
        (live.ticked, live.implied),
        (vec![true; 3], vec![false, true, false])
    );
    driver.user(Gesture::ScopeToggled(1));
    assert_eq!(driver.view().live.ticked, [true; 3]);
    driver.user(Gesture::ReadOnlyToggled);
    let live = driver.view().live;
    assert_eq!(
        (live.ticked, live.read_only),
        (vec![true, true, false], true)
    );
    driver.decide(Gesture::Allow, "K1");
    let scopes = &submits(&driver)[0].scopes;
    let scopes: Vec<_> = scopes.iter().map(|it| it.scope.as_str()).collect();
    assert_eq!(scopes, ["openid", "photos.read"]);
}

/// Where a decision leads whose answer is this.
fn decided(answer: Outcome, own_hosts: &[&str]) -> Driver {
    let page = {
        let mut page = page();
        page.own_hosts = own_hosts.iter().map(ToString::to_string).collect();
        page
    };
    let mut driver = Driver::open(page, answering([Ok(outcome(&consent_json())), Ok(answer)]));
    driver.decide(Gesture::Allow, "K1");
    driver
}

#[test]
fn a_decision_that_leads_elsewhere_than_the_card_said_leads_nowhere() {
    for address in [
        "https://evil.example/cb?code=1",
        "https://printer.example:8443/cb",
        "https://www.printer.example/cb",
        "https://printer.example./cb",
        "http://localhost:4401/cb",
    ] {
        let driver = decided(redirect(address), &[]);
        assert_eq!(
            driver.state(),
            &State::UnsafeAddress(UnsafeAddress::Elsewhere),
            "{address}"
        );
        assert!(driver.navigations.is_empty());
        assert_eq!(UnsafeAddress::Elsewhere.code(), "address_elsewhere");
    }
    let elsewhere = decided(redirect("https://PRINTER.example:443/other?code=1"), &[]);
    assert_eq!(
        elsewhere.navigations.len(),
        1,
        "another path is the client's"
    );
}

#[test]
fn the_site_s_own_hosts_and_a_step_on_the_way_may_lie_between() {
    let finish = "https://as.example:8443/oauth/finish/1";
    assert!(
        decided(redirect(finish), &["as.example"])
            .navigations
            .is_empty()
    );
    let own = decided(redirect(finish), &["api.example", "as.example:8443"]);
    assert_eq!(own.navigations, [finish]);
    let step = json!({ "outcome": "redirect", "redirect_uri": finish, "intermediate": true });
    assert_eq!(decided(outcome(&step), &[]).navigations, [finish]);
    let unsafe_step = json!({ "outcome": "redirect", "redirect_uri": "http://as.example/", "intermediate": true });
    assert!(decided(outcome(&unsafe_step), &[]).navigations.is_empty());
}

#[test]
fn an_app_may_not_become_another_app() {
    let mut answer = consent_json();
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
fn without_a_card_there_is_nothing_to_lead_elsewhere_from() {
    let driver = Driver::open(page(), answering([Ok(redirect("https://other.example/"))]));
    assert_eq!(driver.navigations, ["https://other.example/"]);
    // A change of organization has one.
    let mut driver = card(
        &organization_consent_json(),
        [Ok(redirect("https://other.example/"))],
    );
    driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex")));
    assert!(driver.navigations.is_empty());
}

#[test]
fn what_the_card_does_not_offer_changes_nothing() {
    let mut driver = card(&consent_json(), []);
    let before = driver.machine.clone();
    driver.user(Gesture::ReadOnlyToggled);
    assert!(is_on_the_card(&driver) && driver.machine == before);
    let opened = open(page());
    for gesture in [Gesture::ReadOnlyToggled, Gesture::RememberToggled] {
        let after = step(opened.machine.clone(), Event::User(gesture, key("K")));
        assert_eq!(after.machine, opened.machine);
        assert_eq!(after.effects, Vec::<Effect>::new());
    }
}
