//! A host's manifest.

use countersign::{
    consent::{ManifestInput, ManifestItem, ManifestSection},
    view::{Body, ConsentCard},
};

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
    views::scopes_of,
};

fn card(can_narrow: bool) -> ConsentCard {
    let mut answer = consent();
    answer["can_narrow"] = can_narrow.into();
    let driver = Driver::open(page(), answering([Ok(outcome(&answer))]));
    match driver.view().screen.body {
        Body::Consent(card) => *card,
        other => panic!("a card: {other:?}"),
    }
}

fn says(scopes: &[&str]) -> Vec<ManifestSection> {
    let item = ManifestItem {
        text: "In our words".into(),
        details: Vec::new(),
        scopes: scopes.iter().map(ToString::to_string).collect(),
    };
    vec![ManifestSection { header: "Ours".into(), items: vec![item] }]
}

fn left(card: &ConsentCard) -> Vec<&str> {
    scopes_of(card).iter().map(|it| it.scope.as_str()).collect()
}

#[test]
fn a_manifest_gets_the_scopes_and_the_client_s_name() {
    let input = card(false).manifest_input("de");
    let expected = ManifestInput {
        scopes: ["openid", "photos.read", "photos.write"].map(String::from).into(),
        client_name: "Photo Printer".into(),
        language: "de".into(),
    };
    assert_eq!(input, expected);
}

#[test]
fn scopes_that_no_item_covers_stay_on_the_card() {
    let mut some = card(false);
    some.apply_manifest(says(&["openid", "photos.read", "unknown"]));
    assert_eq!(left(&some), ["photos.write"]);
    let mut none = card(false);
    none.apply_manifest(says(&[]));
    assert_eq!(left(&none), ["openid", "photos.read", "photos.write"]);
    assert_eq!(none.sections.len(), 1);
}

#[test]
fn scopes_that_can_be_unticked_keep_their_box() {
    let mut card = card(true);
    card.apply_manifest(says(&["openid", "photos.read", "photos.write"]));
    assert_eq!(left(&card), ["photos.read", "photos.write"]);
}

#[test]
fn a_manifest_without_items_changes_nothing() {
    let mut card = card(false);
    card.apply_manifest(vec![ManifestSection::default()]);
    assert!(card.sections.is_empty());
    assert_eq!(left(&card).len(), 3);
}
