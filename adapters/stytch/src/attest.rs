//! Exchanges a trusted auth token for a session.

use std::rc::Rc;

use countersign::{
    api::{Method, writer::Object},
    backend::{BackendError, BackendFault, TrustedToken},
    protocol::Realm,
};

use crate::{
    backend::Shared,
    call::{CallError, Credentials, fault_of},
};

impl Shared {
    /// Ends the current session, exchanges the token, and stores the new session.
    pub(crate) async fn attest(self: Rc<Self>, token: TrustedToken) -> Result<(), BackendError> {
        let current = self.credentials();
        let previous = match &current {
            Credentials::None => None,
            _ => self.check(&current).await.ok(),
        };
        let previous = previous.and_then(|from| self.session(&from).ok());
        if previous.is_some() {
            self.revoke(&current).await;
        } else {
            self.forget();
        }
        // A token may be valid for several organizations: keep the current one.
        let organization = previous.and_then(|session| session.organization);
        let organization = organization.filter(|_| self.realm == Realm::B2b);
        let organization = organization.as_ref().map(|one| one.organization_id.as_str());
        let body = Object::new()
            .text("token", token.token.secret())
            .text("profile_id", &token.profile_id)
            .optional("organization_id", organization)
            .raw("session_duration_minutes", "60")
            .end();
        let path = self.path("sessions/attest", "b2b/sessions/attest");
        let answer = self.call(Method::Post, path, &self.credentials(), Some(body));
        let session = match answer.await.and_then(|from| self.session(&from)) {
            Ok(session) => session,
            Err(CallError::Fault(error)) => return Err(error),
            Err(CallError::SignIn(id)) => return Err(fault_of(BackendFault::Token, id)),
            Err(CallError::Refused(error)) => {
                return Err(fault_of(BackendFault::Token, Some(error.request_id)));
            }
        };
        match &session.tokens {
            Some((token, jwt)) => self.jar().write(token, jwt, session.expires_at.as_deref()),
            // The response has set cookies that scripts cannot see.
            None => self.jar().clear(),
        }
        let mut state = self.state.borrow_mut();
        state.token = session.tokens.as_ref().map(|(token, _)| token.clone());
        state.attested = Some(session);
        Ok(())
    }
}
