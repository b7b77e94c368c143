//! The choice of an organization: opened, closed, searched.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use countersign::{flow::Gesture, protocol::OrganizationId};

use crate::{
    harness::{Harness, messages},
    page::{document, happens, is_focused},
    script::{presses, style},
    testing::{cards, play::Play, *},
};

const NAMES: [&str; 10] = [
    "Ångström Optics",
    "İstanbul Trading",
    "Café Zürich",
    "ﬁnch & Sons",
    "ＷＩＤＥ Works",
    "Łódź Media",
    "東京 Express",
    "Acme",
    "Acme East",
    "Acme West",
];

fn asked(names: &[&str]) -> Play {
    Play::member().answer(&cards::members(names))
}

/// Opens the choice.
fn opened(play: &Play) -> Harness {
    let harness = Harness::of(play);
    toggle(&harness).click();
    harness
}

fn toggle(harness: &Harness) -> HtmlElement {
    harness.widget.find("button[aria-controls]")
}

/// Types into the search field.
fn search(harness: &Harness, text: &str) {
    let field: HtmlInputElement = harness.widget.find("input[type=search]");
    field.set_value(text);
    happens(&field, "input");
}

/// The names that the search shows.
fn found(harness: &Harness) -> Vec<String> {
    harness.widget.texts("[part=picker] [role=radio]:not([hidden]) bdi")
}

fn count(harness: &Harness) -> String {
    harness.widget.text("[part=picker] [role=status]")
}

#[wasm_bindgen_test]
async fn the_focus_goes_into_what_opens_and_back_to_the_button_when_it_closes() {
    for (answer, first) in [
        (organization_consent(), "[aria-checked=true]"),
        (cards::members(&NAMES), "input[type=search]"),
    ] {
        let harness = Harness::of(&Play::member().answer(&answer));
        let (button, picker) = (toggle(&harness), harness.widget.element("[part=picker]"));
        let first = harness.widget.element(&format!("[part=picker] {first}"));
        assert_eq!(button.get_attribute("aria-controls").unwrap(), picker.id());
        button.focus().unwrap();
        for open in [false, true, false, true] {
            assert_eq!(button.get_attribute("aria-expanded").unwrap(), open.to_string());
            assert_eq!(picker.has_attribute("hidden"), !open);
            assert!(is_focused(if open { &first } else { &button }));
            button.click();
        }
    }
}

/// The name of the choice that has the focus.
fn focused() -> String {
    let element = document().active_element().unwrap();
    let name = element.query_selector("bdi").unwrap();
    name.and_then(|name| name.text_content()).unwrap_or_else(|| element.tag_name())
}

/// Presses keys, one after the other, where the focus is. Each must do no more than move the focus.
fn keys(harness: &Harness, pressed: &[(&str, &str)]) {
    for (key, name) in pressed {
        presses(&document().active_element().unwrap(), key, false);
        assert_eq!(focused(), *name, "{key}");
        let stops = harness.widget.all("[part=picker] [tabindex='0']");
        assert_eq!(stops.len(), 1, "{key}");
        assert!(*name == "INPUT" || is_focused(&stops[0]), "{key}");
    }
    assert_eq!(harness.gestures(), []);
}

#[wasm_bindgen_test]
async fn the_arrow_keys_move_the_focus_and_choose_nothing() {
    let harness = opened(&Play::member().answer(&organization_consent()));
    keys(
        &harness,
        &[
            ("ArrowUp", "The acme company"),
            ("ArrowDown", "The globex company"),
            ("ArrowDown", "The umbrella company"),
            ("ArrowDown", "The initech company"),
            ("ArrowDown", "The initech company"),
            ("ArrowUp", "The umbrella company"),
            ("x", "The umbrella company"),
        ],
    );
    assert_eq!(harness.widget.text("[aria-checked=true] bdi"), "The acme company");
}

#[wasm_bindgen_test]
async fn the_arrow_keys_lead_from_the_field_to_what_is_found_and_a_letter_leads_back() {
    let harness = opened(&asked(&NAMES));
    search(&harness, "acme");
    keys(
        &harness,
        &[
            ("ArrowDown", "Acme"),
            ("ArrowDown", "Acme East"),
            ("ArrowDown", "Acme West"),
            ("ArrowDown", "Acme West"),
            (" ", "Acme West"),
            ("Tab", "Acme West"),
            ("é", "INPUT"),
            ("ArrowDown", "Acme West"),
            ("o", "INPUT"),
        ],
    );
    search(&harness, "zürich");
    keys(&harness, &[("ArrowDown", "Café Zürich"), ("ArrowDown", "Café Zürich")]);
}

#[wasm_bindgen_test]
async fn escape_closes_what_a_button_opened_and_nothing_else() {
    for answer in [organization_consent(), cards::members(&NAMES)] {
        let harness = opened(&Play::member().answer(&answer));
        presses(&document().active_element().unwrap(), "Escape", false);
        assert!(is_focused(&toggle(&harness)));
        assert_eq!(toggle(&harness).get_attribute("aria-expanded").unwrap(), "false");
        assert!(harness.widget.has("[part=picker][hidden]"));
    }
    let mut unchosen = organization_consent();
    unchosen.as_object_mut().unwrap().remove("organization");
    let harness = Harness::of(&Play::member().answer(&unchosen));
    presses(&harness.widget.element("[part=picker] [role=radio]"), "Escape", false);
    assert!(!harness.widget.has("[part=picker][hidden]"));
}

#[wasm_bindgen_test]
async fn what_is_hidden_is_not_seen() {
    let undo = style(include_str!("../../../../style/widget.css"));
    let harness = Harness::of(&asked(&NAMES));
    let is_seen = |element: &Element| element.get_bounding_client_rect().height() > 0.0;
    let picker = harness.widget.element("[part=picker]");
    assert!(!is_seen(&picker));
    toggle(&harness).click();
    assert!(is_seen(&picker));
    search(&harness, "acme");
    let seen = harness.widget.all("[part=picker] [role=radio]").into_iter();
    assert_eq!(seen.filter(is_seen).count(), 3);
    undo.call0(&wasm_bindgen::JsValue::NULL).unwrap();
}

#[wasm_bindgen_test]
async fn it_finds_whatever_the_case_the_accents_and_the_forms_of_the_letters() {
    let harness = opened(&asked(&NAMES));
    for (text, names) in [
        ("angstrom", &["Ångström Optics"] as &[&str]),
        ("ÅNGSTRÖM", &["Ångström Optics"]),
        ("a\u{30a}ng", &["Ångström Optics"]),
        ("istanbul", &["İstanbul Trading"]),
        ("CAFE zur", &["Café Zürich"]),
        ("finch", &["ﬁnch & Sons"]),
        ("wide", &["ＷＩＤＥ Works"]),
        ("łodz", &["Łódź Media"]),
        ("東京", &["東京 Express"]),
        ("acme", &["Acme", "Acme East", "Acme West"]),
        ("me e", &["Acme East"]),
        ("nobody", &[]),
        ("", &NAMES),
    ] {
        search(&harness, text);
        assert_eq!(found(&harness), names, "{text}");
    }
}

#[wasm_bindgen_test]
async fn blanks_around_what_is_searched_mean_nothing() {
    let harness = opened(&asked(&NAMES));
    // As a keyharness on a phone leaves one behind a word.
    search(&harness, " cafe ");
    assert_eq!(found(&harness), ["Café Zürich"]);
    search(&harness, "  ");
    assert_eq!(found(&harness), NAMES);
    assert_eq!(count(&harness), "");
}

#[wasm_bindgen_test]
async fn the_words_beside_a_name_are_not_searched() {
    let mut answer = cards::members(&NAMES);
    answer["organizations"][1]["status"] = "blocked".into();
    let harness = opened(&Play::member().answer(&answer));
    assert!(harness.widget.text("[part=picker]").contains("this app"));
    search(&harness, "app");
    assert_eq!(found(&harness), Vec::<String>::new());
}

#[wasm_bindgen_test]
async fn how_many_are_found_is_said_to_those_who_do_not_see_them() {
    let harness = opened(&asked(&NAMES));
    for (text, said) in [
        ("acme", "3 organizations found"),
        ("acme w", "1 organization found"),
        ("nobody", "0 organizations found"),
        ("", ""),
    ] {
        search(&harness, text);
        assert_eq!(count(&harness), said, "{text}");
    }
}

#[wasm_bindgen_test]
async fn how_many_are_found_has_the_plural_of_the_language() {
    let names: Vec<String> = (1..=22).map(|number| "a".repeat(number)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let play = asked(&names);
    let harness = Harness::of(&play);
    harness.set_messages(&play, &messages("pl")).await;
    for (found, said) in [
        (1, "Znaleziono 1 organizację"),
        (2, "Znaleziono 2 organizacje"),
        (4, "Znaleziono 4 organizacje"),
        (5, "Znaleziono 5 organizacji"),
        (12, "Znaleziono 12 organizacji"),
        (22, "Znaleziono 22 organizacje"),
    ] {
        search(&harness, &"a".repeat(23 - found));
        assert_eq!(count(&harness), said);
    }
}

#[wasm_bindgen_test]
async fn it_stays_as_it_is_while_another_one_is_asked_for() {
    let play = asked(&NAMES);
    let harness = opened(&play);
    search(&harness, "acme");
    let kept = harness.widget.all("[part=picker] [role=radio]");
    let chosen = OrganizationId::new("o8");
    let play = play.user(Gesture::OrganizationChosen(chosen));
    harness.show(&play).await;
    let now = harness.widget.all("[part=picker] [role=radio]");
    assert!(kept.iter().zip(&now).all(|(kept, now)| kept.is_same_node(Some(now))));
    assert_eq!(found(&harness), ["Acme", "Acme East", "Acme West"]);
    assert_eq!(count(&harness), "3 organizations found");
    for button in harness.widget.all("[part=picker] button") {
        let waits = button.unchecked_into::<HtmlElement>();
        assert_eq!(waits.get_attribute("aria-disabled").as_deref(), Some("true"));
    }
}
