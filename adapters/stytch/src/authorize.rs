//! The flow of an authorization request.

use std::{future::Future, rc::Rc};

use countersign::{
    api::{Method, reader::Reader},
    backend::{BackendError, BackendFault, Decision, LoginRequest, Outcome, Refusal},
    protocol::{LoginReason, RawQuery, RequestId},
    strings::concat,
};

use crate::{
    backend::Shared,
    call::{Answer, Call, CallError, Credentials, refused},
    concurrent::{Answers, concurrently},
    request::AuthorizeParameters,
    response::{self, StartResponse},
    session::Session,
};

/// How often a request is loaded when the session changes meanwhile.
const ROUNDS: usize = 3;

/// What follows from the answers of a start.
enum Next {
    /// Load the request again, for the current session.
    Reload,
    /// Send a decision without the user; `true` grants the request.
    Decide(bool),
    Done(Result<Outcome, BackendError>),
}

impl Shared {
    /// Loads a request, or sends the user's decision about it.
    ///
    /// A decision is sent only if the session is still the one that the card was loaded with. If
    /// another account has signed in, its card is loaded instead.
    pub(crate) async fn authorize(
        self: Rc<Self>,
        raw: RawQuery,
        decision: Option<Decision>,
    ) -> Result<Outcome, BackendError> {
        let request = match AuthorizeParameters::read(&raw) {
            Ok(request) => request,
            Err(error) => return Ok(Outcome::Unusable(error)),
        };
        let mut credentials = self.credentials();
        let is_same = self.state.borrow().shown.as_ref() == Some(&credentials);
        let decision = decision.filter(|_| is_same);
        let mut granted = decision.map(|decision| decision == Decision::Allow);
        let mut rounds = 0;
        while granted.is_none() {
            if rounds == ROUNDS {
                return Err(BackendFault::SessionChanged.into());
            }
            rounds += 1;
            credentials = self.credentials();
            let attested = self.state.borrow_mut().attested.take();
            if attested.is_none() && credentials == Credentials::None {
                return Ok(self.login(&request, LoginReason::NoSession, None, None));
            }
            let answers = self.load(&request, &credentials, attested.is_some()).await;
            match self.next(&request, &credentials, attested, answers) {
                Next::Reload => {}
                Next::Decide(grant) => granted = Some(grant),
                Next::Done(outcome) => return outcome,
            }
        }
        let answer = self.decide(&request, &credentials, granted == Some(true));
        self.decided(&request, answer.await)
    }

    /// Makes the calls of a start. An attested session needs no check.
    fn load(
        self: &Rc<Self>,
        request: &AuthorizeParameters,
        credentials: &Credentials,
        is_attested: bool,
    ) -> impl Future<Output = Answers> + use<> {
        let bootstrap = self.bootstrap();
        let check = (!is_attested).then(|| self.check(credentials));
        let path = self.path("idp/oauth/authorize/start", "idp/b2b/oauth/authorize/start");
        let body = Some(request.body().end());
        let start = self.call(Method::Post, path, credentials, body);
        concurrently([bootstrap, check], start, 1)
    }

    /// Evaluates the answers of a start. This is no `async` function, since those are larger.
    fn next(
        &self,
        request: &AuthorizeParameters,
        credentials: &Credentials,
        attested: Option<Session>,
        ([bootstrap, check], start): Answers,
    ) -> Next {
        let (session, start) = match self.settle(attested, check, start) {
            Ok(answers) => answers,
            Err(error) => return Next::Done(self.fail(request, error)),
        };
        // The answers are about two accounts, or about a session that has ended.
        if !start.is_about(&session) || self.credentials() != *credentials {
            return Next::Reload;
        }
        if let Some(reason) = session.login_reason(request) {
            return Next::Done(Ok(self.login(request, reason, session.checked, None)));
        }
        self.state.borrow_mut().shown = Some(credentials.clone());
        // `prompt=none` forbids the card: the client gets a response without a grant.
        if !start.consent_required || request.prompts("none") {
            return Next::Decide(!start.consent_required && self.options.granted_without_consent);
        }
        let mut consent = start.consent(request, session, &self.options, &*self.services);
        consent.site_name = self.site(bootstrap);
        Next::Done(Ok(Outcome::Consent(Box::new(consent))))
    }

    /// Checks the session.
    pub(crate) fn check(self: &Rc<Self>, credentials: &Credentials) -> Call {
        let path = self.path("sessions/authenticate", "b2b/sessions/authenticate");
        self.call(Method::Post, path, credentials, Some("{}".to_owned()))
    }

    pub(crate) fn session(&self, from: &Reader) -> Result<Session, CallError> {
        let session = Session::read(from, self.realm, &*self.page, &self.logos())?;
        Ok(session)
    }

    /// Loads the name of the project, if the options ask for it and do not set it.
    pub(crate) fn bootstrap(self: &Rc<Self>) -> Option<Call> {
        if !self.options.bootstrap || self.options.project_name.is_some() {
            return None;
        }
        let path = concat(&["projects/bootstrap/", &self.options.public_token]);
        Some(self.call(Method::Get, &path, &self.credentials(), None))
    }

    /// The name of the site, from the options or from Stytch.
    pub(crate) fn site(&self, bootstrap: Option<Answer>) -> Option<String> {
        let name = self.options.project_name.clone();
        name.or_else(|| bootstrap?.ok()?.optional_text("project_name"))
    }

    /// Reads both answers. If both are errors, the more important one is returned.
    fn settle(
        &self,
        attested: Option<Session>,
        check: Option<Answer>,
        start: Answer,
    ) -> Result<(Session, StartResponse), CallError> {
        let session = match (attested, check) {
            (Some(session), _) => Ok(session),
            (None, Some(check)) => check.and_then(|from| self.session(&from)),
            (None, None) => Err(CallError::SignIn(None)),
        };
        let start = start.and_then(|from| Ok(StartResponse::read(&from, &self.logos())?));
        match (session, start) {
            (Ok(session), Ok(start)) => Ok((session, start)),
            // The request stays unusable, whoever signs in.
            (_, Err(error @ CallError::Refused(_)))
            | (Err(error @ CallError::SignIn(_)), _)
            | (_, Err(error @ CallError::SignIn(_)))
            | (Err(error @ CallError::Fault(_)), _)
            | (_, Err(error))
            | (Err(error), _) => Err(error),
        }
    }

    /// The outcome of a call that failed.
    fn fail(
        &self,
        request: &AuthorizeParameters,
        error: CallError,
    ) -> Result<Outcome, BackendError> {
        match error {
            CallError::SignIn(id) => {
                self.forget();
                Ok(self.login(request, LoginReason::NoSession, None, id))
            }
            CallError::Refused(error) => Ok(Outcome::Error(error)),
            CallError::Fault(error) => Err(error),
        }
    }

    /// Sends a decision.
    fn decide(
        self: &Rc<Self>,
        request: &AuthorizeParameters,
        credentials: &Credentials,
        granted: bool,
    ) -> Call {
        let path = self.path("idp/oauth/authorize/submit", "idp/b2b/oauth/authorize/submit");
        let granted = if granted { "true" } else { "false" };
        let body = request.body().raw("consent_granted", granted).end();
        self.call(Method::Post, path, credentials, Some(body))
    }

    /// The outcome of a decision.
    fn decided(
        &self,
        request: &AuthorizeParameters,
        answer: Answer,
    ) -> Result<Outcome, BackendError> {
        let target = answer.and_then(|from| {
            let target = from.address("redirect_uri");
            Ok(from.checked(target)?)
        });
        match target {
            Ok(target) => {
                let target = response::address(&target, &*self.services);
                Ok(Outcome::Redirect(target))
            }
            Err(error) => self.fail(request, error),
        }
    }

    /// The user must sign in. `checked` is when Stytch checked the session that is not sufficient.
    fn login(
        &self,
        request: &AuthorizeParameters,
        reason: LoginReason,
        checked: Option<f64>,
        id: Option<RequestId>,
    ) -> Outcome {
        if request.prompts("none") {
            let error = refused(Refusal::Silent, "login_required".to_owned(), id);
            return Outcome::Error(error);
        }
        let mut login = LoginRequest::new(reason);
        login.sign_in_count = request.hand_off.count.saturating_add(1);
        login.acr_values = request.one("acr_values").map(str::to_owned);
        login.return_query = Some(request.marked(checked.map(|at| at as i64)));
        Outcome::Login(login)
    }
}
