//! Texts that nobody means well with.

use scraper::ElementRef;
use serde_json::{Value, json};

use crate::{
    page::{Page, page},
    support::{play::Play, *},
};

const MARKUP: &str = "<img src=x onerror=alert(1)>\"'&amp;</bdi></h1><script>alert(2)</script>";

/// A card where everything that can be chosen by somebody else is the same text.
fn card(text: &str) -> Page {
    let mut answer = organization_consent();
    for path in [
        "/client/name",
        "/client/description",
        "/account/name",
        "/account/email",
        "/organization/name",
        "/organizations/1/name",
        "/scopes/1/title",
        "/scopes/1/description",
        "/scopes/1/resource",
    ] {
        let (parent, name) = path.rsplit_once('/').unwrap();
        answer.pointer_mut(parent).unwrap()[name] = text.into();
    }
    answer["resources"] = json!([{ "resource": text, "name": text }]);
    answer["authorization_details"] = json!([{ "type": text, (text): text }]);
    answer["client"]["tos_uri"] =
        format!("https://printer.example/{}", text.replace(' ', "")).into();
    page(Play::authorize().answer(&answer).view())
}

#[test]
fn markup_in_a_name_is_text() {
    let page = card(MARKUP);
    assert!(page.all("img, script").is_empty(), "{}", page.html);
    assert!(page.all("h1 bdi").iter().any(|it| {
        it.text()
            .collect::<String>()
            .starts_with("<img src=x onerror=alert(1)>\"'&amp;</bdi>")
    }));
    let names: Vec<&str> = page.all("*").iter().map(|it| it.value().name()).collect();
    let known = [
        "html", "div", "p", "h1", "h2", "ul", "li", "span", "bdi", "a", "button", "label", "input",
        "select", "option",
    ];
    assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
}

#[test]
fn a_name_stays_out_of_attributes() {
    for element in card(MARKUP).all("*") {
        for (name, value) in element.value().attrs() {
            assert!(name == "href" || !value.contains("alert"), "{name}={value}");
        }
    }
}

#[test]
fn a_name_is_isolated_wherever_it_stands() {
    // Right to left, so that it would turn the words around it.
    let page = card("מתחזה");
    let mut seen = 0;
    for node in page
        .one(".countersign")
        .descendants()
        .filter(|it| it.value().is_text())
    {
        let text = node.value().as_text().unwrap();
        // An initial alone has nothing around it, and an option takes no markup.
        let mut around = node.ancestors().filter_map(ElementRef::wrap);
        let alone = around
            .clone()
            .any(|it| it.attr("aria-hidden").is_some() || it.value().name() == "option");
        if text.contains("מתחזה") && !alone {
            seen += 1;
            assert!(around.any(|it| it.value().name() == "bdi"), "{}", &**text);
        }
    }
    assert!(seen >= 12, "{seen}");
}

#[test]
fn a_reference_and_a_home_page_are_isolated_too() {
    let error = json!({ "outcome": "error", "error": "<b>", "request_id": "<i>" });
    let page = page(Play::authorize().answer(&error).view());
    assert_eq!(
        page.texts("bdi").last().map(String::as_str),
        Some("<b> <i>")
    );
    assert!(page.all("b, i").is_empty());
}

#[test]
fn an_address_that_is_no_link_makes_none() {
    for address in [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://printer.example/",
        "//printer.example/",
        "https://a@b.example/",
    ] {
        let answer = consent_with(|it: &mut Value| {
            it["client"]["tos_uri"] = address.into();
            it["client"]["policy_uri"] = address.into();
        });
        let page = page(Play::authorize().answer(&answer).view());
        assert!(page.all("a").is_empty(), "{address}");
    }
}
