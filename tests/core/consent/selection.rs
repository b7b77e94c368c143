//! The selection of scopes.

use countersign::consent::{ConsentRequest, Selection};
use proptest::{collection::vec, prelude::*};
use serde_json::json;

use crate::testing::fixtures::{consent_request, organization, plain_scope};

fn tokens(asked: &ConsentRequest, selection: &Selection) -> Vec<String> {
    selection.granted(asked).iter().map(|it| it.scope.as_str().to_owned()).collect()
}

#[test]
fn every_grantable_scope_is_ticked_at_first() {
    let asked = consent_request(|it| it["scopes"][2]["grantable"] = false.into());
    assert_eq!(tokens(&asked, &Selection::default()), ["openid", "photos.read"]);
}

#[test]
fn an_optional_scope_can_be_unticked_and_ticked_again() {
    let asked = consent_request(|_| {});
    let mut selection = Selection::default();
    selection.toggle(&asked, 1);
    selection.toggle(&asked, 2);
    assert_eq!(tokens(&asked, &selection), ["openid"]);
    selection.toggle(&asked, 1);
    assert_eq!(tokens(&asked, &selection), ["openid", "photos.read"]);
}

#[test]
fn required_scopes_and_openid_stay_ticked() {
    let asked = consent_request(|it| {
        it["scopes"][0]["required"] = false.into();
        it["scopes"][1]["required"] = true.into();
    });
    let mut selection = Selection::default();
    for place in [0, 1, 7, usize::MAX] {
        selection.toggle(&asked, place);
    }
    assert_eq!(selection, Selection::default());
}

#[test]
fn nothing_can_be_unticked_without_can_narrow() {
    let asked = consent_request(|it| it["can_narrow"] = false.into());
    let mut selection = Selection::default();
    selection.toggle(&asked, 1);
    assert_eq!(selection, Selection::default());
    assert!(!asked.can_untick(&asked.scopes[1]));
}

#[test]
fn the_same_scope_for_two_resources_is_two_scopes() {
    let asked = consent_request(|it| {
        it["scopes"] = json!([plain_scope("read", false), plain_scope("read", false)]);
        it["scopes"][1]["resource"] = "https://api.example/".into();
    });
    let mut selection = Selection::default();
    selection.toggle(&asked, 0);
    let granted = selection.granted(&asked);
    assert_eq!(granted.len(), 1);
    assert_eq!(granted[0].resource.as_deref(), Some("https://api.example/"));
}

#[test]
fn allow_is_offered_only_if_something_can_be_granted() {
    assert!(consent_request(|_| {}).can_allow());
    assert!(consent_request(|it| it["scopes"] = json!([])).can_allow(), "signing in alone");
    assert!(
        !consent_request(|it| it["redirect_uri"] = "http://printer.example/".into()).can_allow()
    );
    assert!(
        !consent_request(|it| it["scopes"][0]["grantable"] = false.into()).can_allow(),
        "openid is required"
    );
    let none_grantable = consent_request(|it| {
        it["scopes"] = json!([plain_scope("photos.read", false)]);
        it["scopes"][0]["grantable"] = false.into();
    });
    assert!(!none_grantable.can_allow());
}

#[test]
fn allow_requires_an_organization_that_allows_the_client() {
    for (status, allowed) in [("allowed", true), ("blocked", false), ("needs_approval", false)] {
        let asked = consent_request(|it| it["organization"] = organization("acme", status));
        assert_eq!(asked.can_allow(), allowed, "{status}");
    }
    let unchosen =
        consent_request(|it| it["organizations"] = json!([organization("acme", "allowed")]));
    assert!(!unchosen.can_allow(), "none is chosen");
}

proptest! {
    #[test]
    fn granted_scopes_are_requested_grantable_and_include_required_ones(
        scopes in vec(("[a-z]{1,4}", any::<bool>(), any::<bool>()), 0..8),
        can_narrow in any::<bool>(),
        toggles in vec(0_usize..10, 0..20),
    ) {
        let asked = consent_request(|it| {
            it["can_narrow"] = can_narrow.into();
            it["scopes"] = scopes.iter().map(|(scope, required, grantable)| {
                let mut scope = plain_scope(scope, *required);
                scope["grantable"] = (*grantable).into();
                scope
            }).collect();
        });
        let mut selection = Selection::default();
        for place in toggles {
            selection.toggle(&asked, place);
        }
        let granted = selection.granted(&asked);
        for (place, scope) in asked.scopes.iter().enumerate() {
            let ticked = selection.is_ticked(&asked, place);
            prop_assert!(!ticked || scope.grantable);
            prop_assert!(ticked || !scope.grantable || (can_narrow && !scope.required));
        }
        let ticked = asked.scopes.iter().enumerate().filter(|(place, _)| selection.is_ticked(&asked, *place));
        prop_assert_eq!(granted, ticked.map(|(_, scope)| scope.id()).collect::<Vec<_>>());
    }
}
