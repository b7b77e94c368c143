//! Events: the input of the machine.

use super::{Attempt, Timer};
use crate::{
    backend::{BackendError, LogoutOutcome, Outcome, TrustedToken},
    protocol::{HandOffError, IdempotencyKey, OrganizationId},
};

/// An event.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// The response to `start` or `submit`.
    AuthorizeResponse(Attempt, Result<Outcome, BackendError>),
    /// The response to a logout call.
    LogoutResponse(Attempt, Result<LogoutOutcome, BackendError>),
    /// The response to the exchange of a trusted auth token.
    AttestResponse(Attempt, Result<(), BackendError>),
    /// A trusted auth token arrived, the first one or a later one.
    TokenArrived(TrustedToken),
    /// A [`Timer`] ran out.
    TimedOut(Attempt, Timer),
    /// The address of the login page could not be built.
    HandOffFailed(HandOffError),
    /// The browser restored the page from the back-forward cache. Its content may be outdated.
    PageRestored,
    /// The texts of [`super::Effect::LoadMessages`] have loaded, or failed to load.
    MessagesSettled,
    /// The page became hidden or lost the focus (`false`), or it is visible and has the focus again
    /// (`true`).
    VisibilityChanged(bool),
    /// The user did something. The key is new; the machine uses it only if the gesture is a new
    /// decision.
    User(Gesture, IdempotencyKey),
}

/// An action of the user.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Gesture {
    /// Grant what is ticked.
    Allow,
    /// Grant nothing.
    Deny,
    /// Repeat the failed call.
    Retry,
    /// Tick or untick the scope at this index of the request.
    ScopeToggled(usize),
    /// Untick all scopes that imply others, or tick them again.
    ReadOnlyToggled,
    /// Tick or untick the box for remembering the decision.
    RememberToggled,
    /// Ask the administrators to approve the client.
    RequestApproval,
    /// Act for this organization.
    OrganizationChosen(OrganizationId),
    /// Go to the login page.
    SignIn,
    /// Go to the login page to select another account.
    SwitchAccount,
    /// All that the user must see has been in view: each part at its own time.
    CardSeen,
    /// Open the address of an app again.
    OpenAgain,
    /// Sign out.
    SignOut,
    /// Stay signed in.
    Stay,
}
