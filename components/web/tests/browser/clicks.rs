//! Clicks by scripts and held keys do nothing.

use countersign::{backend::BackendFault, flow::Timer};
use countersign_web::Appearance;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::{
    harness::Harness,
    page::{document, frame, happens},
    script::presses,
    testing::{cards, play::Play, *},
};

/// One screen of each kind that has buttons.
fn screens() -> Vec<Play> {
    vec![
        Play::authorize().answer(&cards::widening()).armed(),
        Play::member().answer(&organization_consent()).armed(),
        Play::member().answer(&cards::approval("offered")),
        Play::authorize().answer(&login_answer("no_session", 3)),
        Play::authorize().fail(BackendFault::Server(500)),
        Play::authorize()
            .answer(&redirect_answer("com.example.printer:/cb"))
            .run_out(Timer::HandOver),
        Play::logout().answer_logout(&confirmation()),
    ]
}

#[wasm_bindgen_test]
async fn a_click_that_no_person_made_presses_nothing() {
    let mut seen = 0;
    for play in screens() {
        let harness = Harness::of(&play);
        for button in harness.widget.all("button") {
            seen += 1;
            let button: HtmlElement = button.unchecked_into();
            button.click();
            happens(&button, "click");
        }
        frame().await;
        assert_eq!(harness.gestures(), []);
    }
    assert!(seen >= 18, "{seen}");
}

#[wasm_bindgen_test]
async fn a_box_that_a_script_clicks_stays_as_it_was() {
    for play in screens() {
        let harness = Harness::of(&play);
        for field in harness.widget.all("input[type=checkbox]") {
            let field: HtmlInputElement = field.unchecked_into();
            let before = field.checked();
            field.click();
            happens(&field, "click");
            assert_eq!(field.checked(), before);
        }
        frame().await;
        assert_eq!(harness.gestures(), []);
    }
}

#[wasm_bindgen_test]
async fn a_label_that_a_script_clicks_leaves_its_box_as_it_was() {
    let harness = Harness::of(&screens().remove(0));
    let labels = harness.widget.all("label");
    assert_eq!(labels.len(), 3);
    for label in labels {
        let ticked = || -> Vec<bool> {
            let boxes = harness.widget.all("input").into_iter();
            let boxes = boxes.map(JsCast::unchecked_into::<HtmlInputElement>);
            boxes.map(|it| it.checked()).collect()
        };
        let before = ticked();
        let label: HtmlElement = label.unchecked_into();
        label.click();
        assert_eq!(ticked(), before, "{}", label.outer_html());
    }
    frame().await;
    assert_eq!(harness.gestures(), []);
}

#[wasm_bindgen_test]
fn a_held_key_presses_nothing_and_one_that_goes_down_does() {
    for play in screens() {
        let harness = Harness::of(&play);
        for element in harness.widget.all("button, input[type=checkbox], summary") {
            for key in ["Enter", " "] {
                assert!(presses(&element, key, false), "{key}");
                assert!(!presses(&element, key, true), "{key}");
            }
            assert!(presses(&element, "Tab", true), "whoever tabs on goes on");
        }
    }
}

#[wasm_bindgen_test]
async fn a_key_that_is_held_in_what_a_host_put_around_the_card_is_its_own() {
    let harness = Harness::with(&Play::authorize(), || {
        let mut appearance = Appearance::default();
        appearance.footer = Some(Box::new(|root, _| {
            let element = document().create_element("textarea").unwrap();
            root.append_child(&element).unwrap();
            Box::new(())
        }));
        appearance
    });
    frame().await;
    assert!(presses(&harness.widget.element("textarea"), "Enter", true));
}
