//! Claims: which decision was made under which key, and how far it has come. The answer stands beside
//! a claim for a minute, sealed. The kit in TypeScript reads and writes the same claims.

use serde::{Deserialize, Serialize};

use crate::{
    decisions::Outcome,
    error::CallError,
    kit::Kit,
    problem::{BriefClient, Fault},
    seal::hash,
    transactions::Transaction,
};

/// A decision of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Decision {
    pub decision: String,
    /// Hashes of the idempotency key and of the body.
    pub key: String,
    pub body: String,
}

impl Decision {
    pub fn new(decision: &str, key: &str, body: &str) -> Self {
        Self { decision: decision.to_owned(), key: hash(key), body: hash(body) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum End {
    /// The answer is there.
    Done,
    /// The engine took too long, and the same decision may be tried again.
    Again,
    /// The engine no longer knew the request.
    Gone,
    /// Nobody knows what the engine did.
    Failed,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Claim {
    /// Missing if the request ended without one.
    #[serde(flatten)]
    pub decision: Option<Decision>,
    pub id: String,
    pub mark: String,
    pub at: i64,
    /// Missing while it is in progress.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<End>,
}

pub(crate) fn claim_key(kit: &Kit, id: &str, turn: u32) -> String {
    let engine = kit.engine.name().chars().take(40).collect::<String>();
    format!("decision:{engine}:{id}:{turn}")
}

pub(crate) fn answer_key(id: &str) -> String {
    format!("answer:{id}")
}

pub(crate) fn request_key(kit: &Kit, request_id: &str) -> String {
    format!("request:{}", hash(&format!("{} {request_id}", kit.engine.name())))
}

pub(crate) fn purpose(kit: &Kit, id: &str) -> String {
    format!("answer {} {id}", kit.engine.name())
}

pub(crate) fn answered(decision: Option<String>, client: Option<&BriefClient>) -> CallError {
    Fault::Answered { decision, client: client.cloned() }.into()
}

impl Claim {
    pub fn answered(&self, transaction: &Transaction) -> CallError {
        let decision = self.decision.as_ref().map(|made| made.decision.clone());
        answered(decision, transaction.state.client.as_ref())
    }

    fn is_by(&self, mine: &Decision) -> bool {
        self.decision.as_ref().is_some_and(|made| made.key == mine.key && made.body == mine.body)
    }

    fn has_body(&self, mine: &Decision) -> bool {
        self.decision.as_ref().is_some_and(|made| made.body == mine.body)
    }

    /// Whether another body came under the same key.
    pub fn is_key_reused(&self, mine: &Decision) -> bool {
        self.decision.as_ref().is_some_and(|made| made.key == mine.key) && !self.has_body(mine)
    }

    async fn read_answer(
        &self,
        kit: &Kit,
        transaction: &Transaction,
    ) -> Result<Outcome, CallError> {
        let sealed = kit.store.get(&answer_key(&transaction.id)).await?;
        let open = |sealed: String| kit.seal.open(&sealed, &purpose(kit, &transaction.id));
        let text = sealed.and_then(open).ok_or_else(|| self.answered(transaction))?;
        Ok(serde_json::from_str(&text)?)
    }

    /// What a claim that has come to an end means for a call: its answer, or that the next turn is
    /// free (`None`).
    pub async fn ended(
        &self,
        end: End,
        kit: &Kit,
        transaction: &Transaction,
        mine: Option<&Decision>,
    ) -> Result<Option<Outcome>, CallError> {
        let is_mine = mine.is_none_or(|mine| self.is_by(mine));
        match end {
            End::Again if mine.is_none_or(|mine| self.has_body(mine)) => Ok(None),
            End::Gone => {
                let client = transaction.state.client.clone();
                Err(Fault::Expired { client, no_cookies: false }.into())
            }
            End::Done if is_mine => self.read_answer(kit, transaction).await.map(Some),
            End::Failed if is_mine && mine.is_some() => Err(Fault::Failed.into()),
            _ => Err(self.answered(transaction)),
        }
    }
}
