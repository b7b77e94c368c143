//! Several widgets on a page.

use std::{collections::HashSet, rc::Rc};

use countersign::{
    Realm,
    backend::memory::{Answer, MemoryBackend},
};
use countersign_web::Options;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    page::{Widget, frame, until},
    script::show_page,
    testing::*,
};

fn backend(client: &str) -> MemoryBackend {
    let mut answer = cards::members(&["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
    answer["client"]["name"] = client.into();
    MemoryBackend::default().then(outcome(&answer)).then(Answer::Never)
}

/// A member's widget, as soon as it shows its card.
async fn asking(backend: &MemoryBackend) -> Widget {
    let backend = backend.clone();
    let widget = Widget::of(Options::new(Realm::B2b, || Rc::new(backend)));
    widget.reaches("consent").await;
    widget
}

#[wasm_bindgen_test]
async fn each_shows_its_own_card_and_opens_its_own_choice() {
    let (one, other) = (backend("Photo Printer"), backend("Trip Planner"));
    let first = asking(&one).await;
    let second = asking(&other).await;
    assert!(first.text("h1").starts_with("Photo Printer"));
    assert!(second.text("h1").starts_with("Trip Planner"));

    let ids: Vec<String> = [&first, &second]
        .iter()
        .flat_map(|widget| widget.all("[id]"))
        .map(|element| element.id())
        .collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());

    second.find::<HtmlElement>("button[aria-controls]").click();
    frame().await;
    assert!(first.has("[part=picker][hidden]"));
    assert!(!second.has("[part=picker][hidden]"));
}

#[wasm_bindgen_test]
async fn one_goes_and_the_other_works_on() {
    let (one, other) = (backend("Photo Printer"), backend("Trip Planner"));
    let mut first = asking(&one).await;
    let second = asking(&other).await;
    first.unmount();
    second.find::<HtmlElement>("button[aria-controls]").click();
    assert!(!second.has("[part=picker][hidden]"));
    until(|| second.attribute("[part~=allow]", "aria-disabled").is_none()).await;
    show_page(true);
    second.reaches("starting").await;
    assert_eq!((one.calls().len(), other.calls().len()), (1, 2));
}
