//! The card as a form.

use countersign_html::{RenderForm, RenderSettings};
use scraper::ElementRef;
use serde_json::{Value, json};

use super::{of_logout, of_members, page};
use crate::{
    page::{Page, text},
    testing::*,
};

/// A form with two fields, at a page of consumers.
pub fn settings() -> RenderSettings {
    with_form(super::settings())
}

fn with_form(mut settings: RenderSettings) -> RenderSettings {
    let fields = [("transaction", "T1"), ("token", "sealed")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    settings.form = Some(RenderForm::new("/countersign/authorize/form", fields.into()));
    settings
}

/// The buttons that post the form, as `name=value`, but for those that the Enter key would press.
fn buttons(page: &Page) -> Vec<String> {
    let all = page.all("form button[type=submit][name]");
    all.into_iter().map(field).collect()
}

fn field(element: ElementRef<'_>) -> String {
    let of = |name| element.attr(name).unwrap_or_default();
    format!("{}={}", of("name"), of("value"))
}

fn with_scopes(scopes: &[Value]) -> Value {
    consent_with(|it| it["scopes"] = scopes.into())
}

#[test]
fn the_form_posts_its_fields_and_stands_around_the_widget() {
    let page = page(&consent(), &settings());
    let form = page.one("form");
    assert_eq!(form.attr("method"), Some("post"));
    assert_eq!(form.attr("action"), Some("/countersign/authorize/form"));
    assert_eq!(form.attr("accept-charset"), Some("utf-8"));
    let children: Vec<ElementRef<'_>> = form.child_elements().collect();
    let names: Vec<&str> = children.iter().map(|it| it.value().name()).collect();
    assert_eq!(names, ["input", "input", "button", "button", "div"]);
    assert_eq!(
        children[..2].iter().map(|it| field(*it)).collect::<Vec<_>>(),
        ["transaction=T1", "token=sealed"]
    );
    assert!(children[4].attr("class") == Some("countersign"));
}

#[test]
fn the_first_buttons_of_the_form_are_hidden_ones_that_post_nothing() {
    let page = page(&consent(), &settings());
    let first: Vec<_> = page.all("form button").into_iter().take(2).collect();
    assert!(first.iter().all(|it| it.attr("hidden").is_some() && it.attr("name").is_none()));
    assert!(first[0].attr("disabled").is_some());
    assert_eq!(first[1].attr("formmethod"), Some("dialog"));
}

#[test]
fn each_action_of_a_card_is_a_button_of_the_form() {
    let page = page(&consent(), &settings());
    assert_eq!(buttons(&page), ["press=switch-account", "press=deny", "press=allow"]);
    assert!(page.all("button[type=button]").iter().all(|it| {
        it.attr("hidden").is_some() || it.attr("class").unwrap().contains("countersign-below")
    }));
}

#[test]
fn allow_waits_for_nothing_that_only_a_script_could_end() {
    let page = page(&consent(), &settings());
    let allow = page.one("[value=allow]");
    assert_eq!((allow.attr("aria-disabled"), allow.attr("data-unready")), (None, None));
    let unticked = with_scopes(&[scope("photos.read", &json!({ "unticked": true }))]);
    let allow = super::page(&unticked, &settings());
    let allow = allow.one("[value=allow]");
    assert_eq!((allow.attr("aria-disabled"), allow.attr("data-off")), (None, None));
}

#[test]
fn what_must_be_seen_is_marked_for_a_script_that_guards_the_form() {
    let page = page(&consent(), &settings());
    let marked: Vec<String> = page.all("[data-unseen]").into_iter().map(text).collect();
    assert!(marked.iter().any(|it| it.starts_with("Photo Printer wants access")), "{marked:?}");
    assert!(marked.iter().any(|it| it.contains("printer.example")), "{marked:?}");
    assert!(super::page(&consent(), &super::settings()).all("[data-unseen]").is_empty());
}

#[test]
fn a_box_is_a_field_with_the_place_of_its_scope_and_what_cannot_be_unticked_has_none() {
    let page = page(&consent(), &settings());
    let boxes: Vec<_> = page.all("input[type=checkbox]").into_iter().collect();
    let fields: Vec<String> = boxes.iter().map(|it| field(*it)).collect();
    assert_eq!(fields, ["scope=1", "scope=2", "remember=1"]);
    let ticked: Vec<bool> = boxes.iter().map(|it| it.attr("checked").is_some()).collect();
    assert_eq!(ticked, [true, true, false]);
}

#[test]
fn a_box_that_another_one_implies_is_posted_as_it_looks() {
    let scopes = [
        scope("photos.read", &json!({})),
        scope("photos.write", &json!({ "implies": ["photos.read"] })),
    ];
    let answer = with_scopes(&scopes);
    let page = page(&answer, &settings());
    assert!(page.all("input[disabled]").is_empty());
    assert!(!super::page(&answer, &super::settings()).all("input[disabled]").is_empty());
    assert!(buttons(&page).contains(&"press=read-only".to_owned()));
}

#[test]
fn each_other_organization_is_a_button_and_the_list_is_open() {
    let page = page(&organization_consent(), &with_form(of_members()));
    let others = [
        "press=switch-account",
        "organization=globex",
        "organization=umbrella",
        "press=deny",
        "press=allow",
    ];
    assert_eq!(buttons(&page), others);
    assert!(page.one(".countersign-picker").attr("hidden").is_none());
    let change = page.one("button[aria-controls]");
    assert!(change.attr("hidden").is_some() && change.attr("type") == Some("button"));
}

#[test]
fn a_list_that_no_script_filters_has_no_search_field() {
    let many = consent_with(|it| {
        let all = (0..12).map(|number| organization(&format!("o{number}"), "allowed"));
        it["organizations"] = all.collect();
    });
    let page = page(&many, &with_form(of_members()));
    assert!(page.one("input[type=search]").attr("hidden").is_some());
}

#[test]
fn a_denial_is_called_what_its_button_says() {
    let refused = [scope("admin", &json!({ "grantable": false, "required": true }))];
    assert!(buttons(&page(&with_scopes(&refused), &settings())).contains(&"press=cancel".into()));
    let requested = consent_with(|it| {
        it["organization"] = organization("umbrella", "needs_approval");
        it["organization"]["approval"] = "requested".into();
        it["organizations"] = json!([it["organization"]]);
    });
    let page = page(&requested, &with_form(of_members()));
    assert!(buttons(&page).contains(&"press=return".to_owned()), "{:?}", buttons(&page));
}

#[test]
fn other_screens_have_their_own_buttons() {
    let offered = consent_with(|it| {
        it["organization"] = organization("umbrella", "needs_approval");
        it["organization"]["approval"] = "offered".into();
        it["organizations"] = json!([it["organization"]]);
    });
    for (answer, settings, expected) in [
        (offered, with_form(of_members()), "press=request-approval"),
        (login_answer("no_session", 3), settings(), "press=sign-in"),
        (login_answer("no_session", 3), settings(), "press=cancel"),
        (json!({ "status": 503, "retry_after": 7 }), settings(), "press=retry"),
        (confirmation(), with_form(of_logout()), "press=sign-out"),
        (confirmation(), with_form(of_logout()), "press=stay"),
    ] {
        let page = page(&answer, &settings);
        assert!(buttons(&page).contains(&expected.to_owned()), "{expected}: {:?}", buttons(&page));
        assert!(page.all("button[aria-disabled]").is_empty(), "{expected}");
    }
}

#[test]
fn a_reference_has_no_button_that_copies_it() {
    let error = json!({ "outcome": "error", "error": "invalid_client", "request_id": "R1" });
    let page = page(&error, &settings());
    assert!(page.one("[part=reference] button").attr("hidden").is_some());
}
