//! The card as `api/openapi.yaml` describes it, and the facts that a decision is compared with.

use countersign::protocol::Realm;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    addresses::{check_destination, is_native_address, is_usable, own_path},
    client::{PublicClient, cut, describe_client},
    decisions::Outcome,
    describe::DescribeContext,
    engine::{Asked, Narrows, Remembers},
    error::CallError,
    json::Json,
    kit::{Call, Kit},
    model::{Account, Organization, OrganizationStatus},
    scopes::{CardScope, ShownResource, describe_asked, with_choices},
    seal::hash,
    transactions::State,
};

const MOST_ORGANIZATIONS: usize = 500;

/// What a decision is compared with.
pub(crate) struct Facts {
    pub version: String,
    pub scopes: Vec<CardScope>,
    pub details: Vec<Json>,
    pub can_narrow: bool,
    pub remember: Remembers,
    pub organization: Option<Organization>,
    /// Whether the organization allows the client.
    pub is_allowed: bool,
}

pub(crate) struct Card {
    pub answer: Outcome,
    pub facts: Facts,
    pub client: PublicClient,
}

/// The account as the card shows it.
pub(crate) fn public_account(account: &Account) -> Value {
    let mut members = Map::from_iter([("sub".to_owned(), Value::from(account.sub.as_str()))]);
    let own = [
        ("name", cut(account.name.as_deref(), 1000)),
        ("email", cut(account.email.as_deref(), 320)),
        ("picture", own_path(account.picture.as_deref()).map(str::to_owned)),
    ];
    let there = own.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into())));
    members.extend(there);
    Value::Object(members)
}

/// An organization without what the contract does not know.
fn public_organization(organization: Organization) -> Organization {
    let Organization { organization_id, name, slug, logo_uri, status, approval } = organization;
    Organization {
        name: cut(Some(&name), 1000).unwrap_or_else(|| organization_id.clone()),
        organization_id,
        slug: slug.map(|slug| slug.chars().take(255).collect()),
        logo_uri: own_path(logo_uri.as_deref()).map(str::to_owned),
        status,
        approval: approval.filter(|_| status == OrganizationStatus::NeedsApproval),
    }
}

/// The organizations of an account in realm `b2b`.
pub(crate) async fn organizations_of(
    kit: &Kit,
    state: &State,
    account: &Account,
    asked: &Asked,
) -> Result<Vec<Organization>, CallError> {
    if state.realm != Realm::B2b {
        return Ok(Vec::new());
    }
    let all = kit.describe.organizations(account, &asked.client).await.map_err(CallError::Host)?;
    Ok(all.into_iter().take(MOST_ORGANIZATIONS).map(public_organization).collect())
}

/// The organization of the card: the chosen one, else the first that allows the client, else the
/// first.
fn current_of<'a>(all: &'a [Organization], chosen: Option<&str>) -> Option<&'a Organization> {
    let is_chosen = |one: &&Organization| Some(one.organization_id.as_str()) == chosen;
    let allows = |one: &&Organization| one.status == OrganizationStatus::Allowed;
    all.iter().find(is_chosen).or_else(|| all.iter().find(allows)).or_else(|| all.first())
}

/// A native client's address, authorization details and a choice among several organizations are
/// always asked again.
fn remember_of(kit: &Kit, asked: &Asked, organizations: &[Organization]) -> Remembers {
    let is_asked_again = is_native_address(&asked.redirect_uri)
        || !asked.details.is_empty()
        || organizations.len() > 1;
    match asked.remembers.unwrap_or_else(|| kit.engine.remembers()) {
        Remembers::Choice if is_asked_again => Remembers::Never,
        remembers => remembers,
    }
}

/// A status as the version has it.
const fn status_name(status: OrganizationStatus) -> &'static str {
    match status {
        OrganizationStatus::Allowed => "allowed",
        OrganizationStatus::Blocked => "blocked",
        OrganizationStatus::NeedsApproval => "needs_approval",
    }
}

/// A value that changes with everything that a decision is made on: account, organization, client,
/// address, scopes and details. Texts differ by language, so that they are no part of it.
fn version_of(
    id: &str,
    account: &Account,
    client: &PublicClient,
    asked: &Asked,
    resources: &[ShownResource],
    facts: &Facts,
) -> String {
    let Facts { organization, scopes, details, can_narrow, .. } = facts;
    let organization = organization.as_ref();
    let status = organization.map(|organization| status_name(organization.status));
    let resources = resources.iter().map(|shown| Json::from(shown.resource.as_str()));
    let all = Json::List(vec![
        Json::from(id),
        Json::from(account.sub.as_str()),
        Json::optional(organization.map(|organization| organization.organization_id.as_str())),
        Json::optional(status),
        Json::Object(client.0.clone()),
        Json::from(asked.redirect_uri.as_str()),
        Json::List(scopes.iter().map(CardScope::versioned).collect()),
        Json::List(resources.collect()),
        Json::List(details.clone()),
        Json::Boolean(*can_narrow),
    ]);
    hash(&all.write())
}

/// Where the page goes to change an account that the engine has fixed. Version 1 of the API has no
/// word for it.
fn switch_of(kit: &Kit, call: &Call, asked: &Asked) -> Result<Option<Value>, CallError> {
    let Some(to) = asked.switch_account.as_ref().filter(|_| call.v2) else {
        return Ok(None);
    };
    let redirect = check_destination(to, kit.known_ours())?;
    let mut members = Map::from_iter([("redirect_uri".to_owned(), Value::from(to.to.as_str()))]);
    if redirect.intermediate {
        members.insert("intermediate".to_owned(), true.into());
    }
    Ok(Some(Value::Object(members)))
}

/// The answer with the card.
struct Answer<'a> {
    kit: &'a Kit,
    call: &'a Call,
    id: &'a str,
    state: &'a State,
    asked: &'a Asked,
    account: &'a Account,
}

impl Answer<'_> {
    fn write(
        &self,
        facts: &Facts,
        client: &PublicClient,
        organizations: &[Organization],
        resources: &[ShownResource],
    ) -> Result<Outcome, CallError> {
        let Self { kit, call, id, state, asked, account } = self;
        let is_choice = facts.remember == Remembers::Choice;
        let remember = if call.v2 { json!(facts.remember) } else { is_choice.into() };
        let chosen = state.chosen.as_ref().filter(|chosen| chosen.version == facts.version);
        let is_ticked = is_choice && chosen.is_some_and(|chosen| chosen.remember);
        let mut answer = Outcome::new();
        let mut put = |name: &str, value: Value| _ = answer.insert(name.to_owned(), value);
        put("outcome", "consent".into());
        put("transaction", (*id).into());
        put("version", facts.version.as_str().into());
        put("expires_at", state.expires.into());
        put("client", written(&Json::Object(client.0.clone()))?);
        put("account", public_account(account));
        put("organizations", written(organizations)?);
        put("scopes", written(&with_choices(facts, state))?);
        put("resources", written(resources)?);
        put("authorization_details", written(&asked.details)?);
        put("redirect_uri", asked.redirect_uri.as_str().into());
        put("can_narrow", facts.can_narrow.into());
        put("remember", remember);
        let optional = [
            ("site_name", cut(kit.describe.site_name(), 1000).map(Value::from)),
            ("organization", facts.organization.as_ref().map(|organization| json!(organization))),
            ("remember_ticked", is_ticked.then_some(Value::Bool(true))),
            ("switch_account", switch_of(kit, call, asked)?),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                put(name, value);
            }
        }
        Ok(answer)
    }
}

fn written<T: Serialize + ?Sized>(value: &T) -> Result<Value, CallError> {
    Ok(serde_json::to_value(value)?)
}

/// The card of a transaction for an account, in the languages of the call.
pub(crate) async fn describe_card(
    kit: &Kit,
    call: &Call,
    id: &str,
    state: &State,
    asked: &Asked,
    account: &Account,
) -> Result<Card, CallError> {
    if !is_usable(&asked.redirect_uri) {
        return Err(CallError::UncheckedAddress);
    }
    let organizations = organizations_of(kit, state, account, asked).await?;
    let organization = current_of(&organizations, state.organization.as_deref());
    let asked_languages = asked.ui_locales.iter().flat_map(|locales| locales.split(' '));
    let languages = asked_languages.map(str::to_owned).chain(call.languages.iter().cloned());
    let languages = languages.collect::<Vec<_>>();
    let (realm, client) = (state.realm, &asked.client);
    let context = DescribeContext { realm, account, client, organization, languages: &languages };
    let client = describe_client(kit, client, realm, Some(&asked.redirect_uri)).await?;
    let (scopes, resources) = describe_asked(kit, asked, &context).await?;
    let allows = |one: &Organization| one.status == OrganizationStatus::Allowed;
    let mut facts = Facts {
        version: String::new(),
        scopes,
        details: asked
            .details
            .iter()
            .map(|detail| Json::from(&Value::Object(detail.clone())))
            .collect(),
        can_narrow: asked.narrows.unwrap_or_else(|| kit.engine.narrows()) != Narrows::No,
        remember: remember_of(kit, asked, &organizations),
        organization: organization.cloned(),
        is_allowed: realm != Realm::B2b || organization.is_some_and(allows),
    };
    facts.version = version_of(id, account, &client, asked, &resources, &facts);
    let answer = Answer { kit, call, id, state, asked, account }.write(
        &facts,
        &client,
        &organizations,
        &resources,
    )?;
    Ok(Card { answer, facts, client })
}
