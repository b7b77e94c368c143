//! When a press of a decision counts.

/// What a press of Allow waits for, so that a press that was meant for something else decides
/// nothing. A request for approval and a logout wait for [`Guard::arming`] only. Deny always counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Guard {
    /// Whether the user has had time to look.
    pub arming: Arming,
    /// Whether all that the user must see has been in view since the card came.
    pub seen: bool,
    /// Why the last press did not count.
    pub uncounted: Option<Uncounted>,
}

/// Whether the user has had time to look: a moment of quiet since the card came or changed, since the
/// page became visible or focused, and since the last press that came too early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arming {
    /// The card is hidden, or the page does not have the focus.
    #[default]
    Hidden,
    /// The moment has begun. It has a number.
    Waiting(u32),
    /// The moment has passed.
    Armed,
}

/// Why a press did not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Uncounted {
    /// It came before the moment had passed.
    TooEarly,
    /// Something that the user must see has not been in view.
    Unseen,
    /// No organization is chosen.
    NoOrganization,
}

impl Guard {
    /// Why a press would not count now. `None` if it would.
    #[must_use]
    pub const fn refuses(&self, must_be_seen: bool) -> Option<Uncounted> {
        match self.arming {
            _ if must_be_seen && !self.seen => Some(Uncounted::Unseen),
            Arming::Armed => None,
            _ => Some(Uncounted::TooEarly),
        }
    }
}
