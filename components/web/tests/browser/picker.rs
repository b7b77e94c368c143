//! The choice of an organization: opened, closed, searched.

use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use countersign::{flow::Gesture, protocol::OrganizationId};

use crate::{
    harness::{Harness, messages},
    page::{happens, is_focused},
    script::style,
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
    harness.widget.texts("[part=picker] li:not([hidden]) bdi")
}

fn count(harness: &Harness) -> String {
    harness.widget.text("[part=picker] [role=status]")
}

#[wasm_bindgen_test]
async fn it_opens_and_closes_and_the_focus_stays_on_its_button() {
    let harness = Harness::of(&Play::member().answer(&organization_consent()));
    let (button, picker) = (toggle(&harness), harness.widget.element("[part=picker]"));
    let is_open = || {
        let expanded = button.get_attribute("aria-expanded").unwrap();
        assert_eq!(expanded == "true", !picker.has_attribute("hidden"));
        expanded == "true"
    };
    assert_eq!(button.get_attribute("aria-controls").unwrap(), picker.id());
    button.focus().unwrap();
    for open in [false, true, false, true] {
        assert_eq!(is_open(), open);
        assert!(is_focused(&button));
        button.click();
    }
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
    let seen = harness.widget.all("[part=picker] li").into_iter();
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
    let kept = harness.widget.all("[part=picker] li");
    let chosen = OrganizationId::new("o8");
    let play = play.user(Gesture::OrganizationChosen(chosen));
    harness.show(&play).await;
    let now = harness.widget.all("[part=picker] li");
    assert!(kept.iter().zip(&now).all(|(kept, now)| kept.is_same_node(Some(now))));
    assert_eq!(found(&harness), ["Acme", "Acme East", "Acme West"]);
    assert_eq!(count(&harness), "3 organizations found");
    for button in harness.widget.all("[part=picker] button") {
        let waits = button.unchecked_into::<HtmlElement>();
        assert_eq!(waits.get_attribute("aria-disabled").as_deref(), Some("true"));
    }
}
