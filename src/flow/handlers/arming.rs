//! When Allow counts: after the page becomes visible, or after the texts have loaded.

use crate::flow::{State, context::Context, transition::Transition};

/// The page became hidden, or visible or focused again.
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

fn rearm(context: &mut Context, mut state: State, to: fn(State) -> Transition) -> Transition {
    let arming = match &mut state {
        State::Consent(consent) => context.arm(consent),
        _ => None,
    };
    to(state).with(arming)
}
