//! What holds on every screen as a whole.

use std::collections::HashSet;

use countersign::{
    messages::Text,
    view::{Body, Message, View},
};

use crate::{
    page::{Page, page, text},
    screens,
    testing::next_step::{NextStep, next_step},
};

/// Runs a check on every screen.
pub fn every(look: impl Fn(&Page, &View, &str)) {
    for (name, view) in screens::all() {
        look(&page(view.clone()), &view, name);
    }
}

#[test]
fn a_screen_has_one_heading_that_can_take_the_focus() {
    every(|page, view, name| {
        let headings = page.all("h1");
        match &view.screen.heading {
            None => assert!(headings.is_empty() && view.screen.body == Body::Outline, "{name}"),
            Some(words) => {
                let heading = page.one("h1");
                assert_eq!(text(heading), words.plain(), "{name}");
                assert_eq!(heading.attr("tabindex"), Some("-1"), "{name}");
            }
        }
    });
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    every(|page, _, name| {
        let mut level = 0;
        for heading in page.all("h1, h2, h3, h4, h5, h6") {
            let next = heading.value().name()[1..].parse().unwrap();
            assert!(next <= level + 1, "{name}: {}", text(heading));
            level = next;
        }
    });
}

#[test]
fn a_screen_has_a_way_on() {
    every(|page, view, name| match next_step(&view.screen).expect(name) {
        NextStep::Actions => {
            let buttons = page.all("[part=actions] > button");
            assert_eq!(buttons.len(), view.screen.actions.len(), "{name}");
        }
        NextStep::Instruction => assert!(!page.all(".countersign-text").is_empty(), "{name}"),
        NextStep::Waiting => assert!(page.all("button").is_empty(), "{name}"),
    });
}

#[test]
fn the_live_region_is_there_from_the_start_and_says_what_goes_on() {
    every(|page, view, name| {
        let status = page.one(".countersign > [role=status]");
        assert_eq!(text(status), view.live.status.plain(), "{name}");
    });
}

#[test]
fn the_place_for_what_went_wrong_is_there_and_says_so_only_then() {
    every(|page, view, name| {
        let alert = view.live.alert.as_ref().map(Text::plain);
        let said = page.texts("[role=alert]:not(.countersign-who > *)");
        if view.screen.body == Body::Outline {
            assert!(said.is_empty(), "{name}");
        } else {
            assert_eq!(said, [alert.unwrap_or_default()], "{name}");
        }
    });
}

#[test]
fn the_state_has_its_name_on_the_widget_and_an_answer_on_its_way_makes_it_busy() {
    every(|page, view, name| {
        let root = page.one(".countersign");
        assert_eq!(root.attr("part"), Some("root"), "{name}");
        assert_eq!(root.attr("data-state"), Some(view.state), "{name}");
        let busy = page.one("[part=card]").attr("aria-busy");
        assert_eq!(busy, view.live.waiting.then_some("true"), "{name}");
    });
}

#[test]
fn no_two_elements_have_the_same_identifier() {
    every(|page, _, name| {
        let ids = page.attributes("[id]", "id");
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{name}: {ids:?}");
    });
}

#[test]
fn two_widgets_on_a_page_share_no_identifier() {
    let view = screens::find("a full card");
    let ids = || -> HashSet<String> {
        let ids = page(view.clone()).attributes("[id]", "id");
        ids.into_iter().collect()
    };
    let (one, other) = (ids(), ids());
    assert!(!one.is_empty() && one.is_disjoint(&other));
}

#[test]
fn nothing_on_a_screen_needs_a_looser_policy() {
    every(|page, _, name| {
        let elements = page.all("*");
        let attributes = elements.iter().flat_map(|it| it.value().attrs());
        for (attribute, value) in attributes {
            assert!(attribute != "style" && !attribute.starts_with("on"), "{name}: {attribute}");
            let value = value.trim_start().to_lowercase();
            assert!(!value.starts_with("javascript:"), "{name}: {value}");
        }
        assert!(
            page.all("script, style, iframe, form, object, embed, template, link, meta, base")
                .is_empty(),
            "{name}"
        );
    });
}

#[test]
fn a_screen_says_all_that_its_view_says() {
    every(|page, view, name| {
        let shown = text(page.one(".countersign"));
        if let Body::Message(Message { paragraphs, link, .. }) = &view.screen.body {
            for words in paragraphs.iter().chain(&view.screen.reference) {
                assert!(shown.contains(&words.plain()), "{name}: {words:?}");
            }
            let links: Vec<&str> = link.iter().map(|(_, link)| link.as_str()).collect();
            assert_eq!(page.attributes("a", "href"), links, "{name}");
        }
    });
}

/// Every part, in alphabetical order.
const PARTS: &[&str] = &[
    "account",
    "actions",
    "allow",
    "button",
    "cancel",
    "card",
    "caution",
    "deny",
    "description",
    "destination",
    "details",
    "heading",
    "host-mark",
    "legal",
    "manifest",
    "not-grantable",
    "notice",
    "offline-access",
    "parties",
    "picker",
    "read-only-toggle",
    "reference",
    "remember",
    "request-approval",
    "resources",
    "retry",
    "root",
    "scopes",
    "sign-in",
    "sign-out",
    "standing",
    "stay",
];

#[test]
fn the_parts_are_those_that_hosts_can_style() {
    let mut found = HashSet::new();
    for (_, view) in screens::all() {
        let parts = page(view).attributes("[part]", "part");
        found.extend(parts.iter().flat_map(|it| it.split(' ')).map(str::to_owned));
    }
    let mut found: Vec<String> = found.into_iter().collect();
    found.sort();
    assert_eq!(found, PARTS);
}
