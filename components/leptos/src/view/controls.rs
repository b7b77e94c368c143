//! What can be pressed: buttons and boxes. Only a person's own click counts.

use countersign::{
    flow::Gesture,
    messages::Key,
    view::{Action, Live, Screen},
};

use super::{
    RenderContext,
    node::{Attribute, Node, aria, attr, flag, node, on},
    parts::words,
};

/// The buttons of a screen.
pub(super) fn actions(screen: &Screen, context: &RenderContext) -> Option<Node> {
    let buttons: Vec<Node> = screen
        .actions
        .iter()
        .map(|action| button(*action, context))
        .collect();
    let name = "div countersign-actions @actions";
    (!buttons.is_empty()).then(|| node(name, Vec::new(), buttons))
}

/// A button. All look alike, on purpose: two answers weigh the same.
fn button(action: Action, context: &RenderContext) -> Node {
    let attributes = vec![
        attr("type", "button"),
        aria("aria-disabled", move |live| {
            is_off(live, action) || is_unready(live, action)
        }),
        flag("data-off", move |live| is_off(live, action)),
        aria("aria-busy", move |live| live.pressed == Some(action)),
        pressing(action.gesture(), context),
    ];
    node(
        button_name(action),
        attributes,
        vec![words(action.label(), context)],
    )
}

/// Only a person's own click counts: no script on the page decides anything.
pub(super) fn pressing(press: Gesture, context: &RenderContext) -> Attribute {
    let on_gesture = context.on_gesture.clone();
    on("click", move |event| {
        if event.is_trusted() {
            on_gesture(press.clone());
        } else {
            // A box that a script ticks stays as it is.
            event.prevent_default();
        }
    })
}

/// Whether a button does nothing for now, and looks so.
fn is_off(live: &Live, action: Action) -> bool {
    live.waiting
        || (action == Action::Retry && !live.can_retry)
        || (action == Action::Allow && live.hint.is_some())
}

/// Whether it does nothing for a moment yet. It looks as ever, since both answers look alike.
fn is_unready(live: &Live, action: Action) -> bool {
    action == Action::Allow && live.unready
}

/// All alike, but for their parts' names.
const fn button_name(action: Action) -> &'static str {
    match action {
        Action::Allow => "button countersign-button @button allow",
        Action::Deny => "button countersign-button @button deny",
        Action::RequestApproval => "button countersign-button @button request-approval",
        Action::SignOut => "button countersign-button @button sign-out",
        Action::Stay => "button countersign-button @button stay",
        Action::Retry | Action::SignIn | Action::OpenAgain | Action::OpenApp => {
            "button countersign-button @button"
        }
    }
}

/// A button that looks like a link.
pub(super) fn quiet_button(label: Key, press: Gesture, context: &RenderContext) -> Node {
    let attributes = vec![waiting(), pressing(press, context)];
    link_button(label, attributes, context)
}

/// The same, for something that stays on the card.
pub(super) fn link_button(label: Key, more: Vec<Attribute>, context: &RenderContext) -> Node {
    let mut attributes = vec![attr("type", "button")];
    attributes.extend(more);
    node(
        "button countersign-link",
        attributes,
        vec![words(label, context)],
    )
}

/// What is not to be pressed while an answer is on its way.
pub(super) fn waiting() -> Attribute {
    aria("aria-disabled", |live| live.waiting)
}

/// A box to tick, with its words beside it.
pub(super) fn tick(
    part: &'static str,
    label: Key,
    press: Gesture,
    ticked: fn(&Live) -> bool,
    context: &RenderContext,
) -> Node {
    let mut attributes = boxed(ticked, press, context);
    attributes.push(flag("disabled", |live| live.waiting));
    let input = node("input countersign-box", attributes, Vec::new());
    node(
        "label countersign-tick",
        vec![attr("part", part)],
        vec![input, words(label, context)],
    )
}

/// A checkbox that follows the card.
pub(super) fn boxed(
    ticked: impl Fn(&Live) -> bool + 'static,
    press: Gesture,
    context: &RenderContext,
) -> Vec<Attribute> {
    vec![
        attr("type", "checkbox"),
        Attribute::Ticked(Box::new(ticked)),
        pressing(press, context),
    ]
}
