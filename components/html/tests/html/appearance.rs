//! Theme, layout and logo.

use countersign::messages::Messages;
use countersign_html::{Layout, Theme};

use crate::{
    page::{Page, page, rendered, text},
    screens,
};

fn asked(theme: Theme, layout: Layout) -> Page {
    let view = screens::asked().view();
    rendered(view, Messages::default(), theme, layout, None)
}

#[test]
fn the_theme_is_the_host_s_choice_or_the_system_s() {
    for (theme, name) in
        [(Theme::System, None), (Theme::Light, Some("light")), (Theme::Dark, Some("dark"))]
    {
        let page = asked(theme, Layout::Auto);
        assert_eq!(page.one(".countersign").attr("data-theme"), name);
    }
}

#[test]
fn the_layout_is_compact_where_the_host_wants_it() {
    for (layout, name) in
        [(Layout::Auto, None), (Layout::Regular, None), (Layout::Compact, Some("compact"))]
    {
        let page = asked(Theme::System, layout);
        assert_eq!(page.one(".countersign").attr("data-layout"), name);
    }
}

#[test]
fn the_host_s_logo_takes_the_place_of_the_initial_on_the_card_and_on_the_question() {
    for view in [screens::asked().view(), screens::confirming().view()] {
        let page = rendered(
            view.clone(),
            Messages::default(),
            Theme::System,
            Layout::Auto,
            Some("/harbor.svg?a&b"),
        );
        let mark = page.one("[part=parties] > [part=host-mark], div > [part=host-mark]");
        assert_eq!(mark.value().name(), "img");
        assert_eq!(mark.attr("src"), Some("/harbor.svg?a&b"));
        assert_eq!(mark.attr("alt"), Some(""));
        let without = self::page(view);
        let mark = without.one("[part=host-mark]");
        assert_eq!(mark.value().name(), "span");
        assert_eq!(mark.attr("class"), Some("countersign-mark countersign-host"));
        assert_eq!(mark.attr("aria-hidden"), Some("true"));
        assert_eq!(text(mark), "i");
        assert_eq!(without.one(".countersign").child_elements().count(), 2);
    }
}
