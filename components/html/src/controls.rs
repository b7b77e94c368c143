//! Buttons and checkboxes.

use countersign::{
    flow::Gesture,
    messages::Key,
    view::{Action, Live, Screen},
};

use crate::{
    RenderContext,
    node::{Attribute, Node, On, aria, flag, node, plain},
    parts::message,
};

/// The buttons of a screen.
pub(crate) fn actions(screen: &Screen, context: &RenderContext) -> Option<Node> {
    let actions = screen.actions.iter();
    let buttons: Vec<Node> = actions.map(|action| button(*action, context)).collect();
    let name = "div countersign-actions @actions";
    (!buttons.is_empty()).then(|| plain(name, buttons))
}

/// A button. The buttons of a decision look alike on purpose: no answer is suggested.
fn button(action: Action, context: &RenderContext) -> Node {
    let attributes = vec![
        aria("aria-disabled", move |live| is_off(live, action) || is_unready(live, action)),
        flag("data-off", move |live| is_off(live, action)),
        flag("data-unready", move |live| {
            let unready = is_unready(live, action) || (action == Action::Allow && live.unseen);
            unready && !is_off(live, action)
        }),
        aria("aria-busy", move |live| live.pressed == Some(action)),
        press(action.gesture()),
    ];
    node(button_name(action), attributes, vec![message(action.label(), context)])
}

pub(crate) fn press(gesture: Gesture) -> Attribute {
    Attribute::On(On::Press(gesture))
}

/// `true` while a button does nothing, and looks so.
fn is_off(live: &Live, action: Action) -> bool {
    live.waiting
        || (action == Action::Retry && !live.can_retry)
        || (action == Action::Allow && live.grants_nothing)
}

/// `true` while a press comes too early. A button that waits for something to be seen is not
/// disabled: a press leads there.
const fn is_unready(live: &Live, action: Action) -> bool {
    action.is_guarded() && live.unready
}

/// The same classes for all answers; the part differs. What follows another attempt is quieter: the
/// style sheet goes by the class of that.
const fn button_name(action: Action) -> &'static str {
    match action {
        Action::Allow => "button countersign-button @button allow ~type=button",
        Action::Deny => "button countersign-button @button deny ~type=button",
        Action::RequestApproval => {
            "button countersign-button @button request-approval ~type=button"
        }
        Action::SignOut => "button countersign-button @button sign-out ~type=button",
        Action::Stay => "button countersign-button @button stay ~type=button",
        Action::Retry => "button countersign-button countersign-retry @button retry ~type=button",
        Action::SignIn => "button countersign-button @button sign-in ~type=button",
        Action::OpenApp => "button countersign-button @button ~type=button",
    }
}

/// A button that looks like a link and sends a gesture.
pub(crate) fn quiet_button(label: Key, gesture: Gesture, context: &RenderContext) -> Node {
    link_button(label, vec![waiting(), press(gesture)], context)
}

/// A button that looks like a link.
pub(crate) fn link_button(label: Key, more: Vec<Attribute>, context: &RenderContext) -> Node {
    node("button countersign-link ~type=button", more, vec![message(label, context)])
}

/// Marks a control as disabled while a response is pending.
pub(crate) fn waiting() -> Attribute {
    aria("aria-disabled", |live| live.waiting)
}

/// The checkbox that remembers an Allow, with its label.
pub(crate) fn remember(context: &RenderContext) -> Node {
    let mut attributes = checkbox(|live| live.remember, Gesture::RememberToggled);
    attributes.push(flag("disabled", |live| live.waiting));
    let input = node(BOX, attributes, Vec::new());
    let label = message(Key::ConsentRemember, context);
    plain("label countersign-tick @remember", vec![input, label])
}

/// The name of a checkbox.
pub(crate) const BOX: &str = "input countersign-box ~type=checkbox";

/// The attributes of a checkbox that follows the view.
pub(crate) fn checkbox(
    checked: impl Fn(&Live) -> bool + 'static,
    gesture: Gesture,
) -> Vec<Attribute> {
    vec![Attribute::Checked(Box::new(checked)), press(gesture)]
}
