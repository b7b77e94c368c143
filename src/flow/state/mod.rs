//! The states. Each variant has exactly the data of its phase.

use crate::{
    backend::{
        BackendError, BackendFault, ClientHome, Decision, ErrorResponse, LogoutDecision,
        StartRequest, SubmitRequest, TrustedToken,
    },
    consent::{Client, ConsentRequest, LogoutConfirmation},
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
    Answered(Option<ClientHome>, Option<Decision>),
    /// The transaction is expired, unknown, or belongs to another browser.
    Expired(Option<ClientHome>),
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
            Self::Answered(..) => "answered",
            Self::Expired(_) => "expired",
            Self::Failed(_) => "failed",
            Self::UnsafeAddress(_) => "unsafe-address",
            Self::ConfirmLogout { .. } => "confirm-logout",
            Self::SigningOut(_) => "signing-out",
            Self::SignedOut => "signed-out",
            Self::KeptSignedIn => "kept-signed-in",
            Self::LogoutUnsupported => "logout-unsupported",
        }
    }

    /// Where a denial leads and to whom, as the screen says it.
    pub(super) fn into_way_back(self) -> Option<Redirecting> {
        let consent = match self {
            Self::Starting(Some(consent)) | Self::Consent(consent) => consent,
            Self::Submitting(submitting) => match submitting.from {
                SubmittedFrom::Consent(consent) => consent,
                SubmittedFrom::Login(login) => return login.way_back,
            },
            _ => return None,
        };
        let ConsentRequest { redirect_uri, client, .. } = consent.request;
        let (client, reason) = (Some(Box::new(client)), RedirectReason::Outcome);
        Some(Redirecting { target: redirect_uri.ok()?, client, reason, late: false })
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
    /// Where a denial leads and to whom, if a card has shown it.
    pub way_back: Option<Redirecting>,
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
    /// The client, if known.
    pub client: Option<Box<Client>>,
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
    /// The request has an outcome, or goes on elsewhere.
    Outcome,
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
