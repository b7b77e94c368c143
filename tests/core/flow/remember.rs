//! Remembering an Allow, and narrowing on the card.

use countersign::{
    flow::{Effect, Event, Gesture, open, step},
    protocol::OrganizationId,
    view::Body,
};
use serde_json::json;

use super::decide::{HOME, card, is_on_the_card, submits};
use crate::testing::{driver::Driver, fixtures::*};

fn allowed_with(hands: &[Gesture], remember: &str) -> Option<bool> {
    let mut answer = consent();
    answer["remember"] = remember.into();
    let mut driver = card(&answer, [Ok(redirect(HOME))]);
    for gesture in hands {
        driver.user(gesture.clone());
    }
    driver.decide(Gesture::Allow, "K1");
    submits(&driver)[0].remember
}

#[test]
fn remember_is_sent_only_if_it_is_offered() {
    use Gesture::RememberToggled;
    assert_eq!(allowed_with(&[], "choice"), Some(false));
    assert_eq!(allowed_with(&[RememberToggled], "choice"), Some(true));
    let twice = [RememberToggled, RememberToggled];
    assert_eq!(allowed_with(&twice, "choice"), Some(false));
    for remember in ["always", "never"] {
        assert_eq!(allowed_with(&[], remember), None);
        assert_eq!(allowed_with(&[RememberToggled], remember), None);
    }
}

#[test]
fn a_denial_is_never_remembered() {
    let mut driver = card(&consent(), [Ok(redirect(HOME))]);
    driver.user(Gesture::RememberToggled);
    driver.decide(Gesture::Deny, "K1");
    assert_eq!(submits(&driver)[0].remember, None);
}

#[test]
fn the_remember_box_requires_allow_and_changes_no_screen() {
    let can_remember = |driver: &Driver| match driver.view().screen.body {
        Body::Consent(card) => card.can_remember,
        other => panic!("no card: {other:?}"),
    };
    let mut driver = card(&consent(), []);
    assert!(can_remember(&driver) && !driver.view().live.remember);
    let screen = driver.view().screen;
    driver.user(Gesture::RememberToggled);
    assert!(driver.view().live.remember);
    assert_eq!(driver.view().screen, screen);

    let mut refused = consent();
    refused["scopes"][0]["grantable"] = false.into();
    assert!(!can_remember(&card(&refused, [])));
    let mut unasked = consent();
    unasked["remember"] = "never".into();
    assert!(!can_remember(&card(&unasked, [])));
}

#[test]
fn the_card_says_what_is_always_remembered_and_has_no_box() {
    let shown = |remember: &str, grantable: bool| {
        let mut answer = consent();
        answer["remember"] = remember.into();
        for scope in answer["scopes"].as_array_mut().unwrap() {
            scope["grantable"] = grantable.into();
        }
        match card(&answer, []).view().screen.body {
            Body::Consent(card) => (card.can_remember, card.notice.map(|text| text.plain())),
            other => panic!("no card: {other:?}"),
        }
    };
    let (has_box, text) = shown("always", true);
    assert!(
        !has_box && text.unwrap() == "If you allow this, id.harbor.example won’t ask you again."
    );
    assert_eq!(shown("choice", true), (true, None));
    assert_eq!(shown("never", true), (false, None));
    let (_, why) = shown("always", false);
    assert!(why.unwrap().starts_with("Your account can’t grant"), "it cannot be allowed");
}

#[test]
fn remember_stays_ticked_only_for_the_same_scopes() {
    let mut other = organization_consent();
    other["organization"] = organization("globex", "allowed");
    let mut changed = other.clone();
    changed["scopes"] = json!([plain_scope("email", false)]);
    for (answer, stays) in [(other, true), (changed, false)] {
        let mut driver = card(&organization_consent(), [Ok(outcome(&answer))]);
        driver.user(Gesture::RememberToggled);
        driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex")));
        assert_eq!(driver.view().live.remember, stays);
    }
}

#[test]
fn a_change_of_remember_is_another_decision() {
    let answers = [Err(unreachable()), Err(unreachable())];
    let mut driver = card(&consent(), answers);
    driver.decide(Gesture::Allow, "K1");
    driver.user(Gesture::RememberToggled);
    driver.decide(Gesture::Allow, "K2");
    let sent = submits(&driver);
    assert_eq!(sent[1].key.secret(), "K2");
}

#[test]
fn read_only_grants_only_reading() {
    let mut answer = consent();
    answer["scopes"][2]["implies"] = json!(["photos.read"]);
    let mut driver = card(&answer, [Ok(redirect(HOME))]);
    let live = driver.view().live;
    assert_eq!((live.ticked, live.implied), (vec![true; 3], vec![false, true, false]));
    driver.user(Gesture::ScopeToggled(1));
    assert_eq!(driver.view().live.ticked, [true; 3]);
    driver.user(Gesture::ReadOnlyToggled);
    let live = driver.view().live;
    assert_eq!((live.ticked, live.read_only), (vec![true, true, false], true));
    driver.decide(Gesture::Allow, "K1");
    let scopes = &submits(&driver)[0].scopes;
    let scopes: Vec<_> = scopes.iter().map(|it| it.scope.as_str()).collect();
    assert_eq!(scopes, ["openid", "photos.read"]);
}

#[test]
fn toggles_that_the_card_does_not_offer_change_nothing() {
    let mut driver = card(&consent(), []);
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
