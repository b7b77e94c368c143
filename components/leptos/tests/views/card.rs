//! The card: who asks, who answers, where it goes, and the two answers.

use serde_json::{Value, json};

use crate::{
    page::{Page, page, text},
    screens,
    support::{play::Play, *},
};

fn card(answer: &Value) -> Page {
    page(Play::authorize().answer(answer).view())
}

#[test]
fn the_two_answers_weigh_the_same_and_deny_comes_first() {
    let page = card(&consent());
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
    assert_eq!(
        page.texts("[part=actions] > button"),
        ["Stay signed in", "Sign out"]
    );
    assert_eq!(buttons[0].attr("class"), buttons[1].attr("class"));
}

#[test]
fn where_there_is_nothing_to_allow_only_deny_is_offered() {
    let page = card(&consent_with(|it| {
        it["scopes"][0]["grantable"] = false.into()
    }));
    assert_eq!(page.texts("[part=actions] > button"), ["Deny"]);
}

#[test]
fn the_host_to_go_to_next_is_shown_in_full() {
    let page = card(&consent());
    assert_eq!(
        text(page.one("[part=next]")),
        "You go to printer.example:8443 next"
    );
    assert_eq!(page.texts("[part=next] bdi"), ["printer.example:8443"]);

    let long = format!("{}.example", "long-name.".repeat(20));
    let page = card(&consent_with(|it| {
        it["redirect_uri"] = format!("https://{long}/cb").into()
    }));
    assert_eq!(page.texts("[part=next] bdi"), [long]);
}

#[test]
fn the_address_itself_is_nowhere_on_the_card() {
    let page = card(&consent());
    assert!(!page.html.contains("8443/cb"));
    assert!(page.all("a").is_empty());
}

#[test]
fn an_initial_stands_for_a_logo_that_is_not_there() {
    let page = card(&consent());
    assert!(page.all("img").is_empty());
    assert_eq!(text(page.one("[part=parties] > :first-child")), "P");
    assert_eq!(text(page.one("[part=account] .countersign-face")), "A");
    for initial in page.all(".countersign-mark") {
        let hidden = initial
            .ancestors()
            .filter_map(scraper::ElementRef::wrap)
            .chain([initial]);
        assert!(
            hidden
                .filter_map(|it| it.attr("aria-hidden"))
                .any(|it| it == "true"),
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
    let sources: Vec<_> = page
        .all("img")
        .iter()
        .map(|it| it.attr("src").unwrap().to_owned())
        .collect();
    assert_eq!(sources, ["/logos/1?a&b", "/pictures/1", "/logos/acme"]);
}

#[test]
fn the_account_is_shown_with_the_way_to_another() {
    let page = card(&consent());
    assert_eq!(
        page.texts("[part=account] bdi"),
        ["Ada Lovelace", "ada@example.com"]
    );
    assert_eq!(page.texts("[part=account] button"), ["Use another account"]);
    let row = page.one("[part=account] [role=group]");
    assert_eq!(row.attr("aria-label"), Some("Signed in as"));
}

#[test]
fn a_logout_shows_the_account_and_no_way_to_another() {
    let page = page(screens::confirming().view());
    assert_eq!(page.texts("[part=account] bdi"), ["Ada Lovelace"]);
    assert!(page.all("[part=account] button").is_empty());
}

#[test]
fn the_only_organization_is_named() {
    let page = card(&consent_with(|it| {
        it["organization"] = organization("acme", "allowed");
        it["organizations"] = json!([organization("acme", "allowed")]);
    }));
    assert!(page.all("select").is_empty());
    let rows = page.texts("[part=account] .countersign-row");
    assert!(
        rows[1].ends_with("OrganizationThe acme company"),
        "{rows:?}"
    );
}

#[test]
fn of_several_organizations_the_one_of_the_card_is_chosen() {
    let page = card(&organization_consent());
    let select = page.one("label select");
    let options: Vec<_> = page
        .all("option")
        .iter()
        .map(|it| (it.attr("value").unwrap().to_owned(), text(*it)))
        .collect();
    let expected = [
        ("acme", "The acme company"),
        ("globex", "The globex company"),
        ("initech", "The initech company (not allowed)"),
        (
            "umbrella",
            "The umbrella company (needs an administrator’s approval)",
        ),
    ];
    assert_eq!(
        options,
        expected.map(|(id, label)| (id.to_owned(), label.to_owned()))
    );
    assert_eq!(page.one("option[selected]").attr("value"), Some("globex"));
    assert_eq!(select.attr("multiple"), None);
    assert_eq!(text(page.one("label:has(select) > span")), "Organization");
}

#[test]
fn before_an_organization_is_chosen_none_looks_chosen() {
    let page = card(&consent_with(|it| {
        it["organizations"] = json!([
            organization("acme", "allowed"),
            organization("globex", "allowed")
        ]);
    }));
    assert!(page.all("option[selected]").is_empty());
    assert_eq!(page.texts("option")[0], "", "a browser shows the first");
    assert_eq!(page.texts("[part=actions] > button"), ["Deny"]);
}

#[test]
fn terms_and_privacy_are_the_client_s_own() {
    let page = card(&consent_with(|it| {
        it["client"]["tos_uri"] = "https://printer.example/terms?a=1&b=\"".into();
        it["client"]["policy_uri"] = "https://printer.example/privacy".into();
    }));
    let links = page.all("[part=legal] a");
    let hrefs: Vec<_> = links.iter().map(|it| it.attr("href").unwrap()).collect();
    assert_eq!(
        hrefs,
        [
            "https://printer.example/terms?a=1&b=\"",
            "https://printer.example/privacy"
        ]
    );
    assert_eq!(
        page.texts("[part=legal] a"),
        ["Terms at printer.example", "Privacy at printer.example"]
    );
    assert!(card(&consent()).all("[part=legal]").is_empty());
}
