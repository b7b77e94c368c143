//! A page that came with its answer, and with the card that a server rendered.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::Arc,
};

use countersign::{
    Realm,
    backend::memory::{Call, MemoryBackend},
    flow::{WidgetError, WidgetEvent},
    messages::Messages,
    protocol::{Flow, RequestRef},
};
use countersign_html::{Layout, RenderContext, Theme, to_html, widget};
use countersign_web::{Answer, Options};
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use crate::{
    driver::recorded,
    harness::messages,
    languages::{late, lets_come, speaks},
    page::{Widget, document, frame, happens, is_focused, page_host, until},
    script::{HeldTimers, parsed, show_page},
    testing::{cards, play::Play, *},
    widget::options,
};

thread_local! {
    static ANSWERS: Cell<u32> = const { Cell::new(0) };
}

/// An answer that no other test has: a page takes each once.
fn new_answer(mut answer: Value) -> Value {
    let number = ANSWERS.get();
    ANSWERS.set(number + 1);
    answer["version"] = format!("V{number}").into();
    answer
}

/// What a server writes for an answer.
fn rendered(answer: &Value, texts: Messages) -> String {
    let mut page = hosted(Realm::Consumer, Flow::Authorize, QUERY);
    page.own_hosts = vec![page_host()];
    let view = Play::open(page).answer(answer).view_in(&texts);
    let context = RenderContext::new(Arc::new(texts), None);
    let node = widget(&view, Theme::System, Layout::Regular, &context);
    to_html(&[node], &view.live)
}

/// The same as a form.
fn as_form(html: &str) -> String {
    let html = html
        .replace("type=\"button\"", "type=\"submit\" name=\"press\" value=\"allow\"")
        .replace("type=\"checkbox\"", "type=\"checkbox\" name=\"scope\" value=\"1\"");
    format!("<form method=post action=/x><input type=hidden name=tagName>{html}</form>")
}

/// A page with a card that a server rendered, and a widget that takes it over.
struct Page {
    widget: Widget,
    backend: MemoryBackend,
    events: Rc<RefCell<Vec<WidgetEvent>>>,
    errors: Rc<RefCell<Vec<WidgetError>>>,
    /// The elements of the card before the widget came.
    before: Vec<Element>,
}

impl Page {
    fn of(html: &str, answer: &Value) -> Self {
        Self::with(html, &answer.to_string(), |_| ())
    }

    fn with(html: &str, answer: &str, set: impl FnOnce(&mut Options)) -> Self {
        Self::at(&format!("/?{QUERY}"), html, answer, set)
    }

    fn at(page: &str, html: &str, answer: &str, set: impl FnOnce(&mut Options)) -> Self {
        // What the backend says, where it is asked.
        let backend = MemoryBackend::default().then(outcome(&consent_with(|it| {
            it["client"]["name"] = "Asked anew".into();
        })));
        let mut options = options(backend.clone());
        let (events, on_event) = recorded();
        let (errors, on_error) = recorded();
        (options.on_event, options.on_error) = (Some(on_event), Some(on_error));
        let mut before = Vec::new();
        let widget = Widget::mount(page, |host| {
            host.append_child(&parsed(html)).unwrap();
            let root = host.query_selector(".countersign").unwrap().unwrap();
            let all = host.query_selector_all(".countersign-card *").unwrap();
            let all = (0..all.length()).map(|place| all.item(place).unwrap());
            before = all.map(JsCast::unchecked_into).collect();
            options.answer = Some(Answer::new(answer).in_root(root));
            set(&mut options);
            countersign_web::mount(host, options)
        });
        Self { widget, backend, events, errors, before }
    }

    /// Waits until the widget shows its card.
    async fn shows_card(&self) {
        until(|| self.events.borrow().contains(&WidgetEvent::ConsentShown)).await;
        frame().await;
    }

    /// Whether the elements of the card are those that were there, but for pictures that do not load.
    fn is_kept(&self) -> bool {
        let now = self.widget.all(".countersign-card *").into_iter();
        let before = self.before.iter().filter(|it| it.tag_name() != "IMG");
        now.filter(|it| it.tag_name() != "IMG").eq(before.cloned())
    }

    /// Whether the backend was asked, and its card is shown.
    fn asks_anew(&self) -> bool {
        let heading = self.widget.texts("h1");
        let is_new = heading.iter().any(|it| it.starts_with("Asked anew"));
        is_new && self.backend.calls().len() == 1
    }

    fn field(&self, place: usize) -> HtmlInputElement {
        let fields = self.widget.all(".countersign-card input[type=checkbox]");
        fields[place].clone().unchecked_into()
    }
}

/// A picture that does not load, and is taken away then.
const PICTURE: &str = "img.countersign-picture";

/// The widget in text, without what makes its identifiers unique, and without what has come into view.
fn picture(widget: &Widget) -> String {
    let mut lines = Vec::new();
    for element in widget.all(".countersign, .countersign *") {
        let names = element.get_attribute_names();
        let names = names.iter().filter_map(|name| name.as_string());
        let mut attributes: Vec<_> = names
            .filter(|name| !matches!(name.as_str(), "data-unseen" | "data-below"))
            .map(|name| format!("{name}={:?}", without_number(&element, &name)))
            .collect();
        attributes.sort();
        lines.push(format!("{} {}", element.tag_name(), attributes.join(" ")));
        let texts = element.child_nodes();
        let texts = (0..texts.length()).filter_map(|place| texts.item(place)?.node_value());
        // A parser joins texts.
        lines.push(texts.collect());
    }
    lines.join("\n")
}

/// The value of an attribute without the numbers in it.
fn without_number(element: &Element, name: &str) -> String {
    let value = element.get_attribute(name).unwrap();
    match name {
        "id" | "for" | "aria-labelledby" | "aria-describedby" => {
            value.replace(|letter: char| letter.is_ascii_digit(), "")
        }
        _ => value,
    }
}

async fn built(answer: &Value) -> String {
    let widget = Widget::with(MemoryBackend::default().then(outcome(answer)));
    widget.reaches("consent").await;
    until(|| !widget.has(PICTURE)).await;
    frame().await;
    picture(&widget)
}

#[wasm_bindgen_test]
async fn the_card_of_a_server_becomes_the_widget_s_without_a_call() {
    for card in [consent(), cards::full(), cards::widening()] {
        let answer = new_answer(card);
        let html = rendered(&answer, Messages::default());
        for html in [html.clone(), as_form(&html)] {
            let answer = new_answer(answer.clone());
            let page = Page::of(&html, &answer);
            page.shows_card().await;
            until(|| !page.widget.has(PICTURE)).await;
            assert!(page.is_kept(), "{}", page.widget.html());
            assert!(page.backend.calls().is_empty());
            assert_eq!(page.widget.all("[role=status]").len(), 2, "of the widget, and of the card");
            let got = picture(&page.widget);
            drop(page);
            assert_eq!(got, built(&answer).await);
        }
    }
}

#[wasm_bindgen_test]
async fn what_the_user_did_meanwhile_stays() {
    let answer = new_answer(cards::full());
    let page = Page::of(&as_form(&rendered(&answer, Messages::default())), &answer);
    let widget = &page.widget;
    // To write to the user, and to be remembered.
    let (mail, last) = (page.field(0), widget.all("input[type=checkbox]").len() - 1);
    mail.set_checked(false);
    page.field(last).set_checked(true);
    mail.focus().unwrap();
    let fold = widget.element("details");
    fold.set_attribute("open", "").unwrap();
    page.shows_card().await;
    assert!(page.is_kept());
    assert!(!mail.checked() && page.field(last).checked());
    assert!(is_focused(&mail));
    assert!(fold.has_attribute("open"));
    // The boxes follow the machine from now on: what was set without it is set back.
    mail.set_checked(true);
    happens(&web_sys::window().unwrap(), "focus");
    assert!(!mail.checked());
}

#[wasm_bindgen_test]
async fn the_heading_takes_no_focus_that_would_scroll() {
    let answer = new_answer(consent());
    let page = Page::of(&rendered(&answer, Messages::default()), &answer);
    page.shows_card().await;
    frame().await;
    frame().await;
    assert!(!is_focused(&page.widget.element("h1")));
}

#[wasm_bindgen_test]
async fn a_card_that_says_something_else_is_built_anew() {
    let answer = new_answer(consent());
    let wrong: [fn(&mut Value); 5] = [
        |it| it["client"]["name"] = "Other Printer".into(),
        |it| it["scopes"][1]["title"] = "See your albums".into(),
        |it| it["redirect_uri"] = "https://other.example/cb".into(),
        |it| it["remember"] = "never".into(),
        |it| it["client"]["policy_uri"] = "https://printer.example/privacy".into(),
    ];
    let expected = built(&answer).await;
    for change in wrong {
        let mut other = answer.clone();
        change(&mut other);
        let html = rendered(&other, Messages::default());
        let page = Page::of(&html, &new_answer(answer.clone()));
        page.field(0).set_checked(false);
        page.shows_card().await;
        assert_eq!(picture(&page.widget), expected, "of the user's ticks there too none is left");
        assert!(page.backend.calls().is_empty());
    }
}

#[wasm_bindgen_test]
async fn a_card_of_other_elements_is_built_anew() {
    let answer = new_answer(consent());
    let html = rendered(&answer, Messages::default());
    let expected = built(&answer).await;
    for (part, other) in [
        ("<h1 ", "<h2 "),
        ("<ul ", "<p>More</p><ul "),
        ("<ul ", "<!-- more --><ul "),
        ("</ul>", "</ul>more"),
        ("</ul>", "</ul><form><input name=tagName><input name=nextSibling></form>"),
        ("<h1 ", "<svg><h1></h1></svg><h1 "),
        ("<input ", "<textarea></textarea><input "),
        (" checked", ""),
        ("See your photos", "See your <b>photos</b>"),
        ("See your photos", ""),
    ] {
        assert!(html.contains(part), "{part}");
        let page = Page::of(&html.replacen(part, other, 1), &new_answer(answer.clone()));
        page.shows_card().await;
        assert_eq!(picture(&page.widget), expected, "{other}");
    }
    let empty = "<div class=countersign><div class=countersign-card></div></div>";
    let page = Page::of(empty, &new_answer(answer));
    page.shows_card().await;
    assert_eq!(page.widget.texts("[part=actions] > button"), ["Deny", "Allow"]);
}

#[wasm_bindgen_test]
async fn attributes_that_differ_become_the_card_s_own() {
    let answer = new_answer(consent());
    let html = rendered(&answer, Messages::default());
    let html = html.replace("<ul ", "<ul hidden title=x onclick=\"alert(1)\" ");
    let html = html.replace("<h1 class=\"countersign-title\"", "<h1 class=\"small\"");
    let page = Page::of(&html, &answer);
    page.shows_card().await;
    assert!(page.is_kept());
    let got = picture(&page.widget);
    drop(page);
    assert_eq!(got, built(&answer).await);
}

#[wasm_bindgen_test]
async fn an_answer_about_another_request_is_not_taken() {
    let at = format!("/?{QUERY}");
    let other: [(&str, fn(&mut Value)); 4] = [
        (&at, |it| it["client"]["client_id"] = "other".into()),
        (&at, |it| it["expires_at"] = 1.into()),
        ("/?transaction=T2", |_| ()),
        ("/?transaction=T2", |it| *it = login_answer("no_session", 1)),
    ];
    for (address, change) in other {
        let mut answer = new_answer(consent());
        let html = rendered(&answer, Messages::default());
        change(&mut answer);
        let page = Page::at(address, &html, &answer.to_string(), |_| ());
        page.shows_card().await;
        assert!(page.asks_anew(), "{address}: {}", page.widget.text("h1"));
    }
}

#[wasm_bindgen_test]
async fn an_answer_is_taken_once_in_the_life_of_a_page() {
    let answer = new_answer(consent());
    let html = rendered(&answer, Messages::default());
    let page = Page::at("/?transaction=T1", &html, &answer.to_string(), |_| ());
    page.shows_card().await;
    assert!(page.backend.calls().is_empty());
    // Back from the cache of the browser.
    show_page(true);
    until(|| page.asks_anew()).await;
    let again = Page::at("/?transaction=T1", &html, &answer.to_string(), |_| ());
    again.shows_card().await;
    let calls = again.backend.calls();
    let [Call::Start(start)] = calls.as_slice() else {
        panic!("{calls:?}");
    };
    assert!(matches!(&start.request, RequestRef::Transaction(it) if it.secret() == "T1"));
}

#[wasm_bindgen_test]
async fn an_answer_that_cannot_be_read_fails_like_one_of_the_network() {
    let html = rendered(&consent(), Messages::default());
    let large = format!("{{\"outcome\":\"consent\",\"x\":\"{}\"}}", "x".repeat(600_000));
    for (answer, code) in [
        ("<!doctype html>", "answer_malformed"),
        ("{\"outcome\":\"consent\"}", "answer_malformed"),
        (large.as_str(), "answer_too_large"),
    ] {
        let page = Page::with(&html, answer, |_| ());
        page.widget.reaches("failed").await;
        assert_eq!(page.errors.borrow()[0].code, code);
        assert!(page.backend.calls().is_empty());
        assert_eq!(page.widget.texts("[part=actions] > button"), ["Try again"]);
    }
}

#[wasm_bindgen_test]
async fn the_card_stays_until_the_texts_of_its_language_are_there() {
    let answer = new_answer(consent());
    let html = rendered(&answer, messages("de"));
    let (come, files) = late();
    let page = Page::with(&html, &answer.to_string(), |options| {
        options.translations = Some(files);
        options.locale = Some("de".into());
    });
    let before = page.widget.html();
    page.shows_card().await;
    assert_eq!(page.widget.html(), before, "no outline comes in between");
    page.field(0).set_checked(false);
    lets_come(&come, "de");
    until(|| page.widget.has("[data-unseen], .countersign-decision[data-fixed]")).await;
    frame().await;
    assert!(page.is_kept());
    assert_eq!(speaks(&page.widget), "de");
    assert!(!page.field(0).checked());
}

#[wasm_bindgen_test]
async fn a_form_around_the_card_sends_nothing_any_more() {
    let answer = new_answer(consent());
    let page = Page::of(&as_form(&rendered(&answer, Messages::default())), &answer);
    page.shows_card().await;
    let sends = || {
        let init = web_sys::EventInit::new();
        init.set_cancelable(true);
        let event = Event::new_with_event_init_dict("submit", &init).unwrap();
        page.widget.element("form").dispatch_event(&event).unwrap()
    };
    assert!(!sends());
    assert!(!page.widget.has("button:not([type=button]), button[name], button[value]"));
    // Nor when another screen has taken the place of the card.
    show_page(true);
    until(|| page.asks_anew()).await;
    assert!(!sends());
}

#[wasm_bindgen_test]
async fn a_decision_counts_a_moment_after_the_card_was_taken_over() {
    let timers = HeldTimers::new();
    let answer = new_answer(consent());
    let html = rendered(&answer, Messages::default()).replace("data-unready", "data-ready");
    let page = Page::of(&html, &answer);
    timers.run_out();
    page.shows_card().await;
    let allow = page.widget.element("[part~=allow]");
    assert!(allow.has_attribute("data-unready") && allow.has_attribute("aria-disabled"));
    timers.restore();
}

#[wasm_bindgen_test]
async fn a_widget_that_goes_before_it_has_a_card_leaves_nothing_behind() {
    let answer = new_answer(consent());
    let html = rendered(&answer, Messages::default());
    let mut page = Page::of(&html, &answer);
    page.widget.unmount();
    frame().await;
    assert!(page.events.borrow().is_empty());
    assert!(!page.widget.has(".countersign"));
}

#[wasm_bindgen_test]
async fn without_a_card_on_the_page_the_answer_is_taken_all_the_same() {
    let answer = new_answer(consent());
    let backend = MemoryBackend::default();
    let mut options = options(backend.clone());
    options.answer = Some(Answer::new(answer.to_string()));
    let widget = Widget::of(options);
    widget.reaches("consent").await;
    assert!(backend.calls().is_empty());
    let body: HtmlElement = document().body().unwrap();
    assert!(body.contains(Some(&widget.element("h1"))));
}
