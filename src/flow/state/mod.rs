//! The states. Each variant has exactly the data of its phase.

use crate::{
    backend::{
        BackendError, BackendFault, Decision, ErrorResponse, LogoutDecision, StartRequest,
        SubmitRequest, TrustedToken,
    },
    consent::LogoutConfirmation,
    protocol::{
        LoginHandOff, RawQuery, RedirectTarget, RequestError, TransactionId, UnsafeAddress,
    },
};

mod consent;

pub use consent::{CardChange, Consent};

/// The number of a call or timer. A response with another number than the current one is stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Attempt(pub(super) u32);

impl Attempt {
    pub(super) const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// The state of the flow.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum State {
    /// The page is inside a frame. It calls no backend and shows no buttons, to prevent
    /// clickjacking.
    Framed,
    /// The request cannot be used.
    Invalid(Invalid),
    /// The page waits for a trusted auth token, or the backend exchanges one for a session.
    Attesting,
    /// The backend looks up the request. If the user changed the organization, the previous card
    /// stays.
    Starting(Option<Box<Consent>>),
    /// The user must sign in.
    LoginRequired(Box<LoginRequired>),
    /// The user must decide.
    Consent(Box<Consent>),
    /// The decision has been sent.
    Submitting(Box<Submitting>),
    /// The page redirects to a checked address. To a site, this lasts as long as the browser takes.
    Redirecting(Redirecting),
    /// The page is still open after a redirect to an app: the app opened, or nothing did.
    Returned(Redirecting),
    /// The transaction already has a decision, which the backend may have named.
    Answered(Option<Decision>),
    /// The transaction is expired, unknown, or belongs to another browser.
    Expired,
    /// A call failed. The user can retry.
    Failed(Failed),
    /// The redirect URI is not safe to open.
    UnsafeAddress(UnsafeAddress),
    /// The user must confirm the logout.
    ConfirmLogout {
        /// The content of the screen.
        confirmation: Box<LogoutConfirmation>,
        /// Why the last call failed.
        error: Option<BackendError>,
    },
    /// The decision about the logout has been sent.
    SigningOut(SigningOut),
    /// The session has ended.
    SignedOut,
    /// The user stays signed in.
    KeptSignedIn,
    /// The authorization server has no sign-out here, and the user stays signed in.
    LogoutUnsupported,
}

impl State {
    /// The stable name of the state, for style sheets and tests.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Framed => "framed",
            Self::Invalid(_) => "invalid",
            Self::Attesting => "attesting",
            Self::Starting(_) => "starting",
            Self::LoginRequired(_) => "login-required",
            Self::Consent(_) => "consent",
            Self::Submitting(_) => "submitting",
            Self::Redirecting(_) => "redirecting",
            Self::Returned(_) => "returned",
            Self::Answered(_) => "answered",
            Self::Expired => "expired",
            Self::Failed(_) => "failed",
            Self::UnsafeAddress(_) => "unsafe-address",
            Self::ConfirmLogout { .. } => "confirm-logout",
            Self::SigningOut(_) => "signing-out",
            Self::SignedOut => "signed-out",
            Self::KeptSignedIn => "kept-signed-in",
            Self::LogoutUnsupported => "logout-unsupported",
        }
    }

    /// Where a denial leads, as the screen says it.
    pub(super) fn way_back(&self) -> Option<RedirectTarget> {
        if let Self::Submitting(submitting) = self
            && let SubmittedFrom::Login(login) = &submitting.from
        {
            return login.way_back.clone();
        }
        self.card()?.way_back()
    }

    /// The card on the screen, or the card of the decision, taken out of the state.
    pub(super) fn into_card(self) -> Option<Box<Consent>> {
        match self {
            Self::Starting(card) => card,
            Self::Consent(card) => Some(card),
            Self::Submitting(submitting) => match submitting.from {
                SubmittedFrom::Consent(card) => Some(card),
                SubmittedFrom::Login(_) => None,
            },
            _ => None,
        }
    }

    /// The card on the screen, or the card of the decision.
    pub(super) fn card(&self) -> Option<&Consent> {
        match self {
            Self::Starting(Some(consent)) | Self::Consent(consent) => Some(consent),
            Self::Submitting(submitting) => match &submitting.from {
                SubmittedFrom::Consent(consent) => Some(consent),
                SubmittedFrom::Login(_) => None,
            },
            _ => None,
        }
    }
}

/// Why a request cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Invalid {
    /// The page refuses it.
    Request(RequestError),
    /// The backend refuses it.
    Response(ErrorResponse),
}

/// The user must sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginRequired {
    /// The parameters of the login page.
    pub hand_off: LoginHandOff,
    /// The transaction, if there is one. The user can deny it without signing in.
    pub transaction: Option<TransactionId>,
    /// How many times the user was sent to the login page for this request.
    pub sign_in_count: u32,
    /// Where a denial leads, if a card has shown it.
    pub way_back: Option<RedirectTarget>,
    /// Why the denial failed.
    pub error: Option<BackendError>,
}

impl LoginRequired {
    /// From this count on, the page does not redirect to the login page without a click.
    pub const MAX_SIGN_INS: u32 = 3;

    /// Whether signing in seems to fail.
    #[must_use]
    pub const fn is_stuck(&self) -> bool {
        self.sign_in_count >= Self::MAX_SIGN_INS
    }
}

/// The decision has been sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitting {
    /// The screen to return to if the decision fails.
    pub from: SubmittedFrom,
    /// The decision.
    pub request: SubmitRequest,
}

impl Submitting {
    /// The decision.
    #[must_use]
    pub const fn decision(&self) -> Decision {
        self.request.decision
    }
}

/// The screen of a decision.
#[derive(Debug, Clone, PartialEq)]
pub enum SubmittedFrom {
    /// The card.
    Consent(Box<Consent>),
    /// The login screen. The decision is a denial.
    Login(Box<LoginRequired>),
}

/// The page redirects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirecting {
    /// The address.
    pub target: RedirectTarget,
    /// Why the page redirects.
    pub reason: RedirectReason,
    /// Whether the site takes long to answer. The address is not opened again, because the first
    /// navigation may still arrive.
    pub late: bool,
}

/// Why the page redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedirectReason {
    /// The request of a card has an outcome, or goes on from there.
    Outcome,
    /// The request goes on where no card has led to: that may be something else than the client.
    Elsewhere,
    /// The user has allowed the request.
    Allowed,
    /// The user has denied the request.
    Denied,
    /// The logout has an outcome, or goes on elsewhere.
    Logout,
}

/// A call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// What failed.
    pub failure: Failure,
    /// When the user can retry.
    pub retry: Retry,
    /// The question to repeat.
    pub question: Question,
}

impl Failed {
    /// Whether signing in can help.
    #[must_use]
    pub fn offers_login(&self) -> bool {
        matches!(&self.failure, Failure::Backend(error) if matches!(error.fault, BackendFault::Token))
    }
}

/// What failed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// A call to the backend failed.
    Backend(BackendError),
    /// The login page cannot be opened, or the request is too long for its address.
    HandOff(crate::protocol::HandOffError),
}

/// When the user can retry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// At once.
    Now,
    /// After this number of seconds, as the backend requests.
    After(u32),
}

/// A question to the backend that the machine can repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// `authorize/start`.
    Start(StartRequest),
    /// `logout/start`.
    Logout(RawQuery),
    /// The exchange of a trusted auth token, and the request after it. Without a token, the page
    /// still waits for one.
    Attest(Option<TrustedToken>, StartRequest),
}

impl Question {
    /// The start of the authorization request.
    pub(super) const fn start(&self) -> Option<&StartRequest> {
        match self {
            Self::Start(start) | Self::Attest(_, start) => Some(start),
            Self::Logout(_) => None,
        }
    }
}

/// The decision about the logout has been sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SigningOut {
    /// The content of the screen.
    pub confirmation: Box<LogoutConfirmation>,
    /// The decision.
    pub decision: LogoutDecision,
}
