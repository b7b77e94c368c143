//! The card: who asks, who answers, what is asked, and where the user goes next.

use super::view::{Action, Body, Screen};
use crate::{
    consent::{
        Account, AuthorizationDetail, Client, ConsentRequest, DisplayText, LogoutConfirmation,
        Organization, OrganizationStatus, Party, RequestedScope,
    },
    messages::{Key, Messages, Text},
    platform::Platform,
    protocol::{AddressKind, Link, OrganizationId},
};

/// A logo or picture, or the initial where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A path of the backend's own origin.
    Picture(String),
    /// A letter.
    Initial(String),
}

impl Mark {
    fn new(picture: Option<&String>, name: &str) -> Self {
        match picture {
            Some(path) => Self::Picture(path.clone()),
            None => Self::Initial(DisplayText::name(name).initial()),
        }
    }
}

/// The consent card.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsentCard {
    /// The client's logo.
    pub client: Mark,
    /// The account's picture.
    pub account: Mark,
    /// The account's name, and its e-mail address where that is not the name.
    pub account_lines: Vec<String>,
    /// The organization, with a choice where there are several.
    pub organizations: Organizations,
    /// A word on who runs the client.
    pub notice: Option<Text>,
    /// What the client will be able to do; the label above the list.
    pub scopes_label: Text,
    /// Scopes that would be granted.
    pub scopes: Vec<ScopeItem>,
    /// Scopes that this account cannot grant, shown apart.
    pub refused: Vec<ScopeItem>,
    /// What is asked in detail: a title, and a line for each member.
    pub details: Vec<(String, Vec<(String, String)>)>,
    /// Where it is asked for.
    pub resources: Vec<String>,
    /// Why `allow` is not offered, or that the answer is remembered.
    pub remark: Option<Text>,
    /// Where the user goes next.
    pub destination: Text,
    /// The client's terms and privacy policy.
    pub links: Vec<(Text, Link)>,
}

/// The organization part of the card.
#[derive(Debug, Clone, PartialEq)]
pub enum Organizations {
    /// There is none (consumer).
    None,
    /// There is one.
    One(Mark, String),
    /// There are several to choose from.
    Several(Vec<OrganizationChoice>),
}

/// An organization to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationChoice {
    /// Its identifier.
    pub id: OrganizationId,
    /// What to call it, with a word where it is not allowed.
    pub label: String,
    /// Whether the card is about it.
    pub chosen: bool,
}

/// A scope on the card.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeItem {
    /// Its place in the request.
    pub place: usize,
    /// Its title, else its raw name.
    pub label: String,
    /// Whether the label is the raw name.
    pub is_raw: bool,
    /// What it means.
    pub description: Option<String>,
    /// Whether it can be left out.
    pub tick: Tick,
    /// Whether it deserves a second look.
    pub sensitive: bool,
    /// Whether it was granted before.
    pub granted: bool,
}

/// Whether a scope can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// It is granted with all the rest.
    Locked,
    /// The user decides.
    Free,
}

/// The question whether to sign out.
#[derive(Debug, Clone, PartialEq)]
pub struct LogoutCard {
    /// Who asks.
    pub question: Text,
    /// The account's picture.
    pub account: Mark,
    /// The account's name, and its e-mail address where that is not the name.
    pub account_lines: Vec<String>,
}

/// The card of a request.
pub(super) fn consent(
    asked: &ConsentRequest,
    messages: &Messages,
    platform: &dyn Platform,
) -> Screen {
    let name = asked.client.display_name();
    let client = name.as_str();
    let organization = asked
        .organization
        .as_ref()
        .map(|it| DisplayText::name(&it.name));
    let heading = match &organization {
        Some(organization) => messages.format(
            Key::ConsentHeadingOrganization,
            &[("client", client), ("organization", organization.as_str())],
        ),
        None => messages.format(Key::ConsentHeading, &[("client", client)]),
    };
    let items = |grantable: bool| {
        let scopes = asked
            .scopes
            .iter()
            .enumerate()
            .filter(move |(_, scope)| scope.grantable == grantable);
        scopes
            .map(|(place, scope)| item(asked, place, scope))
            .collect::<Vec<_>>()
    };
    let card = ConsentCard {
        client: Mark::new(asked.client.logo_uri.as_ref(), client),
        account: Mark::new(asked.account.picture.as_ref(), asked.account.label()),
        account_lines: account_lines(&asked.account),
        organizations: organizations(asked, messages),
        notice: notice(&asked.client, messages),
        scopes_label: messages.format(Key::ConsentScopes, &[("client", client)]),
        scopes: items(true),
        refused: items(false),
        details: asked.authorization_details.iter().map(detail).collect(),
        resources: asked
            .resources
            .iter()
            .map(|it| it.name.clone().unwrap_or_else(|| it.resource.clone()))
            .collect(),
        remark: remark(asked, messages),
        destination: destination(asked, messages),
        links: links(&asked.client, client, messages, platform),
    };
    let mut actions = vec![Action::Deny];
    if asked.can_allow() {
        actions.push(Action::Allow);
    }
    Screen {
        heading: Some(heading),
        body: Body::Consent(Box::new(card)),
        actions,
        reference: None,
    }
}

fn account_lines(account: &Account) -> Vec<String> {
    let label = account.label();
    let email = account.email.as_deref().filter(|email| *email != label);
    std::iter::once(label)
        .chain(email)
        .map(str::to_owned)
        .collect()
}

fn organizations(asked: &ConsentRequest, messages: &Messages) -> Organizations {
    let chosen = asked.organization.as_ref();
    match (asked.organizations.len(), chosen) {
        (0 | 1, Some(one)) => Organizations::One(
            Mark::new(one.logo_uri.as_ref(), &one.name),
            DisplayText::name(&one.name).as_str().to_owned(),
        ),
        (0, None) => Organizations::None,
        _ => Organizations::Several(
            asked
                .organizations
                .iter()
                .map(|it| OrganizationChoice {
                    id: it.organization_id.clone(),
                    label: organization_label(it, messages),
                    chosen: chosen.is_some_and(|one| one.organization_id == it.organization_id),
                })
                .collect(),
        ),
    }
}

fn organization_label(organization: &Organization, messages: &Messages) -> String {
    let name = DisplayText::name(&organization.name);
    let key = match organization.status {
        OrganizationStatus::Allowed => return name.as_str().to_owned(),
        OrganizationStatus::Blocked => Key::ConsentOrganizationBlocked,
        OrganizationStatus::NeedsApproval => Key::ConsentOrganizationNeedsApproval,
    };
    messages
        .format(key, &[("organization", name.as_str())])
        .plain()
}

fn notice(client: &Client, messages: &Messages) -> Option<Text> {
    match client.party {
        Party::First => Some(messages.get(Key::ConsentFirstParty)),
        Party::Third if client.verified => None,
        Party::Third => Some(messages.format(
            Key::ConsentUnverified,
            &[("client", client.display_name().as_str())],
        )),
    }
}

fn item(asked: &ConsentRequest, place: usize, scope: &RequestedScope) -> ScopeItem {
    let label = scope.label();
    ScopeItem {
        place,
        label: label.to_owned(),
        is_raw: label == scope.scope.as_str(),
        description: scope.description.clone().filter(|text| !text.is_empty()),
        tick: if asked.can_untick(scope) {
            Tick::Free
        } else {
            Tick::Locked
        },
        sensitive: scope.sensitive,
        granted: scope.granted,
    }
}

fn detail(detail: &AuthorizationDetail) -> (String, Vec<(String, String)>) {
    let lines = detail.members.iter().map(|(name, value)| {
        (
            DisplayText::name(name).as_str().to_owned(),
            DisplayText::description(value).as_str().to_owned(),
        )
    });
    (
        DisplayText::name(&detail.kind).as_str().to_owned(),
        lines.collect(),
    )
}

fn remark(asked: &ConsentRequest, messages: &Messages) -> Option<Text> {
    let organization_allows = asked
        .organization
        .as_ref()
        .is_none_or(|it| it.status == OrganizationStatus::Allowed);
    let key = match (organization_allows, asked.can_allow()) {
        (false, _) => Key::ConsentOrganizationUnavailable,
        (true, false) => Key::ConsentNothingGrantable,
        (true, true) if asked.remember => Key::ConsentRemembered,
        (true, true) => return None,
    };
    Some(messages.get(key))
}

fn destination(asked: &ConsentRequest, messages: &Messages) -> Text {
    match &asked.redirect_uri {
        Ok(target) => {
            let key = match target.kind_of() {
                AddressKind::App => Key::ConsentDestinationApp,
                AddressKind::Web | AddressKind::Loopback => Key::ConsentDestination,
            };
            messages.format(key, &[("host", target.host())])
        }
        // Never shown: an unsafe address has a screen of its own.
        Err(_) => Text::default(),
    }
}

fn links(
    client: &Client,
    name: &str,
    messages: &Messages,
    platform: &dyn Platform,
) -> Vec<(Text, Link)> {
    let links = [
        (Key::ConsentTerms, &client.tos_uri),
        (Key::ConsentPrivacy, &client.policy_uri),
    ];
    let checked = links.into_iter().filter_map(|(key, uri)| {
        let link = Link::check(uri.as_deref()?, platform)?;
        Some((messages.format(key, &[("client", name)]), link))
    });
    checked.collect()
}

/// The question of a logout.
pub(super) fn logout(asked: &LogoutConfirmation, messages: &Messages) -> Screen {
    let question = match &asked.client {
        Some(client) => messages.format(
            Key::LogoutText,
            &[("client", client.display_name().as_str())],
        ),
        None => messages.get(Key::LogoutTextUnknown),
    };
    let card = LogoutCard {
        question,
        account: Mark::new(asked.account.picture.as_ref(), asked.account.label()),
        account_lines: account_lines(&asked.account),
    };
    Screen {
        heading: Some(messages.get(Key::LogoutHeading)),
        body: Body::Logout(Box::new(card)),
        actions: vec![Action::Stay, Action::SignOut],
        reference: None,
    }
}
