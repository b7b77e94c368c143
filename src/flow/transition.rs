//! The result of a handler: the next state, whether its screen is new, and the effects.

use super::{Effect, State};

/// Whether the next state has a new screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScreenChange {
    /// The renderer builds a new screen and moves the focus to its heading.
    New,
    /// The screen stays. Only [`crate::view::Live`] changes.
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
    /// Changes to a state with a screen of its own.
    pub const fn new_screen(state: State) -> Self {
        Self { state, screen: ScreenChange::New, effects: Vec::new() }
    }

    /// Changes to a state on the current screen.
    pub const fn same_screen(state: State) -> Self {
        Self { state, screen: ScreenChange::Same, effects: Vec::new() }
    }

    /// Adds effects, in order.
    pub fn with(mut self, effects: impl IntoIterator<Item = Effect>) -> Self {
        self.effects.extend(effects);
        self
    }
}
