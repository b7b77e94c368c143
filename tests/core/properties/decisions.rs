//! One transaction gets one decision, whatever the network loses.

use super::{
    server::{HOME, Mood},
    world::{Act, Hand, World},
};
use countersign::flow::State;
use proptest::{collection::vec, prelude::*, sample::select};

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let mood = || {
        prop_oneof![
            6 => Just(Mood::Well),
            1 => select(vec![Mood::Fails, Mood::NeedsLogin, Mood::Changed]),
        ]
    };
    let hand = prop_oneof![
        6 => Just(Hand::Allow),
        3 => Just(Hand::Deny),
        3 => Just(Hand::Approval),
        1 => select(vec![Hand::ReadOnly, Hand::Remember]),
        3 => (0..4_usize).prop_map(Hand::Toggle),
        1 => select(vec!["acme", "globex"]).prop_map(Hand::Choose),
        2 => Just(Hand::Retry),
        1 => Just(Hand::SwitchAccount),
    ];
    let act = prop_oneof![
        6 => hand.prop_map(Act::User),
        5 => mood().prop_map(Act::Arrives),
        2 => mood().prop_map(Act::AnswerLost),
        2 => Just(Act::Lost),
        2 => mood().prop_map(Act::TooSlow),
        1 => Just(Act::PageRestored),
        1 => Just(Act::Expires),
        5 => Just(Act::Looks),
        1 => any::<bool>().prop_map(Act::Turns),
    ];
    vec(act, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn one_transaction_gets_one_decision(acts in acts()) {
        let mut world = World::new();
        for act in &acts {
            // The assertions are in `submit`, which sees every decision.
            world.act(act);
        }
        if let (Some(taken), Some(left_for)) = (&world.backend.answered, world.navigations.first()) {
            let expected = format!("{HOME}{}", taken.key.secret());
            prop_assert_eq!(left_for, &expected, "the user goes where the decision that counted leads");
        }
        prop_assert!(world.navigations.len() <= 1 || world.navigations.iter().all(|it| it == &world.navigations[0]));
    }
}

#[test]
fn a_decision_with_a_lost_response_is_answered_on_retry() {
    let mut world = World::new();
    let acts = [
        Act::Arrives(Mood::Well),
        Act::Looks,
        Act::User(Hand::Allow),
        Act::AnswerLost(Mood::Well),
        Act::Looks,
        Act::User(Hand::Allow),
        Act::Arrives(Mood::Well),
    ];
    for act in &acts {
        world.act(act);
    }
    assert_eq!(world.navigations, [format!("{HOME}K1")]);
    assert_eq!(world.sent.len(), 2);
}

#[test]
fn an_approval_request_with_a_lost_response_counts_once() {
    let mut world = World::new();
    let acts = [
        Act::Arrives(Mood::Well),
        Act::User(Hand::Choose("globex")),
        Act::Arrives(Mood::Well),
        Act::Looks,
        Act::User(Hand::Approval),
        Act::AnswerLost(Mood::Well),
        Act::Looks,
        Act::User(Hand::Approval),
        Act::Arrives(Mood::Well),
        Act::Looks,
        // The approval was requested, so it is not offered any more.
        Act::User(Hand::Approval),
    ];
    for act in &acts {
        world.act(act);
    }
    let [first, second] = &world.sent[..] else { panic!("two tries") };
    assert!(world.backend.requested && first.key == second.key);
    assert!(matches!(world.machine.state(), State::Consent(_)));
}

#[test]
fn a_different_decision_after_a_counted_one_changes_nothing() {
    let mut world = World::new();
    let acts = [
        Act::Arrives(Mood::Well),
        Act::Looks,
        Act::User(Hand::Allow),
        Act::AnswerLost(Mood::Well),
        Act::User(Hand::Deny),
        Act::Arrives(Mood::Well),
    ];
    for act in &acts {
        world.act(act);
    }
    assert!(matches!(world.machine.state(), State::Answered(_)));
    assert!(world.navigations.is_empty());
}

#[test]
fn a_call_that_arrives_late_is_no_second_decision() {
    let mut world = World::new();
    let acts = [
        Act::Arrives(Mood::Well),
        Act::Looks,
        Act::User(Hand::Allow),
        Act::TooSlow(Mood::Well),
        Act::Looks,
        Act::User(Hand::Allow),
        Act::Arrives(Mood::Well),
    ];
    for act in &acts {
        world.act(act);
    }
    assert_eq!(world.navigations, [format!("{HOME}K1")]);
}
