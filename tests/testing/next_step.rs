//! What the user can do next. Every screen has one.

use countersign::view::{Body, MessageKind, Screen};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// Wait: a timer ends the state, or the browser with its navigation.
    Waiting,
    /// Choose one of the actions.
    Actions,
    /// Follow the text: start again at the client, or close the window.
    Instruction,
}

/// `None` would be a dead end.
pub fn next_step(screen: &Screen) -> Option<NextStep> {
    match &screen.body {
        _ if !screen.actions.is_empty() => Some(NextStep::Actions),
        Body::Outline => Some(NextStep::Waiting),
        Body::Message(message) if message.kind == MessageKind::Wait => Some(NextStep::Waiting),
        Body::Message(message) if !message.paragraphs.is_empty() => Some(NextStep::Instruction),
        _ => None,
    }
}
