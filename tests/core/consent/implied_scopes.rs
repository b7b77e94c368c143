//! Implied scopes, and "read only".

use countersign::consent::{ConsentRequest, Selection};
use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

use crate::testing::fixtures::{consent_request, plain_scope};

/// An optional scope that implies these.
fn scope(name: &str, implies: &[&str]) -> Value {
    let mut scope = plain_scope(name, false);
    scope["implies"] = json!(implies);
    scope
}

fn asked_for(scopes: &[Value]) -> ConsentRequest {
    consent_request(|it| it["scopes"] = scopes.into())
}

/// Reading, writing that implies reading, and administering that implies writing.
fn nested() -> ConsentRequest {
    asked_for(&[scope("read", &[]), scope("write", &["read"]), scope("admin", &["write"])])
}

fn toggled(asked: &ConsentRequest, places: &[usize]) -> Selection {
    let mut selection = Selection::default();
    for place in places {
        selection.toggle(asked, *place);
    }
    selection
}

fn held(asked: &ConsentRequest, selection: &Selection) -> Vec<bool> {
    let places = 0..asked.scopes.len();
    places.map(|place| selection.is_implied(asked, place)).collect()
}

#[test]
fn an_implied_scope_cannot_be_unticked_alone() {
    let asked = nested();
    let selection = toggled(&asked, &[0, 1]);
    assert_eq!(selection, Selection::default());
    assert_eq!(held(&asked, &selection), [true, true, false]);
}

#[test]
fn an_implied_scope_stays_ticked_when_the_other_is_unticked() {
    let asked = nested();
    let selection = toggled(&asked, &[2]);
    assert_eq!(selection.ticked(&asked), [true, true, false]);
    let selection = toggled(&asked, &[2, 1]);
    assert_eq!(selection.ticked(&asked), [true, false, false]);
    assert_eq!(held(&asked, &selection), [false; 3]);
}

#[test]
fn ticking_a_scope_again_ticks_all_it_implies() {
    let asked = nested();
    let mut selection = toggled(&asked, &[2, 1, 0]);
    assert_eq!(selection.ticked(&asked), [false; 3]);
    selection.toggle(&asked, 2);
    assert_eq!(selection.ticked(&asked), [true; 3]);
    let granted: Vec<_> = selection.granted(&asked);
    assert_eq!(granted.len(), 3, "what comes along is named, too");
}

#[test]
fn a_scope_implies_only_scopes_of_the_same_resource() {
    let mut write = scope("write", &["read"]);
    write["resource"] = "https://api.example/".into();
    let asked = asked_for(&[scope("read", &[]), write]);
    assert!(!asked.can_read_only());
    assert_eq!(toggled(&asked, &[0]).ticked(&asked), [false, true]);
}

#[test]
fn a_scope_that_cannot_be_granted_implies_nothing_and_is_not_implied() {
    let mut asked = nested();
    asked.scopes[0].grantable = false;
    asked.scopes[2].grantable = false;
    let selection = Selection::default();
    assert_eq!(selection.ticked(&asked), [false, true, false]);
    assert_eq!(held(&asked, &selection), [false; 3]);
}

#[test]
fn read_only_unticks_implying_scopes_and_ticks_them_again() {
    let asked = nested();
    let mut selection = Selection::default();
    assert!(asked.can_read_only() && !selection.is_read_only(&asked));
    selection.toggle_read_only(&asked);
    assert!(selection.is_read_only(&asked));
    assert_eq!(selection.ticked(&asked), [true, false, false]);
    selection.toggle_read_only(&asked);
    assert_eq!(selection, Selection::default());
}

#[test]
fn read_only_is_not_offered_where_it_would_grant_nothing_new() {
    let mut again = nested();
    for (granted, is_offered) in [([true, false, false], false), ([false, false, true], true)] {
        for (scope, granted) in again.scopes.iter_mut().zip(granted) {
            scope.granted = granted;
        }
        assert_eq!(again.can_read_only(), is_offered, "{granted:?}");
    }
    let mut lasting =
        asked_for(&[scope("write", &["read"]), scope("read", &[]), scope("offline_access", &[])]);
    assert!(lasting.can_read_only());
    lasting.scopes[1].granted = true;
    assert!(!lasting.can_read_only(), "to keep an access is none of its own");
}

#[test]
fn unticking_all_implying_scopes_is_read_only() {
    let asked = nested();
    assert!(toggled(&asked, &[2, 1]).is_read_only(&asked));
    assert!(!toggled(&asked, &[2]).is_read_only(&asked));
}

#[test]
fn read_only_is_not_offered_if_an_implying_scope_is_required() {
    let mut required = nested();
    required.scopes[2].required = true;
    assert!(!required.can_read_only(), "it brings writing, whatever is left out");
    let mut selection = Selection::default();
    selection.toggle_read_only(&required);
    assert_eq!(selection, Selection::default());
    let mut all_or_nothing = nested();
    all_or_nothing.can_narrow = false;
    assert!(!all_or_nothing.can_read_only());
    let flat = asked_for(&[scope("read", &[]), scope("write", &["unknown"])]);
    assert!(!flat.can_read_only());
}

#[test]
fn a_scope_that_implies_itself_is_not_implied() {
    let asked = asked_for(&[scope("read", &["read"])]);
    assert!(!asked.can_read_only());
    assert_eq!(toggled(&asked, &[0]).ticked(&asked), [false]);
}

#[test]
fn scopes_that_imply_each_other_are_unticked_together() {
    let asked = asked_for(&[scope("a", &["b"]), scope("b", &["a"]), scope("read", &[])]);
    let mut selection = toggled(&asked, &[0, 1]);
    assert_eq!(selection, Selection::default(), "each holds the other");
    selection.toggle_read_only(&asked);
    assert_eq!(selection.ticked(&asked), [false, false, true]);
    selection.toggle(&asked, 0);
    assert_eq!(selection.ticked(&asked), [true; 3]);
    assert_eq!(held(&asked, &selection), [false, true, false]);
    selection.toggle(&asked, 0);
    assert_eq!(selection.ticked(&asked), [false, false, true]);
}

#[test]
fn an_empty_selection_grants_nothing() {
    let asked = asked_for(&[scope("read", &[]), scope("mail", &[])]);
    assert!(toggled(&asked, &[0]).grants_something(&asked));
    assert!(!toggled(&asked, &[0, 1]).grants_something(&asked));
    let mut detailed = asked;
    detailed.authorization_details = crate::testing::fixtures::consent_request(|it| {
        it["authorization_details"] = json!([{ "type": "a" }])
    })
    .authorization_details;
    assert!(toggled(&detailed, &[0, 1]).grants_something(&detailed));
    let nothing = asked_for(&[]);
    assert!(Selection::default().grants_something(&nothing), "signing in alone");
}

#[test]
fn offline_access_alone_grants_nothing() {
    let asked = asked_for(&[scope("read", &[]), scope("offline_access", &[])]);
    let selection = toggled(&asked, &[0]);
    assert_eq!(selection.ticked(&asked), [false, true]);
    assert!(!selection.grants_something(&asked));

    let mut refused = asked;
    refused.scopes[0].grantable = false;
    assert!(!refused.can_allow(), "it would be all that is granted");

    let alone = asked_for(&[scope("offline_access", &[])]);
    assert!(alone.can_allow() && Selection::default().grants_something(&alone));
}

proptest! {
    #[test]
    fn ticked_scopes_always_include_what_they_imply(
        implied in vec(vec(0_usize..6, 0..3), 6),
        required in vec(prop::bool::weighted(0.2), 6),
        grantable in vec(prop::bool::weighted(0.8), 6),
        hands in vec(0_usize..8, 0..12),
    ) {
        let name = |place: usize| format!("s{place}");
        let scopes: Vec<Value> = (0..6).map(|place| {
            let implies: Vec<String> = implied[place].iter().map(|it| name(*it)).collect();
            let implies: Vec<&str> = implies.iter().map(String::as_str).collect();
            let mut scope = scope(&name(place), &implies);
            scope["required"] = required[place].into();
            scope["grantable"] = grantable[place].into();
            scope
        }).collect();
        let asked = asked_for(&scopes);
        let mut selection = Selection::default();
        for hand in hands {
            let before = selection.ticked(&asked);
            if hand == 7 {
                selection.toggle_read_only(&asked);
                continue;
            }
            let held = selection.is_implied(&asked, hand);
            selection.toggle(&asked, hand);
            let after = selection.ticked(&asked);
            // A toggle changes its own box, or nothing.
            let moves = asked.scopes.get(hand).is_some_and(|it| asked.can_untick(it)) && !held;
            prop_assert_eq!(before.get(hand) != after.get(hand), moves);
        }
        let ticked = selection.ticked(&asked);
        for (place, scope) in asked.scopes.iter().enumerate() {
            prop_assert!(!ticked[place] || scope.grantable);
            prop_assert!(ticked[place] || !scope.grantable || !required[place]);
            for other in &implied[place] {
                prop_assert!(!ticked[place] || ticked[*other] || !grantable[*other]);
            }
            prop_assert!(!selection.is_implied(&asked, place) || ticked[place]);
        }
        let widens = |place: usize| implied[place].iter().any(|other| *other != place);
        let left_out = (0..6).all(|place| !widens(place) || !ticked[place]);
        prop_assert!(!asked.can_read_only() || selection.is_read_only(&asked) == left_out);
    }
}
