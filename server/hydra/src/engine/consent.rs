//! The second step: what is granted.

use countersign_server::{
    addresses::is_native_address,
    engine::{Asked, Destination, Ending, EngineContext, EngineError, Grant, Opened},
    model::RequestedScope,
};
use serde_json::{Value, json};

use super::{
    Hydra, Kept,
    admin::{Flow, Members, Verdict, object_of, text_of, texts_of},
    host::{Claims, HydraHost},
    mark::is_marked,
    request::HydraRequest,
    strange,
    time::{now, parse},
};

/// Whether a decision is one that Hydra remembers still.
fn holds(consent: &Members) -> bool {
    let remembers = consent.get("remember") == Some(&Value::Bool(true));
    let seconds = consent.get("remember_for").and_then(Value::as_i64);
    let since = consent.get("handled_at").and_then(Value::as_str).and_then(parse);
    let lasts = |seconds: i64| {
        let until = since.map(|since| since.saturating_add(seconds.saturating_mul(1000)));
        seconds == 0 || until.is_some_and(|until| until > now())
    };
    remembers && seconds.is_some_and(lasts)
}

/// Whether a decision is about this client, and has all of what the request asks for.
fn covers(consent: &Members, request: &HydraRequest) -> Result<bool, EngineError> {
    let has = |name: &str, wanted: &[String]| {
        let granted = texts_of(consent.get(name))?;
        Ok::<_, EngineError>(wanted.iter().all(|one| granted.contains(one)))
    };
    let asked = object_of(consent.get("consent_request"))?;
    let client = object_of(asked.get("client"))?;
    let id = client.get("client_id").and_then(Value::as_str);
    Ok(id == Some(request.client.client_id.as_str())
        && has("grant_scope", &request.scopes)?
        && has("grant_access_token_audience", &request.audience)?)
}

/// What is granted of a request as a whole.
fn all_of(request: &HydraRequest) -> Grant {
    let scopes = request.scopes.iter().map(RequestedScope::new).collect();
    Grant::new(scopes, request.audience.clone())
}

fn ask_for(request: HydraRequest, login_challenge: Option<String>) -> Result<Opened, EngineError> {
    let (scopes, audience) = (request.scopes.clone(), request.audience.clone());
    let resume = Kept::Consent { scopes, audience }.resume()?;
    let address = request.redirect_uri.clone().unwrap_or_default();
    let details = request.details().to_vec();
    let mut asked = Asked::new(request.client, address, resume);
    asked.scopes = request.scopes.into_iter().map(RequestedScope::new).collect();
    asked.resources = request.audience;
    asked.details = details;
    asked.sub = request.subject;
    let mut anew = Destination::new(request.anew);
    anew.intermediate = true;
    asked.switch_account = Some(anew);
    // Each follower of the login gets a challenge of its own; this is what they share.
    asked.request_id = login_challenge;
    asked.ui_locales = request.ui_locales;
    Ok(Opened::Ask(Box::new(asked)))
}

impl<H: HydraHost> Hydra<H> {
    /// Whether one decision that Hydra remembers has all of these audiences: Hydra itself compares
    /// scopes alone.
    async fn is_allowed_before(
        &self,
        request: &HydraRequest,
        subject: &str,
    ) -> Result<bool, EngineError> {
        if request.audience.is_empty() {
            return Ok(true);
        }
        for consent in self.admin.consents(subject).await?.iter().filter(|one| holds(one)) {
            if covers(consent, request)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the request is answered without the user. An address on the user's device and
    /// authorization details always need them.
    async fn needs_nobody(
        &self,
        request: &HydraRequest,
        context: &EngineContext<'_>,
    ) -> Result<bool, EngineError> {
        let subject = request.subject.as_deref();
        let Some(subject) =
            subject.filter(|sub| context.account.is_some_and(|one| one.sub == *sub))
        else {
            return Ok(false);
        };
        let is_native = request.redirect_uri.as_deref().is_some_and(is_native_address);
        if !request.details().is_empty() || is_native || request.prompts("consent") {
            return Ok(false);
        }
        Ok(request.skips_consent
            || (request.skip && self.is_allowed_before(request, subject).await?))
    }

    /// Tells Hydra what is granted.
    pub(super) async fn accept(
        &self,
        challenge: &str,
        scopes: &[String],
        audience: &[String],
        grant: &Grant,
        context: &EngineContext<'_>,
    ) -> Result<Ending, EngineError> {
        let account = context.account.ok_or_else(|| strange("is for nobody"))?;
        let Claims { id_token, mut access_token } = self.host.claims(account, grant);
        if !grant.details.is_empty() {
            access_token.insert("authorization_details".to_owned(), json!(grant.details));
        }
        // Hydra grants what it is told, also what nobody asked for.
        let is_granted = |scope: &&String| grant.scopes.iter().any(|one| one.scope == **scope);
        let body = json!({
            "grant_scope": scopes.iter().filter(is_granted).collect::<Vec<_>>(),
            "grant_access_token_audience":
                audience.iter().filter(|one| grant.resources.contains(one)).collect::<Vec<_>>(),
            "remember": grant.remember,
            "remember_for": self.options.remember_consent,
            "session": { "id_token": id_token, "access_token": access_token },
        });
        let decided = self.admin.decide(Flow::Consent, Verdict::Accept, challenge, &body);
        decided.await.map(Ending::To)
    }

    pub(super) async fn open_consent(
        &self,
        challenge: &str,
        context: &EngineContext<'_>,
    ) -> Result<Opened, EngineError> {
        let body = self.admin.read(Flow::Consent, challenge).await?;
        let remembered = object_of(body.get("context"))?;
        let mark = remembered.get("countersign").and_then(Value::as_str);
        if !self.options.own_login && !is_marked(context, mark) {
            return Err(EngineError::RequestGone);
        }
        let request = HydraRequest::read(&body)?;
        if let Some(fault) = self.refuse_wrong(Flow::Consent, challenge, &request).await? {
            return Ok(fault);
        }
        if self.needs_nobody(&request, context).await? {
            let (scopes, audience) = (&request.scopes, &request.audience);
            let all = all_of(&request);
            let accept = self.accept(challenge, scopes, audience, &all, context);
            return accept.await.map(Opened::Done);
        }
        if request.is_silent() {
            let is_same = context.account.map(|one| &one.sub) == request.subject.as_ref();
            let error = if is_same { "consent_required" } else { "login_required" };
            return self.reject(Flow::Consent, challenge, error, None).await.map(Opened::Done);
        }
        ask_for(request, text_of(body.get("login_challenge")))
    }
}
