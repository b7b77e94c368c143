//! The choice of an organization: its nodes, and what they do.

use std::fmt;

use countersign::{
    messages::{Key, Messages, Text},
    platform::Platform as _,
};
use countersign_html::{On, Picker, choice};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

use crate::platform::{Browser, focus};

/// Carries out a behaviour when its event happens.
type React = fn(&On, &Element, &Event, &Messages) -> Option<()>;

/// The choice among several organizations. [`crate::Options::new`] sets it for the realm B2B.
// One pointer to both functions, so that a page for consumers, where it is none, includes neither.
#[derive(Clone, Copy)]
pub struct OrganizationPicker(&'static Functions);

struct Functions {
    nodes: Picker,
    react: React,
}

impl fmt::Debug for OrganizationPicker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OrganizationPicker")
    }
}

impl Default for OrganizationPicker {
    fn default() -> Self {
        Self(&Functions { nodes: choice, react })
    }
}

impl OrganizationPicker {
    pub(super) fn nodes(self) -> Picker {
        self.0.nodes
    }

    pub(super) fn react(
        self,
        on: &On,
        target: &Element,
        event: &Event,
        messages: &Messages,
    ) -> Option<()> {
        (self.0.react)(on, target, event, messages)
    }
}

fn react(on: &On, target: &Element, event: &Event, messages: &Messages) -> Option<()> {
    match on {
        On::Toggle => toggle(target, &picker(target)?),
        On::ChoiceKeys => steer(target, event),
        On::Search => search(target, messages),
        _ => None,
    }
}

/// The picker that a button opens.
fn picker(button: &Element) -> Option<Element> {
    button.closest(".countersign-row").ok()??.next_element_sibling()
}

/// Shows or hides a picker. The focus moves into it, or back to its button.
fn toggle(button: &Element, picker: &Element) -> Option<()> {
    let hidden = picker.toggle_attribute("hidden").ok()?;
    let expanded = if hidden { "false" } else { "true" };
    button.set_attribute("aria-expanded", expanded).ok()?;
    focus(button);
    if !hidden {
        focus(&picker.query_selector("input,[aria-checked=true]").ok()??);
    }
    Some(())
}

/// Carries out a key in a picker.
fn steer(picker: &Element, event: &Event) -> Option<()> {
    let event: &KeyboardEvent = event.dyn_ref()?;
    let key = event.key();
    match key.as_str() {
        "ArrowDown" => move_focus(picker, event, true),
        "ArrowUp" => move_focus(picker, event, false),
        "Escape" => {
            let row = picker.previous_element_sibling()?;
            toggle(&row.query_selector("[aria-expanded]").ok()??, picker)
        }
        // Keys without a character have longer names, in ASCII. It is typed into the field then.
        letter if letter.len() == 1 && letter != " " || letter.as_bytes().first() > Some(&127) => {
            focus(&picker.query_selector("input").ok()??);
            return None;
        }
        _ => return None,
    };
    event.prevent_default();
    Some(())
}

/// Moves the focus among the choices that are shown, and the Tab key's stop with it. From the search
/// field, the focus goes to that stop.
fn move_focus(picker: &Element, event: &Event, forward: bool) -> Option<()> {
    let stop = picker.query_selector("[tabindex='0']").ok()??;
    let mut next = stop.clone();
    while event.target().as_ref() == Some(&stop) {
        next = if forward { next.next_element_sibling() } else { next.previous_element_sibling() }?;
        if !next.has_attribute("hidden") {
            break;
        }
    }
    set_stop(&stop, false);
    set_stop(&next, true);
    focus(&next);
    Some(())
}

fn set_stop(choice: &Element, is_stop: bool) {
    let _ = choice.set_attribute("tabindex", if is_stop { "0" } else { "-1" });
}

/// Shows the items whose names contain the text of the field, and reports their number.
fn search(field: &Element, messages: &Messages) -> Option<()> {
    let status = field.next_element_sibling()?;
    let mut item = status.next_element_sibling()?.first_element_child();
    // Phone keyboards add a space after each word.
    let text = Browser.fold(&field.dyn_ref::<HtmlInputElement>()?.value());
    let text = text.trim_ascii();
    let mut count = 0;
    while let Some(element) = item {
        let name = element.query_selector("bdi").ok()??.text_content()?;
        let found = contains(&Browser.fold(&name), text);
        set_stop(&element, found && count == 0);
        count += u32::from(found);
        let _ = element.toggle_attribute_with_force("hidden", !found);
        item = element.next_element_sibling();
    }
    let message = if text.is_empty() {
        Text::default()
    } else {
        messages.count(Key::ConsentOrganizationFound, "count", count, &Browser)
    };
    status.set_text_content(Some(&message.plain()));
    Some(())
}

/// Compares byte by byte: less code than the standard library's search for long texts.
fn contains(name: &str, text: &str) -> bool {
    let mut parts = name.as_bytes().windows(text.len().max(1));
    text.is_empty() || parts.any(|part| part == text.as_bytes())
}
