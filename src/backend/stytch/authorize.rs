//! The way of an authorization request.

use std::rc::Rc;

use super::{
    CallError, Credentials, Session, Shared,
    answer::{self, StartAnswer},
    call::refused,
    fault,
    request::AuthorizeParameters,
    together::{Calling, beside, both},
};
use crate::{
    api::{Method, reader::Reader},
    backend::{BackendError, BackendFault, Decision, LoginRequest, Outcome, Refusal},
    protocol::{LoginReason, RawQuery, RequestId},
};

/// How often a request is asked about while the session changes under it.
const ROUNDS: usize = 3;

type Answered = Result<Reader, CallError>;

impl Shared {
    pub(super) async fn start(self: Rc<Self>, raw: RawQuery) -> Result<Outcome, BackendError> {
        let asked = match AuthorizeParameters::read(&raw) {
            Ok(asked) => asked,
            Err(error) => return Ok(Outcome::Unusable(error)),
        };
        for _ in 0..ROUNDS {
            let credentials = self.credentials();
            let attested = self.known.borrow_mut().attested.take();
            if attested.is_none() && credentials == Credentials::Nobody {
                return Ok(self.login(&asked, LoginReason::NoSession, None, None));
            }
            let (session, start, site) = self.ask(&asked, &credentials, attested).await;
            let (session, start) = match self.settled(&asked, session, start) {
                Ok(answers) => answers,
                Err(outcome) => return outcome,
            };
            // Answers about two people, or about one who is gone: whoever is signed in by now is asked about.
            if start.is_about(&session) && self.credentials() == credentials {
                return self.decide(asked, credentials, session, start, site).await;
            }
        }
        fault(BackendFault::SessionChanged)
    }

    /// Session check and start, in the same moment; after an exchanged token, the start alone.
    async fn ask(
        self: &Rc<Self>,
        asked: &AuthorizeParameters,
        credentials: &Credentials,
        attested: Option<Session>,
    ) -> (
        Result<Session, CallError>,
        Result<StartAnswer, CallError>,
        Option<String>,
    ) {
        let path = self.path("idp/oauth/authorize/start", "idp/b2b/oauth/authorize/start");
        let start = self.call(Method::Post, path, credentials, Some(asked.body().end()));
        let start: Calling<Answered> = Box::pin(start);
        let calls: Calling<(Result<Session, CallError>, Answered)> = match attested {
            Some(session) => Box::pin(async move { (Ok(session), start.await) }),
            None => Box::pin(both(self.check(credentials), start)),
        };
        let ((session, start), site) = beside(self.bootstrap(), calls).await;
        let site = self.options.project_name.clone().or(site.flatten());
        let start = start.and_then(|from| Ok(StartAnswer::read(&from, &self.pictures())?));
        (session, start, site)
    }

    /// Who is signed in.
    pub(super) fn check(
        self: &Rc<Self>,
        credentials: &Credentials,
    ) -> Calling<Result<Session, CallError>> {
        let path = self.path("sessions/authenticate", "b2b/sessions/authenticate");
        let call = self.call(Method::Post, path, credentials, Some("{}".to_owned()));
        let shared = Rc::clone(self);
        Box::pin(async move { shared.session(&call.await?) })
    }

    pub(super) fn session(&self, from: &Reader) -> Result<Session, CallError> {
        let session = Session::read(from, self.realm, &*self.page, &self.pictures())?;
        Ok(session)
    }

    /// The project's name, where it is wanted and not known.
    pub(super) fn bootstrap(self: &Rc<Self>) -> Option<Calling<Option<String>>> {
        if !self.options.bootstrap || self.options.project_name.is_some() {
            return None;
        }
        let path = format!("projects/bootstrap/{}", self.options.public_token);
        let call = self.call(Method::Get, &path, &self.credentials(), None);
        Some(Box::pin(async move {
            call.await.ok()?.optional_text("project_name")
        }))
    }

    /// Both answers, or what comes of it where one of them is none.
    fn settled(
        &self,
        asked: &AuthorizeParameters,
        session: Result<Session, CallError>,
        start: Result<StartAnswer, CallError>,
    ) -> Result<(Session, StartAnswer), Result<Outcome, BackendError>> {
        match (session, start) {
            (Ok(session), Ok(start)) => Ok((session, start)),
            // A request that cannot be used stays so, whoever signs in.
            (_, Err(CallError::Refused(error))) => Err(Ok(Outcome::Error(error))),
            (Err(CallError::SignIn(id)), _) | (_, Err(CallError::SignIn(id))) => {
                self.forget();
                Err(Ok(self.login(asked, LoginReason::NoSession, None, id)))
            }
            (Err(CallError::Fault(error)), _) | (_, Err(CallError::Fault(error))) => {
                Err(Err(error))
            }
            (Err(CallError::Refused(error)), _) => Err(Ok(Outcome::Error(error))),
        }
    }

    /// What there is to do for a session and its answer.
    async fn decide(
        self: Rc<Self>,
        asked: AuthorizeParameters,
        credentials: Credentials,
        session: Session,
        start: StartAnswer,
        site: Option<String>,
    ) -> Result<Outcome, BackendError> {
        if let Some(reason) = session.falls_short(&asked) {
            return Ok(self.login(&asked, reason, session.seen, None));
        }
        self.known.borrow_mut().shown = Some(credentials.clone());
        // `prompt=none` forbids asking: the client gets an answer without a grant instead.
        if !start.consent_required || asked.prompts("none") {
            let granted = !start.consent_required && self.options.granted_without_consent;
            return self.answer(&asked, &credentials, granted).await;
        }
        let request = start.consent(&asked, &session, site, &*self.services);
        Ok(Outcome::Consent(Box::new(request)))
    }

    /// The user's decision, for the session that the card was made with.
    pub(super) async fn submit(
        self: Rc<Self>,
        raw: RawQuery,
        decision: Decision,
    ) -> Result<Outcome, BackendError> {
        let asked = match AuthorizeParameters::read(&raw) {
            Ok(asked) => asked,
            Err(error) => return Ok(Outcome::Unusable(error)),
        };
        let credentials = self.credentials();
        if self.known.borrow().shown.as_ref() != Some(&credentials) {
            // Another account signed in meanwhile: it has to be asked first.
            return self.start(raw).await;
        }
        let granted = decision == Decision::Allow;
        self.answer(&asked, &credentials, granted).await
    }

    async fn answer(
        self: &Rc<Self>,
        asked: &AuthorizeParameters,
        credentials: &Credentials,
        granted: bool,
    ) -> Result<Outcome, BackendError> {
        let path = self.path(
            "idp/oauth/authorize/submit",
            "idp/b2b/oauth/authorize/submit",
        );
        let body = asked.body();
        let body = body.raw("consent_granted", if granted { "true" } else { "false" });
        let answered = self.call(Method::Post, path, credentials, Some(body.end()));
        let answered = answered.await;
        match answered.and_then(|from| Ok(from.checked(from.address("redirect_uri"))?)) {
            Ok(target) => Ok(Outcome::Redirect(answer::address(&target, &*self.services))),
            Err(CallError::SignIn(id)) => {
                self.forget();
                Ok(self.login(asked, LoginReason::NoSession, None, id))
            }
            Err(CallError::Refused(error)) => Ok(Outcome::Error(error)),
            Err(CallError::Fault(error)) => Err(error),
        }
    }

    /// The user has to sign in, and `seen` is when the backend last saw the session that does not do.
    fn login(
        &self,
        asked: &AuthorizeParameters,
        reason: LoginReason,
        seen: Option<f64>,
        id: Option<RequestId>,
    ) -> Outcome {
        if asked.prompts("none") {
            let error = refused(Refusal::Silent, "login_required".to_owned(), id);
            return Outcome::Error(error);
        }
        Outcome::Login(LoginRequest {
            reason,
            transaction: None,
            attempt: asked.hand_off.count.saturating_add(1),
            login_hint: None,
            acr_values: asked.one("acr_values").map(str::to_owned),
            return_query: Some(asked.marked(seen.map(|seen| seen as i64))),
        })
    }
}
