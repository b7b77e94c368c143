//! The card: account, destination and decision.

use serde_json::Value;

use crate::{
    page::{Page, page, text},
    screens::{self, cards},
    testing::{play::Play, *},
};

fn card(answer: &Value) -> Page {
    page(Play::authorize().answer(answer).view())
}

#[test]
fn the_two_answers_weigh_the_same_and_deny_comes_first() {
    let page = page(screens::asked().armed().view());
    let buttons = page.all("[part=actions] > button");
    assert_eq!(page.texts("[part=actions] > button"), ["Deny", "Allow"]);
    let parts: Vec<_> = buttons.iter().map(|it| it.attr("part").unwrap()).collect();
    assert_eq!(parts, ["button deny", "button allow"]);
    let mut looks = buttons.iter().map(|it| {
        let others = it.value().attrs().filter(|(name, _)| *name != "part");
        others.collect::<Vec<_>>()
    });
    assert_eq!(looks.next(), looks.next(), "nothing else sets them apart");
}

#[test]
fn a_logout_s_two_answers_weigh_the_same_and_staying_comes_first() {
    let page = page(screens::confirming().view());
    let buttons = page.all("[part=actions] > button");
    assert_eq!(page.texts("[part=actions] > button"), ["Stay signed in", "Sign out"]);
    let parts: Vec<_> = buttons.iter().map(|it| it.attr("part").unwrap()).collect();
    assert_eq!(parts, ["button stay", "button sign-out"]);
    assert_eq!(buttons[0].attr("class"), buttons[1].attr("class"));
}

#[test]
fn allow_counts_a_moment_after_the_card_came_into_view() {
    let allow = |play: Play| {
        let page = page(play.view());
        let allow = page.one("[part~=allow]");
        allow.attr("aria-disabled").map(str::to_owned)
    };
    assert_eq!(allow(screens::asked()).as_deref(), Some("true"));
    assert_eq!(allow(screens::asked().armed()), None);
    let gone = countersign::flow::Event::VisibilityChanged(false);
    assert_eq!(allow(screens::asked().armed().event(gone)).as_deref(), Some("true"));
}

#[test]
fn an_allow_that_would_grant_nothing_says_why() {
    let page = page(cards::emptied().view());
    assert_eq!(
        page.texts(".countersign-hint[role=status]"),
        ["Select at least one permission, or deny the request."]
    );
    let allow = page.one("[part~=allow]");
    assert_eq!(allow.attr("aria-disabled"), Some("true"));
    assert_eq!(allow.attr("data-off"), Some(""));
    let asked = self::card(&consent());
    assert_eq!(asked.texts(".countersign-hint[role=status]"), [""]);
}

#[test]
fn where_there_is_nothing_to_allow_a_way_out_is_offered_and_the_card_says_why() {
    let page = card(&consent_with(|it| it["scopes"][0]["grantable"] = false.into()));
    assert_eq!(page.texts("[part=actions] > button"), ["Cancel"]);
    assert_eq!(
        page.texts("[part=notice]"),
        ["Your account can’t grant what this app asks for. Use another account, or cancel."]
    );
    assert!(card(&consent()).all("[part=notice]").is_empty());
}

#[test]
fn an_answer_can_be_remembered_where_the_backend_can() {
    let page = card(&consent());
    assert_eq!(page.texts("label[part=remember]"), ["If I allow this, don’t ask me again"]);
    let field = page.one("[part=remember] > input[type=checkbox]");
    assert!(field.attr("checked").is_none());
    let ticked = screens::asked().user(countersign::flow::Gesture::RememberToggled);
    let ticked = self::page(ticked.view());
    let field = ticked.one("[part=remember] > input");
    assert!(field.attr("checked").is_some());
    for answer in [
        consent_with(|it| it["remember"] = false.into()),
        // What cannot be allowed leaves nothing to remember.
        consent_with(|it| it["scopes"][0]["grantable"] = false.into()),
    ] {
        assert!(card(&answer).all("[part=remember]").is_empty());
    }
}

#[test]
fn what_is_next_comes_before_the_answers_and_the_small_print_after() {
    let page = page(screens::find("a full card"));
    let inside = page.one(".countersign-decision");
    let order: Vec<_> = inside
        .child_elements()
        .map(|it| it.attr("part").or(it.attr("role")).unwrap_or("below").to_owned())
        .collect();
    let what_lasts = ["offline-access", "remember"];
    assert_eq!(order[..3], ["below", "alert", "destination"]);
    assert_eq!(order[3..5], what_lasts);
    assert_eq!(order[5..], ["actions", "status"]);
    let card = page.one("[part=card]");
    let last = card.child_elements().last().unwrap();
    assert_eq!(last.attr("part"), Some("legal"));
}

#[test]
fn the_address_itself_is_nowhere_on_the_card() {
    let page = card(&consent());
    assert!(!page.html.contains("printer.example/cb"));
    assert!(page.all("a").is_empty());
}

#[test]
fn an_initial_stands_for_a_logo_that_is_not_there() {
    let page = card(&consent());
    assert!(page.all("img").is_empty());
    assert_eq!(text(page.one("[part=parties] > :first-child")), "P");
    assert_eq!(text(page.one("[part=account] .countersign-face")), "A");
    for initial in page.all(".countersign-mark") {
        let hidden = initial.ancestors().filter_map(scraper::ElementRef::wrap).chain([initial]);
        assert!(
            hidden.filter_map(|it| it.attr("aria-hidden")).any(|it| it == "true"),
            "it is said in words beside it"
        );
    }
}

#[test]
fn logos_and_pictures_are_shown_where_they_are() {
    let page = card(&consent_with(|it| {
        it["client"]["logo_uri"] = "/logos/1?a&b".into();
        it["account"]["picture"] = "/pictures/1".into();
        it["organization"] = organization("acme", "allowed");
        it["organization"]["logo_uri"] = "/logos/acme".into();
    }));
    let sources = page.attributes("img", "src");
    assert_eq!(sources, ["/logos/1?a&b", "/pictures/1", "/logos/acme"]);
}

#[test]
fn the_account_is_shown_with_the_way_to_another() {
    let page = card(&consent());
    assert_eq!(page.texts("[part=account] bdi"), ["Ada Lovelace", "ada@example.com"]);
    assert_eq!(page.texts("[part=account] button"), ["Use another account"]);
    let row = page.one("[part=account] [role=group]");
    assert_eq!(row.attr("aria-label"), Some("Signed in as"));
}

#[test]
fn a_logout_shows_the_account_and_no_way_to_another() {
    let page = page(screens::confirming().view());
    assert_eq!(page.texts("[part=account] bdi"), ["Ada Lovelace"]);
    assert!(page.all("[part=account] button").is_empty());
    let known = self::page(screens::find("a logout of a site with a name"));
    assert!(known.all("[part=account]").is_empty());
}

#[test]
fn home_terms_and_privacy_are_the_client_s_own_with_each_host_that_is_another() {
    let page = card(&consent_with(|it| {
        it["client"]["client_uri"] = "https://www.printer.example/".into();
        it["client"]["tos_uri"] = "https://printer.example/terms?a=1&b=\"".into();
        it["client"]["policy_uri"] = "https://printer.example/privacy".into();
    }));
    assert_eq!(
        page.attributes("[part=legal] a", "href"),
        [
            "https://www.printer.example/",
            "https://printer.example/terms?a=1&b=\"",
            "https://printer.example/privacy"
        ]
    );
    assert_eq!(
        page.texts("[part=legal] a"),
        ["www.printer.example", "Terms at printer.example", "Privacy"]
    );
    assert_eq!(
        text(page.one("[part=legal]")),
        "www.printer.example · Terms at printer.example · Privacy"
    );
    assert_eq!(page.all("[part=legal] a > bdi").len(), 2);
    assert!(card(&consent()).all("[part=legal]").is_empty());
}

#[test]
fn the_site_s_name_is_in_the_heading() {
    let page = page(screens::find("a card of a site with a name"));
    assert_eq!(text(page.one("h1")), "Photo Printer wants access to your Harbor account");
    assert_eq!(page.texts("h1 bdi"), ["Photo Printer", "Harbor"]);
}
