//! Effects: what the driver must do.

use super::Attempt;
use crate::{
    backend::{LogoutStartRequest, LogoutSubmitRequest, StartRequest, SubmitRequest, TrustedToken},
    protocol::{FormFields, LoginHandOff, RedirectTarget, TransactionId},
    strings::before,
};

/// An effect.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Effect {
    /// Call `start`, then send [`super::Event::AuthorizeResponse`].
    Start {
        /// The attempt number of the response.
        attempt: Attempt,
        /// The request.
        request: StartRequest,
    },
    /// Call `submit`, then send [`super::Event::AuthorizeResponse`].
    Submit {
        /// The attempt number of the response.
        attempt: Attempt,
        /// The decision.
        request: SubmitRequest,
    },
    /// Exchange a trusted auth token, then send [`super::Event::AttestResponse`].
    Attest {
        /// The attempt number of the response.
        attempt: Attempt,
        /// The token.
        token: TrustedToken,
    },
    /// Call `logout_start`, then send [`super::Event::LogoutResponse`].
    LogoutStart {
        /// The attempt number of the response.
        attempt: Attempt,
        /// The request.
        request: LogoutStartRequest,
    },
    /// Call `logout_submit`, then send [`super::Event::LogoutResponse`].
    LogoutSubmit {
        /// The attempt number of the response.
        attempt: Attempt,
        /// The decision.
        request: LogoutSubmitRequest,
    },
    /// Replace the page's address by the transaction's, without a navigation.
    ReplaceUrl(TransactionId),
    /// Navigate to this address and replace the history entry.
    Navigate(RedirectTarget),
    /// Post a form to this address.
    Post {
        /// The address.
        action: RedirectTarget,
        /// What the form has.
        fields: FormFields,
    },
    /// Navigate to the host's login page. If the address cannot be built, send
    /// [`super::Event::HandOffFailed`].
    GoToLogin(LoginHandOff),
    /// Load the texts of a language, one of [`crate::messages::LANGUAGES`]. Send
    /// [`super::Event::MessagesSettled`] within a few seconds, even if they fail to load; the texts
    /// are English then.
    LoadMessages(&'static str),
    /// Bring the first part of the card that the user must see and that has not been in view into
    /// view, and move the focus to it. It counts as seen then. If none is left, send
    /// [`super::Gesture::CardSeen`].
    ShowUnseen,
    /// Wait, then send [`super::Event::TimedOut`].
    Wait {
        /// The attempt number of the response.
        attempt: Attempt,
        /// What the machine waits for.
        timer: Timer,
    },
    /// Report an event to the host.
    ReportEvent(WidgetEvent),
    /// Report an error to the host.
    ReportError(WidgetError),
}

/// What the machine waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// The response to a call.
    Response,
    /// The expiry of the transaction, in seconds since the Unix epoch.
    Expiry(i64),
    /// The `Retry-After` of the backend, in seconds.
    RetryAfter(u32),
    /// A navigation to a site, which takes long. It may still arrive.
    Navigation,
    /// A navigation to an app, which leaves the page open.
    HandOver,
    /// The time before a decision counts, with its number.
    Arming(u32),
}

impl Timer {
    /// The time to wait in milliseconds, if the clock shows `now` (milliseconds since the Unix
    /// epoch). `None` if the time has passed, or is too far away: the backend decides anyway.
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
            Self::Navigation => 10_000.0,
            Self::HandOver => 1_500.0,
            Self::Arming(_) => 600.0,
        };
        // The conversion is in range. Timers have 31 bits, and no page stays open longer than a
        // day.
        (wait > 0.0 && wait < 86_400_000.0).then_some(wait as u32)
    }
}

/// Events for the host of a widget. They have names and numbers only: the page's address contains the
/// request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WidgetEvent {
    /// An authorization request was read, and the backend was called.
    Started,
    /// The card is shown.
    ConsentShown,
    /// The user must sign in.
    LoginRequired,
    /// The user allowed the request, and the decision counts.
    Allowed {
        /// How many scopes were granted.
        scopes: u32,
        /// How many requested scopes were not: the user unticked them, or the account cannot grant
        /// them.
        left_out: u32,
    },
    /// The page redirects: the user allowed the request, or no decision was needed.
    Redirecting,
    /// The page redirects: the user denied the request.
    Denied,
    /// The user has signed out.
    SignedOut,
}

impl WidgetEvent {
    /// The stable name of the event.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::ConsentShown => "consent_shown",
            Self::LoginRequired => "login_required",
            Self::Allowed { .. } => "allowed",
            Self::Redirecting => "redirecting",
            Self::Denied => "denied",
            Self::SignedOut => "signed_out",
        }
    }
}

/// An error for the host of a widget.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WidgetError {
    /// The stable error code.
    pub code: &'static str,
    /// The backend's error code, or what is incorrect in its response.
    pub error: Option<String>,
    /// The backend's identifier of the call, for support.
    pub request_id: Option<String>,
    /// The status of the response, or 0 if there is none. A redirect is 302, whatever its status: a
    /// browser does not tell.
    pub status: u16,
    /// What the backend says about the failure (`detail` of RFC 9457), in builds for development
    /// alone. It may name what must not be logged.
    pub detail: Option<String>,
}

impl WidgetError {
    /// Where the response is incorrect, such as `scopes[1].granted`.
    ///
    /// ```
    /// use countersign::flow::WidgetError;
    ///
    /// let mut error = WidgetError::of("answer_malformed");
    /// error.error = Some("scopes[1].granted: of the wrong type".to_owned());
    /// assert_eq!(error.path(), Some("scopes[1].granted"));
    /// ```
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        let error = self.error.as_deref().filter(|_| self.code == "answer_malformed")?;
        Some(before(error, b':'))
    }

    /// An error with only a code.
    #[must_use]
    pub const fn of(code: &'static str) -> Self {
        Self { code, error: None, request_id: None, status: 0, detail: None }
    }
}
