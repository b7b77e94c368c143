//! A host that starts a new widget on the element of an old one.

use countersign::backend::memory::{Answer, MemoryBackend};
use countersign_web::{Theme, Tokens, attach};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    page::{Widget, document, frame},
    script::{WatchedErrors, presses, show_page},
    testing::*,
    widget::options,
};

fn backend(client: &str) -> MemoryBackend {
    let answer = consent_with(|it| it["client"]["name"] = client.into());
    MemoryBackend::default().then(outcome(&answer)).then(Answer::Never)
}

#[wasm_bindgen_test]
async fn the_new_one_takes_over_and_nothing_of_the_old_one_is_left() {
    let errors = WatchedErrors::new();
    let (one, other) = (backend("Photo Printer"), backend("Trip Planner"));
    let root = document().create_element("div").unwrap();
    let mut first = options(one.clone());
    first.appearance.theme = Theme::Dark;
    first.appearance.tokens = Some(Tokens::new([("--countersign-accent", "rgb(1, 2, 3)")]));
    let mut old = None;
    let widget = Widget::mount(&format!("/?{QUERY}"), |host| {
        host.append_child(&root).unwrap();
        old = Some(attach(root.clone(), None, first));
    });
    widget.reaches("consent").await;
    assert_eq!(widget.attribute(".countersign", "data-theme").as_deref(), Some("dark"));
    let new = attach(root, None, options(other.clone()));
    drop(old);
    frame().await;
    widget.reaches("consent").await;
    assert_eq!(widget.all(".countersign").len(), 1);
    assert!(widget.text("h1").starts_with("Trip Planner"));

    let button = widget.element("[part~=deny]");
    assert!(presses(&button, "Enter", false) && !presses(&button, "Enter", true));
    show_page(true);
    frame().await;
    assert_eq!((one.calls().len(), other.calls().len()), (1, 2));
    assert_eq!(errors.told().length(), 0, "{:?}", errors.told());
    errors.restore();

    assert_eq!(widget.attribute(".countersign", "data-theme"), None);
    let root: HtmlElement = widget.find(".countersign");
    assert_eq!(root.style().length(), 0);
    drop(new);
}
