//! The organization, and the choice if there are several.

use countersign::messages::Messages;
use countersign_html::{RenderContext, content, to_html};
use serde_json::{Value, json};

use crate::{
    page::{Page, page, text},
    screens::{self, cards},
    testing::{play::Play, *},
};

fn card(answer: &Value) -> Page {
    page(Play::member().answer(answer).view())
}

const CHANGE: &str = "[part=account] button[aria-controls]";

#[test]
fn the_only_organization_is_named_and_leaves_nothing_to_choose() {
    let page = card(&consent_with(|it| {
        it["organization"] = organization("acme", "allowed");
        it["organizations"] = json!([organization("acme", "allowed")]);
    }));
    assert!(page.all("[part=picker]").is_empty());
    assert!(page.all(CHANGE).is_empty());
    let rows = page.texts("[part=account] .countersign-row");
    assert!(rows[1].ends_with("OrganizationThe acme company"), "{rows:?}");
    let consumer = self::page(Play::authorize().answer(&consent()).view());
    assert_eq!(consumer.all("[part=account] .countersign-row").len(), 1);
}

#[test]
fn of_several_organizations_the_one_of_the_card_is_named_and_the_others_lie_behind_a_button() {
    let page = card(&organization_consent());
    let rows = page.texts("[part=account] .countersign-row");
    assert!(rows[1].contains("OrganizationThe acme company"), "{rows:?}");
    let change = page.one(CHANGE);
    assert_eq!(text(change), "Change");
    assert_eq!(change.attr("aria-label"), Some("Change organization"));
    assert_eq!(change.attr("aria-expanded"), Some("false"));
    let picker = page.by_id(change.attr("aria-controls").unwrap());
    assert_eq!(picker.attr("part"), Some("picker"));
    assert!(picker.attr("hidden").is_some());
    let choices: Vec<_> = page
        .all("[part=picker] > [role=radiogroup] > button[role=radio]:not([hidden])")
        .iter()
        .map(|it| {
            (
                text(*it.child_elements().last().as_ref().unwrap()),
                it.attr("aria-checked") == Some("true"),
                it.attr("aria-disabled").is_some(),
            )
        })
        .collect();
    // The fixture has them by their names.
    let expected = [
        ("The acme company", true, false),
        ("The globex company", false, false),
        ("The umbrella companyNeeds an administrator’s approval", false, false),
        ("The initech companyDoesn’t allow this app", false, true),
    ];
    assert_eq!(choices, expected.map(|(words, chosen, off)| (words.to_owned(), chosen, off)));
    assert_eq!(page.one("[role=radiogroup]").attr("aria-label"), Some("Organization"));
    let stops = page.attributes("[part=picker] button", "tabindex");
    assert_eq!(stops, ["0", "-1", "-1", "-1"]);
}

#[test]
fn before_an_organization_is_chosen_the_choice_lies_open_and_none_looks_chosen() {
    let page = card(&cards::unchosen());
    assert!(page.all(CHANGE).is_empty());
    assert!(page.one("[part=picker]").attr("hidden").is_none());
    assert!(page.all("[aria-checked=true]").is_empty());
    assert_eq!(page.attributes("[tabindex='0']", "role"), ["radio"]);
    let told = page.texts("[part=picker] > [part=notice]:first-child");
    assert_eq!(told, ["Choose an organization to continue."]);
}

#[test]
fn before_an_organization_is_chosen_allow_is_there_and_off_and_says_why_when_pressed() {
    let before = card(&cards::unchosen());
    assert_eq!(before.texts("[part=actions] > button"), ["Deny", "Allow"]);
    let allow = before.one("[part~=allow]");
    assert_eq!((allow.attr("aria-disabled"), allow.attr("data-off")), (Some("true"), Some("")));
    assert_eq!(allow.attr("disabled"), None, "the focus stays where it is");
    assert_eq!(before.texts(".countersign-hint[role=status]"), [""]);
    let pressed = page(Play::member().answer(&cards::unchosen()).allow().view());
    assert_eq!(
        pressed.texts(".countersign-hint[role=status]"),
        ["Choose an organization to continue."]
    );
}

#[test]
fn where_the_chosen_organization_blocks_the_app_the_others_lie_open_below_the_reason() {
    let page = card(&consent_with(|it| {
        it["organization"] = organization("initech", "blocked");
        it["organizations"] =
            json!([organization("initech", "blocked"), organization("acme", "allowed")]);
    }));
    let change = page.one(CHANGE);
    assert_eq!(change.attr("aria-expanded"), Some("true"));
    let picker = page.by_id(change.attr("aria-controls").unwrap());
    assert_eq!(picker.attr("hidden"), None);
    let told = page.texts("[part=notice]");
    assert_eq!(told, ["This organization doesn’t allow the app. Choose another one, or cancel."]);
    assert_eq!(page.texts("[part=picker] > [part=notice]:first-child"), told);
    assert_eq!(page.texts("[part=picker] [role=radio]:not([aria-disabled]) bdi").len(), 1);
}

#[test]
fn without_a_choice_on_the_page_the_reason_stands_all_the_same() {
    let view = Play::authorize().answer(&cards::unchosen()).view();
    let context = RenderContext::without_picker(Messages::default().into(), None);
    let html = to_html(&content(&view.screen, &context), &view.live);
    assert!(html.contains("Choose an organization to continue."), "{html}");
}

#[test]
fn where_nothing_can_be_allowed_the_card_says_why_below_the_account_and_has_no_boxes() {
    for answer in [cards::approval("offered"), cards::approval("requested"), consent()] {
        let page = card(&answer);
        let who = page.one(".countersign-who");
        let order: Vec<_> = who.child_elements().filter_map(|it| it.attr("part")).collect();
        assert_eq!(order, ["parties", "account", "notice"]);
        assert_eq!(page.texts("[part=scopes] > h2"), ["Photo Printer wants to"]);
        assert!(page.all("input").is_empty());
        assert_eq!(page.all(".countersign-asks [part=scopes] span.countersign-box").len(), 3);
    }
    assert!(page(screens::asked().view()).all(".countersign-asks").is_empty());
}

#[test]
fn many_organizations_can_be_searched_and_a_few_need_no_search() {
    let names: Vec<String> = (0..9).map(|number| format!("Company {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let many = card(&cards::members(&names));
    let field = many.one("[part=picker] > input[type=search]");
    assert_eq!(field.attr("aria-label"), Some("Search organizations"));
    assert_eq!(field.attr("placeholder"), Some("Search organizations"));
    assert_eq!(field.attr("autocomplete"), Some("off"));
    assert_eq!(many.texts("[part=picker] > [role=status]"), [""]);
    assert_eq!(many.all("[part=picker] [role=radio]:not([hidden])").len(), 9);

    let few = card(&cards::members(&names[..8]));
    assert!(few.all("input[type=search]").is_empty());
    assert_eq!(few.all("[part=picker] > [role=status]").len(), 0);
}

#[test]
fn an_administrator_can_be_asked_in_the_place_of_an_allow() {
    let offered = card(&cards::approval("offered"));
    assert_eq!(offered.texts("[part=actions] > button"), ["Deny", "Ask for approval"]);
    assert_eq!(
        offered.one("[part~=request-approval]").attr("part"),
        Some("button request-approval")
    );
    assert_eq!(
        offered.texts("[part=notice]"),
        ["An administrator of The umbrella company must approve this app first."]
    );
    let requested = card(&cards::approval("requested"));
    assert_eq!(requested.texts("[part=actions] > button"), ["Return to the app"]);
    assert_eq!(requested.attributes("[part=actions] > button", "part"), ["button cancel"]);
    assert!(text(requested.one("[part=notice]")).contains("have been asked"));
}

#[test]
fn a_member_of_nothing_can_grant_nothing() {
    let page = card(&consent());
    assert!(
        text(page.one("[part=notice]"))
            .starts_with("Your account doesn’t belong to an organization")
    );
    assert_eq!(page.texts("[part=actions] > button"), ["Cancel"]);
    assert_eq!(page.attributes("[part=actions] > button", "part"), ["button cancel"]);
}

#[test]
fn what_can_be_used_comes_first_and_else_the_order_is_the_backend_s() {
    let mut answer = cards::members(&["Zeta", "Beta", "Gamma", "Alpha", "Delta", "Iota"]);
    for (index, status) in
        [(0, "blocked"), (1, "needs_approval"), (3, "blocked"), (4, "needs_approval")]
    {
        answer["organizations"][index]["status"] = status.into();
    }
    let names = card(&answer).texts("[part=picker] [role=radio] bdi");
    assert_eq!(names, ["Gamma", "Iota", "Beta", "Delta", "Zeta", "Alpha"]);
}
