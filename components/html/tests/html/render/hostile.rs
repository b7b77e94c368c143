//! Hostile texts, names and fields in a form.

use countersign_html::{RenderForm, RenderSettings};
use serde_json::{Value, json};

use super::{form, page};
use crate::{page::Page, testing::*};

const MARKUP: &str = "\"'><script>alert(1)</script></form><form action=//evil.example>&amp;\r\n";

/// The elements of a card in a form.
const ELEMENTS: [&str; 19] = [
    "html", "form", "div", "p", "h1", "h2", "h3", "ul", "li", "span", "bdi", "strong", "wbr", "a",
    "button", "label", "input", "details", "summary",
];

/// What a form has that neither the widget nor the settings put there.
fn trespasses(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    for element in page.all("*") {
        let name = element.value().name();
        if !ELEMENTS.contains(&name) && name != "img" {
            found.push(format!("<{name}>"));
        }
        for (name, value) in element.value().attrs() {
            if name.starts_with("on") || matches!(name, "style" | "formaction" | "form") {
                found.push(format!("{name}={value}"));
            }
        }
    }
    if page.attributes("form", "action") != ["/countersign/authorize/form"] {
        found.push("another form".to_owned());
    }
    if page.all("input[type=hidden]").len() != 2 {
        found.push("other hidden fields".to_owned());
    }
    found
}

#[test]
fn a_hostile_client_stays_text_in_a_form() {
    let mut shown = 0;
    for case in vectors(include_str!("../../../../../tests/vectors/hostile.json")) {
        let answer = consent_with(|it| {
            let more = case["client"].as_object().cloned().unwrap_or_default();
            it["client"].as_object_mut().unwrap().extend(more);
            if let Some(address) = case.get("redirect_uri") {
                it["redirect_uri"] = address.clone();
            }
        });
        let settings = form::settings();
        let text = answer.to_string();
        let services = countersign::platform::native::Native;
        let Ok(card) = countersign_html::render(&text, Default::default(), &settings, &services)
        else {
            assert_eq!(case["expected"]["outcome"], "wire_error", "{}", case["note"]);
            continue;
        };
        shown += 1;
        assert_eq!(trespasses(&Page::read(card.html)), [""; 0], "{}", case["note"]);
    }
    assert!(shown > 50, "{shown}");
}

#[test]
fn hostile_names_stay_text_in_a_form() {
    let cases = vectors(include_str!("../../../../../tests/vectors/names.json"));
    let names = cases.iter().map(|case| case["text"].as_str().unwrap_or_default());
    let names: Vec<String> = names.map(|name| format!("{name}{MARKUP}")).collect();
    for some in names.chunks(25) {
        let titled = some.iter().enumerate().map(|(place, name)| {
            scope(&format!("scope.{place}"), &json!({ "title": name, "group": name }))
        });
        let answer = consent_with(|it| {
            it["scopes"] = titled.collect();
            it["client"]["name"] = some[0].clone().into();
            it["account"]["name"] = some[0].clone().into();
        });
        assert_eq!(trespasses(&page(&answer, &form::settings())), [""; 0], "{some:?}");
    }
}

#[test]
fn fields_and_the_address_of_a_form_stay_in_their_attributes() {
    let mut settings = RenderSettings::default();
    let fields = vec![(MARKUP.to_owned(), MARKUP.to_owned())];
    settings.form = Some(RenderForm::new(format!("/form?{MARKUP}"), fields));
    let page = page(&consent(), &settings);
    let form = page.one("form");
    assert_eq!(form.attr("action"), Some(&*format!("/form?{MARKUP}")));
    let field = page.one("input[type=hidden]");
    assert_eq!((field.attr("name"), field.attr("value")), (Some(MARKUP), Some(MARKUP)));
    assert!(page.all("script").is_empty());
}

#[test]
fn an_organization_stays_in_its_value() {
    let answer = consent_with(|it| {
        let hostile: Value =
            json!({ "organization_id": MARKUP, "name": MARKUP, "status": "allowed" });
        it["organizations"] = json!([hostile, organization("acme", "allowed")]);
    });
    let mut settings = form::settings();
    settings.realm = countersign::Realm::B2b;
    let page = page(&answer, &settings);
    assert_eq!(trespasses(&page), [""; 0]);
    assert!(page.attributes("button[name=organization]", "value").contains(&MARKUP.to_owned()));
}
