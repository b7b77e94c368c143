//! Theme, layout, logo, tokens and slots in a browser.

use std::{any::Any, cell::Cell, rc::Rc};

use countersign::flow::Gesture;
use countersign_web::{Appearance, Layout, Slot, Theme, Tokens};
use wasm_bindgen::throw_str;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use countersign::backend::memory::MemoryBackend;

use crate::{
    harness::{Harness, messages},
    page::{Widget, document, frame},
    testing::{play::Play, *},
    widget::options,
};

/// Inserts an element, and returns a guard that is dropped with the widget.
fn slot(name: &'static str, guard: impl Any) -> Slot {
    Box::new(move |root, before| {
        let element = document().create_element(name).unwrap();
        root.insert_before(&element, before).unwrap();
        Box::new(guard)
    })
}

fn asked() -> Play {
    Play::authorize().answer(&consent())
}

#[wasm_bindgen_test]
async fn theme_layout_logo_and_tokens_are_on_the_widget_and_stay() {
    let harness = Harness::with(&asked(), || {
        let mut appearance = Appearance::default();
        appearance.theme = Theme::Dark;
        appearance.layout = Layout::Compact;
        appearance.logo = Some("/harbor.svg".into());
        appearance.tokens = Some(Tokens::new([("--countersign-accent", "rgb(1, 2, 3)")]));
        appearance
    });
    let widget = &harness.widget;
    let look = || {
        let root = |name| widget.attribute(".countersign", name).unwrap_or_default();
        let style: HtmlElement = widget.find(".countersign");
        let accent = style.style().get_property_value("--countersign-accent");
        let logo = widget.attribute("img[part=host-mark]", "src").unwrap();
        let part = root("part");
        [root("data-theme"), root("data-layout"), accent.unwrap(), logo, part]
    };
    let dark = ["dark", "compact", "rgb(1, 2, 3)", "/harbor.svg", "root"];
    assert_eq!(look(), dark);
    let question = Play::logout().answer_logout(&confirmation());
    harness.show(&question).await;
    assert_eq!(look(), dark);
    harness.set_messages(&question, &messages("de")).await;
    assert_eq!(look(), dark);
}

#[wasm_bindgen_test]
async fn without_an_appearance_the_widget_has_none() {
    let harness = Harness::of(&asked());
    for name in ["data-theme", "data-layout", "style"] {
        assert_eq!(harness.widget.attribute(".countersign", name), None);
    }
    assert!(harness.widget.has("span[part=host-mark][aria-hidden]"));
}

#[wasm_bindgen_test]
async fn what_a_host_puts_around_the_card_stands_there_and_lives_on() {
    let play = asked();
    let guard = Rc::new(());
    let held = Rc::clone(&guard);
    let harness = Harness::with(&play, || {
        let mut appearance = Appearance::default();
        appearance.header = Some(slot("small", ()));
        appearance.footer = Some(slot("nav", held));
        appearance
    });
    let order = || -> Vec<String> {
        let all = harness.widget.all(".countersign > *");
        all.iter().map(|it| it.tag_name()).collect()
    };
    assert_eq!(order(), ["P", "DIV"], "the card comes first");
    frame().await;
    assert_eq!(order(), ["P", "SMALL", "DIV", "NAV"]);
    let footer = harness.widget.element("nav");
    harness.show(&play.user(Gesture::RememberToggled)).await;
    harness.show(&Play::logout()).await;
    assert_eq!(order(), ["P", "SMALL", "DIV", "NAV"]);
    assert!(harness.widget.element("nav").is_same_node(Some(&footer)));
    assert_eq!(Rc::strong_count(&guard), 2);
    drop(harness);
    assert_eq!(Rc::strong_count(&guard), 1, "what a slot returned goes, too");
}

#[wasm_bindgen_test]
async fn a_slot_that_throws_leaves_the_card_and_the_other_slot() {
    let play = asked();
    let harness = Harness::with(&play, || {
        let mut appearance = Appearance::default();
        appearance.header = Some(Box::new(|_, _| throw_str("refused by the page's policy")));
        appearance.footer = Some(slot("nav", ()));
        appearance
    });
    frame().await;
    assert!(harness.widget.has("nav"));
    assert!(harness.widget.has("h1"));
    harness.show(&Play::logout()).await;
    assert!(harness.widget.has(".countersign[data-state=starting]"), "it still follows");
}

#[wasm_bindgen_test]
async fn a_widget_that_goes_before_its_slots_are_there_never_makes_them() {
    let made = Rc::new(Cell::new(false));
    let makes = Rc::clone(&made);
    drop(Harness::with(&asked(), || {
        let mut appearance = Appearance::default();
        appearance.header = Some(Box::new(move |_, _| {
            makes.set(true);
            Box::new(())
        }));
        appearance
    }));
    frame().await;
    assert!(!made.get());
}

#[wasm_bindgen_test]
async fn a_request_for_a_popup_is_compact_unless_the_host_says_what_it_is() {
    let layout = |query: &'static str, layout: Option<Layout>| {
        let mut options = options(MemoryBackend::default());
        options.appearance.layout = layout.unwrap_or_default();
        let widget = Widget::at(query, options);
        widget.attribute(".countersign", "data-layout")
    };
    let compact = Some("compact".to_owned());
    assert_eq!(layout("/?client_id=a&display=popup", None), compact);
    assert_eq!(layout("/?client_id=a&display=page", None), None);
    // Twice is none.
    let twice = "/?client_id=a&display=popup&display=popup";
    assert_eq!(layout(twice, None), None);
    assert_eq!(layout("/?client_id=a&display=popup", Some(Layout::Regular)), None);
}
