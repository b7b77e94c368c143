//! The card of a request, piece by piece.

use super::{
    ConsentCard, Mark, OrganizationChoice, Organizations, ScopeItem, Tick, account_lines, site,
};
use crate::{
    consent::{
        AuthorizationDetail, Client, ConsentRequest, DisplayText, Organization, OrganizationStatus,
        Party, RequestedScope,
    },
    flow::view::{Action, Body, Screen},
    messages::{Key, Messages, Text},
    platform::Platform,
    protocol::{AddressKind, Link},
};

/// The card of a request.
pub fn consent(asked: &ConsentRequest, messages: &Messages, platform: &dyn Platform) -> Screen {
    let name = asked.client.display_name();
    let client = name.as_str();
    let card = ConsentCard {
        name: client.to_owned(),
        client: Mark::new(asked.client.logo_uri.as_ref(), &name),
        sections: Vec::new(),
        account: Mark::account(&asked.account),
        account_lines: account_lines(&asked.account),
        organizations: organizations(asked, messages),
        notice: notice(&asked.client, client, messages),
        scopes_label: messages.format(Key::ConsentScopes, &[("client", client)]),
        scopes: items(asked, true, messages),
        refused: items(asked, false, messages),
        details: asked.authorization_details.iter().map(detail).collect(),
        resources: asked
            .resources
            .iter()
            .map(|it| it.display_name().into_string())
            .collect(),
        remark: remark(asked, messages),
        destination: destination(asked, messages),
        links: links(&asked.client, messages, platform),
    };
    let mut actions = vec![Action::Deny];
    if asked.can_allow() {
        actions.push(Action::Allow);
    }
    Screen {
        heading: Some(heading(asked, client, messages)),
        body: Body::Consent(Box::new(card)),
        actions,
        reference: None,
    }
}

fn heading(asked: &ConsentRequest, client: &str, messages: &Messages) -> Text {
    match &asked.organization {
        Some(organization) => messages.format(
            Key::ConsentHeadingOrganization,
            &[
                ("client", client),
                ("organization", organization.display_name().as_str()),
            ],
        ),
        None => match site(asked.site.as_deref()) {
            Some(site) => messages.format(
                Key::ConsentHeadingSite,
                &[("client", client), ("site", site.as_str())],
            ),
            None => messages.format(Key::ConsentHeading, &[("client", client)]),
        },
    }
}

fn organizations(asked: &ConsentRequest, messages: &Messages) -> Organizations {
    let chosen = asked.organization.as_ref();
    match (asked.organizations.len(), chosen) {
        (0 | 1, Some(one)) => {
            let name = one.display_name();
            Organizations::One(Mark::new(one.logo_uri.as_ref(), &name), name.into_string())
        }
        (0, None) => Organizations::None,
        _ => Organizations::Several(
            chosen.map_or_else(Mark::none, |it| {
                Mark::new(it.logo_uri.as_ref(), &it.display_name())
            }),
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
    let name = organization.display_name();
    let key = match organization.status {
        OrganizationStatus::Allowed => return name.into_string(),
        OrganizationStatus::Blocked => Key::ConsentOrganizationBlocked,
        OrganizationStatus::NeedsApproval => Key::ConsentOrganizationNeedsApproval,
    };
    messages
        .format(key, &[("organization", name.as_str())])
        .plain()
}

fn notice(client: &Client, name: &str, messages: &Messages) -> Option<Text> {
    match client.party {
        Party::First => None,
        Party::Third if client.verified => None,
        Party::Third => Some(messages.format(Key::ConsentUnverified, &[("client", name)])),
    }
}

/// The scopes that this account can grant, or those it cannot.
fn items(asked: &ConsentRequest, grantable: bool, messages: &Messages) -> Vec<ScopeItem> {
    let scopes = asked.scopes.iter().enumerate();
    scopes
        .filter(|(_, scope)| scope.grantable == grantable)
        .map(|(place, scope)| item(asked, place, scope, messages))
        .collect()
}

fn item(
    asked: &ConsentRequest,
    place: usize,
    scope: &RequestedScope,
    messages: &Messages,
) -> ScopeItem {
    let description = scope.description.as_deref().map(DisplayText::whole);
    let tick = if asked.can_untick(scope) {
        Tick::Free
    } else {
        Tick::Locked
    };
    let named = scope.display_name().into_string();
    let raw = named == scope.scope.as_str();
    let known = raw.then(|| meaning(&named)).flatten();
    let label = known.map_or(named, |key| messages.get(key).plain());
    ScopeItem {
        place,
        scope: scope.scope.as_str().to_owned(),
        is_raw: raw && known.is_none(),
        label,
        description: description
            .filter(|text| !text.is_empty())
            .map(DisplayText::into_string),
        resource: scope
            .resource
            .as_deref()
            .map(|uri| asked.resource_name(uri).into_string()),
        tick,
        sensitive: scope.sensitive,
        granted: scope.granted,
    }
}

/// What a scope means that has no title: those of OpenID Connect Core sections 5.4 and 11, and the one by which an app
/// becomes the user.
fn meaning(scope: &str) -> Option<Key> {
    Some(match scope {
        "openid" => Key::ScopeOpenid,
        "profile" => Key::ScopeProfile,
        "email" => Key::ScopeEmail,
        "phone" => Key::ScopePhone,
        "address" => Key::ScopeAddress,
        "offline_access" => Key::ScopeOfflineAccess,
        "full_access" => Key::ScopeFullAccess,
        _ => return None,
    })
}

/// In full: whatever is granted is read first.
fn detail(detail: &AuthorizationDetail) -> (String, Vec<(String, String)>) {
    let whole = |text: &str| DisplayText::whole(text).into_string();
    let lines = detail.members.iter();
    (
        whole(&detail.kind),
        lines
            .map(|(name, value)| (whole(name), whole(value)))
            .collect(),
    )
}

fn remark(asked: &ConsentRequest, messages: &Messages) -> Option<Text> {
    let key = match (asked.organization_allows(), asked.can_allow()) {
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

/// Each with its host, which cannot lie.
fn links(client: &Client, messages: &Messages, platform: &dyn Platform) -> Vec<(Text, Link)> {
    let links = [
        (Key::ConsentTerms, &client.tos_uri),
        (Key::ConsentPrivacy, &client.policy_uri),
    ];
    let checked = links.into_iter().filter_map(|(key, uri)| {
        let link = Link::check(uri.as_deref()?, platform)?;
        Some((messages.format(key, &[("host", link.host())]), link))
    });
    checked.collect()
}
