//! Hostile texts in a browser.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::{
    harness::Harness,
    testing::{cards, play::Play},
};

const MARKUP: &str = "<img src=x onerror=alert(1)>\"'&amp;</bdi></h1><script>alert(2)</script>";

fn harness(text: &str) -> Harness {
    let mut answer = cards::members(&["a", text, "c", "d", "e", "f", "g", "h", "i"]);
    answer["client"]["name"] = text.into();
    answer["client"]["description"] = text.into();
    answer["account"]["name"] = text.into();
    answer["organization"]["name"] = text.into();
    for member in ["title", "description", "group", "reason"] {
        answer["scopes"][1][member] = text.into();
    }
    answer["scopes"][1]["details"] = serde_json::json!([text]);
    answer["authorization_details"] = serde_json::json!([{ "type": text, (text): text }]);
    Harness::of(&Play::member().answer(&answer))
}

#[wasm_bindgen_test]
fn markup_in_a_name_is_text() {
    let harness = harness(MARKUP);
    assert!(!harness.widget.has("img, script, h1 h1"));
    let said = harness.widget.texts("h1 bdi");
    assert!(said[0].starts_with("<img src=x onerror=alert(1)>\"'&amp;</bdi>"));
    let all: Vec<Element> = harness.widget.all(".countersign *");
    for element in all {
        for name in element.get_attribute_names() {
            let name = name.as_string().unwrap();
            let value = element.get_attribute(&name).unwrap();
            assert!(!name.starts_with("on") && name != "style", "{name}");
            assert!(!value.contains("alert("), "{name}={value}");
        }
    }
}

#[wasm_bindgen_test]
fn a_name_is_isolated_wherever_it_stands() {
    // Right to left, so that it would turn the words around it.
    let harness = harness("מתחזה");
    let mut seen = 0;
    for element in harness.widget.all(".countersign *") {
        let own = element.child_nodes();
        let own = (0..own.length()).filter_map(|place| own.item(place));
        let texts = own.filter(|it| it.node_type() == web_sys::Node::TEXT_NODE);
        let mut texts = texts.filter_map(|it| it.text_content());
        if texts.any(|it| it.contains("מתחזה")) {
            seen += 1;
            let isolated = element.closest("bdi").unwrap().is_some();
            assert!(isolated, "{}", element.outer_html());
        }
    }
    assert!(seen >= 14, "{seen}");
}
