//! Texts that nobody means well with, as a browser has them.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::{
    harness::Board,
    support::{cards, play::Play},
};

const MARKUP: &str = "<img src=x onerror=alert(1)>\"'&amp;</bdi></h1><script>alert(2)</script>";

fn board(text: &str) -> Board {
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
    Board::of(&Play::member().answer(&answer))
}

#[wasm_bindgen_test]
fn markup_in_a_name_is_text() {
    let board = board(MARKUP);
    assert!(!board.widget.has("img, script, h1 h1"));
    let said = board.widget.texts("h1 bdi");
    assert!(said[0].starts_with("<img src=x onerror=alert(1)>\"'&amp;</bdi>"));
    let all: Vec<Element> = board.widget.all(".countersign *");
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
    let board = board("מתחזה");
    let mut seen = 0;
    for element in board.widget.all(".countersign *") {
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
