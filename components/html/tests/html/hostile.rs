//! Hostile texts.

use countersign::{
    consent::{ManifestItem, ManifestSection},
    messages::Text,
    view::{Body, View},
};
use scraper::ElementRef;
use serde_json::{Value, json};

use crate::{
    page::{Page, page},
    testing::{play::Play, *},
};

const MARKUP: &str = "<img src=x onerror=alert(1)>\"'&amp;</bdi></h1><script>alert(2)</script>";

/// The places whose text somebody else chooses.
const PLACES: &[&str] = &[
    "/client/name",
    "/client/description",
    "/account/name",
    "/account/email",
    "/organization/name",
    "/organizations/1/name",
    "/organizations/2/name",
    "/scopes/1/title",
    "/scopes/1/description",
    "/scopes/1/resource",
    "/scopes/1/group",
    "/scopes/2/title",
    "/scopes/2/reason",
];

/// A card with the same text in all of these places.
fn answer(text: &str) -> Value {
    let mut answer = organization_consent();
    for path in PLACES {
        let (parent, name) = path.rsplit_once('/').unwrap();
        answer.pointer_mut(parent).unwrap()[name] = text.into();
    }
    answer["scopes"][1]["details"] = json!([text]);
    answer["scopes"][0]["implies"] = json!(["photos.write"]);
    answer["scopes"][0]["title"] = text.into();
    answer["resources"] = json!([{ "resource": text, "name": text }]);
    answer["authorization_details"] =
        json!([{ "type": text, (text): text }, { "type": text, (text): text }]);
    answer["client"]["tos_uri"] =
        format!("https://printer.example/{}", text.replace(' ', "")).into();
    answer
}

/// The same with a manifest of the host, which may repeat the texts.
fn view(text: &str) -> View {
    let mut view = Play::authorize().answer(&answer(text)).view();
    let Body::Consent(card) = &mut view.screen.body else { unreachable!("a card") };
    card.apply_manifest(vec![ManifestSection {
        header: text.into(),
        items: vec![ManifestItem {
            text: text.into(),
            details: vec![text.into()],
            scopes: Vec::new(),
        }],
    }]);
    let mut first = card.authorization_details[..1].to_vec();
    for detail in &mut first {
        detail.title = Text::value(text);
        detail.lines = vec![(text.into(), text.into())];
    }
    card.authorization_details.splice(..1, first);
    view
}

fn card(text: &str) -> Page {
    page(view(text))
}

#[test]
fn markup_in_a_name_is_text() {
    let page = card(MARKUP);
    assert!(page.all("img, script").is_empty(), "{}", page.html);
    assert!(page.all("h1 bdi").iter().any(|it| {
        it.text().collect::<String>().starts_with("<img src=x onerror=alert(1)>\"'&amp;</bdi>")
    }));
    let known = [
        "html", "div", "p", "h1", "h2", "h3", "ul", "li", "span", "bdi", "strong", "a", "button",
        "label", "input", "details", "summary", "wbr",
    ];
    for element in page.all("*") {
        let name = element.value().name();
        assert!(known.contains(&name), "{name}");
    }
}

#[test]
fn a_name_stays_out_of_attributes() {
    for element in card(MARKUP).all("*") {
        for (name, value) in element.value().attrs() {
            assert!(name == "href" || !value.contains("alert("), "{name}={value}");
        }
    }
}

#[test]
fn a_name_is_isolated_wherever_it_stands() {
    // Right to left, so that it would turn the words around it.
    let page = card("מתחזה");
    let mut seen = 0;
    for node in page.one(".countersign").descendants().filter(|it| it.value().is_text()) {
        let text = node.value().as_text().unwrap();
        let mut around = node.ancestors().filter_map(ElementRef::wrap);
        // An initial alone has nothing around it.
        let alone = around.clone().any(|it| it.attr("aria-hidden").is_some());
        if text.contains("מתחזה") && !alone {
            seen += 1;
            assert!(around.any(|it| it.value().name() == "bdi"), "{}", &**text);
        }
    }
    // Each place once at least, the two headings, the details, and what a host carries on.
    assert!(seen >= PLACES.len() + 15, "{seen}");
}

#[test]
fn a_reference_and_a_home_page_are_isolated_too() {
    let error = json!({ "outcome": "error", "error": "<b>", "request_id": "<i>" });
    let page = page(Play::authorize().answer(&error).view());
    assert_eq!(page.texts("bdi").last().map(String::as_str), Some("<b> <i>"));
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
            it["client"]["client_uri"] = address.into();
            it["client"]["tos_uri"] = address.into();
            it["client"]["policy_uri"] = address.into();
            it["client"]["policy_uri#en"] = address.into();
        });
        let page = page(Play::authorize().answer(&answer).view());
        assert!(page.all("a").is_empty(), "{address}");
    }
}
