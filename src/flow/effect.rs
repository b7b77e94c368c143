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
    /// Call `start`; answer with [`super::Event::Answered`].
    Start {
        /// The number of the answer.
        attempt: Attempt,
        /// What to ask.
        request: StartRequest,
    },
    /// Call `submit`; answer with [`super::Event::Answered`].
    Submit {
        /// The number of the answer.
        attempt: Attempt,
        /// The decision.
        request: SubmitRequest,
    },
    /// Exchange a trusted auth token; answer with [`super::Event::Attested`].
    Attest {
        /// The number of the answer.
        attempt: Attempt,
        /// The token.
        token: TrustedToken,
    },
    /// Call `logout_start`; answer with [`super::Event::LogoutAnswered`].
    LogoutStart {
        /// The number of the answer.
        attempt: Attempt,
        /// What to ask.
        request: LogoutStartRequest,
    },
    /// Call `logout_submit`; answer with [`super::Event::LogoutAnswered`].
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
    /// Tell the host.
    Notify(Notice),
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// An answer that should long be here.
    Answer,
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
            Self::Answer => 20_000.0,
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

/// What a host can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// An authorization request was read, and the backend is asked about it.
    Started,
    /// The user is asked.
    ConsentShown,
    /// The user is sent to sign in.
    LoginRequired,
    /// The user allowed it, or no decision was needed, and the backend said where to go: the page is being left.
    Redirecting,
    /// The user denied it, and the backend said where to go: the page is being left.
    Denied,
    /// The logout is over.
    SignedOut,
    /// Something failed; a stable code, and the backend's name for the call.
    Failed {
        /// The error's `code()`.
        code: &'static str,
        /// The backend's own word for it, where it gave one.
        error: Option<String>,
        /// For support.
        request_id: Option<String>,
    },
}

impl Notice {
    /// The notice's stable name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::ConsentShown => "consent_shown",
            Self::LoginRequired => "login_required",
            Self::Redirecting => "redirecting",
            Self::Denied => "denied",
            Self::SignedOut => "signed_out",
            Self::Failed { .. } => "failed",
        }
    }
}
