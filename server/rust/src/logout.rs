//! `logout/start` and `logout/submit`.

use countersign::protocol::Realm;
use serde_json::Value;

use crate::{
    card::public_account,
    claims::Decision,
    client::{cut, describe_client},
    decisions::{Outcome, decide_once},
    engine::{LogoutAsked, LogoutEnding, LogoutOpened, Resume},
    error::CallError,
    json::Json,
    kit::{Call, Kit, parameter},
    outcomes::{leave, outcome, refused, refused_by_engine},
    problem::Fault,
    transactions::{LogoutState, State, Transaction},
};

fn ending_of(kit: &Kit, ending: &LogoutEnding) -> Result<Outcome, CallError> {
    match ending {
        LogoutEnding::SignedOut => Ok(outcome("signed_out", [])),
        LogoutEnding::Done(destination) => leave(destination, kit.known(None)),
    }
}

async fn sign_out(
    kit: &Kit,
    call: &Call,
    realm: Realm,
    resume: &Resume,
) -> Result<Outcome, CallError> {
    let context = kit.plain_context(call, realm);
    let ending = kit.ask_engine(kit.engine.sign_out(resume, &context)).await?;
    ending_of(kit, &ending)
}

/// An engine without sign-out says so. Version 1 of the API has no word for it.
fn unsupported(call: &Call) -> Outcome {
    match call.v2 {
        true => outcome("unsupported", []),
        false => refused("unsupported", Some("There is no sign-out on this page.")),
    }
}

/// The query of a request, also of one that came by POST and is named by `logout`. If that one is
/// gone, nothing is known of it.
async fn request_of(
    kit: &Kit,
    call: &Call,
    realm: Realm,
    query: String,
) -> Result<String, CallError> {
    let named = parameter(&query, "logout").filter(|_| parameter(&query, "client_id").is_none());
    let Some(id) = named else {
        return Ok(query);
    };
    match Transaction::load(kit, call, &id, Some(realm)).await {
        Ok(transaction) => Ok(transaction.state.logout_query.unwrap_or_default()),
        Err(CallError::Fault(Fault::Expired { .. })) => Ok(String::new()),
        Err(error) => Err(error),
    }
}

async fn confirm(
    kit: &Kit,
    call: &Call,
    realm: Realm,
    asked: LogoutAsked,
) -> Result<Outcome, CallError> {
    let Some(account) = &call.account else {
        return sign_out(kit, call, realm, &asked.resume).await;
    };
    let expires = asked.expires_at.unwrap_or_else(|| kit.end_of_life());
    let mut state = State::new(realm, expires);
    state.logout = Some(LogoutState { resume: asked.resume, sub: account.sub.clone() });
    let mut transaction = Transaction::create(kit, state)?;
    transaction.save(kit, call).await?;
    let client = match &asked.client {
        Some(client) => {
            let client = describe_client(kit, client, realm, None).await?;
            Some(serde_json::to_value(Json::Object(client.0))?)
        }
        None => None,
    };
    Ok(outcome(
        "confirm",
        [
            ("logout", Some(transaction.id.into())),
            ("site_name", cut(kit.describe.site_name(), 1000).map(Value::from)),
            ("account", Some(public_account(account))),
            ("client", client),
            ("expires_at", Some(expires.into())),
        ],
    ))
}

pub(crate) async fn start_logout(
    kit: &Kit,
    call: &Call,
    realm: Realm,
    named: String,
) -> Result<Outcome, CallError> {
    if !kit.engine.signs_out() {
        return Ok(unsupported(call));
    }
    let query = request_of(kit, call, realm, named).await?;
    let context = kit.plain_context(call, realm);
    match kit.ask_engine(kit.engine.open_logout(&query, &context)).await? {
        LogoutOpened::Refused(refusal) => Ok(refused_by_engine(&refusal)),
        LogoutOpened::SignedOut => ending_of(kit, &LogoutEnding::SignedOut),
        LogoutOpened::Done(destination) => ending_of(kit, &LogoutEnding::Done(destination)),
        LogoutOpened::Ask(asked) => confirm(kit, call, realm, asked).await,
    }
}

/// "Stay" never reaches the engine. If another account has signed in meanwhile, the request is over.
pub(crate) async fn submit_logout(
    kit: &Kit,
    call: &Call,
    id: &str,
    signs_out: bool,
    text: &str,
) -> Result<Outcome, CallError> {
    let transaction = Transaction::load(kit, call, id, None).await?;
    let Some(logout) = &transaction.state.logout else {
        return Err(Fault::Malformed("/logout is no request to sign out.".to_owned()).into());
    };
    let name = if signs_out { "sign_out" } else { "stay" };
    let decision = Decision::new(name, name, text);
    let work = async {
        if !signs_out {
            return Ok(outcome("stayed", []));
        }
        if call.account.as_ref().is_some_and(|account| account.sub != logout.sub) {
            return Err(Fault::EXPIRED.into());
        }
        sign_out(kit, call, transaction.state.realm, &logout.resume).await
    };
    decide_once(kit, &transaction, Some(&decision), None, work).await
}
