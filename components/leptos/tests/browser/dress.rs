//! How the widget looks in a browser, and what a host puts around the card.

use countersign::flow::Gesture;
use countersign_leptos::{IdentityProviderProps, Layout, Theme, Tokens, view::Appearance};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use countersign::backend::memory::MemoryBackend;

use crate::{
    harness::{Board, messages},
    page::{Widget, frame, provider, shared},
    support::{play::Play, *},
};

fn asked() -> Play {
    Play::authorize().answer(&consent())
}

#[wasm_bindgen_test]
async fn theme_layout_logo_and_tokens_are_on_the_widget_and_stay() {
    let board = Board::with(&asked(), || Appearance {
        theme: Theme::Dark,
        layout: Layout::Compact,
        logo: Some("/harbor.svg".into()),
        tokens: Some(Tokens::new([("--countersign-accent", "rgb(1, 2, 3)")])),
        ..Appearance::default()
    });
    let widget = &board.widget;
    let look = || {
        let root = |name| widget.attribute(".countersign", name).unwrap_or_default();
        let style: HtmlElement = widget.find(".countersign");
        let accent = style.style().get_property_value("--countersign-accent");
        let logo = widget.attribute("img[part=host-mark]", "src").unwrap();
        let part = root("part");
        [
            root("data-theme"),
            root("data-layout"),
            accent.unwrap(),
            logo,
            part,
        ]
    };
    let dark = ["dark", "compact", "rgb(1, 2, 3)", "/harbor.svg", "root"];
    assert_eq!(look(), dark);
    let question = Play::logout().answer_logout(&confirmation());
    board.show(&question).await;
    assert_eq!(look(), dark);
    board.say(&question, &messages("de")).await;
    assert_eq!(look(), dark);
}

#[wasm_bindgen_test]
async fn without_a_dress_the_widget_has_none() {
    let board = Board::of(&asked());
    for name in ["data-theme", "data-layout", "style"] {
        assert_eq!(board.widget.attribute(".countersign", name), None);
    }
    assert!(board.widget.has("span[part=host-mark][aria-hidden]"));
}

#[wasm_bindgen_test]
async fn what_a_host_puts_around_the_card_stands_there_and_lives_on() {
    let visits = RwSignal::new(1);
    let play = asked();
    let board = Board::with(&play, move || Appearance {
        header: Some(leptos::html::small().child(move || visits.get()).into_any()),
        footer: Some(leptos::html::nav().child("Help").into_any()),
        ..Appearance::default()
    });
    let order = || -> Vec<String> {
        let all = board.widget.all(".countersign > *");
        all.iter().map(|it| it.tag_name()).collect()
    };
    assert_eq!(order(), ["P", "SMALL", "DIV", "NAV"]);
    let (header, footer) = (board.widget.element("small"), board.widget.element("nav"));
    board.show(&play.user(Gesture::RememberToggled)).await;
    board.show(&Play::logout()).await;
    assert_eq!(order(), ["P", "SMALL", "DIV", "NAV"]);
    assert!(board.widget.element("nav").is_same_node(Some(&footer)));
    visits.set(2);
    frame().await;
    assert_eq!(header.text_content().as_deref(), Some("2"));
}

#[wasm_bindgen_test]
async fn a_request_for_a_popup_is_compact_unless_the_host_says_what_it_is() {
    let layout = |query: &'static str, layout: Option<Layout>| {
        let widget = Widget::at(query, move || {
            let props = IdentityProviderProps::builder();
            let props = props.backend(shared(&MemoryBackend::default()));
            provider(props.layout(layout.unwrap_or_default()).build())
        });
        widget.attribute(".countersign", "data-layout")
    };
    let compact = Some("compact".to_owned());
    assert_eq!(layout("/?client_id=a&display=popup", None), compact);
    assert_eq!(layout("/?client_id=a&display=page", None), None);
    // Twice is none.
    let twice = "/?client_id=a&display=popup&display=popup";
    assert_eq!(layout(twice, None), None);
    assert_eq!(
        layout("/?client_id=a&display=popup", Some(Layout::Regular)),
        None
    );
}
