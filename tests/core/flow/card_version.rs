//! Decisions on a card that is no longer the current one.

use countersign::{
    backend::{Decision, Outcome},
    flow::{CardChange, Consent, Gesture, State},
    messages::Key,
    protocol::{CardVersion, OrganizationId},
    view::Body,
};
use serde_json::{Value, json};

use super::decide::{HOME, card, is_on_the_card, submits};
use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
};

fn with(change: impl FnOnce(&mut Value)) -> Value {
    let mut answer = consent();
    change(&mut answer);
    answer
}

fn of_grace() -> Value {
    with(|it| {
        it["version"] = "V2".into();
        it["account"] = json!({ "sub": "2", "name": "Grace Hopper" });
    })
}

fn waiting(approval: &str, version: &str) -> Value {
    let mut answer = organization_consent();
    answer["organization"] = organization("globex", "needs_approval");
    answer["organization"]["approval"] = approval.into();
    answer["version"] = version.into();
    answer
}

fn on_the_card(driver: &Driver) -> &Consent {
    match driver.state() {
        State::Consent(consent) => consent,
        other => panic!("no card: {other:?}"),
    }
}

fn alert(driver: &Driver) -> Option<String> {
    driver.view().live.alert.map(|alert| alert.plain())
}

/// What is said beside the account.
fn account_change(driver: &Driver) -> Option<String> {
    match driver.view().screen.body {
        Body::Consent(card) => card.account_change.map(|text| text.plain()),
        other => panic!("no card: {other:?}"),
    }
}

fn switched(now: &str) -> Option<String> {
    Some(format!(
        "You’re now signed in as {now}, no longer as ada@example.com. Nothing has been shared. Check the request and answer again."
    ))
}

fn text(key: Key) -> Option<String> {
    Some(key.english().to_owned())
}

fn names(scopes: &[countersign::protocol::Scope]) -> Vec<&str> {
    scopes.iter().map(|it| it.scope.as_str()).collect()
}

#[test]
fn a_decision_names_the_card_that_it_was_made_on() {
    let version = Some(CardVersion::new("V1"));
    for gesture in [Gesture::Allow, Gesture::Deny] {
        let mut driver = card(&consent(), [Ok(redirect(HOME))]);
        driver.decide(gesture, "K1");
        assert_eq!(submits(&driver)[0].version, version);
    }
    let mut driver = card(&waiting("offered", "V1"), [Ok(outcome(&waiting("requested", "V1")))]);
    driver.decide(Gesture::RequestApproval, "K1");
    assert_eq!(submits(&driver)[0].version, version);
}

#[test]
fn a_denial_without_a_card_names_none() {
    let answers = [Ok(login("no_session", Some("T1"), 1)), Ok(redirect(HOME))];
    let mut driver = Driver::open(page(), answering(answers));
    driver.decide(Gesture::Deny, "K1");
    assert_eq!(
        (submits(&driver)[0].decision, &submits(&driver)[0].version),
        (Decision::Deny, &None)
    );
}

#[test]
fn a_card_of_another_account_is_shown_anew_with_the_reason() {
    for gesture in [Gesture::Allow, Gesture::Deny] {
        let mut driver = card(&consent(), [Ok(outcome(&of_grace())), Ok(redirect(HOME))]);
        driver.decide(gesture, "K1");
        assert!(matches!(on_the_card(&driver).change, Some(CardChange::Account(_))));
        assert_eq!((account_change(&driver), alert(&driver)), (switched("Grace Hopper"), None));
        driver.decide(Gesture::Allow, "K2");
        let sent = submits(&driver);
        assert_eq!(sent[1].version, Some(CardVersion::new("V2")));
        assert_eq!(sent[1].key.secret(), "K2", "it is another decision");
    }
}

#[test]
fn a_card_that_has_changed_is_shown_anew_with_the_reason() {
    let changed = with(|it| it["version"] = "V2".into());
    for answer in [changed, consent()] {
        let mut driver = card(&consent(), [Ok(outcome(&answer))]);
        driver.decide(Gesture::Allow, "K1");
        assert_eq!(alert(&driver), text(Key::SubmitChanged));
        assert_eq!(driver.view().state, "consent");
    }
}

#[test]
fn allow_does_not_count_at_once_on_a_card_that_is_shown_anew() {
    let answers = [Ok(outcome(&consent())), Ok(outcome(&of_grace()))];
    let mut driver = Driver::hasty(page(), answering(answers));
    driver.run_out(|timer| matches!(timer, countersign::flow::Timer::Arming(_)));
    driver.user(Gesture::CardSeen);
    driver.decide(Gesture::Allow, "K1");
    driver.decide(Gesture::Allow, "K2");
    assert!(is_on_the_card(&driver));
    assert_eq!(submits(&driver).len(), 1);
}

#[test]
fn the_response_to_a_request_for_approval_needs_no_reason_unless_the_card_has_changed() {
    for (answer, reason) in [
        (waiting("requested", "V1"), None),
        (waiting("offered", "V2"), text(Key::SubmitChanged)),
        (of_grace(), switched("Grace Hopper")),
    ] {
        let mut driver = card(&waiting("offered", "V1"), [Ok(outcome(&answer))]);
        driver.decide(Gesture::RequestApproval, "K1");
        assert_eq!(alert(&driver).or_else(|| account_change(&driver)), reason);
    }
}

#[test]
fn a_card_that_the_user_asked_for_has_no_reason_unless_it_is_of_another_account() {
    let globex = |sub: &str| {
        let mut answer = organization_consent();
        answer["organization"] = organization("globex", "allowed");
        answer["version"] = "V2".into();
        answer["account"]["sub"] = sub.into();
        Ok::<Outcome, _>(outcome(&answer))
    };
    for (sub, reason) in [("1", None), ("2", switched("ada@example.com"))] {
        let mut driver = card(&organization_consent(), [globex(sub)]);
        driver.user(Gesture::OrganizationChosen(OrganizationId::new("globex")));
        assert_eq!((account_change(&driver), alert(&driver)), (reason, None), "account {sub}");
    }
    assert_eq!(alert(&card(&consent(), [])), None);
}

#[test]
fn a_failure_after_a_changed_card_is_what_the_alert_says() {
    let mut driver = card(&consent(), [Ok(outcome(&of_grace())), Err(unreachable())]);
    driver.decide(Gesture::Allow, "K1");
    driver.decide(Gesture::Allow, "K2");
    assert_eq!(alert(&driver), text(Key::SubmitUnknown));
    assert_eq!(account_change(&driver), switched("Grace Hopper"), "it is still true");
}

#[test]
fn nothing_that_one_account_chose_is_chosen_for_another() {
    let mut driver = card(&consent(), [Ok(outcome(&of_grace()))]);
    driver.user(Gesture::ScopeToggled(1));
    driver.user(Gesture::RememberToggled);
    driver.decide(Gesture::Allow, "K1");
    let live = driver.view().live;
    assert_eq!((live.ticked, live.remember), (vec![true, true, true], false));
}

#[test]
fn the_same_account_keeps_each_scope_s_tick_wherever_it_stands_now() {
    let changed = with(|it| {
        it["version"] = "V2".into();
        it["scopes"] = json!([
            plain_scope("photos.write", false),
            plain_scope("email", false),
            plain_scope("photos.read", false),
            plain_scope("openid", true)
        ]);
        it["scopes"][2]["granted"] = true.into();
    });
    let mut driver = card(&consent(), [Ok(outcome(&changed)), Ok(redirect(HOME))]);
    driver.user(Gesture::ScopeToggled(1));
    driver.user(Gesture::RememberToggled);
    driver.decide(Gesture::Allow, "K1");
    assert_eq!(driver.view().live.ticked, [true, true, false, true]);
    assert!(!driver.view().live.remember, "it was chosen for other scopes");
    driver.decide(Gesture::Allow, "K2");
    assert_eq!(names(&submits(&driver)[1].scopes), ["photos.write", "email", "openid"]);
}

#[test]
fn what_was_unticked_before_a_sign_in_is_unticked_on_the_card_after_it() {
    let after = with(|it| {
        for index in [0, 1] {
            it["scopes"][index]["unticked"] = true.into();
        }
        it["remember_ticked"] = true.into();
    });
    let mut driver = card(&after, [Ok(redirect(HOME))]);
    let live = driver.view().live;
    assert_eq!((live.ticked, live.remember), (vec![true, false, true], true), "openid is required");
    driver.user(Gesture::ScopeToggled(1));
    assert!(driver.view().live.ticked[1], "it can be ticked again");
    driver.user(Gesture::ScopeToggled(1));
    driver.decide(Gesture::Allow, "K1");
    let sent = submits(&driver);
    assert_eq!(
        (names(&sent[0].scopes), sent[0].remember),
        (vec!["openid", "photos.write"], Some(true))
    );
}

#[test]
fn nothing_is_unticked_or_remembered_that_cannot_be() {
    let whole = with(|it| {
        it["can_narrow"] = false.into();
        it["remember"] = "never".into();
        it["remember_ticked"] = true.into();
        it["scopes"][1]["unticked"] = true.into();
    });
    let live = card(&whole, []).view().live;
    assert_eq!((live.ticked, live.remember), (vec![true, true, true], false));
}

#[test]
fn what_the_user_ticked_last_comes_before_what_the_backend_kept() {
    let kept = with(|it| it["scopes"][1]["unticked"] = true.into());
    let mut driver = card(&kept, [Ok(outcome(&kept))]);
    driver.user(Gesture::ScopeToggled(1));
    driver.user(Gesture::ScopeToggled(2));
    driver.decide(Gesture::Allow, "K1");
    assert_eq!(driver.view().live.ticked, [true, true, false]);
}

#[test]
fn to_be_remembered_is_chosen_anew_if_a_scope_is_replaced_added_or_left_out() {
    let replaced = with(|it| it["scopes"][2]["scope"] = "email".into());
    let left_out = with(|it| drop(it["scopes"].as_array_mut().unwrap().pop()));
    let mut added = consent();
    added["scopes"].as_array_mut().unwrap().push(plain_scope("email", false));
    for (answer, stays) in [(replaced, false), (left_out, false), (added, false), (consent(), true)]
    {
        let mut driver = card(&consent(), [Ok(outcome(&answer))]);
        driver.user(Gesture::RememberToggled);
        driver.decide(Gesture::Allow, "K1");
        assert_eq!(driver.view().live.remember, stays);
    }
}

#[test]
fn a_backend_that_lists_a_scope_twice_gets_one_tick_for_it() {
    let Outcome::Consent(mut asked) = outcome(&consent()) else { panic!("no consent") };
    let again = asked.scopes[2].clone();
    asked.scopes.push(again);
    let answers = [Ok(Outcome::Consent(asked)), Ok(redirect(HOME))];
    let mut driver = Driver::open(page(), answering(answers));
    driver.user(Gesture::ScopeToggled(2));
    assert_eq!(driver.view().live.ticked, [true, true, false]);
    driver.decide(Gesture::Allow, "K1");
    assert_eq!(names(&submits(&driver)[0].scopes), ["openid", "photos.read"]);
}
