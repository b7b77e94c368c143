//! The flow of a logout request.

use std::rc::Rc;

use countersign::{
    api::Method,
    backend::{BackendError, BackendFault, LogoutOutcome},
    consent::LogoutConfirmation,
    protocol::{LogoutId, RawQuery},
};

use crate::{
    backend::{SessionState, Shared},
    call::{CallError, Credentials, fault_of},
    concurrent::concurrently,
    request::logout_body,
    response::address,
};

impl Shared {
    pub(crate) async fn logout_start(
        self: Rc<Self>,
        raw: RawQuery,
    ) -> Result<LogoutOutcome, BackendError> {
        let body = match logout_body(&raw) {
            Ok(body) => body,
            Err(error) => return Ok(LogoutOutcome::Unusable(error)),
        };
        let credentials = self.credentials();
        // The account is shown if it is known in time. The logout does not depend on it.
        let check = (credentials != Credentials::None).then(|| self.check(&credentials));
        let bootstrap = self.bootstrap();
        let path = self.path("oauth/logout/start", "b2b/oauth/logout/start");
        let start = self.call(Method::Post, path, &credentials, Some(body));
        let ([check, bootstrap], start) = concurrently([check, bootstrap], start, 2).await;
        let session = check.map(|answer| answer.and_then(|from| self.session(&from)));
        if let Some(Err(CallError::SignIn(_))) = session {
            self.forget();
        }
        let read = start.and_then(|from| {
            let read = (from.boolean("consent_required"), from.address("redirect_uri"));
            Ok(from.checked(read)?)
        });
        match read {
            Ok((false, target)) => Ok(self.sign_out(&target).await),
            Ok((true, target)) => {
                // The address is all that the second call needs.
                let logout = LogoutId::new(target);
                let mut confirmation = LogoutConfirmation::new(logout, i64::MAX);
                confirmation.account = session.and_then(Result::ok).map(|session| session.account);
                confirmation.site_name = self.site(bootstrap);
                Ok(LogoutOutcome::Confirm(Box::new(confirmation)))
            }
            Err(CallError::Refused(error)) => Ok(LogoutOutcome::Error(error)),
            Err(CallError::Fault(error)) => Err(error),
            Err(CallError::SignIn(id)) => Err(fault_of(BackendFault::Malformed(401), id)),
        }
    }

    /// Ends the session, if there still is one, and returns the address of the client.
    pub(crate) async fn sign_out(self: &Rc<Self>, target: &str) -> LogoutOutcome {
        self.revoke(&self.credentials()).await;
        LogoutOutcome::Redirect(address(target, &*self.services))
    }

    /// Revokes a session. Its cookies are removed even if the call fails; the session then expires.
    pub(crate) async fn revoke(self: &Rc<Self>, credentials: &Credentials) {
        let path = self.path("sessions/revoke", "b2b/sessions/revoke");
        let _ = self.call(Method::Post, path, credentials, None).await;
        self.jar().clear();
        *self.state.borrow_mut() = SessionState::default();
    }
}
