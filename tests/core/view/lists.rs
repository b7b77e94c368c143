//! The lists of scopes on the card.

use countersign::{
    consent::{AuthorizationDetail, AuthorizationDetailDescription, ManifestItem, ManifestSection},
    messages::{Key, Messages, Piece, Text},
    platform::native::Native,
    view::{ConsentCard, Tick, View},
};
use serde_json::{Value, json};

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
    views::{card, scopes_of},
};

/// A title, and the indexes below it.
type Group<'a> = (Option<&'a str>, Vec<usize>);

/// The scopes of a card, by list and group.
fn listed(card: &ConsentCard) -> Vec<(String, Vec<Group<'_>>)> {
    let lists = card.lists.iter();
    lists
        .map(|list| {
            let groups = list.groups.iter().map(|group| {
                let places = group.items.iter().map(|item| item.index);
                (group.title.as_deref(), places.collect())
            });
            (list.label.plain(), groups.collect())
        })
        .collect()
}

fn label(key: Key) -> String {
    key.english().replace("{client}", "Photo Printer")
}

fn asking(scopes: &[(&str, Value)]) -> Value {
    consent_with(|answer| {
        answer["scopes"] = scopes
            .iter()
            .map(|(token, more)| {
                let mut scope = plain_scope(token, false);
                let more = more.as_object().unwrap().clone();
                scope.as_object_mut().unwrap().extend(more);
                scope
            })
            .collect();
    })
}

#[test]
fn new_scopes_precede_granted_ones() {
    let card = card(&asking(&[
        ("a", json!({ "granted": true })),
        ("b", json!({})),
        ("c", json!({ "granted": true })),
    ]));
    assert_eq!(
        listed(&card),
        [
            (label(Key::ConsentScopesNew), vec![(None, vec![1])]),
            (label(Key::ConsentScopesBefore), vec![(None, vec![0, 2])])
        ]
    );
}

#[test]
fn there_is_one_list_if_all_scopes_are_new_or_all_are_granted() {
    for granted in [true, false] {
        let more = json!({ "granted": granted });
        let card = card(&asking(&[("a", more.clone()), ("b", more)]));
        let expected = (label(Key::ConsentScopes), vec![(None, vec![0, 1])]);
        assert_eq!(listed(&card), [expected]);
    }
    let nothing = card(&asking(&[]));
    assert_eq!(listed(&nothing), []);
}

#[test]
fn groups_keep_the_request_s_order_after_ungrouped_scopes() {
    let in_group = |group: &str| json!({ "group": group });
    let card = card(&asking(&[
        ("a", in_group("Photos")),
        ("b", json!({})),
        ("c", in_group("Ma\u{202e}il")),
        ("d", in_group("Photos ")),
        ("e", in_group("\u{202e}")),
    ]));
    let groups = vec![(None, vec![1, 4]), (Some("Photos"), vec![0, 3]), (Some("Mail"), vec![2])];
    assert_eq!(listed(&card), [(label(Key::ConsentScopes), groups)]);
}

#[test]
fn offline_access_has_its_own_line() {
    let card = card(&asking(&[("offline_access", json!({})), ("a", json!({}))]));
    assert_eq!(listed(&card), [(label(Key::ConsentScopes), vec![(None, vec![1])])]);
    let lasting = card.offline_access.unwrap();
    assert_eq!((lasting.index, lasting.tick), (0, Tick::Free));
    assert_eq!(lasting.label, Key::ScopeOfflineAccess.english());
}

#[test]
fn offline_access_for_a_second_resource_is_in_the_list() {
    let at = |uri: &str| json!({ "resource": uri, "granted": true });
    let card = card(&asking(&[
        ("offline_access", at("https://a.example/")),
        ("offline_access", at("https://b.example/")),
        ("a", json!({})),
    ]));
    assert_eq!(card.offline_access.as_ref().unwrap().index, 0);
    let places: Vec<_> = scopes_of(&card).iter().map(|item| item.index).collect();
    assert_eq!(places, [0, 1, 2], "whatever is granted is shown");
}

#[test]
fn offline_access_that_cannot_be_granted_is_listed_as_refused() {
    let card = card(&asking(&[
        ("offline_access", json!({ "grantable": false, "reason": "Not\u{202e} yours" })),
        ("a", json!({})),
    ]));
    assert_eq!(card.offline_access, None);
    assert_eq!(card.refused.len(), 1);
    assert_eq!(card.refused[0].reason.as_deref(), Some("Not yours"));
}

#[test]
fn a_required_scope_shows_why_it_stays() {
    let stays = json!({ "required": true, "reason": "Granted\u{202e} before" });
    let card = card(&asking(&[("a", stays), ("b", json!({}))]));
    let reasons: Vec<_> = scopes_of(&card).iter().map(|item| item.reason.clone()).collect();
    assert_eq!(reasons, [Some("Granted before".into()), None]);
}

#[test]
fn a_scope_without_a_box_beside_others_with_one_is_said_to_be_required() {
    let said = |answer: &Value| -> Vec<Option<String>> {
        let card = card(answer);
        let items = scopes_of(&card).into_iter().chain(&card.refused);
        items.map(|item| item.stays.as_ref().map(|text| text.plain())).collect()
    };
    let mut answer = asking(&[
        ("a", json!({ "required": true })),
        ("b", json!({})),
        ("c", json!({ "required": true, "reason": "Granted before" })),
        ("d", json!({ "grantable": false })),
    ]);
    assert_eq!(said(&answer), [Some("Required".into()), None, None, None]);
    answer["can_narrow"] = false.into();
    assert_eq!(said(&answer), [None, None, None, None], "nothing can be left out");
}

#[test]
fn an_implied_scope_lists_the_scopes_that_imply_it() {
    let brings = json!({ "implies": ["read"], "title": "Wri\u{202e}te" });
    let answer = asking(&[
        ("read", json!({})),
        ("write", brings.clone()),
        ("admin", json!({ "implies": ["read"] })),
        ("refused", json!({ "implies": ["read"], "grantable": false })),
    ]);
    let said = |card: &ConsentCard| {
        let said = |item: &&_| -> Option<String> {
            let item: &countersign::view::ScopeItem = item;
            item.stays.as_ref().map(|text| text.plain())
        };
        scopes_of(card).iter().map(said).collect::<Vec<_>>()
    };
    let card = card(&answer);
    let text = Key::ConsentComesWith.english().replace("{permissions}", "Write and admin");
    assert_eq!(said(&card), [Some(text), None, None]);
    let without = card.without_writing.as_ref().unwrap();
    assert_eq!(without.plain(), "Leaves out: Write and admin");
    let scope = scopes_of(&card)[0];
    let values = &scope.stays.as_ref().unwrap().0;
    assert!(values.contains(&Piece::Value("Write and admin".into())));

    let mut all_or_nothing = answer.clone();
    all_or_nothing["can_narrow"] = false.into();
    let card = crate::testing::views::card(&all_or_nothing);
    assert!(card.without_writing.is_none() && said(&card).iter().all(Option::is_none));

    let driver = Driver::open(page(), answering([Ok(outcome(&answer))]));
    let german = Messages::default().in_language("de", Vec::new());
    let view = View::of(&driver.machine, &german, &Native);
    let countersign::view::Body::Consent(card) = view.screen.body else { panic!("a card") };
    assert!(said(&card)[0].as_ref().unwrap().contains("Write und admin"));
}

#[test]
fn the_details_of_a_scope_are_cleaned_and_empty_ones_omitted() {
    let card =
        card(&asking(&[("a", json!({ "details": ["One\u{202e}\nline", "", "\u{200b}", "Two"] }))]));
    assert_eq!(scopes_of(&card)[0].details, ["One line", "Two"]);
}

#[test]
fn authorization_details_are_complete_below_the_host_s_description() {
    let mut card = card(&consent_with(|it| {
        it["authorization_details"] = json!([
            { "type": "pay\u{202e}ment", "amount": 5, "to": { "na\u{200b}me": "A\u{202e}da" } },
            { "type": "other" }
        ]);
    }));
    let [payment, other] = &card.authorization_details[..] else { panic!("two details") };
    assert_eq!(payment.title.plain(), "Payment");
    let lines = [("Amount", "5"), ("To name", "Ada")];
    assert_eq!(payment.lines, lines.map(|(name, value)| (name.into(), value.into())));
    assert_eq!(payment.json, r#"{"amount":5,"to":{"name":"Ada"},"type":"payment"}"#);
    assert_eq!((other.title.plain().as_str(), other.lines.len()), ("Other", 0));

    let words = AuthorizationDetailDescription {
        title: "Pay Ada".into(),
        lines: vec![("Amount".into(), "5 €".into())],
    };
    let before = card.authorization_details.clone();
    card.describe_authorization_details(|detail: &AuthorizationDetail| {
        (detail.kind != "other").then(|| words.clone())
    });
    let [payment, other] = &card.authorization_details[..] else { panic!("two details") };
    assert_eq!((payment.title.plain(), &payment.lines), (words.title, &words.lines));
    assert_eq!(*other, before[1], "a detail without a description keeps its words");
    assert_eq!((&payment.json, &payment.detail), (&before[0].json, &before[0].detail));
}

/// The tokens of a card's scopes in order: `+` before a nested one, `-` before a folded one.
fn drawn(card: &ConsentCard) -> Vec<String> {
    let groups = card.lists.iter().flat_map(|list| &list.groups);
    let items = groups.flat_map(|group| &group.items);
    items
        .map(|item| {
            let mark = |is: bool, mark| if is { mark } else { "" };
            format!("{}{}{}", mark(item.folded, "-"), mark(item.nested, "+"), item.scope)
        })
        .collect()
}

fn folds(card: &ConsentCard) -> Vec<Option<String>> {
    card.lists.iter().map(|list| list.fold.as_ref().map(Text::plain)).collect()
}

fn titled(tokens: &[&'static str]) -> Vec<(&'static str, Value)> {
    tokens.iter().map(|token| (*token, json!({ "title": format!("The {token}") }))).collect()
}

#[test]
fn a_scope_stands_below_the_only_one_that_brings_it() {
    let brings = |tokens: &[&str]| json!({ "implies": tokens, "title": "T" });
    let drawn_of = |scopes: &[(&str, Value)]| drawn(&card(&asking(scopes)));
    let (read, write) = (("read", json!({ "title": "R" })), ("write", brings(&["read"])));
    assert_eq!(drawn_of(&[read.clone(), write.clone()]), ["write", "+read"]);
    let two = [read.clone(), write.clone(), ("admin", brings(&["read"]))];
    assert_eq!(drawn_of(&two), ["read", "write", "admin"], "two bring it: a text says so");
    let chain = [read.clone(), write.clone(), ("admin", brings(&["write"]))];
    assert_eq!(drawn_of(&chain), ["read", "admin", "+write"], "one level");
    let circle = [("read", brings(&["write"])), write.clone()];
    assert_eq!(drawn_of(&circle), ["read", "write"]);
    let apart = [("read", json!({ "title": "R", "group": "Mail" })), write.clone()];
    assert_eq!(drawn_of(&apart), ["write", "read"], "each group keeps its own");
    let before = [("read", json!({ "title": "R", "granted": true })), write];
    assert_eq!(drawn_of(&before), ["write", "-read"], "each list keeps its own");
}

#[test]
fn what_comes_with_lasting_access_alone_is_listed_too() {
    let brings = json!({ "implies": ["read"] });
    let asked = card(&asking(&[("offline_access", brings), ("read", json!({ "title": "R" }))]));
    assert_eq!(drawn(&asked), ["read"], "whatever is granted is shown");
    assert!(asked.offline_access.is_some());
}

#[test]
fn a_group_of_more_than_six_rows_is_folded_after_five() {
    let six = card(&asking(&titled(&["a", "b", "c", "d", "e", "f"])));
    assert_eq!((drawn(&six).len(), folds(&six)), (6, vec![None]), "a fold is a row itself");
    let eight = card(&asking(&titled(&["a", "b", "c", "d", "e", "f", "g", "h"])));
    assert_eq!(drawn(&eight), ["a", "b", "c", "d", "e", "-f", "-g", "-h"]);
    assert_eq!(folds(&eight), [Some("3 more permissions".to_owned())]);
}

#[test]
fn what_was_granted_before_is_folded_beside_what_is_new() {
    let before = |token| (token, json!({ "title": "Before", "granted": true }));
    let mut scopes = vec![before("a"), before("b"), ("new", json!({ "title": "New" }))];
    let folded = card(&asking(&scopes));
    assert_eq!(drawn(&folded), ["new", "-a", "-b"]);
    assert_eq!(folds(&folded), [None, Some("Already allowed (2)".to_owned())]);
    scopes.pop();
    let alone = card(&asking(&scopes));
    assert_eq!((drawn(&alone), folds(&alone)), (vec!["a".into(), "b".into()], vec![None]));
}

#[test]
fn what_has_a_reason_is_never_folded() {
    let kept = json!({ "title": "Kept", "granted": true, "reason": "It stays" });
    let scopes = [("kept", kept), ("new", json!({ "title": "New" }))];
    assert_eq!(drawn(&card(&asking(&scopes))), ["new", "kept"]);
}

#[test]
fn new_lasting_access_is_new_beside_what_was_granted_before() {
    let before = ("a", json!({ "title": "Before", "granted": true }));
    let asked = card(&asking(&[before.clone(), ("offline_access", json!({}))]));
    assert!(asked.offline_access.as_ref().unwrap().is_new);
    assert_eq!((asked.lists[0].before, drawn(&asked)), (true, vec!["-a".to_owned()]));
    let lasting = ("offline_access", json!({ "granted": true }));
    let again = card(&asking(&[before, lasting]));
    assert!(!again.offline_access.as_ref().unwrap().is_new);
    assert_eq!((again.lists[0].before, drawn(&again)), (false, vec!["a".to_owned()]));
}

#[test]
fn what_is_sensitive_new_or_unusual_is_never_folded() {
    let mut scopes = titled(&["a", "b", "c", "d", "e", "f", "sensitive", "h"]);
    scopes[6].1["sensitive"] = true.into();
    scopes.push(("things.read", json!({})));
    let long = card(&asking(&scopes));
    let expected = ["a", "b", "c", "d", "e", "-f", "sensitive", "-h", "things.read"];
    assert_eq!(drawn(&long), expected);
    for scope in &mut scopes {
        scope.1["granted"] = true.into();
    }
    scopes[0].1["granted"] = false.into();
    scopes[1].1["granted"] = false.into();
    let again = card(&asking(&scopes));
    assert_eq!(drawn(&again), ["a", "b", "-c", "-d", "-e", "-f", "sensitive", "-h", "things.read"]);
    let items = again.lists.iter().flat_map(|list| &list.groups).flat_map(|group| &group.items);
    for item in items {
        assert!(!(item.folded && item.must_be_seen), "{}", item.scope);
    }
}

#[test]
fn a_host_s_words_fold_and_nest_nothing() {
    let mut card = card(&asking(&titled(&["a", "b", "c", "d", "e", "f", "g"])));
    let mut section = ManifestSection::default();
    section.items.push(ManifestItem { text: "Words".into(), ..ManifestItem::default() });
    card.apply_manifest(vec![section]);
    assert_eq!(drawn(&card), ["a", "b", "c", "d", "e", "f", "g"]);
    assert_eq!(folds(&card), [None]);
}
