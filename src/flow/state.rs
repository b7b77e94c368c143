//! One variant a phase, with exactly its data.

use crate::{
    backend::{
        BackendError, BackendFault, ClientHome, Decision, ErrorResponse, LogoutDecision,
        StartRequest, SubmitRequest, TrustedToken,
    },
    consent::{
        Approval, Client, ConsentRequest, LogoutConfirmation, Organization, OrganizationStatus,
        Selection,
    },
    protocol::{
        LoginHandOff, RawQuery, RedirectTarget, RequestError, TransactionId, UnsafeAddress,
    },
};

/// The number of a question to the outside. An answer with another number than the current one is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Attempt(pub(super) u32);

impl Attempt {
    pub(super) const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// Where the flow stands.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum State {
    /// The page is inside a frame: nothing is asked of the backend and nothing is shown that could be clicked through.
    Framed,
    /// The request cannot be used.
    Invalid(Invalid),
    /// A trusted auth token is awaited, or being exchanged for a session.
    Attesting,
    /// The backend is asked what to show; the card that was there before stays meanwhile (a change of organization).
    Starting(Option<Box<Consent>>),
    /// The user has to sign in.
    LoginRequired(Box<LoginRequired>),
    /// The user is asked.
    Consent(Box<Consent>),
    /// The decision is on its way.
    Submitting(Box<Submitting>),
    /// The page is being left for a checked address.
    Redirecting(Redirecting),
    /// An address was opened and the page is still here: an app took it, or nobody did.
    Returned(Redirecting),
    /// The transaction has its answer.
    Answered(Option<ClientHome>),
    /// The transaction is over, unknown, or another browser's.
    Expired(Option<ClientHome>),
    /// A call failed; it can be made again.
    Failed(Failed),
    /// The client wants the user sent to an address that is never opened.
    UnsafeAddress(UnsafeAddress),
    /// The user is asked whether to sign out.
    ConfirmLogout {
        /// What is asked.
        confirmation: Box<LogoutConfirmation>,
        /// Why the last try did not get through.
        error: Option<BackendError>,
    },
    /// The user's word on the logout is on its way.
    SigningOut(SigningOut),
    /// The session is over.
    SignedOut,
    /// The user stays signed in.
    KeptSignedIn,
}

impl State {
    /// The state's stable name, for style sheets and tests.
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
            Self::Expired(_) => "expired",
            Self::Failed(_) => "failed",
            Self::UnsafeAddress(_) => "unsafe-address",
            Self::ConfirmLogout { .. } => "confirm-logout",
            Self::SigningOut(_) => "signing-out",
            Self::SignedOut => "signed-out",
            Self::KeptSignedIn => "kept-signed-in",
        }
    }

    /// The card that a response belongs to: it is on the screen, or a decision was taken on it.
    pub(super) fn card(&self) -> Option<&Consent> {
        match self {
            Self::Starting(Some(consent)) => Some(consent),
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
pub enum Invalid {
    /// The page itself refuses it.
    Request(RequestError),
    /// The backend does.
    Response(ErrorResponse),
}

/// The user is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// What is asked.
    pub request: ConsentRequest,
    /// What is ticked.
    pub selection: Selection,
    /// Whether the user wants an `allow` remembered, where the backend can.
    pub remember: bool,
    /// Whether the account belongs to no organization where it has to act for one (B2B).
    pub has_no_organization: bool,
    /// Whether `allow` counts yet.
    pub arming: Arming,
    /// Why the last decision did not get through.
    pub error: Option<BackendError>,
}

impl Consent {
    /// Whether `allow` can be offered at all.
    #[must_use]
    pub fn can_allow(&self) -> bool {
        self.request.can_allow() && !self.has_no_organization
    }

    /// Whether `allow` counts now: the card has been looked at for a moment, and something would be granted.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.can_allow()
            && self.arming == Arming::Armed
            && self.selection.grants_something(&self.request)
    }

    /// The organization that an administrator can be asked about from here.
    #[must_use]
    pub fn approvable(&self) -> Option<&Organization> {
        let organization = self.request.organization.as_ref()?;
        let offered = organization.status == OrganizationStatus::NeedsApproval
            && organization.approval == Some(Approval::Offered);
        offered.then_some(organization)
    }
}

/// Whether `allow` counts yet. It does so a moment after the card has come into view, and again after every time that it comes back
/// into view or into focus: a click or a key that was meant for something else does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arming {
    /// Nobody looks at the page.
    #[default]
    Hidden,
    /// The moment has begun, by its number.
    Waiting(u32),
    /// It has passed.
    Armed,
}

/// The user has to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginRequired {
    /// What goes along to the login page.
    pub hand_off: LoginHandOff,
    /// The transaction, where there is one: it can be denied without signing in.
    pub transaction: Option<TransactionId>,
    /// How many times this request was sent to the login page.
    pub sign_in_count: u32,
    /// Why the denial did not get through.
    pub error: Option<BackendError>,
}

impl LoginRequired {
    /// From here on the user is asked before being sent to the login page again.
    pub const MAX_SIGN_INS: u32 = 3;

    /// Whether signing in seems not to take.
    #[must_use]
    pub const fn is_stuck(&self) -> bool {
        self.sign_in_count >= Self::MAX_SIGN_INS
    }
}

/// The decision is on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitting {
    /// Where it was taken, to go back to should it fail.
    pub from: SubmittedFrom,
    /// The decision.
    pub request: SubmitRequest,
}

impl Submitting {
    /// Which way the user decided.
    #[must_use]
    pub const fn decision(&self) -> Decision {
        self.request.decision
    }
}

/// The screen a decision was taken on.
#[derive(Debug, Clone, PartialEq)]
pub enum SubmittedFrom {
    /// The card.
    Consent(Box<Consent>),
    /// The login screen: a denial.
    Login(Box<LoginRequired>),
}

/// The page is being left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirecting {
    /// Where to.
    pub target: RedirectTarget,
    /// The client, where known.
    pub client: Option<Box<Client>>,
}

/// A call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// What happened.
    pub failure: Failure,
    /// When it can be tried again.
    pub retry: Retry,
    /// The question to ask again.
    pub question: Question,
}

impl Failed {
    /// Whether signing in is a way on.
    #[must_use]
    pub fn offers_login(&self) -> bool {
        matches!(&self.failure, Failure::Backend(error) if error.fault == BackendFault::Token)
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The backend's call failed.
    Backend(BackendError),
    /// The login page's address is not one that may be opened, or the request cannot be carried there.
    HandOff(crate::protocol::HandOffError),
}

/// When a failed call can be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// At once.
    Now,
    /// After so many seconds, as the backend asked.
    After(u32),
}

/// A question that a machine asks anew on retry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// `authorize/start`.
    Start(StartRequest),
    /// `logout/start`.
    Logout(RawQuery),
    /// The exchange of a trusted auth token, and what is asked after it. Without a token, it is still awaited.
    Attest(Option<TrustedToken>, StartRequest),
}

impl Question {
    /// The question about an authorization request.
    pub(super) const fn start(&self) -> Option<&StartRequest> {
        match self {
            Self::Start(start) | Self::Attest(_, start) => Some(start),
            Self::Logout(_) => None,
        }
    }
}

/// The user's word on the logout is on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct SigningOut {
    /// What was asked.
    pub confirmation: Box<LogoutConfirmation>,
    /// The user's word.
    pub decision: LogoutDecision,
}
