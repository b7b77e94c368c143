//! The lists of the card: what is asked.

use serde_json::{Value, json};

use crate::{
    page::{Page, named_by, page, text},
    support::{play::Play, *},
};

fn card(answer: &Value) -> Page {
    page(Play::authorize().answer(answer).view())
}

#[test]
fn a_scope_that_can_be_left_out_is_a_ticked_checkbox_under_its_title() {
    let page = card(&consent());
    let boxes = page.all("input[type=checkbox]");
    assert_eq!(boxes.len(), 2);
    for (field, title) in boxes
        .iter()
        .zip(["See your photos", "Add and delete photos"])
    {
        assert!(field.attr("checked").is_some());
        let label = page.one(&format!("label[for='{}']", field.attr("id").unwrap()));
        assert_eq!(text(label), title);
    }
}

#[test]
fn an_unticked_scope_is_not_ticked() {
    let play = Play::authorize().answer(&consent());
    let page = page(
        play.user(countersign::flow::Gesture::ScopeToggled(2))
            .view(),
    );
    let ticked: Vec<bool> = page
        .all("input")
        .iter()
        .map(|it| it.attr("checked").is_some())
        .collect();
    assert_eq!(ticked, [true, false]);
}

#[test]
fn a_scope_that_is_always_granted_is_said_and_cannot_be_unticked() {
    let page = card(&consent());
    let first = page.all("[part=scopes] li")[0];
    assert_eq!(text(first), "Confirm who you are");
    assert!(page.all("[part=scopes] li:first-child input").is_empty());
    let all = card(&consent_with(|it| it["can_narrow"] = false.into()));
    assert!(all.all("input").is_empty());
    assert_eq!(all.all("[part=scopes] li").len(), 3);
}

#[test]
fn a_raw_token_looks_like_one() {
    let page = card(&consent_with(|it| {
        it["scopes"][0]["scope"] = "things.read".into()
    }));
    assert_eq!(
        page.texts("[part=scopes] .countersign-code"),
        ["things.read"]
    );
}

#[test]
fn description_marks_and_target_describe_the_checkbox() {
    let page = card(&consent_with(|it| {
        it["resources"] = json!([{ "resource": "https://api.example/", "name": "Photo store" }]);
        it["scopes"][2]["resource"] = "https://api.example/".into();
    }));
    let boxes = page.all("input");
    assert_eq!(boxes[0].attr("aria-describedby"), None);
    let described = named_by(&page, boxes[1], "aria-describedby");
    assert_eq!(
        described,
        [
            "Sensitive",
            "Allowed before",
            "All of them.",
            "At Photo store"
        ]
    );
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
        items[0].ends_with("At https://a.example/") && items[1].ends_with("At https://b.example/"),
        "{items:?}"
    );
}

#[test]
fn a_refused_scope_stands_apart_and_cannot_be_ticked() {
    let page = card(&consent_with(|it| {
        it["scopes"][2]["grantable"] = false.into()
    }));
    let refused = page.texts("[part=refused] li");
    assert!(
        refused[0].starts_with("Add and delete photos"),
        "{refused:?}"
    );
    assert!(page.all("[part=refused] input").is_empty());
    assert_eq!(page.all("[part=scopes] li").len(), 2);
}

#[test]
fn every_list_is_named() {
    let page = card(&consent_with(|it| {
        it["scopes"][2]["grantable"] = false.into();
        it["resources"] = json!([{ "resource": "https://api.example/" }]);
        it["authorization_details"] =
            json!([{ "type": "payment", "to": { "name": "Ada" }, "amount": 5 }]);
    }));
    let groups: Vec<_> = page
        .all("[role=group][aria-labelledby]")
        .into_iter()
        .map(|it| named_by(&page, it, "aria-labelledby").concat())
        .collect();
    assert_eq!(
        groups,
        [
            "Photo Printer will be able to",
            "At",
            "It also asks for",
            "Not available to your account"
        ]
    );
    assert_eq!(page.texts("[part=resources] li"), ["https://api.example/"]);
    assert_eq!(
        page.texts("[part=details] li > p"),
        ["amount: 5", r#"to: {"name":"Ada"}"#]
    );
}

#[test]
fn a_request_for_nothing_says_so() {
    let page = card(&consent_with(|it| it["scopes"] = json!([])));
    assert_eq!(
        page.texts("[part=scopes] > p"),
        ["Nothing beyond signing you in."]
    );
    assert!(page.all("ul").is_empty());
}

#[test]
fn a_host_s_words_stand_above_what_they_do_not_speak_for() {
    let find = |name: &str| {
        let mut screens = crate::more_screens::reworded().into_iter();
        page(screens.find(|(other, _)| *other == name).unwrap().1)
    };
    let some = find("a card in the host's words");
    assert_eq!(some.all("[part=manifest]").len(), 2);
    assert!(text(some.all("[part=manifest] li")[0]).contains("Only those of the last year"));
    assert_eq!(some.all("[part=scopes] li").len(), 1);
    assert!(text(some.one("[part=scopes]")).contains("Add and delete photos"));
    let all = find("a card in the host's words alone");
    assert!(all.all("[part=scopes]").is_empty());
}
