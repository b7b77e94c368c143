//! Buttons and checkboxes.

use countersign::{
    flow::Gesture,
    messages::Key,
    view::{Action, Live, Screen},
};

use crate::{
    RenderContext,
    node::{Attribute, Follow, Node, On, aria, around, empty, flag},
    parts::message,
};

/// The buttons of a screen.
pub(crate) fn actions(screen: &Screen, context: &RenderContext) -> Option<Node> {
    let mut buttons = empty("div countersign-actions @actions");
    for action in &screen.actions {
        buttons = buttons.with(button(*action, screen.label(*action), context));
    }
    (!screen.actions.is_empty()).then_some(buttons)
}

/// A button. The answers to a request look alike on purpose: none is suggested.
fn button(action: Action, label: Key, context: &RenderContext) -> Node {
    around(button_name(action), message(label, context))
        .set(aria("aria-disabled", move |live| is_off(live, action) || is_unready(live, action)))
        .set(flag("data-off", move |live| is_off(live, action)))
        .set(flag("data-unready", move |live| {
            let unready = is_unready(live, action) || (action == Action::Allow && live.unseen);
            unready && !is_off(live, action)
        }))
        .set(aria("aria-busy", move |live| live.pressed == Some(action)))
        .set(press(action.gesture()))
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

/// The same classes for all answers; the part differs. A way out that is no answer is quieter, and so
/// is what follows another attempt: the style sheet goes by the class of that.
const fn button_name(action: Action) -> &'static str {
    match action {
        Action::Allow => "button countersign-button @button allow ~type=button",
        Action::Deny => "button countersign-button @button deny ~type=button",
        Action::Cancel | Action::Return => {
            "button countersign-button countersign-quiet @button cancel ~type=button"
        }
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
    link_button(label, context).set(waiting()).set(press(gesture))
}

/// A button that looks like a link.
pub(crate) fn link_button(label: Key, context: &RenderContext) -> Node {
    around("button countersign-link ~type=button", message(label, context))
}

/// Marks a control as disabled while a response is pending.
pub(crate) fn waiting() -> Attribute {
    aria("aria-disabled", |live| live.waiting)
}

/// The checkbox that remembers an Allow, with its label.
pub(crate) fn remember(context: &RenderContext) -> Node {
    let input = checkbox(Box::new(|live| live.remember), Gesture::RememberToggled);
    empty("label countersign-tick @remember")
        .with(input.set(flag("disabled", |live| live.waiting)))
        .with(message(Key::ConsentRemember, context))
}

/// A checkbox that follows the view.
pub(crate) fn checkbox(checked: Follow<bool>, gesture: Gesture) -> Node {
    empty("input countersign-box ~type=checkbox")
        .set(Attribute::Checked(checked))
        .set(press(gesture))
}
