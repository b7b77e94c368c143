//! The card in a narrow window.

use countersign::backend::{BackendFault, TransportError};
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    harness::{Harness, messages},
    script::style,
    testing::{cards, play::Play, *},
};

pub const SHEETS: [&str; 2] =
    [include_str!("../../../../style/tokens.css"), include_str!("../../../../style/widget.css")];

/// A card with long texts everywhere.
fn long() -> Value {
    let long = "a".repeat(80);
    let mut answer = cards::full();
    answer["client"]["name"] = format!("{long}{long}").into();
    answer["client"]["description"] = long.clone().into();
    answer["account"]["name"] = long.clone().into();
    answer["account"]["email"] = format!("{long}@{long}.example").into();
    for (member, place) in [("title", 1), ("group", 1), ("description", 2), ("title", 3)] {
        answer["scopes"][place][member] = long.clone().into();
    }
    answer["scopes"][5]["scope"] = long.clone().into();
    answer["scopes"][5]["title"] = "".into();
    answer["scopes"][1]["details"][0] = long.clone().into();
    answer["authorization_details"][0]["type"] = long.clone().into();
    answer["authorization_details"][0][&long] = long.clone().into();
    let host = "a".repeat(60);
    answer["client"]["registrable_domain"] = format!("{host}.example").into();
    answer["redirect_uri"] = format!("https://{host}.{host}.example:8443/cb").into();
    answer
}

fn of_members() -> Value {
    let long = "a".repeat(80);
    let mut answer = cards::members(&["a", "b", "c", "d", "e", "f", "g", "h", "i", &long]);
    answer["organization"] = answer["organizations"][9].clone();
    answer["organizations"][1]["status"] = "blocked".into();
    answer
}

fn fits(harness: &Harness) {
    let widget = &harness.widget;
    let edge = widget.host().get_bounding_client_rect();
    for element in widget.all("*") {
        let place = element.get_bounding_client_rect();
        // Spoken, not shown, or empty.
        if element.closest(".countersign-status").unwrap().is_some() || place.width() == 0.0 {
            continue;
        }
        assert!(
            place.right() <= edge.right() + 0.5 && place.left() >= edge.left() - 0.5,
            "{} to {} is not within {} to {}: {}",
            place.left(),
            place.right(),
            edge.left(),
            edge.right(),
            element.outer_html()
        );
    }
}

// The page's narrowest width in WCAG 2.2, success criterion 1.4.10.
#[wasm_bindgen_test]
async fn nothing_runs_over_at_320_pixels_in_either_direction() {
    let restyle = SHEETS.map(style);
    let narrow = style(".narrow { inline-size: 320px; }");
    for play in [
        Play::authorize().answer(&long()),
        Play::authorize().answer(&long()).deny(),
        Play::member().answer(&of_members()),
        Play::authorize().fail(BackendFault::from(TransportError::TimedOut)),
        Play::logout().answer_logout(&confirmation()),
    ] {
        let harness = Harness::of(&play);
        let widget = &harness.widget;
        widget.host().set_attribute("class", "narrow").unwrap();
        for language in ["de", "ar"] {
            harness.set_messages(&play, &messages(language)).await;
            for button in widget.all("button[aria-controls]") {
                wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(button).click();
            }
            for fold in widget.all("details") {
                fold.set_attribute("open", "").unwrap();
            }
            fits(&harness);
        }
    }
    for undo in restyle.into_iter().chain([narrow]) {
        undo.call0(&JsValue::NULL).unwrap();
    }
}
