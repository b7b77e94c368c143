//! When a decision counts: after a moment of quiet, which starts when the page becomes visible and
//! focused or the texts have loaded, and after what the user must see has been in view.

use crate::flow::{State, context::Context, transition::Transition};

/// The page became hidden or lost the focus, or has both again.
pub fn on_visibility_change(context: &mut Context, state: State, visible: bool) -> Transition {
    context.visible = visible;
    rearm(context, state, Transition::same_screen)
}

/// The texts have loaded, or failed to load. Views show text from now on.
pub fn on_messages_settled(context: &mut Context, state: State) -> Transition {
    if !context.loading_messages {
        return Transition::same_screen(state);
    }
    context.loading_messages = false;
    rearm(context, state, Transition::new_screen)
}

/// All that the user must see has been in view.
pub const fn on_card_seen(context: &mut Context, state: State) -> Transition {
    context.guard.seen = true;
    Transition::same_screen(state)
}

fn rearm(context: &mut Context, state: State, to: fn(State) -> Transition) -> Transition {
    let arming = match &state {
        State::Consent(_) | State::ConfirmLogout { .. } => context.arm(),
        _ => None,
    };
    to(state).with(arming)
}
