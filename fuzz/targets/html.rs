//! Whatever the texts of a request are, they are text on the page, and the page has the same
//! elements.

#![no_main]

use std::sync::{Arc, LazyLock};

use countersign::{
    Realm,
    api::client,
    flow::{self, Event, PageInfo},
    messages::Messages,
    platform::native::Native,
    protocol::{Flow, RawQuery},
    view::View,
};
use countersign_html::{Layout, RenderContext, Theme, to_html, widget};
use libfuzzer_sys::fuzz_target;
use scraper::Html;
use serde_json::json;

/// The elements of a card, and the names of their attributes, with this name of the client and
/// this text everywhere else.
fn anatomy(name: &str, text: &str) -> Vec<String> {
    let answer = json!({
        "outcome": "consent", "transaction": "T1", "version": "V1",
        "expires_at": 32_503_680_000_i64,
        "client": {
            "client_id": "printer", "name": format!("x{name}"), "description": format!("x{text}"),
            "party": "third", "registration": "dynamic", "verified": false, "native": false
        },
        "account": { "sub": "1", "name": format!("x{text}"), "email": format!("x{text}") },
        "organizations": [],
        "scopes": [{
            "scope": "photos.read", "title": format!("x{text}"), "description": format!("x{text}"),
            "group": format!("x{text}"), "grantable": true, "required": false, "granted": false,
            "sensitive": true
        }],
        "resources": [],
        // It has a member of an account, so that it is sensitive whatever the others look like.
        "authorization_details": [{ "type": format!("x{text}"), "iban": "x", "member": format!("x{text}") }],
        "redirect_uri": "https://printer.example/cb", "can_narrow": true, "remember": true
    });
    let outcome = client::read_outcome(&answer.to_string(), &Native, &Native).unwrap();
    let query = RawQuery::new("client_id=printer");
    let mut page = PageInfo::new(Realm::Consumer, Flow::Authorize, query);
    // A warning that names a site by its host has other elements than one that does not name it.
    page.site_name = Some("Harbor".to_owned());
    let machine = flow::open(page).machine;
    let attempt = machine.attempt();
    let machine = flow::step(machine, Event::AuthorizeResponse(attempt, Ok(outcome))).machine;
    let messages = Arc::new(Messages::default());
    let view = View::of(&machine, &messages, &Native);
    let context = RenderContext::new(messages, None);
    let node = widget(&view, Theme::System, Layout::Auto, &context);
    let html = Html::parse_fragment(&to_html(&[node], &view.live));
    let elements = html.root_element().descendent_elements();
    // A name that mixes scripts brings a warning of its own, with what stands right behind the name.
    let elements = elements.filter(|it| it.value().attr("class") != Some("countersign-whole"));
    let named = elements.map(|element| {
        let names: Vec<_> = element.value().attrs().map(|(name, _)| name).collect();
        format!("{} {}", element.value().name(), names.join(" "))
    });
    named.filter(|element| !element.starts_with("p ") && !element.starts_with("bdi")).collect()
}

/// Those with harmless texts: a long name has smaller type, and a long description a fold.
static PLAIN: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let long = "x".repeat(300);
    [("", ""), (&*long, ""), ("", &*long), (&*long, &*long)].map(|(a, b)| anatomy(a, b)).to_vec()
});

fuzz_target!(|text: &str| assert!(PLAIN.contains(&anatomy(text, text)), "{text:?}"));
