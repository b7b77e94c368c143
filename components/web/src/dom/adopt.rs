//! Makes elements that a server rendered the widget's own.
//!
//! Nodes and elements are walked together. Tags and texts must be equal; attributes are made so, and
//! what only the form of a page without script needs goes: names, values, buttons that submit. A card
//! that differs is left, and built anew.

use std::rc::Rc;

use countersign::flow::Gesture;
use countersign_html::{Attribute, Node, On, split_name};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlImageElement, HtmlInputElement, Node as DomNode};

use super::{
    OnGesture, Rendered,
    renderer::{Renderer, follow_text, set, set_attributes},
};
use crate::{Appearance, platform::Listener};

/// Keeps a card that a server rendered as it is, with all around it, until the widget has a card or a
/// message to show: no outline comes in between.
pub(crate) fn hold(
    rendered: &Rendered,
    root: Element,
    card: Element,
    appearance: Appearance,
    on_gesture: OnGesture,
) {
    rendered.0.held.set(Some(Box::new(move |rendered| {
        take_over(rendered, root, card, appearance, &on_gesture);
    })));
}

fn take_over(
    rendered: &Rendered,
    root: Element,
    card: Element,
    appearance: Appearance,
    on_gesture: &OnGesture,
) {
    let status = root.query_selector(".countersign-status:not(.countersign-card *)");
    let mut ticks = Vec::new();
    let mut adopt = |nodes, card: &Element, renderer: &Renderer<'_>| {
        let adopted = adopt(nodes, card, renderer, &mut ticks);
        if adopted.is_none() {
            ticks.clear();
        }
        adopted.is_some()
    };
    let receiver = Rc::clone(on_gesture);
    let form = card.closest("form");
    rendered.attach_card(root.clone(), Some(card), appearance, receiver, Some(&mut adopt));
    // The live region takes the place of the one that was there.
    if let (Ok(Some(status)), Some(new)) = (status, root.last_element_child()) {
        let _ = status.replace_with_with_node_1(&new);
    }
    // The form around the card sends nothing any more: the widget does.
    if let Ok(Some(form)) = form {
        let listener = Listener::new(form.into(), "submit", |event| {
            event.unchecked_ref::<Event>().prevent_default();
        });
        rendered.0.slots.borrow_mut().push(Box::new(listener));
    }
    // When the step that shows the card is over.
    let on_gesture = Rc::clone(on_gesture);
    spawn_local(async move {
        for tick in ticks {
            on_gesture(tick);
        }
    });
}

/// Adopts the content of an element, and collects what the user has ticked in it. `None` if the
/// content differs.
fn adopt(
    nodes: Vec<Node>,
    parent: &Element,
    renderer: &Renderer<'_>,
    ticks: &mut Vec<Gesture>,
) -> Option<()> {
    let mut place = Place { next: parent.first_child(), text: String::new() };
    for node in nodes {
        let (name, mut attributes, children, text) = match node {
            Node::Text(text) => {
                place.text.push_str(&text);
                continue;
            }
            Node::Element { name, attributes, children } => (name, attributes, children, None),
            Node::LiveText { name, text } => (name, Vec::new(), Vec::new(), Some(text)),
        };
        let (tag, named) = split_name(name);
        let element = place.element(tag)?;
        let mut fixed = named.iter().map(|(name, value)| (*name, *value)).collect::<Vec<_>>();
        fixed.extend(attributes.iter().filter_map(|attribute| match attribute {
            Attribute::Fixed(name, value) => Some((*name, &**value)),
            _ => None,
        }));
        note_tick(&element, &attributes, renderer, ticks)?;
        correct(&element, &fixed);
        // Where the focus is, the user put it.
        attributes.retain(|attribute| {
            !matches!(attribute, Attribute::Fixed(..) | Attribute::On(On::Insert))
        });
        set_attributes(&element, attributes, Some(renderer));
        load_again(&element);
        match text {
            Some(text) => {
                element.set_text_content(None);
                follow_text(&element, text, renderer);
            }
            None => adopt(children, &element, renderer, ticks)?,
        }
    }
    place.ends()
}

/// A place among the children of an element.
struct Place {
    next: Option<DomNode>,
    /// What the next text must be. A parser joins texts.
    text: String,
}

impl Place {
    /// The next element, if it has this tag.
    fn element(&mut self, tag: &str) -> Option<Element> {
        self.pass_text()?;
        let element: Element = self.next.take()?.dyn_into().ok()?;
        // A form has its fields in the place of its members: their values are no texts.
        let found = Reflect::get(&element, &JsValue::from_str("tagName")).ok()?.as_string()?;
        if found != tag.to_ascii_uppercase() {
            return None;
        }
        self.next = element.next_sibling();
        Some(element)
    }

    fn pass_text(&mut self) -> Option<()> {
        let text = std::mem::take(&mut self.text);
        if text.is_empty() {
            return Some(());
        }
        let next = self.next.take()?;
        if next.node_type() != DomNode::TEXT_NODE || next.node_value()? != text {
            return None;
        }
        self.next = next.next_sibling();
        Some(())
    }

    fn ends(mut self) -> Option<()> {
        self.pass_text()?;
        self.next.is_none().then_some(())
    }
}

/// Notes that the user has changed a box. `None` if it came with another state than the card has.
fn note_tick(
    element: &Element,
    attributes: &[Attribute],
    renderer: &Renderer<'_>,
    ticks: &mut Vec<Gesture>,
) -> Option<()> {
    let Some(field) = element.dyn_ref::<HtmlInputElement>() else {
        return Some(());
    };
    for attribute in attributes {
        match attribute {
            Attribute::Checked(checked) if checked(renderer.live) != field.default_checked() => {
                return None;
            }
            Attribute::On(On::Press(gesture)) if field.checked() != field.default_checked() => {
                ticks.push(gesture.clone());
            }
            _ => (),
        }
    }
    Some(())
}

/// Loads a picture again that has failed, so that the widget hears of it.
fn load_again(element: &Element) {
    if let Some(picture) = element.dyn_ref::<HtmlImageElement>()
        && picture.complete()
        && picture.natural_width() == 0
        && let Some(address) = element.get_attribute("src")
    {
        set(element, "src", Some(&address));
    }
}

/// Gives an element these attributes and no others, but for those that the user has changed.
fn correct(element: &Element, fixed: &[(&str, &str)]) {
    for name in element.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if name != "open" && fixed.iter().all(|(other, _)| *other != name) {
            set(element, &name, None);
        }
    }
    for (name, value) in fixed {
        if element.get_attribute(name).as_deref() != Some(value) {
            set(element, name, Some(value));
        }
    }
}
