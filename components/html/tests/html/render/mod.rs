//! From an answer of the backend to HTML text.

mod form;
mod hostile;

use std::sync::Arc;

use countersign::{
    Realm,
    backend::{BackendError, BackendFault, Decision},
    messages::{Key, Messages},
    platform::native::Native,
    protocol::{Flow, RequestId},
};
use countersign_html::{
    Layout, RenderContext, RenderError, RenderSettings, RenderedCard, Submitted, Theme, render,
    to_html, widget,
};
use serde_json::{Value, json};

use crate::{
    page::Page,
    testing::{play::Play, *},
};

/// The settings of a page at [`HOST`].
fn settings() -> RenderSettings {
    let mut settings = RenderSettings::default();
    settings.host = Some(HOST.to_owned());
    settings
}

fn of_members() -> RenderSettings {
    let mut settings = settings();
    settings.realm = Realm::B2b;
    settings
}

fn of_logout() -> RenderSettings {
    let mut settings = settings();
    settings.flow = Flow::Logout;
    settings
}

fn rendered(answer: &Value, settings: &RenderSettings) -> RenderedCard {
    render(&answer.to_string(), Messages::default(), settings, &Native).unwrap()
}

fn page(answer: &Value, settings: &RenderSettings) -> Page {
    Page::read(rendered(answer, settings).html)
}

/// HTML with the widget's number taken out of its identifiers.
fn unnumbered(html: &str) -> String {
    let mut parts = html.split("countersign-");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|letter: char| letter.is_ascii_digit());
        text += if rest.len() < part.len() { "countersign-N" } else { "countersign-" };
        text += rest;
    }
    text
}

/// What the widget shows of the same answer.
fn of_widget(play: &Play, settings: &RenderSettings) -> String {
    let view = play.view();
    let messages = Arc::new(Messages::default());
    let mut context = RenderContext::new(messages, settings.logo.clone());
    context.picker = context.picker.filter(|_| settings.realm == Realm::B2b);
    to_html(&[widget(&view, settings.theme, settings.layout, &context)], &view.live)
}

#[test]
fn a_card_is_what_the_widget_shows_of_the_same_answer() {
    let mut dark = settings();
    dark.theme = Theme::Dark;
    dark.layout = Layout::Compact;
    dark.logo = Some("/logo.svg".to_owned());
    for (answer, settings, play) in [
        (consent(), settings(), Play::authorize()),
        (consent(), dark, Play::authorize()),
        (organization_consent(), of_members(), Play::member()),
        (organization_consent(), settings(), Play::authorize()),
        (login_answer("no_session", 1), settings(), Play::authorize()),
        (login_answer("no_session", 3), settings(), Play::authorize()),
        (redirect_answer("https://printer.example/cb"), settings(), Play::authorize()),
        (redirect_answer("javascript:alert(1)"), settings(), Play::authorize()),
    ] {
        let card = rendered(&answer, &settings);
        let widget = of_widget(&play.answer(&answer), &settings);
        assert_eq!(unnumbered(&card.html), unnumbered(&widget), "{answer}");
    }
}

#[test]
fn a_logout_is_what_the_widget_shows_of_the_same_answer() {
    let outcomes = ["signed_out", "stayed", "unsupported"].map(|name| json!({ "outcome": name }));
    for answer in outcomes.into_iter().chain([confirmation()]) {
        let card = rendered(&answer, &of_logout());
        let widget = of_widget(&Play::logout().answer_logout(&answer), &of_logout());
        assert_eq!(unnumbered(&card.html), unnumbered(&widget), "{answer}");
    }
}

#[test]
fn what_came_of_a_decision_is_what_the_widget_shows_of_it() {
    let mut other = consent();
    other["version"] = "V2".into();
    other["account"]["sub"] = "2".into();
    let left = redirect_answer("https://printer.example/cb");
    let failed = json!({ "status": 500, "code": "server_error", "request_id": "R1" });
    let fails = || BackendError {
        reported: true,
        request_id: Some(RequestId::new("R1")),
        ..BackendFault::Server(500).into()
    };
    let (allowed, denied) = (
        || Play::authorize().answer(&consent()).allow(),
        || Play::authorize().answer(&consent()).deny(),
    );
    for (decision, answer, play) in [
        (Decision::Allow, &other, allowed().answer(&other)),
        (Decision::Allow, &failed, allowed().fail(fails())),
        (Decision::Allow, &left, allowed().answer(&left)),
        (Decision::Deny, &left, denied().answer(&left)),
    ] {
        let mut settings = settings();
        settings.submitted = Some(Submitted::new(decision, answer.to_string()));
        let card = rendered(&consent(), &settings);
        let widget = of_widget(&play, &settings);
        assert_eq!(unnumbered(&card.html), unnumbered(&widget), "{decision:?}: {answer}");
    }
}

#[test]
fn a_decision_that_no_card_offers_changes_nothing() {
    let login = login_answer("no_session", 3);
    let mut settings = settings();
    let answer = redirect_answer("https://printer.example/cb").to_string();
    settings.submitted = Some(Submitted::new(Decision::Allow, answer));
    assert_eq!(rendered(&login, &settings).state, "login-required");
}

#[test]
fn identifiers_are_those_of_the_first_widget_of_a_page() {
    for _ in 0..2 {
        let page = page(&consent(), &settings());
        let ids = page.attributes("[id]", "id");
        assert!(ids.len() > 3 && ids.iter().all(|id| id.starts_with("countersign-1-")), "{ids:?}");
    }
}

#[test]
fn the_state_the_language_and_the_direction_come_with_the_card() {
    let texts = vec![(Key::Allow, "سماح".to_owned())];
    let arabic = Messages::default().in_language("ar", texts);
    let card = render(&consent().to_string(), arabic, &settings(), &Native).unwrap();
    assert_eq!((card.state, &*card.language, card.direction), ("consent", "ar", "rtl"));
    let page = Page::read(card.html);
    let root = page.one(".countersign");
    assert_eq!((root.attr("lang"), root.attr("dir")), (Some("ar"), Some("rtl")));
    assert!(page.texts("button").contains(&"سماح".to_owned()));
}

#[test]
fn a_problem_is_the_screen_of_its_status() {
    let home = json!({ "name": "Photo Printer", "client_uri": "https://printer.example/" });
    for (problem, state) in [
        (json!({ "status": 409, "code": "already_answered", "decision": "allow" }), "answered"),
        (json!({ "status": 410, "code": "expired", "client": home }), "expired"),
        (json!({ "status": 410, "code": "expired", "no_cookies": true }), "failed"),
        (json!({ "status": 500 }), "failed"),
        (json!({ "status": 503, "retry_after": 7 }), "failed"),
    ] {
        assert_eq!(rendered(&problem, &settings()).state, state, "{problem}");
    }
    let gone = json!({ "status": 410, "code": "expired", "client": home });
    let links = page(&gone, &settings()).attributes("a", "href");
    assert_eq!(links, ["https://printer.example/"]);
}

#[test]
fn who_was_told_to_wait_cannot_try_again_at_once() {
    let busy = |retry_after: Value| {
        let page = page(&json!({ "status": 503, "retry_after": retry_after }), &settings());
        page.one(".countersign-retry").attr("aria-disabled").is_some()
    };
    assert!(busy(json!(7)));
    assert!(!busy(Value::Null));
}

#[test]
fn an_answer_that_is_none_names_its_field() {
    let read = |answer: &str| {
        let error = render(answer, Messages::default(), &settings(), &Native).unwrap_err();
        let RenderError::Answer(_) = error else { panic!("{error}") };
        briefly(&error)
    };
    assert_eq!(read("<html>"), "body: not JSON");
    assert_eq!(read("{}"), "outcome: missing");
    assert_eq!(read(r#"{"status": 200}"#), "outcome: missing");
    let mut nameless = consent();
    nameless["client"]["name"] = 7.into();
    assert_eq!(read(&nameless.to_string()), "client.name: of the wrong type");
}

#[test]
fn a_site_without_a_name_is_called_by_its_host() {
    let heading = |settings: &RenderSettings| page(&consent(), settings).texts("h1").remove(0);
    assert!(heading(&settings()).contains(HOST));
    let mut named = settings();
    named.site_name = Some("Harbor".to_owned());
    assert!(heading(&named).contains("Harbor account"), "{}", heading(&named));
}

#[test]
fn debug_shows_neither_the_card_nor_the_fields() {
    let mut settings = form::settings();
    settings.site_name = Some("Harbor".to_owned());
    let card = rendered(&consent(), &settings);
    let shown = format!("{settings:?} {card:?}");
    assert!(!shown.contains("sealed") && !shown.contains("printer.example"), "{shown}");
}
