//! A trusted auth token, exchanged for a session.

use std::rc::Rc;

use super::{CallError, Credentials, Shared};
use crate::{
    api::{Method, writer::Object},
    backend::{BackendError, BackendFault, TrustedToken},
    protocol::Realm,
};

impl Shared {
    /// Ends the session there was, exchanges the token, and keeps the session it gives.
    pub(super) async fn attest(self: Rc<Self>, token: TrustedToken) -> Result<(), BackendError> {
        let there = self.credentials();
        let previous = match &there {
            Credentials::Nobody => None,
            there => self.check(there).await.ok(),
        };
        if previous.is_some() {
            self.revoke(&there).await;
        } else {
            self.forget();
        }
        // A token may be good for several organizations: the one that was in use stays.
        let organization = previous.and_then(|session| session.organization);
        let organization = organization.as_ref();
        let organization = organization.filter(|_| self.realm == Realm::B2b);
        let body = Object::new()
            .text("token", token.token.secret())
            .text("profile_id", &token.profile_id)
            .optional(
                "organization_id",
                organization.map(|it| it.organization_id.as_str()),
            )
            .raw("session_duration_minutes", "60")
            .end();
        let path = self.path("sessions/attest", "b2b/sessions/attest");
        let answer = self.call(Method::Post, path, &self.credentials(), Some(body));
        let session = match answer.await.and_then(|from| self.session(&from)) {
            Ok(session) => session,
            Err(CallError::Fault(error)) => return Err(error),
            Err(CallError::SignIn(request_id)) => return Err(refused(request_id)),
            Err(CallError::Refused(error)) => return Err(refused(Some(error.request_id))),
        };
        match &session.tokens {
            Some((token, jwt)) => self.jar().write(token, jwt, session.expires_at.as_deref()),
            // The backend has set cookies that scripts do not see.
            None => self.jar().clear(),
        }
        let mut known = self.known.borrow_mut();
        known.token = session.tokens.as_ref().map(|(token, _)| token.clone());
        known.attested = Some(session);
        Ok(())
    }
}

fn refused(request_id: Option<crate::protocol::RequestId>) -> BackendError {
    BackendError {
        request_id,
        ..BackendFault::Token.into()
    }
}
