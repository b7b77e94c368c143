//! What happens to the machine.

use super::{Attempt, Timer};
use crate::{
    backend::{BackendError, LogoutOutcome, Outcome, TrustedToken},
    protocol::{HandOffError, IdempotencyKey, OrganizationId},
};

/// What happened.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// The backend's answer to `start` or `submit`.
    AuthorizeResponse(Attempt, Result<Outcome, BackendError>),
    /// The backend's answer to a logout call.
    LogoutResponse(Attempt, Result<LogoutOutcome, BackendError>),
    /// The backend's answer to the exchange of a trusted auth token.
    AttestResponse(Attempt, Result<(), BackendError>),
    /// A trusted auth token is there, the first one or another.
    TokenArrived(TrustedToken),
    /// A [`Timer`] ran out.
    TimedOut(Attempt, Timer),
    /// No login address could be made.
    HandOffFailed(HandOffError),
    /// The page came back from the back-forward cache: what it shows may be long over.
    PageRestored,
    /// The texts of [`super::Effect::LoadMessages`] are there, or will not come.
    MessagesSettled,
    /// The page went out of view (`false`), or came back into view or into focus (`true`).
    VisibilityChanged(bool),
    /// The user did something. The key is fresh, and used only if the gesture is a new decision.
    User(Gesture, IdempotencyKey),
}

/// What the user did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gesture {
    /// Grants what is ticked.
    Allow,
    /// Grants nothing.
    Deny,
    /// Makes the failed call again.
    Retry,
    /// Ticks or unticks the scope at this place of the request.
    ScopeToggled(usize),
    /// Leaves out what only widens other scopes, or takes it in again.
    ReadOnlyToggled,
    /// Wants the answer remembered, or not.
    RememberToggled,
    /// Asks the administrators to approve the client.
    RequestApproval,
    /// Acts for this organization.
    OrganizationChosen(OrganizationId),
    /// Goes to the login page, to continue or with another account.
    SignIn,
    /// Goes to the login page to choose another account.
    SwitchAccount,
    /// Opens the address again that did not take.
    OpenAgain,
    /// Signs out.
    SignOut,
    /// Stays signed in.
    Stay,
}
