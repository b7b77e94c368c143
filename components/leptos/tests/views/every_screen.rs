//! What holds on every screen.

use std::collections::HashSet;

use countersign::{
    flow::{Body, View},
    messages::Text,
};
use scraper::ElementRef;

use crate::{
    page::{Page, named_by, page, text, themed},
    screens,
};

/// Looks at every screen.
fn every(look: impl Fn(&Page, &View, &str)) {
    for (name, view) in screens::all() {
        look(&page(view.clone()), &view, name);
    }
}

fn attributes(page: &Page) -> impl Iterator<Item = (&str, &str)> {
    page.all("*")
        .into_iter()
        .flat_map(|element| element.value().attrs())
}

#[test]
fn a_screen_has_one_heading_that_can_take_the_focus() {
    every(|page, view, name| {
        let headings = page.all("h1");
        match &view.screen.heading {
            None => assert!(
                headings.is_empty() && view.screen.body == Body::Outline,
                "{name}"
            ),
            Some(words) => {
                let heading = page.one("h1");
                assert_eq!(text(heading), words.plain(), "{name}");
                assert_eq!(heading.attr("tabindex"), Some("-1"), "{name}");
            }
        }
    });
}

#[test]
fn the_live_region_is_there_from_the_start_and_says_what_goes_on() {
    every(|page, view, name| {
        let status = page.one("[role=status]");
        assert_eq!(text(status), view.live.status.plain(), "{name}");
    });
}

#[test]
fn an_alert_stands_where_something_went_wrong_and_nowhere_else() {
    every(|page, view, name| {
        let alerts: Vec<String> = view.live.alert.iter().map(Text::plain).collect();
        assert_eq!(page.texts("[role=alert]"), alerts, "{name}");
    });
}

#[test]
fn the_state_has_its_name_on_the_widget_and_an_answer_on_its_way_makes_it_busy() {
    every(|page, view, name| {
        let root = page.one(".countersign");
        assert_eq!(root.attr("data-state"), Some(view.state), "{name}");
        assert_eq!(root.attr("lang"), Some("en"), "{name}");
        let busy = page.one("[part=card]").attr("aria-busy");
        assert_eq!(busy, view.live.waiting.then_some("true"), "{name}");
    });
}

#[test]
fn what_can_be_done_are_real_buttons_in_order() {
    every(|page, view, name| {
        let labels: Vec<&str> = view
            .screen
            .actions
            .iter()
            .map(|it| it.label().english())
            .collect();
        assert_eq!(page.texts("[part=actions] > button"), labels, "{name}");
        for button in page.all("button") {
            assert_eq!(button.attr("type"), Some("button"), "{name}");
            assert!(!text(button).is_empty(), "{name}");
            // Disabled for good would take the focus away from whoever pressed it.
            assert_eq!(button.attr("disabled"), None, "{name}");
            assert!(button.attr("tabindex").is_none(), "{name}");
        }
        let pretended = page.all("[role=button], [role=checkbox], [role=link], a:not([href])");
        assert!(pretended.is_empty(), "{name}");
    });
}

#[test]
fn the_buttons_of_a_screen_look_alike() {
    every(|page, _, name| {
        let buttons = page.all("[part=actions] > button");
        let classes: HashSet<_> = buttons.iter().map(|it| it.attr("class")).collect();
        assert!(classes.len() <= 1, "{name}: {classes:?}");
    });
}

#[test]
fn buttons_wait_while_an_answer_is_on_its_way_and_the_pressed_one_shows_it() {
    every(|page, view, name| {
        for (button, action) in page
            .all("[part=actions] > button")
            .iter()
            .zip(&view.screen.actions)
        {
            let pressed = view.live.pressed == Some(*action);
            assert_eq!(
                button.attr("aria-busy"),
                pressed.then_some("true"),
                "{name}"
            );
            if view.live.waiting {
                assert_eq!(button.attr("aria-disabled"), Some("true"), "{name}");
            }
        }
        for control in page.all("input, select") {
            assert_eq!(
                control.attr("disabled").is_some(),
                view.live.waiting,
                "{name}"
            );
        }
    });
}

#[test]
fn a_retry_that_has_to_wait_says_so() {
    let waiting: Vec<_> = screens::all()
        .into_iter()
        .filter(|(_, view)| {
            page(view.clone()).all("[aria-disabled=true]").len() == 1 && !view.live.waiting
        })
        .map(|(name, _)| name)
        .collect();
    assert_eq!(waiting, ["busy for a while"]);
}

#[test]
fn every_field_has_a_label() {
    every(|page, _, name| {
        for field in page.all("input, select, textarea") {
            let label = match field.attr("id") {
                Some(id) => text(page.one(&format!("label[for='{id}']"))),
                None => field
                    .ancestors()
                    .filter_map(ElementRef::wrap)
                    .find(|it| it.value().name() == "label")
                    .map(text)
                    .unwrap(),
            };
            assert!(!label.is_empty(), "{name}");
        }
    });
}

#[test]
fn whatever_names_another_element_names_one_that_is_there() {
    every(|page, _, name| {
        for attribute in ["aria-labelledby", "aria-describedby"] {
            for element in page.all(&format!("[{attribute}]")) {
                let words = named_by(page, element, attribute);
                assert!(
                    !words.is_empty() && words.iter().all(|it| !it.is_empty()),
                    "{name}: {words:?}"
                );
            }
        }
        for label in page.all("label[for]") {
            assert_eq!(
                page.by_id(label.attr("for").unwrap()).value().name(),
                "input",
                "{name}"
            );
        }
    });
}

#[test]
fn no_two_elements_have_the_same_identifier() {
    every(|page, _, name| {
        let ids: Vec<_> = page
            .all("[id]")
            .iter()
            .filter_map(|it| it.attr("id").map(str::to_owned))
            .collect();
        assert_eq!(
            ids.iter().collect::<HashSet<_>>().len(),
            ids.len(),
            "{name}: {ids:?}"
        );
    });
}

#[test]
fn two_widgets_on_a_page_share_no_identifier() {
    let ids = |page: &Page| {
        page.all("[id]")
            .iter()
            .filter_map(|it| it.attr("id").map(str::to_owned))
            .collect::<HashSet<_>>()
    };
    let view = screens::asked().view();
    let (one, other) = (ids(&page(view.clone())), ids(&page(view)));
    assert!(!one.is_empty() && one.is_disjoint(&other));
}

#[test]
fn nothing_on_a_screen_needs_a_looser_policy() {
    every(|page, _, name| {
        for (attribute, value) in attributes(page) {
            assert!(
                attribute != "style" && !attribute.starts_with("on"),
                "{name}: {attribute}"
            );
            assert!(
                !value.trim_start().to_lowercase().starts_with("javascript:"),
                "{name}: {value}"
            );
        }
        assert!(
            page.all("script, style, iframe, form, object, embed, template, link, meta, base")
                .is_empty(),
            "{name}"
        );
    });
}

#[test]
fn a_picture_means_nothing_by_itself_and_comes_from_the_backend() {
    every(|page, _, name| {
        for picture in page.all("img") {
            assert_eq!(picture.attr("alt"), Some(""), "{name}");
            let source = picture.attr("src").unwrap();
            assert!(
                source.starts_with('/') && !source.starts_with("//"),
                "{name}: {source}"
            );
        }
    });
}

#[test]
fn a_link_opens_elsewhere_and_tells_nobody_where_it_came_from() {
    every(|page, _, name| {
        for link in page.all("a") {
            assert!(link.attr("href").unwrap().starts_with("https://"), "{name}");
            assert_eq!(link.attr("target"), Some("_blank"), "{name}");
            assert_eq!(link.attr("rel"), Some("noopener noreferrer"), "{name}");
            assert!(!text(link).is_empty(), "{name}");
        }
    });
}

#[test]
fn a_screen_says_all_that_its_view_says() {
    every(|page, view, name| {
        let shown = text(page.one(".countersign"));
        if let Body::Message {
            paragraphs, link, ..
        } = &view.screen.body
        {
            for words in paragraphs.iter().chain(&view.screen.reference) {
                assert!(shown.contains(&words.plain()), "{name}: {words:?}");
            }
            let links: Vec<&str> = link.iter().map(|(_, link)| link.as_str()).collect();
            let hrefs: Vec<_> = page
                .all("a")
                .iter()
                .filter_map(|it| it.attr("href").map(str::to_owned))
                .collect();
            assert_eq!(hrefs, links, "{name}");
        }
    });
}

#[test]
fn the_theme_is_the_host_s_choice_or_the_system_s() {
    use countersign_leptos::Theme;
    let view = screens::asked().view();
    for (theme, name) in [
        (Theme::System, None),
        (Theme::Light, Some("light")),
        (Theme::Dark, Some("dark")),
    ] {
        assert_eq!(
            themed(view.clone(), theme)
                .one(".countersign")
                .attr("data-theme"),
            name
        );
    }
}
