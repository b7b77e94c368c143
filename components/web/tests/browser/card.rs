//! The card in a browser: changes are made in place.

use countersign::{
    backend::BackendFault,
    flow::Gesture,
    messages::{Key, Messages},
};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlInputElement};

use crate::{
    harness::{Harness, messages},
    page::{Widget, is_focused, until},
    testing::{cards, play::Play, *},
};

/// All elements of the card.
const PLACES: &str = "h1, h2, h3, input, button, li, p, label";

fn are_kept(widget: &Widget, kept: &[Element]) -> bool {
    let now = widget.all(PLACES);
    now.len() == kept.len() && now.iter().zip(kept).all(|(now, kept)| now.is_same_node(Some(kept)))
}

fn asked() -> Play {
    Play::authorize().answer(&consent())
}

#[wasm_bindgen_test]
async fn a_failed_answer_is_an_alert_on_the_card_that_stays_as_it_is() {
    let harness = Harness::of(&Play::authorize());
    let play = asked().armed();
    harness.show(&play).await;
    let widget = &harness.widget;
    until(|| is_focused(&widget.element("h1"))).await;
    let kept = widget.all(PLACES);
    let allow = widget.button("Allow");
    allow.focus().unwrap();

    let play = asked().allow();
    harness.show(&play).await;
    assert_eq!(widget.state(), "submitting");
    assert_eq!(widget.text("[role=status]"), "Allowing…");
    assert_eq!(allow.get_attribute("aria-busy").as_deref(), Some("true"));
    assert!(is_focused(&allow), "a button that waits keeps the focus");

    let play = play.fail(BackendFault::Server(500));
    harness.show(&play).await;
    assert_eq!(
        widget.text("[role=alert]"),
        "We couldn’t tell whether your answer got through. Send it again: it counts only once."
    );
    assert!(is_focused(&allow));
    assert!(allow.has_attribute("aria-disabled"), "it is looked at anew");
    let play = play.armed();
    harness.show(&play).await;
    assert!(!allow.has_attribute("aria-disabled"));
    assert!(are_kept(widget, &kept));

    harness.show(&play.deny()).await;
    assert_eq!(widget.text("[role=alert]"), "", "it is tried again");
}

#[wasm_bindgen_test]
async fn a_new_screen_takes_the_focus_to_its_heading() {
    let play = asked();
    let harness = Harness::of(&play);
    let widget = &harness.widget;
    until(|| is_focused(&widget.element("h1"))).await;
    widget.button("Allow").focus().unwrap();
    let ended = play.allow().fail(BackendFault::Expired);
    harness.show(&ended).await;
    assert_eq!(widget.text("h1"), "This request has expired");
    until(|| is_focused(&widget.element("h1"))).await;
}

#[wasm_bindgen_test]
async fn the_same_screen_asked_anew_is_built_anew() {
    let play = asked();
    let harness = Harness::of(&Play::authorize());
    harness.show(&play).await;
    let heading = harness.widget.element("h1");
    let asked_again = play.allow().answer(&consent_with(|it| {
        it["client"]["name"] = "Other Printer".into();
    }));
    harness.show(&asked_again).await;
    let widget = &harness.widget;
    assert!(!widget.element("h1").is_same_node(Some(&heading)));
    assert!(widget.text("h1").starts_with("Other Printer"));
    assert!(!widget.html().contains("Photo Printer"), "nothing of the card before is left");
}

/// Which checkboxes are ticked and which are disabled, in the order of the card.
fn boxes(widget: &Widget) -> Vec<(bool, bool)> {
    let boxes = widget.all("input[type=checkbox]").into_iter();
    let boxes = boxes.map(wasm_bindgen::JsCast::unchecked_into::<HtmlInputElement>);
    boxes.map(|it| (it.checked(), it.disabled())).collect()
}

#[wasm_bindgen_test]
async fn boxes_follow_what_would_be_granted_and_stay_where_they_are() {
    // openid has none; writing, and below it reading; remembering.
    let play = Play::authorize().answer(&cards::widening()).armed();
    let harness = Harness::of(&play);
    let widget = &harness.widget;
    let kept = widget.all(PLACES);
    let (off, on, held) = ((false, false), (true, false), (true, true));
    assert_eq!(boxes(widget), [on, held, off]);

    let play = play.user(Gesture::ReadOnlyToggled);
    harness.show(&play).await;
    assert_eq!(boxes(widget), [off, on, off]);
    let play = play.toggle(1).user(Gesture::RememberToggled);
    harness.show(&play).await;
    assert_eq!(boxes(widget), [off, off, on]);
    let play = play.toggle(2);
    harness.show(&play).await;
    assert_eq!(boxes(widget), [on, held, on]);

    harness.show(&play.deny()).await;
    let waits = boxes(widget).into_iter().all(|(_, disabled)| disabled);
    assert!(waits, "while an answer is on its way");
    assert!(are_kept(widget, &kept));
}

#[wasm_bindgen_test]
async fn a_box_that_somebody_else_ticks_says_again_what_would_be_granted() {
    let play = Play::authorize().answer(&consent());
    let harness = Harness::of(&play);
    let field: HtmlInputElement = harness.widget.find("[part=scopes] input");
    field.set_checked(false);
    harness.show(&play.armed()).await;
    assert!(field.checked());
}

#[wasm_bindgen_test]
async fn an_allow_that_would_grant_nothing_is_off_and_the_card_says_why() {
    let answer = consent_with(|it| {
        it["scopes"].as_array_mut().unwrap().remove(0);
    });
    let play = Play::authorize().answer(&answer).armed();
    let harness = Harness::of(&play);
    let widget = &harness.widget;
    let allow = widget.button("Allow");
    let is_off = || allow.has_attribute("data-off") && allow.has_attribute("aria-disabled");
    assert!(!is_off());
    assert_eq!(widget.text(".countersign-hint"), "");

    let play = play.toggle(0).toggle(1);
    harness.show(&play).await;
    assert!(is_off());
    let why = "Select at least one permission, or deny the request.";
    assert_eq!(widget.text(".countersign-hint"), why);

    harness.show(&play.toggle(1)).await;
    assert!(!allow.has_attribute("data-off") && !allow.has_attribute("aria-disabled"));
    assert_eq!(widget.text(".countersign-hint"), "");
}

#[wasm_bindgen_test]
async fn other_texts_say_all_of_it_anew_in_their_language() {
    let play = asked().armed().toggle(1);
    let harness = Harness::of(&play);
    let widget = &harness.widget;
    let root = |name| widget.attribute(".countersign", name).unwrap();
    assert_eq!((root("lang"), root("dir")), ("en".into(), "ltr".into()));

    harness.set_messages(&play, &messages("ar")).await;
    assert_eq!((root("lang"), root("dir")), ("ar".into(), "rtl".into()));
    assert_eq!(widget.attribute("[part=destination] bdi", "dir").unwrap(), "ltr");
    let ticked: Vec<bool> = boxes(widget).into_iter().map(|(it, _)| it).collect();
    assert_eq!(ticked, [false, true, false], "what is unticked stays so");
    assert!(!widget.html().contains("Allow"));

    let own = Messages::default().with(Key::Allow, "Go on");
    harness.set_messages(&play, &own).await;
    assert_eq!((root("lang"), root("dir")), ("en".into(), "ltr".into()));
    assert_eq!(widget.texts("[part~=allow]"), ["Go on"]);
}

#[wasm_bindgen_test]
async fn what_stays_the_same_is_not_said_again() {
    let play = asked().allow().fail(BackendFault::Server(500));
    let harness = Harness::of(&play);
    let alert = harness.widget.element("[role=alert]");
    let said = alert.first_child().unwrap();
    harness.show(&play.armed().toggle(1)).await;
    assert!(said.is_same_node(alert.first_child().as_ref()));
}
