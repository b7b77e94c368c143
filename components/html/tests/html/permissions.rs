//! The lists of the card: what the client requests.

use countersign::flow::Gesture;
use serde_json::{Value, json};

use crate::{
    page::{Page, named_by, page, text},
    screens::{self, cards},
    testing::{play::Play, *},
};

fn card(answer: &Value) -> Page {
    page(Play::authorize().answer(answer).view())
}

/// Which boxes of the lists are ticked.
fn ticked(page: &Page) -> Vec<bool> {
    let boxes = page.all("li > input[type=checkbox]").into_iter();
    boxes.map(|it| it.attr("checked").is_some()).collect()
}

#[test]
fn a_scope_that_can_be_left_out_is_a_ticked_checkbox_under_its_title() {
    let page = card(&consent());
    let boxes = page.all("[part=scopes] input[type=checkbox]");
    assert_eq!(boxes.len(), 2);
    for (field, title) in boxes.iter().zip(["See your photos", "Add and delete photos"]) {
        assert!(field.attr("checked").is_some());
        let label = page.one(&format!("label[for='{}']", field.attr("id").unwrap()));
        assert_eq!(text(label), title);
    }
}

#[test]
fn an_unticked_scope_is_not_ticked() {
    let play = Play::authorize().answer(&consent()).toggle(2);
    assert_eq!(ticked(&page(play.view())), [true, false]);
}

#[test]
fn a_scope_that_is_always_granted_is_said_and_cannot_be_unticked() {
    let page = card(&consent());
    let first = page.all("[part=scopes] li")[0];
    assert_eq!(text(first), "Confirm who you areRequired");
    assert!(page.all("[part=scopes] li:first-child input").is_empty());
    let all = card(&consent_with(|it| it["can_narrow"] = false.into()));
    assert!(all.all("[part=scopes] input").is_empty());
    assert_eq!(all.all("[part=scopes] li").len(), 3);
}

#[test]
fn what_comes_with_another_is_ticked_held_and_says_with_which() {
    let play = || Play::authorize().answer(&cards::widening());
    let page = page(play().view());
    assert_eq!(ticked(&page), [true, true]);
    let boxes = page.all("li > input");
    assert!(boxes[0].attr("disabled").is_none());
    assert!(boxes[1].attr("disabled").is_some(), "reading is held");
    assert_eq!(
        named_by(&page, boxes[1], "aria-describedby"),
        ["Included with: Add and delete photos"]
    );
    assert!(page.one("[data-nested] > input").attr("disabled").is_some(), "below what brings it");
    let why = page.texts("[data-nested] > .countersign-more");
    assert_eq!(why, ["Included with: Add and delete photos"], "who sees the box reads why");

    let without = self::page(play().toggle(2).view());
    assert_eq!(ticked(&without), [false, true]);
    assert!(without.all("li > input[disabled]").is_empty());
}

#[test]
fn read_only_leaves_out_what_only_widens() {
    let play = || Play::authorize().answer(&cards::widening());
    let offered = page(play().view());
    assert_eq!(offered.texts("button[part=read-only-toggle]"), ["Select reading only"]);
    assert_eq!(
        offered.texts("[part=scopes] > p:last-child"),
        ["Select reading only Leaves out: Add and delete photos"]
    );
    let is_pressed =
        |page: &Page| page.one("[part=read-only-toggle]").attr("aria-pressed").is_some();
    assert!(!is_pressed(&offered));
    let only = page(play().user(Gesture::ReadOnlyToggled).view());
    assert!(is_pressed(&only));
    assert_eq!(ticked(&only), [false, true]);
    assert!(card(&consent()).all("[part=read-only-toggle]").is_empty());
}

#[test]
fn read_only_stands_once_below_the_first_list() {
    let mut asked = cards::full();
    asked["scopes"][2]["sensitive"] = false.into();
    let page = card(&asked);
    let line = page.one("[part=scopes] > p:last-child:has(> [part=read-only-toggle])");
    let list = line.parent().and_then(scraper::ElementRef::wrap).unwrap();
    assert!(text(list).starts_with("New:"));
}

#[test]
fn what_is_new_stands_before_what_was_granted_before() {
    let page = card(&cards::full());
    let labels = page.texts("[part=scopes] > h2");
    assert_eq!(
        labels,
        ["New: Photo Printer will be able to", "You’ve already allowed Photo Printer to"]
    );
    let lists = page.all("[part=scopes]");
    assert!(text(lists[0]).contains("Write to you"));
    assert!(text(lists[1]).contains("Confirm who you are"));
    let alone = card(&consent());
    assert_eq!(alone.texts("[part=scopes] > h2"), ["Photo Printer will be able to"]);
}

#[test]
fn what_the_backend_groups_stands_under_its_title_and_what_it_does_not_comes_first() {
    let page = card(&cards::full());
    let lists = page.all("[part=scopes]");
    let groups = |place: usize| -> Vec<String> {
        let selector = scraper::Selector::parse("[role=group] > h3 bdi").unwrap();
        lists[place].select(&selector).map(text).collect()
    };
    assert_eq!(groups(0), ["Photos", "Albums"]);
    assert_eq!(groups(1), ["Photos"]);
    let first = page.all("[part=scopes] > ul");
    assert!(text(first[0]).starts_with("Write to you"));
    for title in page.all("[part=scopes] > [role=group]") {
        let names = named_by(&page, title, "aria-labelledby");
        assert!(["Photos", "Albums"].contains(&&*names.concat()));
    }
}

#[test]
fn access_that_lasts_stands_beside_the_answers() {
    let page = card(&cards::full());
    let lasting = page.one(".countersign-decision > ul[part=offline-access]");
    assert_eq!(text(lasting), "Keep this access while you aren’t using the app");
    assert_eq!(page.all("[part=offline-access] > li > input[checked]").len(), 1);
    assert!(!text(page.all("[part=scopes]")[0]).contains("Keep this access"));
    assert!(card(&consent()).all("[part=offline-access]").is_empty());
    let only = self::page(screens::find("a card that only keeps"));
    assert!(only.all("[part=scopes]").is_empty(), "nothing else is asked");
}

#[test]
fn what_a_scope_includes_is_folded_away_until_it_is_asked_for() {
    let page = card(&cards::full());
    assert_eq!(page.texts("[part=scopes] li > details > summary"), ["What this includes"]);
    assert_eq!(page.texts("details > ul > li > bdi"), ["Places and times", "Faces"]);
    assert_eq!(page.one("[part=scopes] li > details").attr("open"), None);
    assert!(card(&consent()).all("details").is_empty());
}

#[test]
fn a_raw_token_looks_like_one() {
    let page = card(&consent_with(|it| it["scopes"][0]["scope"] = "things.read".into()));
    assert_eq!(page.texts("[part=scopes] .countersign-code"), ["things.read"]);
}

#[test]
fn description_marks_and_target_describe_the_checkbox() {
    let page = card(&consent_with(|it| {
        it["resources"] = json!([{ "resource": "https://api.example/", "name": "Photo store" }]);
        it["scopes"][2]["resource"] = "https://api.example/".into();
        it["scopes"][2]["reason"] = "Since you own them.".into();
    }));
    let boxes = page.all("[part=scopes] input");
    assert_eq!(boxes[0].attr("aria-describedby"), None);
    assert_eq!(
        named_by(&page, boxes[1], "aria-describedby"),
        ["Sensitive", "All of them.", "Since you own them.", "Applies to Photo store"]
    );
    // For those who hear the whole line.
    let said = text(page.all("[part=scopes] li")[2]);
    assert!(said.starts_with("Add and delete photos Sensitive"), "{said}");
}

#[test]
fn the_same_scope_at_two_targets_is_told_apart() {
    let page = card(&consent_with(|it| {
        it["scopes"] = json!([
            scope("read", &json!({ "resource": "https://a.example/" })),
            scope("read", &json!({ "resource": "https://b.example/" }))
        ]);
    }));
    let items = page.texts("[part=scopes] li");
    assert!(
        items[0].ends_with("to https://a.example/") && items[1].ends_with("to https://b.example/"),
        "{items:?}"
    );
}

#[test]
fn a_refused_scope_stands_apart_with_its_reason_and_cannot_be_ticked() {
    let page = card(&cards::full());
    let refused = page.texts("[part=not-grantable] li");
    assert_eq!(refused, ["See your billsOnly owners can."]);
    assert!(page.all("[part=not-grantable] input").is_empty());
    assert_eq!(
        page.texts("[part=not-grantable] > p"),
        ["Your account doesn’t have these permissions itself, so it can’t pass them on."]
    );
    assert!(!text(page.all("[part=scopes]")[0]).contains("bills"));
    assert!(card(&consent()).all("[part=not-grantable]").is_empty());
}

#[test]
fn access_that_lasts_is_among_what_is_asked_where_nothing_can_be_allowed() {
    let lasting = |allowed: bool| {
        let page = card(&consent_with(|it| {
            it["scopes"][0]["grantable"] = allowed.into();
            let mut lasting = it["scopes"][1].clone();
            lasting["scope"] = "offline_access".into();
            it["scopes"].as_array_mut().unwrap().push(lasting);
        }));
        [".countersign-permissions", ".countersign-decision"]
            .map(|place| page.all(&format!("{place} > [part=offline-access]")).len())
    };
    assert_eq!(lasting(true), [0, 1]);
    assert_eq!(lasting(false), [1, 0]);
}

#[test]
fn a_request_for_nothing_says_so() {
    let page = card(&consent_with(|it| it["scopes"] = json!([])));
    assert_eq!(page.texts("h1"), ["Sign in to Photo Printer with your id.harbor.example account"]);
    assert_eq!(page.texts("[part=scopes] > p"), ["This only signs you in."]);
    assert!(page.all("ul").is_empty());
    let at_a_resource = card(&consent_with(|it| {
        it["scopes"] = json!([]);
        it["resources"] = json!([{ "resource": "https://api.example/", "name": "Photo store" }]);
    }));
    assert!(at_a_resource.all("[part=scopes]").is_empty(), "it is more than a sign-in");
    assert_eq!(at_a_resource.texts("[part=resources]"), ["Applies to Photo store"]);
}

#[test]
fn a_fold_is_a_label_for_what_was_granted_before_and_the_end_of_a_long_list() {
    let page = card(&cards::full());
    assert_eq!(page.texts("[part=scopes] > h2 + details > summary"), ["Already allowed (2)"]);
    assert_eq!(page.all("[part=scopes] [data-folded]").len(), 2);
    let long = card(&consent_with(|it| {
        let scope = it["scopes"][1].clone();
        it["scopes"] = (0..9).map(|_| scope.clone()).collect();
        for (number, scope) in it["scopes"].as_array_mut().unwrap().iter_mut().enumerate() {
            scope["scope"] = format!("s{number}").into();
        }
    }));
    assert_eq!(long.texts("[part=scopes] > ul + details > summary"), ["4 more permissions"]);
    assert_eq!(long.all("[part=scopes] li:not([data-folded]) + [data-folded]").len(), 1);
    assert_eq!(long.one("[part=scopes] details").attr("open"), None);
}
