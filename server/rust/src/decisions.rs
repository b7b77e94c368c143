//! One decision for a transaction, by atomic claims in the store.

use std::{future::Future, time::Duration};

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::time::{Instant, sleep};

use crate::{
    claims::{Claim, Decision, End, answer_key, answered, claim_key, purpose},
    engine::EngineError,
    error::CallError,
    kit::Kit,
    problem::Fault,
    seal::random_text,
    transactions::Transaction,
};

/// How long a decision is known, and its answer, in seconds.
const TOMBSTONE: u64 = 24 * 60 * 60;
const ANSWER: u64 = 60;
const PAUSE: Duration = Duration::from_millis(50);

/// An answer with status 200.
pub(crate) type Outcome = Map<String, Value>;

/// What the request of a transaction has come to.
pub(crate) enum Earlier {
    Answer(Outcome),
    /// The number of the turn that is free.
    Turn(u32),
}

/// The answer of an earlier decision, or the turn that is free. Waits for one in progress. `mine` is
/// the call's own decision, if it has one.
pub(crate) async fn earlier(
    kit: &Kit,
    transaction: &Transaction,
    mine: Option<&Decision>,
) -> Result<Earlier, CallError> {
    let wait_until = Instant::now() + kit.timeout;
    let longest = i64::try_from(3 * kit.timeout.as_millis()).unwrap_or(i64::MAX);
    let mut turn = 0;
    loop {
        let Some(text) = kit.store.get(&claim_key(kit, &transaction.id, turn)).await? else {
            return Ok(Earlier::Turn(turn));
        };
        let claim = serde_json::from_str::<Claim>(&text)?;
        if mine.is_some_and(|mine| claim.is_key_reused(mine)) {
            return Err(Fault::KeyReused.into());
        }
        if let Some(end) = claim.end {
            if let Some(answer) = claim.ended(end, kit, transaction, mine).await? {
                return Ok(Earlier::Answer(answer));
            }
            turn += 1;
            continue;
        }
        // Its process has ended: nobody knows what the engine did.
        if claim.at.saturating_add(longest) < kit.milliseconds() {
            return Err(claim.answered(transaction));
        }
        if Instant::now() > wait_until {
            return Err(Fault::Unavailable { retry_after: 1 }.into());
        }
        sleep(PAUSE).await;
    }
}

fn refuse_other(text: &str, transaction: &Transaction) -> Result<(), CallError> {
    #[derive(Deserialize)]
    struct Other {
        id: String,
        decision: Option<String>,
    }
    let other = serde_json::from_str::<Other>(text)?;
    if other.id == transaction.id {
        return Ok(());
    }
    Err(answered(other.decision, transaction.state.client.as_ref()))
}

/// Refuses the request of a card that was decided under another transaction.
pub(crate) async fn check_request(kit: &Kit, transaction: &Transaction) -> Result<(), CallError> {
    let Some(request) = transaction.state.claimed_by() else {
        return Ok(());
    };
    match kit.store.get(request).await? {
        Some(text) => refuse_other(&text, transaction),
        None => Ok(()),
    }
}

/// How a claim ends after an error, or `None` if it was never made: the engine cannot have answered.
const fn end_after(error: &CallError) -> Option<End> {
    match error {
        CallError::EngineTimedOut => Some(End::Again),
        CallError::Engine(EngineError::Unavailable { .. }) => None,
        CallError::Engine(EngineError::RequestGone) => Some(End::Gone),
        _ => Some(End::Failed),
    }
}

/// Claims the request at the engine, too, so that it is decided once under all its names.
async fn claim_request(
    kit: &Kit,
    transaction: &Transaction,
    decision: Option<&Decision>,
    key: &str,
) -> Result<(), CallError> {
    let decision = decision.map(|made| made.decision.as_str());
    let mut value = json!({ "id": transaction.id });
    if let (Some(members), Some(decision)) = (value.as_object_mut(), decision) {
        members.insert("decision".to_owned(), decision.into());
    }
    match kit.store.claim(key, &value.to_string(), TOMBSTONE).await? {
        Some(other) => refuse_other(&other, transaction),
        None => Ok(()),
    }
}

/// Ends a transaction once: claims it, runs the work and keeps its answer. If another call is
/// faster, that one's answer counts. `decision` is missing if the request ends without one, and
/// `request` is what it is claimed by at the engine, if it has a name there.
pub(crate) async fn decide_once(
    kit: &Kit,
    transaction: &Transaction,
    decision: Option<&Decision>,
    request: Option<&str>,
    work: impl Future<Output = Result<Outcome, CallError>> + Send,
) -> Result<Outcome, CallError> {
    let (id, mark, at) = (transaction.id.clone(), random_text(9)?, kit.milliseconds());
    let claim = Claim { decision: decision.cloned(), id, mark, at, end: None };
    let text = serde_json::to_string(&claim)?;
    loop {
        let turn = match earlier(kit, transaction, decision).await? {
            Earlier::Answer(answer) => return Ok(answer),
            Earlier::Turn(turn) => turn,
        };
        let key = claim_key(kit, &transaction.id, turn);
        if kit.store.claim(&key, &text, TOMBSTONE).await?.is_some() {
            continue;
        }
        if let Some(request) = request
            && let Err(error) = claim_request(kit, transaction, decision, request).await
        {
            kit.store.delete(&key).await?;
            return Err(error);
        }
        return run(kit, claim, &key, request, work).await;
    }
}

async fn run(
    kit: &Kit,
    claim: Claim,
    key: &str,
    request: Option<&str>,
    work: impl Future<Output = Result<Outcome, CallError>> + Send,
) -> Result<Outcome, CallError> {
    let end = async |end: End| {
        let text = serde_json::to_string(&Claim { end: Some(end), ..claim.clone() })?;
        kit.store.set(key, &text, TOMBSTONE).await
    };
    let answer = match work.await {
        Ok(answer) => answer,
        Err(error) => {
            if let Some(how) = end_after(&error) {
                end(how).await?;
            } else {
                kit.store.delete(key).await?;
                if let Some(request) = request {
                    kit.store.delete(request).await?;
                }
            }
            return Err(error);
        }
    };
    let kept = async {
        let text = serde_json::to_string(&answer)?;
        let sealed = kit.seal.seal(&text, &purpose(kit, &claim.id))?;
        kit.store.set(&answer_key(&claim.id), &sealed, ANSWER).await?;
        end(End::Done).await
    };
    // Without it the answer counts all the same. It cannot be repeated, and the claim stays.
    let _: Result<(), CallError> = kept.await;
    Ok(answer)
}
