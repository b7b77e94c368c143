//! A host that makes its widget again in the same place.

use countersign::backend::memory::{Answer, MemoryBackend};
use countersign_leptos::{IdentityProviderProps, Theme, Tokens};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    component::{provider, shared},
    page::{Widget, frame},
    testing::*,
};

fn backend(client: &str) -> MemoryBackend {
    let answer = consent_with(|it| it["client"]["name"] = client.into());
    MemoryBackend::default().then(outcome(&answer)).then(Answer::Never)
}

#[wasm_bindgen_test]
async fn the_new_one_takes_over_and_nothing_of_the_old_one_is_left() {
    let (one, other) = (backend("Photo Printer"), backend("Trip Planner"));
    let again = RwSignal::new(false);
    let backends = [shared(&one), shared(&other)];
    let widget = Widget::view(move || {
        let backends = StoredValue::new_local(backends);
        let made = move || {
            let [one, other] = backends.get_value();
            let props = IdentityProviderProps::builder();
            if again.get() {
                return provider(props.backend(other).build());
            }
            let tokens = Tokens::new([("--countersign-accent", "rgb(1, 2, 3)")]);
            provider(props.backend(one).theme(Theme::Dark).tokens(tokens).build())
        };
        made.into_any()
    });
    widget.reaches("consent").await;
    again.set(true);
    frame().await;
    widget.reaches("consent").await;
    assert_eq!(widget.all(".countersign").len(), 1);
    assert!(widget.text("h1").starts_with("Trip Planner"));

    assert_eq!((one.calls().len(), other.calls().len()), (1, 1));
    assert_eq!(widget.attribute(".countersign", "data-theme"), None);
    let root: HtmlElement = widget.find(".countersign");
    assert_eq!(root.style().length(), 0);
}
