//! The way of a logout request.

use std::rc::Rc;

use super::{
    CallError, Credentials, Shared, answer, request,
    together::{Calling, beside},
};
use crate::{
    api::{Method, reader::Reader},
    backend::{BackendError, BackendFault, LogoutOutcome},
    consent::LogoutConfirmation,
    protocol::{LogoutId, RawQuery},
};

impl Shared {
    pub(super) async fn logout_start(
        self: Rc<Self>,
        raw: RawQuery,
    ) -> Result<LogoutOutcome, BackendError> {
        let body = match request::logout_body(raw) {
            Ok(body) => body,
            Err(error) => return Ok(LogoutOutcome::Unusable(error)),
        };
        let credentials = self.credentials();
        // Who is signed in is shown where it is known in time; the logout does not depend on it.
        let session = match &credentials {
            Credentials::Nobody => None,
            there => Some(self.check(there)),
        };
        let path = self.path("oauth/logout/start", "b2b/oauth/logout/start");
        let start: Calling<Result<Reader, CallError>> =
            Box::pin(self.call(Method::Post, path, &credentials, Some(body)));
        let asked: Calling<_> = Box::pin(beside(self.bootstrap(), start));
        let ((start, site), session) = beside(session, asked).await;
        if let Some(Err(CallError::SignIn(_))) = session {
            self.forget();
        }
        let site = self.options.project_name.clone().or(site.flatten());
        let read = start.and_then(|from| {
            let read = (
                from.boolean("consent_required"),
                from.address("redirect_uri"),
            );
            Ok(from.checked(read)?)
        });
        match read {
            Ok((false, target)) => Ok(self.sign_out(&target).await),
            Ok((true, target)) => Ok(LogoutOutcome::Confirm(Box::new(LogoutConfirmation {
                // Where to go is all that this logout is about.
                logout: LogoutId::new(target),
                account: session.and_then(Result::ok).map(|it| it.account),
                site,
                client: None,
                expires_at: i64::MAX,
            }))),
            Err(CallError::Refused(error)) => Ok(LogoutOutcome::Error(error)),
            Err(CallError::Fault(error)) => Err(error),
            Err(CallError::SignIn(request_id)) => Err(BackendError {
                request_id,
                ..BackendFault::Malformed(401).into()
            }),
        }
    }

    /// Ends the session and goes on, whether or not there still was one.
    pub(super) async fn sign_out(self: &Rc<Self>, target: &str) -> LogoutOutcome {
        self.revoke(&self.credentials()).await;
        LogoutOutcome::Redirect(answer::address(target, &*self.services))
    }

    /// Ends a session. Its cookies go in any case; one that could not be reached ends by itself.
    pub(super) async fn revoke(self: &Rc<Self>, credentials: &Credentials) {
        let path = self.path("sessions/revoke", "b2b/sessions/revoke");
        let _ = self.call(Method::Post, path, credentials, None).await;
        self.jar().clear();
        *self.known.borrow_mut() = super::Known::default();
    }
}
