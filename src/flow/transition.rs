//! What a handler answers: the next state, whether it has a new screen, and the effects.

use super::{Effect, State};

/// Whether the next state is shown on a new screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScreenChange {
    /// The screen is built anew, and the focus moves to its heading.
    New,
    /// The screen stays; only [`crate::view::Live`] changes.
    Same,
}

/// The result of a handler.
#[derive(Debug)]
pub(super) struct Transition {
    pub state: State,
    pub screen: ScreenChange,
    pub effects: Vec<Effect>,
}

impl Transition {
    /// Goes to a state that has a screen of its own.
    pub const fn new_screen(state: State) -> Self {
        Self {
            state,
            screen: ScreenChange::New,
            effects: Vec::new(),
        }
    }

    /// Goes to a state that is shown on the current screen.
    pub const fn same_screen(state: State) -> Self {
        Self {
            state,
            screen: ScreenChange::Same,
            effects: Vec::new(),
        }
    }

    /// Adds effects, in order.
    pub fn with(mut self, effects: impl IntoIterator<Item = Effect>) -> Self {
        self.effects.extend(effects);
        self
    }
}
