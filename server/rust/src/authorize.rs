//! `authorize/start`: the next step of the page for a request.

use countersign::protocol::LoginReason;
use serde_json::Value;

use crate::{
    addresses::{ClientError, error_ending, is_native_address},
    calls::{Start, StartCall},
    card::{Card, describe_card, organizations_of},
    claims::request_key,
    client::cut,
    decisions::{Earlier, Outcome, check_request, decide_once, earlier},
    engine::{Asked, EngineError, Login, Opened},
    error::CallError,
    kit::{Call, Kit, is_silent, parameter},
    model::Account,
    outcomes::{end_with, leave, name_of, outcome, refused, refused_by_engine},
    problem::Fault,
    transactions::{State, Transaction},
};

/// A day, beyond which no engine's word about its own memory counts.
const LONGEST: i64 = 24 * 60 * 60;
/// What the engine's answer means.
pub(crate) enum Step {
    Card(Box<CardStep>),
    /// Another outcome. `is_final`: the request is over.
    Outcome {
        outcome: Outcome,
        is_final: bool,
    },
}

pub(crate) struct CardStep {
    pub card: Card,
    pub asked: Asked,
    pub account: Account,
}

impl Step {
    fn open(outcome: Outcome) -> Self {
        Self::Outcome { outcome, is_final: false }
    }

    fn last(outcome: Outcome) -> Self {
        Self::Outcome { outcome, is_final: true }
    }

    pub fn into_outcome(self) -> Outcome {
        match self {
            Self::Card(step) => step.card.answer,
            Self::Outcome { outcome, .. } => outcome,
        }
    }
}

/// Sends the page to sign in. Repeated calls without a visit count once.
fn sign_in(kit: &Kit, transaction: &mut Transaction, login: &Login) -> Step {
    let state = &mut transaction.state;
    state.is_away = Some(true);
    state.handed_off_at = state.handed_off_at.or_else(|| Some(kit.milliseconds()));
    Step::open(outcome(
        "login",
        [
            ("reason", Some(login.reason.as_str().into())),
            ("transaction", Some(transaction.id.as_str().into())),
            ("attempt", Some((state.visits + 1).into())),
            ("login_hint", cut(login.login_hint.as_deref(), 8192).map(Value::from)),
            ("acr_values", cut(login.acr_values.as_deref(), 8192).map(Value::from)),
        ],
    ))
}

/// The account that the card is for, or the step that leads to it. Another one than the engine's is
/// never used.
fn account_for(
    kit: &Kit,
    call: &Call,
    transaction: &mut Transaction,
    asked: &Asked,
) -> Result<Result<Account, Step>, CallError> {
    let Some(account) = &call.account else {
        return Ok(Err(sign_in(kit, transaction, &Login::new(LoginReason::NoSession))));
    };
    if asked.sub.as_ref().is_none_or(|sub| *sub == account.sub) {
        return Ok(Ok(account.clone()));
    }
    Ok(Err(match &asked.switch_account {
        Some(to) => Step::open(leave(to, kit.known_ours())?),
        None => sign_in(kit, transaction, &Login::new(LoginReason::AccountChanged)),
    }))
}

/// How a silent request ends that has no answer without a user, who could not answer (OIDC Core
/// 3.1.2.6). Engines say so themselves; one that does not gets no card.
async fn end_silently(
    kit: &Kit,
    call: &Call,
    state: &State,
    asked: &Asked,
) -> Result<Step, CallError> {
    let query = state.query.as_deref().unwrap_or_default();
    let has_token = parameter(query, "response_type").is_some_and(|kind| kind.contains("token"));
    let mode = parameter(query, "response_mode")
        .unwrap_or_else(|| if has_token { "fragment" } else { "query" }.to_owned());
    let client_state = parameter(query, "state");
    let mut error = ClientError::new("consent_required");
    error.state = client_state.as_deref();
    error.iss = kit.engine.issuer();
    error.response_mode = Some(&mode);
    let ending = error_ending(&asked.redirect_uri, &error);
    let mut state = state.clone();
    state.address = Some(asked.redirect_uri.clone());
    state.native = Some(is_native_address(&asked.redirect_uri));
    Ok(Step::last(end_with(kit, call, &state, &ending).await?))
}

/// A request that the engine no longer knows, with what is known of its client: the page leads back
/// there.
fn with_client(error: CallError, state: &State) -> CallError {
    match error {
        CallError::Engine(EngineError::RequestGone) => {
            Fault::Expired { client: state.client.clone(), no_cookies: false }.into()
        }
        error => error,
    }
}

/// Asks the engine about a transaction's request. What it says of the request is noted in the state.
pub(crate) async fn ask(
    kit: &Kit,
    call: &Call,
    transaction: &mut Transaction,
) -> Result<Step, CallError> {
    let query = transaction.state.query.clone().unwrap_or_default();
    let context = kit.context(call, &transaction.state);
    let opened = kit.ask_engine(kit.engine.open(&query, &context)).await;
    let opened = opened.map_err(|error| with_client(error, &transaction.state))?;
    let asked = match opened {
        Opened::Refused(refusal) => return Ok(Step::last(refused_by_engine(&refusal))),
        Opened::Done(ending) => {
            return Ok(Step::last(end_with(kit, call, &transaction.state, &ending).await?));
        }
        Opened::Login(_) if is_silent(&query) => {
            return Ok(Step::last(refused("login_required", None)));
        }
        Opened::Login(login) => {
            if login.resume.is_some() {
                transaction.state.resume.clone_from(&login.resume);
            }
            return Ok(sign_in(kit, transaction, &login));
        }
        Opened::Ask(asked) => *asked,
    };
    if is_silent(&query) {
        return end_silently(kit, call, &transaction.state, &asked).await;
    }
    transaction.state.resume = Some(asked.resume.clone());
    let account = match account_for(kit, call, transaction, &asked)? {
        Ok(account) => account,
        Err(step) => return Ok(step),
    };
    let card = card_for(kit, call, transaction, &asked, &account).await?;
    Ok(Step::Card(Box::new(CardStep { card, asked, account })))
}

async fn card_for(
    kit: &Kit,
    call: &Call,
    transaction: &mut Transaction,
    asked: &Asked,
    account: &Account,
) -> Result<Card, CallError> {
    if let Some(expires) = asked.expires_at {
        transaction.state.expires = expires.min(kit.now() + LONGEST);
    }
    let card =
        describe_card(kit, call, &transaction.id, &transaction.state, asked, account).await?;
    let state = &mut transaction.state;
    state.client = Some(card.client.briefly());
    state.address = Some(asked.redirect_uri.clone());
    state.native = Some(card.client.is_native());
    let request = asked.request_id.as_deref().map(|id| request_key(kit, id));
    state.request = Some(request.unwrap_or_default());
    Ok(card)
}

/// `start` with a query: opens a transaction only if the user is needed.
async fn begin(
    kit: &Kit,
    call: &Call,
    mut state: State,
    query: String,
) -> Result<Outcome, CallError> {
    state.query = Some(query);
    let mut transaction = Transaction::create(kit, state)?;
    let step = ask(kit, call, &mut transaction).await?;
    match &step {
        Step::Outcome { outcome, .. } if name_of(outcome) != "login" => {}
        Step::Outcome { .. } => transaction.save(kit, call).await?,
        Step::Card(_) => {
            check_request(kit, &transaction).await?;
            transaction.save(kit, call).await?;
        }
    }
    Ok(step.into_outcome())
}

/// Notes the organization that the page has chosen. Only one of the account can be.
async fn choose(
    kit: &Kit,
    call: &Call,
    transaction: &mut Transaction,
    chosen: String,
) -> Result<Step, CallError> {
    transaction.state.organization = Some(chosen.clone());
    let step = ask(kit, call, transaction).await?;
    if let Step::Card(card) = &step {
        let all = organizations_of(kit, &transaction.state, &card.account, &card.asked).await?;
        if all.iter().all(|one| one.organization_id != chosen) {
            let detail = "The account does not belong to this organization.";
            return Err(Fault::Malformed(detail.to_owned()).into());
        }
    }
    Ok(step)
}

/// `start` with a transaction. Can be repeated: the answer is the same until something else happens.
/// During a decision it waits, and then gets the decision's answer: the page may have been loaded
/// again before that arrived.
async fn resume(
    kit: &Kit,
    call: &Call,
    mut transaction: Transaction,
    chosen: Option<String>,
) -> Result<Outcome, CallError> {
    if transaction.state.query.is_none() {
        return Err(Fault::Malformed("/transaction is no request of a client.".to_owned()).into());
    }
    if let Earlier::Answer(answer) = earlier(kit, &transaction, None).await? {
        return Ok(answer);
    }
    let step = match chosen {
        None => ask(kit, call, &mut transaction).await?,
        Some(chosen) => choose(kit, call, &mut transaction, chosen).await?,
    };
    if let Step::Card(_) = step {
        check_request(kit, &transaction).await?;
    }
    undecided(kit, call, &mut transaction, step).await
}

/// Saves the state, and answers that nothing was decided, unless the request is over.
pub(crate) async fn undecided(
    kit: &Kit,
    call: &Call,
    transaction: &mut Transaction,
    step: Step,
) -> Result<Outcome, CallError> {
    if let Step::Outcome { outcome, is_final: true } = step {
        return decide_once(kit, transaction, None, None, async { Ok(outcome) }).await;
    }
    transaction.save(kit, call).await?;
    Ok(step.into_outcome())
}

pub(crate) async fn start(kit: &Kit, call: &Call, body: StartCall) -> Result<Outcome, CallError> {
    match body.request {
        Start::Query(query) => {
            begin(kit, call, State::new(body.realm, kit.end_of_life()), query).await
        }
        Start::Transaction { id, organization } => {
            let transaction = Transaction::load(kit, call, &id, Some(body.realm)).await?;
            resume(kit, call, transaction, organization).await
        }
    }
}
