//! What the card shows for Stytch's responses.

use countersign::{
    backend::Outcome,
    consent::{Party, Registration},
    flow::{self, Event, PageInfo},
    messages::Messages,
    platform::native::Native,
    protocol::{AddressKind, Flow, RawQuery, Realm, UnsafeAddress},
    view::{Action, Body, ConsentCard, Organizations, ScopeItem, View},
};
use serde_json::{Value, json};

use super::api::*;

/// The view after this outcome of a start.
fn view(realm: Realm, outcome: Outcome) -> View {
    let mut page = PageInfo::new(realm, Flow::Authorize, RawQuery::new(QUERY));
    page.own_hosts = vec!["id.harbor.example".to_owned()];
    let machine = flow::open(page).machine;
    let attempt = machine.attempt();
    let machine = flow::step(machine, Event::AuthorizeResponse(attempt, Ok(outcome))).machine;
    View::of(&machine, &Messages::default(), &Native)
}

fn shown(stytch: &Stytch, realm: Realm, query: &str) -> (View, ConsentCard) {
    let view = view(realm, stytch.start(query).unwrap());
    let Body::Consent(card) = view.screen.body.clone() else { panic!("a card: {view:?}") };
    (view, *card)
}

/// Every scope that the user can grant, in the order of the request.
fn scopes_of(card: &ConsentCard) -> Vec<&ScopeItem> {
    let groups = card.lists.iter().flat_map(|list| &list.groups);
    let items = groups.flat_map(|group| &group.items);
    let mut items: Vec<_> = items.chain(&card.offline_access).collect();
    items.sort_by_key(|item| item.index);
    items
}

fn scopes(results: &[(&str, bool, &str)]) -> Value {
    let results = results.iter();
    results
        .map(|(scope, grantable, description)| json!({ "scope": scope, "is_grantable": grantable, "description": description }))
        .collect()
}

/// A consumer project whose start returns these scopes.
fn with_scopes(results: &[(&str, bool, &str)]) -> Stytch {
    changed(|answer| answer["scope_results"] = scopes(results))
}

fn changed(change: impl FnOnce(&mut Value)) -> Stytch {
    let stytch = consumer().signed_in();
    let mut answer = stytch.start_answer();
    change(&mut answer);
    stytch.api.on("idp/oauth/authorize/start", answer);
    stytch
}

#[test]
fn the_account_of_the_session_is_on_the_card_with_its_organization() {
    let (_, card) = shown(&consumer().signed_in(), Realm::Consumer, QUERY);
    assert_eq!(card.account_lines, ["Ada Lovelace", "ada@example.com"]);
    assert_eq!(card.organizations, Organizations::None);
    let (view, card) = shown(&b2b().signed_in(), Realm::B2b, QUERY);
    assert_eq!(card.account_lines, ["Ada Lovelace", "ada@acme.example"]);
    assert!(matches!(card.organizations, Organizations::One(_, name) if name == "Acme"));
    assert_eq!(view.screen.heading.unwrap().plain(), "Photo Printer wants access to Acme");
}

#[test]
fn the_server_s_descriptions_are_shown_and_standard_scopes_have_words_of_their_own() {
    let query = "client_id=app&redirect_uri=https%3A%2F%2Fclient.example%2Fcb&scope=openid+photos.read+custom";
    let stytch = with_scopes(&[
        ("openid", true, ""),
        ("photos.read", true, "See your photos"),
        ("custom", true, ""),
    ]);
    let (_, card) = shown(&stytch, Realm::Consumer, query);
    let lines: Vec<_> = scopes_of(&card)
        .into_iter()
        .map(|it| (it.label.as_str(), it.description.as_deref()))
        .collect();
    assert_eq!(lines, [("Confirm who you are", None), ("See your photos", None), ("custom", None)]);
}

#[test]
fn full_access_is_shown_in_plain_words_and_marked() {
    let query = "client_id=app&redirect_uri=https%3A%2F%2Fclient.example%2Fcb&scope=full_access";
    let (_, card) = shown(&with_scopes(&[("full_access", true, "")]), Realm::Consumer, query);
    let [full] = scopes_of(&card)[..] else { panic!("one scope") };
    assert_eq!(full.label, "Act as you and do anything your account can");
    assert!(full.sensitive);
}

#[test]
fn a_scope_that_the_answer_leaves_out_is_shown_since_it_is_sent() {
    let (_, card) = shown(&with_scopes(&[("openid", true, "")]), Realm::Consumer, QUERY);
    let labels: Vec<_> = scopes_of(&card).iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["Confirm who you are", "photos.read"]);
}

#[test]
fn what_the_account_cannot_grant_stands_apart_and_nothing_at_all_is_no_allow() {
    let some = with_scopes(&[("openid", true, ""), ("photos.read", false, "See your photos")]);
    let (view, card) = shown(&some, Realm::Consumer, QUERY);
    assert_eq!((scopes_of(&card).len(), card.refused.len()), (1, 1));
    assert_eq!(view.screen.actions, [Action::Deny, Action::Allow]);
    let none = with_scopes(&[("openid", false, ""), ("photos.read", false, "")]);
    let (view, card) = shown(&none, Realm::Consumer, QUERY);
    assert_eq!((scopes_of(&card).len(), card.refused.len()), (0, 2));
    assert_eq!(view.screen.actions, [Action::Cancel]);
}

#[test]
fn a_client_without_a_name_goes_by_the_host_it_goes_back_to() {
    for name in [Value::Null, "".into()] {
        let (view, _) =
            shown(&changed(|it| it["client"]["client_name"] = name), Realm::Consumer, QUERY);
        let heading = view.screen.heading.unwrap().plain();
        assert_eq!(heading, "client.example wants access to your id.harbor.example account");
    }
}

#[test]
fn whose_app_it_is_and_how_stytch_came_to_know_it() {
    for (kind, party) in [
        ("first_party", Party::First),
        ("first_party_public", Party::First),
        ("third_party", Party::Third),
        ("third_party_public", Party::Third),
        ("unheard_of", Party::Third),
    ] {
        let card = changed(|it| it["client"]["client_type"] = kind.into()).card(QUERY);
        assert_eq!(card.client.party, party);
        assert_eq!(card.client.verified, party == Party::First);
        assert_eq!(card.client.registration, Registration::Managed);
    }
    let card =
        changed(|it| it["client"]["client_id"] = "https://client.example/id".into()).card(QUERY);
    assert_eq!(card.client.registration, Registration::MetadataDocument);
}

#[test]
fn a_team_says_which_clients_of_others_it_has_verified() {
    for (id, is_verified) in [("two", true), ("three", false)] {
        let options = options(|it| it.verified_clients = vec!["one".into(), "two".into()]);
        let stytch = Stytch::new(Realm::Consumer, options).signed_in();
        let mut answer = stytch.start_answer();
        answer["client"]["client_type"] = "third_party".into();
        answer["client"]["client_id"] = id.into();
        stytch.api.on("idp/oauth/authorize/start", answer);
        assert_eq!(stytch.card(QUERY).client.verified, is_verified, "{id}");
    }
}

#[test]
fn a_logo_is_read_by_both_its_names_and_loaded_only_from_where_it_may_be() {
    let logo = |name: &str, address: &str, origins: &[&str]| {
        let options = options(|it| {
            it.picture_origins = origins.iter().map(ToString::to_string).collect();
        });
        let stytch = Stytch::new(Realm::Consumer, options).signed_in();
        let mut answer = stytch.start_answer();
        answer["client"]["client_logo_url"] = Value::Null;
        answer["client"][name] = address.into();
        stytch.api.on("idp/oauth/authorize/start", answer);
        stytch.card(QUERY).client.logo_uri.clone()
    };
    for name in ["client_logo_url", "logo_url"] {
        for own in ["https://app.example/l.png", "https://test.stytch.com/l.png"] {
            assert_eq!(logo(name, own, &[]).as_deref(), Some(own));
        }
        let elsewhere = "https://cdn.example/l.png";
        assert_eq!(logo(name, elsewhere, &[]), None);
        assert_eq!(logo(name, elsewhere, &["https://cdn.example"]).as_deref(), Some(elsewhere));
        for never in [
            "javascript:alert(1)",
            "data:image/png;base64,x",
            "//cdn.example/l.png",
            "https:app.example/l",
            "l.png",
        ] {
            assert_eq!(logo(name, never, &["https://cdn.example"]), None, "{never}");
        }
    }
}

#[test]
fn an_app_is_gone_back_to_by_its_own_scheme_and_a_dangerous_one_is_no_card() {
    let query = |uri: &str| format!("client_id=app&redirect_uri={uri}&scope=openid");
    let card = consumer().signed_in().card(&query("cursor%3A%2F%2Foauth%2Fcb"));
    assert_eq!(card.redirect_uri.unwrap().kind(), AddressKind::App);
    let card = consumer().signed_in().card(&query("javascript%3Aalert(1)"));
    assert_eq!(card.redirect_uri, Err(UnsafeAddress::Scheme));
}

#[test]
fn targets_are_shown_and_the_card_ends_with_the_session() {
    let query = format!("{QUERY}&resource=https%3A%2F%2Fone.example");
    let card = consumer().signed_in().card(&query);
    assert_eq!(card.resources[0].resource, "https://one.example");
    assert_eq!((card.expires_at, card.transaction, card.can_narrow), (9000, None, false));
}
