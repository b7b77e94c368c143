//! Scopes and resources as the card shows them.

use serde::Serialize;

use crate::{
    calls::is_scope,
    card::Facts,
    client::cut,
    describe::{DescribeContext, ScopeWord},
    engine::{Asked, Narrows},
    error::CallError,
    json::Json,
    kit::Kit,
    model::RequestedScope,
    transactions::State,
};

const MOST_SCOPES: usize = 256;
const MOST: usize = 64;
const MOST_LINES: usize = 50;

/// A scope on the card.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CardScope {
    #[serde(flatten)]
    pub asked: RequestedScope,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub implies: Vec<String>,
    pub grantable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    pub required: bool,
    granted: bool,
    sensitive: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unticked: Option<bool>,
}

impl CardScope {
    /// What of a scope is part of the card's version.
    pub fn versioned(&self) -> Json {
        let implies =
            self.implies.iter().map(|scope| Json::from(scope.as_str())).collect::<Vec<_>>();
        Json::List(vec![
            Json::from(self.asked.scope.as_str()),
            Json::optional(self.asked.resource.as_deref()),
            if implies.is_empty() { Json::Null } else { Json::List(implies) },
            Json::Boolean(self.grantable),
            Json::Boolean(self.required),
            Json::Boolean(self.sensitive),
        ])
    }
}

/// A resource on the card.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ShownResource {
    pub resource: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// Each scope of a resource once. What a card cannot show cannot be asked for.
fn distinct(asked: &Asked) -> Result<Vec<RequestedScope>, CallError> {
    let mut scopes = Vec::<RequestedScope>::new();
    for entry in &asked.scopes {
        if !is_scope(&entry.scope) {
            return Err(CallError::Unshowable("a scope that is none"));
        }
        if !scopes.contains(entry) {
            scopes.push(entry.clone());
        }
    }
    if scopes.len() > MOST_SCOPES || asked.resources.len() > MOST || asked.details.len() > MOST {
        return Err(CallError::Unshowable("too much"));
    }
    Ok(scopes)
}

fn describe_scope(
    entry: &RequestedScope,
    word: ScopeWord,
    all: &[RequestedScope],
    narrows: Narrows,
    granted: bool,
) -> CardScope {
    let grantable = !word.not_grantable;
    // What was granted before comes back whatever the user answers.
    let stays = narrows == Narrows::NewOnly && granted;
    let required = grantable && (word.required || entry.scope == "openid" || stays);
    let is_asked = |scope: &String| {
        all.iter().any(|other| other.scope == *scope && other.resource == entry.resource)
    };
    let has_reason = !grantable || required;
    let lines = word.details.iter().take(MOST_LINES);
    CardScope {
        asked: entry.clone(),
        title: cut(word.title.as_deref(), 200),
        description: cut(word.description.as_deref(), 2000),
        details: lines.filter_map(|line| cut(Some(line), 1000)).collect(),
        group: cut(word.group.as_deref(), 200),
        implies: word.implies.into_iter().filter(is_asked).collect(),
        grantable,
        reason: cut(word.reason.as_deref(), 1000).filter(|_| has_reason),
        required,
        granted,
        sensitive: word.sensitive,
        unticked: None,
    }
}

/// Scopes and resources with their texts.
pub(crate) async fn describe_asked(
    kit: &Kit,
    asked: &Asked,
    context: &DescribeContext<'_>,
) -> Result<(Vec<CardScope>, Vec<ShownResource>), CallError> {
    let all = distinct(asked)?;
    let narrows = kit.engine.narrows();
    let mut scopes = Vec::with_capacity(all.len());
    for entry in &all {
        let word = kit.describe.scope(entry, context).await.map_err(CallError::Host)?;
        let granted = asked.granted.contains(entry);
        scopes.push(describe_scope(entry, word.unwrap_or_default(), &all, narrows, granted));
    }
    let mut resources = Vec::<ShownResource>::new();
    for resource in
        asked.resources.iter().chain(all.iter().filter_map(|entry| entry.resource.as_ref()))
    {
        if resources.iter().all(|shown| shown.resource != *resource) {
            let name = kit.describe.resource(resource, context).await.map_err(CallError::Host)?;
            let (resource, name) = (resource.clone(), cut(name.as_deref(), 200));
            resources.push(ShownResource { resource, name });
        }
    }
    Ok((scopes, resources))
}

/// The choices on this card that the user had made before a sign-in.
pub(crate) fn with_choices(facts: &Facts, state: &State) -> Vec<CardScope> {
    let chosen = state.chosen.as_ref().filter(|chosen| chosen.version == facts.version);
    let mut scopes = facts.scopes.clone();
    for entry in &mut scopes {
        let is_free = facts.can_narrow && entry.grantable && !entry.required;
        let is_left_out = chosen.is_some_and(|chosen| !chosen.scopes.contains(&entry.asked));
        entry.unticked = (is_free && is_left_out).then_some(true);
    }
    scopes
}
