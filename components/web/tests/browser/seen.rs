//! What must have been in view before Allow counts.

use countersign_web::Appearance;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use crate::{
    harness::Harness,
    page::{frame, happens, is_focused, until},
    testing::{cards, play::Play},
};

const UNSEEN: &str = "[data-unseen]";
const DESTINATION: &str = ".countersign-destination";

/// A card in a part of the page that has this height and scrolls.
fn inside(height: &str) -> Harness {
    let play = Play::authorize().answer(&cards::widening());
    let harness = Harness::with(&play, Appearance::default);
    let style = harness.widget.host().style();
    for (name, value) in [("height", height), ("overflow", "auto"), ("line-height", "1.5")] {
        style.set_property(name, value).unwrap();
    }
    harness
}

fn is_unseen(harness: &Harness, selector: &str) -> bool {
    harness.widget.element(selector).has_attribute("data-unseen")
}

/// How many rows the decision says are below it.
fn below(harness: &Harness) -> String {
    harness.widget.text(".countersign-below bdi")
}

/// The number of elements that have not been in view.
fn unseen(harness: &Harness) -> usize {
    harness.widget.all(UNSEEN).len()
}

#[wasm_bindgen_test]
async fn a_card_that_is_in_view_is_reported_once() {
    let harness = inside("5000px");
    harness.widget.host().scroll_into_view();
    until(|| harness.seen() > 0 || unseen(&harness) > 0).await;
    // The page of the tests may be smaller than the card.
    for element in harness.widget.all(UNSEEN) {
        element.scroll_into_view();
        until(|| !element.has_attribute("data-unseen")).await;
    }
    until(|| harness.seen() == 1).await;
    harness.widget.host().scroll_into_view();
    frame().await;
    frame().await;
    assert_eq!(harness.seen(), 1);
}

#[wasm_bindgen_test]
async fn what_a_host_clips_is_not_in_view_until_it_is_scrolled_there() {
    let harness = inside("300px");
    let host: &Element = harness.widget.host();
    host.scroll_into_view();
    until(|| !is_unseen(&harness, "h1")).await;
    assert!(is_unseen(&harness, DESTINATION));
    assert_eq!(harness.seen(), 0);
    // Step by step, as a reader does: what was passed counts.
    for step in 1..100 {
        host.set_scroll_top(step * 40);
        frame().await;
        frame().await;
    }
    until(|| unseen(&harness) == 0).await;
    assert_eq!(harness.seen(), 1);
}

#[wasm_bindgen_test]
async fn a_jump_over_something_leaves_it_unseen() {
    let harness = inside("150px");
    let host: &Element = harness.widget.host();
    host.scroll_into_view();
    host.set_scroll_top(host.scroll_height());
    until(|| !is_unseen(&harness, DESTINATION) || host.scroll_top() > 0).await;
    frame().await;
    frame().await;
    assert!(harness.widget.has("li[data-unseen]"), "they were never in view");
    assert_eq!(harness.seen(), 0);
}

#[wasm_bindgen_test]
async fn a_press_leads_to_each_part_in_turn_and_a_part_larger_than_its_place_counts_then() {
    let harness = inside("30px");
    let parts = harness.widget.all(UNSEEN);
    assert!(parts.len() > 3);
    for (number, part) in parts.iter().enumerate() {
        assert!(part.has_attribute("data-unseen"));
        assert_eq!(harness.seen(), 0, "{number} of {}", parts.len());
        harness.show_unseen();
        assert!(is_focused(part), "{}", part.outer_html());
        assert!(!part.has_attribute("data-unseen"));
    }
    assert_eq!(harness.seen(), 1);
    harness.show_unseen();
    assert_eq!(harness.seen(), 2, "with nothing left it is reported again");
}

#[wasm_bindgen_test]
async fn what_a_host_does_not_display_stops_nobody() {
    let harness = inside("5000px");
    let destination = harness.widget.element(DESTINATION);
    destination.set_attribute("hidden", "").unwrap();
    destination.set_attribute("style", "display: none").unwrap();
    while unseen(&harness) > 0 {
        harness.show_unseen();
    }
    assert!(harness.seen() > 0);
}

#[wasm_bindgen_test]
async fn a_new_card_must_be_seen_anew() {
    let harness = inside("30px");
    while unseen(&harness) > 0 {
        harness.show_unseen();
    }
    let seen = harness.seen();
    harness.rebuild(&Play::authorize().answer(&cards::widening()));
    assert!(unseen(&harness) > 3);
    frame().await;
    frame().await;
    assert_eq!(harness.seen(), seen);
}

/// The card with the decision over the end of its place, as the style sheet has it.
fn with_a_bar(height: &str) -> Harness {
    let harness = inside(height);
    let bar: HtmlElement = harness.widget.find(".countersign-decision");
    for (name, value) in [("position", "sticky"), ("bottom", "0"), ("height", "160px")] {
        bar.style().set_property(name, value).unwrap();
    }
    harness
}

#[wasm_bindgen_test]
async fn what_the_decision_covers_is_not_in_view_until_it_is_above_it() {
    let harness = with_a_bar("500px");
    let host: &Element = harness.widget.host();
    host.scroll_into_view();
    frame().await;
    frame().await;
    let bar = harness.widget.element(".countersign-decision");
    let rows = harness.widget.all("li[data-unseen]");
    assert!(!rows.is_empty());
    for step in 0..20 {
        let edge = bar.get_bounding_client_rect().top();
        for row in &rows {
            let ever_above = step > 0 || row.get_bounding_client_rect().bottom() <= edge;
            assert!(ever_above || row.has_attribute("data-unseen"), "{}", row.outer_html());
        }
        host.set_scroll_top(step * 40);
        frame().await;
        frame().await;
    }
    for row in &rows {
        assert!(!row.has_attribute("data-unseen"), "{}", row.outer_html());
    }
}

#[wasm_bindgen_test]
async fn the_decision_says_how_much_is_below_it() {
    let harness = with_a_bar("500px");
    let host: &Element = harness.widget.host();
    host.scroll_into_view();
    let said = || below(&harness);
    until(|| !said().is_empty()).await;
    let first: u32 = said().parse().unwrap();
    assert!(first > 1, "{first}");
    let sensitive = || harness.widget.text(".countersign-sensitive bdi");
    assert_eq!(sensitive(), "1");
    host.set_scroll_top(host.scroll_height());
    until(|| said().is_empty()).await;
    assert_eq!(sensitive(), "");
}

#[wasm_bindgen_test]
async fn what_is_below_is_told_anew_as_soon_as_the_focus_has_moved() {
    let harness = with_a_bar("500px");
    let host: &Element = harness.widget.host();
    host.scroll_into_view();
    until(|| !below(&harness).is_empty()).await;
    // The page hears of a scroll a frame later, and somebody may press Tab before.
    host.set_scroll_top(host.scroll_height());
    happens(&harness.widget.element("h1"), "focusin");
    assert_eq!(below(&harness), "");
}

#[wasm_bindgen_test]
async fn a_press_on_how_much_is_below_leads_to_the_first_row_that_is() {
    let harness = with_a_bar("500px");
    let host: &Element = harness.widget.host();
    host.scroll_into_view();
    until(|| harness.widget.has("li[data-below]")).await;
    assert!(harness.widget.has(".countersign-decision[data-over]"), "something is behind it");
    let row = harness.widget.element("li[data-below]");
    harness.widget.find::<HtmlElement>(".countersign-below").click();
    assert!(is_focused(&row), "{}", row.outer_html());
    host.set_scroll_top(host.scroll_height());
    until(|| !harness.widget.has(".countersign-decision[data-over]")).await;
    assert!(!harness.widget.has("li[data-below]"));
}

#[wasm_bindgen_test]
async fn in_a_low_window_the_decision_does_not_stay_over_what_it_is_about() {
    let harness = with_a_bar("5000px");
    let bar: HtmlElement = harness.widget.find(".countersign-decision");
    let host: &Element = harness.widget.host();
    let fixed = || bar.has_attribute("data-fixed");
    assert!(fixed(), "a low bar fits");
    bar.style().set_property("height", "4000px").unwrap();
    host.scroll_into_view();
    host.set_scroll_top(1);
    happens(host, "scroll");
    until(|| !fixed()).await;
}

#[wasm_bindgen_test]
async fn a_destination_that_leaves_the_window_with_the_decision_is_not_in_view() {
    let harness = inside("400px");
    let permissions: HtmlElement = harness.widget.find(".countersign-permissions");
    permissions.style().set_property("height", "3000px").unwrap();
    let host: &Element = harness.widget.host();
    host.scroll_into_view();
    until(|| !is_unseen(&harness, "h1")).await;
    let destination = harness.widget.element(DESTINATION);
    // The window showed it until the decision let go.
    destination.set_attribute("data-unseen", "shown").unwrap();
    happens(host, "scroll");
    assert!(is_unseen(&harness, DESTINATION));
    host.set_scroll_top(host.scroll_height());
    until(|| !is_unseen(&harness, DESTINATION)).await;
}
