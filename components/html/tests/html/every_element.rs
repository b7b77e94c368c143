//! Rules for the elements of every screen: buttons, fields, links and pictures.

use std::collections::HashSet;

use countersign::view::Action;
use scraper::ElementRef;

use crate::{
    every_screen::every,
    page::{named_by, page, text},
    screens,
};

#[test]
fn what_can_be_done_are_real_buttons_in_order() {
    every(|page, view, name| {
        let actions = view.screen.actions.iter();
        let labels: Vec<&str> = actions.map(|it| view.screen.label(*it).english()).collect();
        assert_eq!(page.texts("[part=actions] > button"), labels, "{name}");
        for button in page.all("button") {
            assert_eq!(button.attr("type"), Some("button"), "{name}");
            assert!(!text(button).is_empty(), "{name}");
            // Disabled for good would take the focus away from whoever pressed it.
            assert_eq!(button.attr("disabled"), None, "{name}");
            // Of the radios of a group, one is a stop of the Tab key.
            let is_radio = button.attr("role") == Some("radio");
            assert_eq!(button.attr("tabindex").is_some(), is_radio, "{name}");
        }
        let groups = page.all("[role=radiogroup]").len();
        assert_eq!(page.all("[role=radio][tabindex='0']").len(), groups, "{name}");
        let pretended = page.all("[role=button], [role=checkbox], [role=link], a:not([href])");
        assert!(pretended.is_empty(), "{name}");
    });
}

#[test]
fn the_answers_of_a_screen_look_alike_and_only_a_way_out_that_is_none_is_quieter() {
    every(|page, view, name| {
        let classes = page.attributes("[part=actions] > button", "class");
        if view.screen.actions == [Action::Retry, Action::SignIn] {
            assert_eq!(
                classes,
                ["countersign-button countersign-retry", "countersign-button"],
                "{name}"
            );
            return;
        }
        for (class, action) in classes.iter().zip(&view.screen.actions) {
            let is_quiet = matches!(action, Action::Cancel | Action::Return);
            assert_eq!(class.contains("countersign-quiet"), is_quiet, "{name}: {class}");
        }
        let loud = classes.iter().filter(|class| !class.contains("countersign-quiet"));
        let loud: HashSet<_> = loud.collect();
        assert!(loud.len() <= 1, "{name}: {loud:?}");
    });
}

#[test]
fn buttons_wait_while_an_answer_is_on_its_way_and_the_pressed_one_shows_it() {
    every(|page, view, name| {
        let buttons = page.all("[part=actions] > button").into_iter();
        for (button, action) in buttons.zip(&view.screen.actions) {
            let pressed = view.live.pressed == Some(*action);
            let busy = button.attr("aria-busy");
            assert_eq!(busy, pressed.then_some("true"), "{name}");
            if view.live.waiting {
                assert_eq!(button.attr("aria-disabled"), Some("true"), "{name}");
                assert_eq!(button.attr("data-off"), Some(""), "{name}");
            }
        }
        if view.live.waiting {
            let others = page.all(".countersign-row button, .countersign-choice");
            let waits = |it: &ElementRef<'_>| it.attr("aria-disabled") == Some("true");
            assert!(others.iter().all(waits), "{name}");
            let boxes = page.all("input[type=checkbox]");
            assert!(boxes.iter().all(|it| it.attr("disabled").is_some()), "{name}");
        }
    });
}

#[test]
fn only_what_has_to_wait_looks_so() {
    let off = |name| {
        let page = page(screens::find(name));
        page.texts("[part=actions] > [data-off]")
    };
    assert_eq!(off("busy for a while"), ["Try again"]);
    assert_eq!(off("a card with nothing ticked"), ["Allow"]);
    assert_eq!(off("a card before an organization is chosen"), ["Allow"]);
    every(|page, view, name| {
        let off = page.all("[data-off]");
        let known = [
            "busy for a while",
            "a card with nothing ticked",
            "a card before an organization is chosen",
            "allowed before an organization is chosen",
        ];
        assert!(off.is_empty() || view.live.waiting || known.contains(&name), "{name}");
    });
}

#[test]
fn a_button_whose_press_does_not_count_yet_looks_so_and_is_not_off() {
    every(|page, view, name| {
        let buttons = page.all("[part=actions] > button").into_iter();
        for (button, action) in buttons.zip(&view.screen.actions) {
            let early = action.is_guarded() && view.live.unready;
            let unseen = *action == Action::Allow && view.live.unseen;
            let waits = (*action == Action::Retry && !view.live.can_retry) || view.live.waiting;
            let off = waits || (*action == Action::Allow && view.live.grants_nothing);
            let has = |attribute| button.attr(attribute).is_some();
            assert_eq!(has("data-off"), off, "{name}: {action:?}");
            // A press of one that waits for something to be seen leads there.
            assert_eq!(has("aria-disabled"), early || off, "{name}: {action:?}");
            assert_eq!(has("data-unready"), (early || unseen) && !off, "{name}: {action:?}");
        }
    });
}

#[test]
fn every_field_has_a_label() {
    every(|page, _, name| {
        for field in page.all("input, select, textarea") {
            let label = match (field.attr("id"), field.attr("aria-label")) {
                (Some(id), _) => text(page.one(&format!("label[for='{id}']"))),
                (None, Some(label)) => label.to_owned(),
                (None, None) => field
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
        for controls in page.attributes("[aria-controls]", "aria-controls") {
            page.by_id(&controls);
        }
        for field in page.attributes("label[for]", "for") {
            assert_eq!(page.by_id(&field).value().name(), "input", "{name}");
        }
    });
}

#[test]
fn every_group_and_every_list_says_what_it_is() {
    every(|page, _, name| {
        for group in page.all("[role=group]") {
            let named = group.attr("aria-labelledby").or(group.attr("aria-label"));
            assert!(named.is_some_and(|it| !it.is_empty()), "{name}");
        }
        // A list without its dots is none to some readers, unless it says so.
        for list in page.all("ul:not(.countersign-more)") {
            assert_eq!(list.attr("role"), Some("list"), "{name}");
        }
    });
}

#[test]
fn a_picture_means_nothing_by_itself_and_comes_from_the_backend() {
    every(|page, _, name| {
        for picture in page.all("img") {
            assert_eq!(picture.attr("alt"), Some(""), "{name}");
            let source = picture.attr("src").unwrap();
            assert!(source.starts_with('/') && !source.starts_with("//"), "{name}: {source}");
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
fn no_element_carries_an_attribute_for_nothing() {
    // Those that say something by being there alone.
    let flags = [
        "checked",
        "disabled",
        "hidden",
        "data-off",
        "data-unready",
        "data-nested",
        "data-folded",
        "alt",
    ];
    every(|page, _, name| {
        for element in page.all("*") {
            for (attribute, value) in element.value().attrs() {
                assert!(
                    !value.is_empty() || flags.contains(&attribute),
                    "{name}: {attribute} of {}",
                    element.html()
                );
            }
        }
    });
}
