//! The language of the page.

use countersign::{
    backend::memory::{Answer, MemoryBackend},
    flow::{Effect, Event, Gesture, Languages, PageInfo, Step, open, step},
    messages::{ENGLISH, LANGUAGES, language},
    protocol::{Flow, RawQuery},
    view::Body,
};

use crate::testing::{
    driver::{Driver, answering},
    fixtures::*,
    vectors,
};

fn languages(host: Option<&str>, browser: &[&str]) -> Languages {
    Languages {
        host: host.map(str::to_owned),
        browser: browser.iter().map(ToString::to_string).collect(),
    }
}

fn asking(query: &str, languages: Languages) -> PageInfo {
    let mut page = page();
    page.query = RawQuery::new(query);
    page.language = languages.choose(&page.query);
    page
}

fn loaded(page: PageInfo) -> Vec<&'static str> {
    let effects = open(page).effects.into_iter();
    effects
        .filter_map(|effect| match effect {
            Effect::LoadMessages(language) => Some(language),
            _ => None,
        })
        .collect()
}

#[test]
fn the_request_s_language_precedes_the_host_s_and_the_browser_s() {
    let chosen = |query: &str, host, browser: &[&str]| {
        loaded(asking(&format!("client_id=a&{query}"), languages(host, browser)))
    };
    assert_eq!(chosen("ui_locales=fr+de", Some("ja"), &["ar"]), ["fr"]);
    assert_eq!(chosen("", Some("ja"), &["ar"]), ["ja"]);
    assert_eq!(chosen("", None, &["ar", "de"]), ["ar"]);
    assert_eq!(chosen("", None, &[]), [""; 0]);
    // Unavailable languages are skipped.
    assert_eq!(chosen("ui_locales=tlh+x", Some("sux"), &["tlh", "pt-PT"]), ["pt-BR"]);
    assert_eq!(chosen("ui_locales=tlh+de-AT", None, &[]), ["de"]);
    // A parameter that repeats has no value.
    assert_eq!(chosen("ui_locales=fr&ui_locales=de", Some("ja"), &[]), ["ja"]);
}

#[test]
fn english_is_never_loaded() {
    for (query, host, browser) in [
        ("client_id=a&ui_locales=en-GB+de", Some("de"), &["fr"] as &[&str]),
        ("client_id=a", Some("en"), &["de"]),
        ("client_id=a", None, &["en-US", "de"]),
        ("client_id=a", Some("tlh"), &["x-private"]),
    ] {
        let page = asking(query, languages(host, browser));
        assert_eq!(loaded(page.clone()), [""; 0], "{query}");
        let Step { machine, .. } = open(page);
        let after = step(machine.clone(), Event::MessagesSettled);
        assert_eq!((after.machine, after.effects.len()), (machine, 0));
    }
}

#[test]
fn no_language_is_loaded_if_the_host_provides_texts_or_nothing_is_shown() {
    let page = asking("client_id=a&ui_locales=de", languages(None, &[]));
    let none = {
        let mut page = page.clone();
        page.language = None;
        page
    };
    let framed = {
        let mut page = page;
        page.framed = true;
        page
    };
    assert_eq!(loaded(none), [""; 0]);
    assert_eq!(loaded(framed.clone()), [""; 0]);
    assert!(open(framed).effects.is_empty());
}

#[test]
fn every_flow_loads_its_language() {
    let page = || asking("", languages(Some("de"), &[]));
    let entries = [
        (Flow::Authorize, RawQuery::new("client_id=a")),
        (Flow::Authorize, RawQuery::new("client_id=a&client_id=b")),
        (Flow::Authorize, RawQuery::new("transaction=T1")),
        (Flow::Logout, RawQuery::new("state=s")),
        (Flow::Auto, RawQuery::new("client_id=a")),
    ];
    for entry in entries {
        let page = {
            let mut page = page();
            (page.flow, page.query) = entry;
            page
        };
        assert_eq!(loaded(page.clone()), ["de"]);
        let effects = open(page).effects;
        let place = |which: fn(&Effect) -> bool| effects.iter().position(which);
        let asks = place(|it| matches!(it, Effect::Start { .. } | Effect::LogoutStart { .. }));
        let loads = place(|it| matches!(it, Effect::LoadMessages(_)));
        assert!(asks.is_none() || asks < loads, "the backend is asked first");
    }
    let by_transaction = asking("transaction=T1&ui_locales=he", languages(None, &[]));
    assert_eq!(loaded(by_transaction), ["he"]);
}

#[test]
fn no_text_is_shown_until_the_translation_loads() {
    let page = asking(QUERY, languages(Some("de"), &[]));
    let mut driver = Driver::open(page, answering([Ok(outcome(&consent()))]));
    let view = driver.view();
    assert_eq!((view.state, &view.screen.body), ("starting", &Body::Outline));
    assert_eq!(view.live.status.plain(), "", "not in English either");
    assert_eq!(driver.languages, ["de"]);
    let scene = driver.machine.screen_id();
    driver.send(Event::MessagesSettled);
    assert_eq!(driver.view().state, "consent");
    assert_ne!(driver.machine.screen_id(), scene);
    let machine = driver.machine.clone();
    driver.send(Event::MessagesSettled);
    assert_eq!(driver.machine, machine, "once is enough");
}

#[test]
fn texts_that_load_before_the_response_leave_the_outline() {
    let page = asking(QUERY, languages(None, &["fr-CA"]));
    let backend = MemoryBackend::default().then(Answer::Never);
    let mut driver = Driver::open(page, backend);
    driver.send(Event::MessagesSettled);
    assert_eq!(driver.view().screen.body, Body::Outline);
    assert_ne!(driver.view().live.status.plain(), "");
    let attempt = driver.machine.attempt();
    driver.send(Event::AuthorizeResponse(attempt, Ok(outcome(&consent()))));
    assert_eq!(driver.view().state, "consent");
}

#[test]
fn an_error_waits_for_the_translation_and_ignores_gestures() {
    let page = asking("client_id=a&client_id=b", languages(Some("de"), &[]));
    let mut driver = Driver::open(page, MemoryBackend::default());
    assert_eq!(driver.view().state, "starting");
    driver.send(Event::MessagesSettled);
    assert_eq!(driver.view().state, "invalid");

    let page = asking(QUERY, languages(Some("de"), &[]));
    let mut driver = Driver::open(page, answering([Err(unreachable())]));
    driver.user(Gesture::Retry);
    assert_eq!(driver.calls().len(), 1, "the button is not there yet");
    driver.send(Event::MessagesSettled);
    driver.user(Gesture::Retry);
    assert_eq!(driver.calls().len(), 2);
}

#[test]
fn a_redirect_does_not_wait_for_the_translation() {
    let page = asking(QUERY, languages(Some("de"), &[]));
    let driver = Driver::open(page, answering([Ok(redirect("https://printer.example/"))]));
    assert_eq!(driver.navigations, ["https://printer.example/"]);
}

#[test]
fn a_language_tag_gets_the_nearest_language() {
    for tag in LANGUAGES {
        assert_eq!(language(tag), Some(*tag));
        assert_eq!(language(&tag.to_uppercase()), Some(*tag));
        assert_eq!(language(&format!("{tag}-x-private")), Some(*tag));
    }
    for (wish, expected) in [
        ("de_DE", Some("de")),
        ("de-Latn-CH-1996", Some("de")),
        ("pt-PT", Some("pt-BR")),
        ("iw", Some("he")),
        ("zh", Some("zh-Hans")),
        ("zh-SG", Some("zh-Hans")),
        ("zh-HK", Some("zh-Hant")),
        ("zh-Hant-CN", Some("zh-Hant")),
        ("zh-Hans-TW", Some("zh-Hans")),
        ("e", None),
        ("d", None),
        ("den", None),
        ("p", None),
        ("", None),
        ("-", None),
        ("-de", None),
        ("*", None),
        ("ünïcode", None),
    ] {
        assert_eq!(language(wish), expected, "{wish}");
    }
    assert_eq!(language("en-AU"), Some(ENGLISH));
}

#[test]
fn every_vector_has_the_expected_language() {
    for vector in vectors(include_str!("../../vectors/languages.json")) {
        let tag = vector["tag"].as_str().unwrap();
        assert_eq!(language(tag), vector["language"].as_str(), "{tag}");
    }
}
