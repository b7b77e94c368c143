//! What the driver has to do.

use super::Attempt;
use crate::{
    backend::{LogoutStartRequest, LogoutSubmitRequest, StartRequest, SubmitRequest, TrustedToken},
    protocol::{LoginHandOff, RedirectTarget, TransactionId},
};

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Effect {
    /// Call `start`; answer with [`super::Event::AuthorizeResponse`].
    Start {
        /// The number of the answer.
        attempt: Attempt,
        /// What to ask.
        request: StartRequest,
    },
    /// Call `submit`; answer with [`super::Event::AuthorizeResponse`].
    Submit {
        /// The number of the answer.
        attempt: Attempt,
        /// The decision.
        request: SubmitRequest,
    },
    /// Exchange a trusted auth token; answer with [`super::Event::AttestResponse`].
    Attest {
        /// The number of the answer.
        attempt: Attempt,
        /// The token.
        token: TrustedToken,
    },
    /// Call `logout_start`; answer with [`super::Event::LogoutResponse`].
    LogoutStart {
        /// The number of the answer.
        attempt: Attempt,
        /// What to ask.
        request: LogoutStartRequest,
    },
    /// Call `logout_submit`; answer with [`super::Event::LogoutResponse`].
    LogoutSubmit {
        /// The number of the answer.
        attempt: Attempt,
        /// The user's word.
        request: LogoutSubmitRequest,
    },
    /// Make the page's address the transaction's, without leaving the page.
    ReplaceUrl(TransactionId),
    /// Leave the page for this address, without a trace in the history.
    Navigate(RedirectTarget),
    /// Leave the page for the host's login page; where no address can be made, [`super::Event::HandOffFailed`].
    GoToLogin(LoginHandOff),
    /// Load the texts of a language, one of [`crate::messages::LANGUAGES`]; answer with [`super::Event::MessagesSettled`] in any case,
    /// within a few seconds. Where they do not load, it stays English.
    LoadMessages(&'static str),
    /// Wait; answer with [`super::Event::TimedOut`].
    Wait {
        /// The number of the answer.
        attempt: Attempt,
        /// What is waited for.
        timer: Timer,
    },
    /// Report an event to the host.
    ReportEvent(WidgetEvent),
    /// Report an error to the host.
    ReportError(WidgetError),
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// The longest wait for a response.
    Response,
    /// The end of the transaction, in seconds since the Unix epoch.
    Expiry(i64),
    /// The time after which the backend wants to be asked again, in seconds.
    RetryAfter(u32),
    /// A navigation that should have taken the page away.
    Navigation,
    /// The same for an app's private scheme, which leaves the page where it is.
    HandOver,
    /// The moment before `allow` counts, by its number.
    Arming(u32),
}

impl Timer {
    /// How long to wait, in milliseconds, where the clock shows `now` (milliseconds since the Unix epoch). `None` where
    /// the moment has passed or is too far off to wait for: the backend has the last word anyway.
    ///
    /// ```
    /// use countersign::flow::Timer;
    ///
    /// assert_eq!(Timer::RetryAfter(3).milliseconds(0.0), Some(3000));
    /// assert_eq!(Timer::Expiry(0).milliseconds(1e12), None);
    /// ```
    #[must_use]
    pub fn milliseconds(self, now: f64) -> Option<u32> {
        let wait = match self {
            Self::Response => 20_000.0,
            Self::Expiry(at) => at as f64 * 1000.0 - now + 500.0,
            Self::RetryAfter(seconds) => f64::from(seconds) * 1000.0,
            Self::Navigation => 4_000.0,
            Self::HandOver => 1_500.0,
            Self::Arming(_) => 600.0,
        };
        // In range: over a day nobody waits, and timers take 31 bits.
        (wait > 0.0 && wait < 86_400_000.0).then_some(wait as u32)
    }
}

/// What happens in a widget, for its host. Names only: what a request asks for is in the page's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WidgetEvent {
    /// An authorization request was read, and the backend is asked about it.
    Started,
    /// The card is shown.
    ConsentShown,
    /// The user is sent to sign in.
    LoginRequired,
    /// The page is being left: the user allowed the request, or no decision was needed.
    Redirecting,
    /// The page is being left: the user denied the request.
    Denied,
    /// The user has signed out.
    SignedOut,
}

impl WidgetEvent {
    /// The event's stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::ConsentShown => "consent_shown",
            Self::LoginRequired => "login_required",
            Self::Redirecting => "redirecting",
            Self::Denied => "denied",
            Self::SignedOut => "signed_out",
        }
    }
}

/// What failed in a widget, for its host.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WidgetError {
    /// The error's stable code.
    pub code: &'static str,
    /// The backend's own error code, or the wrong field of its response.
    pub error: Option<String>,
    /// The backend's identifier of the call, for support.
    pub request_id: Option<String>,
}

impl WidgetError {
    /// An error of which only the code is known.
    #[must_use]
    pub const fn of(code: &'static str) -> Self {
        Self {
            code,
            error: None,
            request_id: None,
        }
    }
}
