//! The first step: Hydra is told who signed in.

use countersign_server::{
    LoginReason,
    engine::{Ending, EngineContext, EngineError, Login, Opened},
    model::Account,
};
use serde_json::json;

use super::{
    Hydra, Kept,
    admin::{Flow, Verdict},
    host::HydraHost,
    mark::mark,
    request::HydraRequest,
    time::now,
};

/// Whether the login is older than the client wants. What is no number is never satisfied.
fn is_too_old(account: &Account, request: &HydraRequest) -> bool {
    let Some(text) = request.parameter("max_age").filter(|text| !text.is_empty()) else {
        return false;
    };
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let most = text.parse::<f64>().ok().filter(|_| is_number);
    let age = now() - account.signed_in_at.unwrap_or_default();
    // Ages are far from where such numbers are inexact.
    #[allow(clippy::cast_precision_loss, reason = "it is a time of this century")]
    let is_young = most.is_some_and(|most| age as f64 <= most * 1000.0);
    !is_young
}

/// Whether a time is after the page was sent to the login page.
fn is_after(time: Option<i64>, context: &EngineContext<'_>) -> bool {
    context.handed_off_at.is_some_and(|away| time.is_some_and(|time| time > away))
}

/// Why `prompt` sends the user to the login page. The strictest reason comes first: to choose an
/// account satisfies the last one alone.
fn forced_by(request: &HydraRequest) -> Option<LoginReason> {
    let reasons = [
        ("login", LoginReason::PromptLogin),
        ("create", LoginReason::Create),
        ("select_account", LoginReason::SelectAccount),
    ];
    let found = reasons.into_iter().find(|(value, _)| request.prompts(value));
    found.map(|(_, reason)| reason)
}

/// Why an account has to sign in before Hydra is told who it is.
fn reason_for(
    request: &HydraRequest,
    account: &Account,
    context: &EngineContext<'_>,
) -> Option<LoginReason> {
    if is_after(account.signed_in_at, context) {
        return None;
    }
    if is_too_old(account, request) {
        return Some(LoginReason::MaxAge);
    }
    let is_chosen = is_after(account.chosen_at, context);
    let forced = forced_by(request);
    if forced.is_some() && !(forced == Some(LoginReason::SelectAccount) && is_chosen) {
        return forced;
    }
    let other = request.hinted.as_ref().is_some_and(|sub| *sub != account.sub);
    other.then_some(LoginReason::AccountChanged)
}

/// Whether a silent request can have this account. Hydra sends one only if it remembers a login.
fn is_silently(request: &HydraRequest, account: &Account) -> bool {
    let is_known = !request.skip || request.subject.as_ref() == Some(&account.sub);
    is_known && !is_too_old(account, request)
}

/// The step to the login page.
fn away(request: HydraRequest, reason: LoginReason) -> Result<Opened, EngineError> {
    let mut login = Login::new(reason);
    login.resume = Some(Kept::Login.resume()?);
    login.login_hint = request.login_hint;
    login.acr_values = request.acr_values;
    Ok(Opened::Login(login))
}

impl<H: HydraHost> Hydra<H> {
    pub(super) async fn open_login(
        &self,
        challenge: &str,
        context: &EngineContext<'_>,
    ) -> Result<Opened, EngineError> {
        let request = HydraRequest::read(&self.admin.read(Flow::Login, challenge).await?)?;
        if let Some(fault) = self.refuse_wrong(Flow::Login, challenge, &request).await? {
            return Ok(fault);
        }
        if request.is_silent() {
            return match context.account.filter(|account| is_silently(&request, account)) {
                Some(account) => self.signed_in(challenge, account, context).await,
                None => {
                    let reject = self.reject(Flow::Login, challenge, "login_required", None);
                    reject.await.map(Opened::Done)
                }
            };
        }
        let Some(account) = context.account else {
            return away(request, LoginReason::NoSession);
        };
        match reason_for(&request, account, context) {
            Some(reason) => away(request, reason),
            None => self.signed_in(challenge, account, context).await,
        }
    }

    /// Tells Hydra who signed in, how, and for how long to remember it.
    async fn signed_in(
        &self,
        challenge: &str,
        account: &Account,
        context: &EngineContext<'_>,
    ) -> Result<Opened, EngineError> {
        let how = self.host.login(account);
        let mut body = json!({
            "subject": account.sub,
            "remember": self.options.remember_login.is_some(),
            "context": { "countersign": mark(context)? },
        });
        if let Some(members) = body.as_object_mut() {
            let seconds = self.options.remember_login.map(Into::into);
            let more = [
                ("remember_for", seconds),
                ("acr", how.acr.map(Into::into)),
                ("amr", (!how.amr.is_empty()).then(|| how.amr.into())),
            ];
            members.extend(
                more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))),
            );
        }
        let decided = self.admin.decide(Flow::Login, Verdict::Accept, challenge, &body);
        decided.await.map(|to| Opened::Done(Ending::To(to)))
    }
}
