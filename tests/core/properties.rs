//! What holds for every sequence of events.

mod decisions;
mod events;
mod sequences;
