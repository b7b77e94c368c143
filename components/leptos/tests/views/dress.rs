//! How the widget looks, and what a host puts around the card.

use countersign_leptos::{Layout, Theme, view::Appearance};
use leptos::{either::Either, prelude::*};

use crate::{
    page::{Page, dressed, page, text},
    screens,
};

fn asked(dress: impl FnOnce() -> Appearance) -> Page {
    dressed(screens::asked().view(), dress)
}

#[test]
fn the_theme_is_the_host_s_choice_or_the_system_s() {
    for (theme, name) in [
        (Theme::System, None),
        (Theme::Light, Some("light")),
        (Theme::Dark, Some("dark")),
    ] {
        let page = asked(|| Appearance {
            theme,
            ..Appearance::default()
        });
        assert_eq!(page.one(".countersign").attr("data-theme"), name);
    }
}

#[test]
fn the_layout_is_compact_where_the_host_wants_it() {
    for (layout, name) in [
        (Layout::Auto, None),
        (Layout::Regular, None),
        (Layout::Compact, Some("compact")),
    ] {
        let page = asked(|| Appearance {
            layout,
            ..Appearance::default()
        });
        assert_eq!(page.one(".countersign").attr("data-layout"), name);
    }
}

#[test]
fn the_host_s_logo_takes_the_place_of_the_keyhole_on_the_card_and_on_the_question() {
    let logo = || Appearance {
        logo: Some("/harbor.svg?a&b".into()),
        ..Appearance::default()
    };
    for view in [screens::asked().view(), screens::confirming().view()] {
        let page = dressed(view.clone(), logo);
        let mark = page.one("[part=parties] > [part=host-mark], div > [part=host-mark]");
        assert_eq!(mark.value().name(), "img");
        assert_eq!(mark.attr("src"), Some("/harbor.svg?a&b"));
        assert_eq!(mark.attr("alt"), Some(""));
        let without = self::page(view);
        let mark = without.one("[part=host-mark]");
        assert_eq!(mark.value().name(), "span");
        assert_eq!(
            mark.attr("class"),
            Some("countersign-mark countersign-host")
        );
    }
}

/// A view of a host's own, without the macro that widgets do without.
fn own(words: &'static str) -> Option<AnyView> {
    Some(Either::<_, ()>::Left(leptos::html::small().child(words)).into_any())
}

#[test]
fn what_a_host_puts_around_the_card_stands_above_and_below_it() {
    let page = asked(|| Appearance {
        header: own("Harbor Bank"),
        footer: own("Help"),
        ..Appearance::default()
    });
    let root = page.one(".countersign");
    let around: Vec<String> = root
        .child_elements()
        .map(|it| it.attr("part").map_or_else(|| text(it), str::to_owned))
        .collect();
    assert_eq!(around, ["", "Harbor Bank", "card", "Help"]);
    let page = self::page(screens::asked().view());
    assert_eq!(page.one(".countersign").child_elements().count(), 2);
}
