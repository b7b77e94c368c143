//! The card in a browser: what changes on it changes in place.

use std::sync::Arc;

use countersign::{
    backend::{BackendFault, TransportError},
    messages::Messages,
};
use countersign_leptos::{
    Theme,
    view::{Hand, Shown, root},
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::{
    page::{Widget, frame, is_focused, style, until},
    support::{play::Play, *},
};

/// A card without a driver: the machine is played by hand.
fn card(play: &Play) -> (Widget, Shown) {
    let shown = Shown::new(play.view());
    let followed = shown.clone();
    let widget = Widget::view(move || {
        root(
            followed,
            Arc::new(Messages::default()),
            Theme::System,
            Hand::new(|_| ()),
        )
    });
    (widget, shown)
}

async fn show(shown: &Shown, play: &Play) {
    shown.show(play.view(), play.scene());
    frame().await;
}

#[wasm_bindgen_test]
async fn a_failed_answer_is_an_alert_on_the_card_that_stays_as_it_is() {
    let play = Play::authorize().answer(&consent());
    let (widget, shown) = card(&Play::authorize());
    show(&shown, &play).await;
    until(|| is_focused(&widget.element("h1"))).await;
    let kept: Vec<Element> = widget.all("h1, input, button, li, [role=status]");
    let allow = widget.button("Allow");
    allow.focus().unwrap();

    let play = play.allow();
    show(&shown, &play).await;
    assert_eq!(widget.state(), "submitting");
    assert_eq!(widget.text("[role=status]"), "Allowing…");
    assert_eq!(allow.get_attribute("aria-busy").as_deref(), Some("true"));
    assert!(is_focused(&allow), "a button that waits keeps the focus");

    let play = play.fail(BackendFault::Server(500));
    show(&shown, &play).await;
    assert_eq!(
        widget.text("[role=alert]"),
        "Your answer didn’t get through. Nothing has been shared."
    );
    assert!(is_focused(&allow));
    assert_eq!(allow.get_attribute("aria-disabled"), None);
    let now = widget.all("h1, input, button, li, [role=status]");
    assert_eq!(now.len(), kept.len());
    assert!(
        now.iter()
            .zip(&kept)
            .all(|(now, kept)| now.is_same_node(Some(kept)))
    );

    show(&shown, &play.deny()).await;
    assert!(!widget.has("[role=alert]"), "it is tried again");
}

#[wasm_bindgen_test]
async fn a_new_screen_takes_the_focus_to_its_heading() {
    let play = Play::authorize().answer(&consent());
    let (widget, shown) = card(&play);
    until(|| is_focused(&widget.element("h1"))).await;
    widget.button("Allow").focus().unwrap();
    let ended = play.allow().fail(BackendFault::Expired);
    show(&shown, &ended).await;
    assert_eq!(widget.text("h1"), "This request has expired");
    until(|| is_focused(&widget.element("h1"))).await;
}

#[wasm_bindgen_test]
async fn the_same_screen_asked_anew_is_built_anew() {
    let play = Play::authorize().answer(&consent());
    let (widget, shown) = card(&Play::authorize());
    show(&shown, &play).await;
    let heading = widget.element("h1");
    let asked_again = play.allow().answer(&consent_with(|it| {
        it["client"]["name"] = "Other Printer".into();
    }));
    show(&shown, &asked_again).await;
    assert!(!widget.element("h1").is_same_node(Some(&heading)));
    assert!(widget.text("h1").starts_with("Other Printer"));
    assert!(
        !widget.html().contains("Photo Printer"),
        "nothing of the card before is left"
    );
}

#[wasm_bindgen_test]
async fn a_label_ticks_its_checkbox() {
    let (widget, _) = card(&Play::authorize().answer(&consent()));
    let field: web_sys::HtmlInputElement = widget.find("li:nth-child(2) input");
    widget
        .find::<web_sys::HtmlElement>("li:nth-child(2) label")
        .click();
    assert!(!field.checked());
}

const SHEETS: [&str; 2] = [
    include_str!("../../../../style/tokens.css"),
    include_str!("../../../../style/widget.css"),
];

#[wasm_bindgen_test]
async fn nothing_runs_over_at_320_pixels() {
    let restyle = SHEETS.map(style);
    let long = "a".repeat(80);
    let answer = consent_with(|it| {
        *it = organization_consent();
        it["client"]["name"] = format!("{long}{long}").into();
        it["account"]["name"] = long.clone().into();
        it["account"]["email"] = format!("{long}@{long}.example").into();
        it["scopes"][1]["title"] = long.clone().into();
        it["scopes"][2]["scope"] = long.clone().into();
        it["scopes"][2]["title"] = "".into();
        it["redirect_uri"] = format!("https://{}.example/cb", "a".repeat(60).as_str()).into();
        it["organizations"][0]["name"] = long.clone().into();
        it["client"]["tos_uri"] = "https://printer.example/".into();
    });
    for play in [
        Play::authorize().answer(&answer),
        Play::authorize().answer(&answer).deny(),
        Play::authorize().fail(BackendFault::from(TransportError::TimedOut)),
        Play::logout().answer_logout(&confirmation()),
    ] {
        let (widget, _) = card(&play);
        // The page's narrowest width in WCAG 2.2, success criterion 1.4.10.
        widget.host().set_attribute("class", "narrow").unwrap();
        let narrow = style(".narrow { inline-size: 320px; }");
        let edge = widget.host().get_bounding_client_rect().right();
        for element in widget.all("*") {
            // Spoken, not shown.
            if element.class_name() == "countersign-status" {
                continue;
            }
            let right = element.get_bounding_client_rect().right();
            assert!(
                right <= edge + 0.5,
                "{right} > {edge}: {}",
                element.outer_html()
            );
        }
        drop(widget);
        narrow.call0(&JsValue::NULL).unwrap();
    }
    for undo in restyle {
        undo.call0(&JsValue::NULL).unwrap();
    }
}
