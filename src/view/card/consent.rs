//! The consent card.

use super::{
    Avatar, ConsentCard, OrganizationChoice, Organizations, Tone, account_lines, details::detail,
    scopes::Lister,
};
use crate::{
    consent::{
        Approval, Caution, ClientTrust, ConsentRequest, Destination, DestinationKind, DisplayText,
        HostName, Identity, Organization, OrganizationStatus, Remember,
    },
    flow::{CardChange, Consent},
    messages::{Key, Messages, Piece, Text},
    platform::Platform,
    protocol::Link,
    view::{Action, Body, Screen},
};

/// The screen of a consent request.
pub fn consent(shown: &Consent, messages: &Messages, platform: &dyn Platform) -> Screen {
    let request = &shown.request;
    let name = request.client.display_name(messages.language(), platform);
    let mut actions = vec![denial(shown)];
    if shown.shows_allow() {
        actions.push(Action::Allow);
    } else if shown.approvable().is_some() {
        actions.push(Action::RequestApproval);
    }
    Screen {
        heading: Some(heading(request, name.as_str(), messages, platform)),
        body: Body::Consent(Box::new(card(shown, &name, messages, platform))),
        actions,
        reference: None,
        site_initial: String::new(),
    }
}

/// What a denial is called. Alone it is no answer beside another one.
pub fn denial(shown: &Consent) -> Action {
    let organization = shown.request.organization.as_ref();
    if shown.shows_allow() || shown.approvable().is_some() {
        Action::Deny
    } else if organization.is_some_and(has_asked) {
        Action::Return
    } else {
        Action::Cancel
    }
}

/// Whether the organization's administrators have been asked to approve the client.
fn has_asked(organization: &Organization) -> bool {
    organization.status == OrganizationStatus::NeedsApproval
        && organization.approval == Some(Approval::Requested)
}

fn card(
    shown: &Consent,
    name: &DisplayText,
    messages: &Messages,
    platform: &dyn Platform,
) -> ConsentCard {
    let request = &shown.request;
    let site = messages.site().unwrap_or_default();
    // Never used: an unsafe redirect URI has a screen of its own.
    let identity = request
        .redirect_uri
        .as_ref()
        .ok()
        .map(|target| Identity::of(request, target, site, messages.language(), platform));
    let client = name.as_str();
    let shows_allow = shown.shows_allow();
    let lister = Lister { request, messages, platform, shows_allow };
    let known = identity.as_ref();
    ConsentCard {
        name: client.to_owned(),
        client: Avatar::new(request.client.logo_uri.as_ref(), name, platform),
        trust: known.map_or(ClientTrust::SelfDeclared, |identity| identity.trust),
        trust_label: known
            .map_or_else(Text::default, |identity| trust_label(identity, request, messages)),
        tone: known.map_or(Tone::Neutral, tone),
        description: known.and_then(|identity| description(identity, messages)),
        sections: Vec::new(),
        account: Avatar::account(&request.account, platform),
        account_lines: account_lines(&request.account, platform),
        organizations: organizations(request, messages, platform),
        cautions: known.map_or_else(Vec::new, |identity| cautions(identity, messages)),
        scopes_label: lister.label_above(client),
        full_label: messages.get(Key::ConsentScopesFull),
        lists: lister.lists(client),
        offline_access: lister.offline_access(),
        without_writing: lister.without_writing(),
        refused: lister.refused(),
        details_label: messages.format(Key::ConsentDetails, &[("client", client)]),
        authorization_details: request
            .authorization_details
            .iter()
            .map(|asked| detail(asked, messages, platform))
            .collect(),
        resources: lister.resources(),
        pays: request.pays(),
        shows_allow,
        account_change: account_change(shown, messages, platform),
        notice: notice(shown, messages, platform),
        chooses: chooses(shown),
        can_remember: request.can_remember() && shows_allow,
        destination: known
            .map_or_else(Text::default, |identity| destination(shown, identity, messages)),
        links: identity.map_or_else(Vec::new, |identity| links(identity, messages)),
    }
}

fn heading(
    request: &ConsentRequest,
    client: &str,
    messages: &Messages,
    platform: &dyn Platform,
) -> Text {
    let organization = request.organization.as_ref().map(|one| one.display_name(platform));
    let pays = request.pays();
    // An organization pays from the account that it has with the site.
    let place = if pays && organization.is_some() { "site" } else { "organization" };
    let name = organization.as_ref().map_or("", DisplayText::as_str);
    let key = match organization {
        _ if only_signs_in(request) => Key::ConsentHeadingSignIn,
        _ if pays => Key::ConsentHeadingPayment,
        Some(_) => Key::ConsentHeadingOrganization,
        None => Key::ConsentHeading,
    };
    messages.format(key, &[("client", client), (place, name)])
}

/// Whether the client asks who the user is, and for nothing else.
fn only_signs_in(request: &ConsentRequest) -> bool {
    request.scopes.iter().all(|scope| scope.scope.as_str() == "openid")
        && request.authorization_details.is_empty()
        && request.resources.is_empty()
}

fn organizations(
    request: &ConsentRequest,
    messages: &Messages,
    platform: &dyn Platform,
) -> Organizations {
    let chosen = request.organization.as_ref();
    match (request.organizations.len(), chosen) {
        (0 | 1, Some(one)) => {
            let name = one.display_name(platform);
            let avatar = Avatar::new(one.logo_uri.as_ref(), &name, platform);
            Organizations::One(avatar, name.into_string())
        }
        (0, None) => Organizations::None,
        _ => {
            let mut choices = Vec::new();
            for status in BY_USE {
                for organization in &request.organizations {
                    if organization.status == status {
                        choices.push(choice(organization, chosen, messages, platform));
                    }
                }
            }
            Organizations::Several(choices)
        }
    }
}

/// What can be used comes first. Within a status, the order is the backend's.
const BY_USE: [OrganizationStatus; 3] =
    [OrganizationStatus::Allowed, OrganizationStatus::NeedsApproval, OrganizationStatus::Blocked];

fn choice(
    organization: &Organization,
    chosen: Option<&Organization>,
    messages: &Messages,
    platform: &dyn Platform,
) -> OrganizationChoice {
    let name = organization.display_name(platform);
    let key = match organization.status {
        OrganizationStatus::Allowed => None,
        OrganizationStatus::Blocked => Some(Key::ConsentOrganizationBlocked),
        OrganizationStatus::NeedsApproval => Some(Key::ConsentOrganizationNeedsApproval),
    };
    OrganizationChoice {
        id: organization.organization_id.clone(),
        avatar: Avatar::new(organization.logo_uri.as_ref(), &name, platform),
        name: name.into_string(),
        note: key.map(|key| messages.get(key)),
        status: organization.status,
        chosen: chosen.is_some_and(|it| it.organization_id == organization.organization_id),
    }
}

/// The client's description of itself, marked as such.
fn description(identity: &Identity, messages: &Messages) -> Option<Text> {
    let text = identity.description.as_ref()?;
    let values = [("description", text.as_str())];
    Some(messages.format(Key::ConsentDescription, &values))
}

/// How much the backend knows about the client.
fn trust_label(identity: &Identity, request: &ConsentRequest, messages: &Messages) -> Text {
    let host = |host: &str| HostName::new(host, request.client.registrable_domain.as_deref());
    let anyone = [Caution::Loopback, Caution::App];
    let is_anyone = identity.cautions.iter().any(|caution| anyone.contains(caution));
    match (identity.trust, &identity.document) {
        (ClientTrust::FirstParty, _) => messages.get(Key::WhoFirst),
        // What is verified is another program than the one that asks, for all that is known.
        (ClientTrust::Verified, _) if is_anyone => messages.get(Key::WhoRegistered),
        (ClientTrust::Verified, _) => messages.get(Key::WhoVerified),
        (ClientTrust::Registered, _) => messages.get(Key::WhoRegistered),
        (ClientTrust::SelfDeclared, Some(document)) => {
            messages.format(Key::WhoDocument, &[("host", document)]).with_host(&host(document))
        }
        (ClientTrust::SelfDeclared, None) => messages.get(Key::WhoSelfDeclared),
    }
}

/// One tone for both.
fn tone(identity: &Identity) -> Tone {
    match identity.trust {
        _ if !identity.cautions.is_empty() => Tone::Caution,
        ClientTrust::FirstParty | ClientTrust::Verified => Tone::Known,
        ClientTrust::Registered | ClientTrust::SelfDeclared => Tone::Neutral,
    }
}

/// What the user should check.
fn cautions(identity: &Identity, messages: &Messages) -> Vec<Text> {
    let host = &identity.destination.host;
    let whole = host.whole();
    let mut texts = Vec::new();
    for caution in &identity.cautions {
        let mut values = vec![("client", identity.name.as_str()), ("host", &*whole)];
        let key = match caution {
            Caution::SiteName => Key::CautionSite,
            Caution::MixedScripts => Key::CautionLetters,
            Caution::IpAddress => Key::CautionAddress,
            Caution::Loopback => Key::CautionLoopback,
            Caution::App => Key::CautionApp,
            Caution::HostMismatch { home } => {
                values.push(("home", home));
                Key::CautionHosts
            }
            Caution::Punycode => Key::CautionPunycode,
            Caution::Unverified => Key::CautionUnverified,
        };
        texts.push(messages.format(key, &values).with_host(host));
    }
    texts
}

/// Who is signed in now, and who was before. What is nearly always different stands for each: the
/// last line, which is the e-mail address if the account has one.
fn account_change(shown: &Consent, messages: &Messages, platform: &dyn Platform) -> Option<Text> {
    let Some(CardChange::Account(before)) = &shown.change else { return None };
    let line = |account| account_lines(account, platform).pop().unwrap_or_default();
    let values = [("account", &*line(&shown.request.account)), ("before", &*line(before))];
    Some(messages.format(Key::SubmitChangedAccount, &values))
}

/// Whether an organization has to be chosen, or another one than that of the card.
fn chooses(shown: &Consent) -> bool {
    let is_blocked = |one: &Organization| one.status == OrganizationStatus::Blocked;
    shown.request.organization.as_ref().is_none_or(is_blocked) && shown.has_choice()
}

/// Why Allow is not offered, or that it is remembered.
fn notice(shown: &Consent, messages: &Messages, platform: &dyn Platform) -> Option<Text> {
    let request = &shown.request;
    let key = match &request.organization {
        _ if shown.has_no_organization => Key::ConsentOrganizationMissing,
        _ if shown.is_choosing() => Key::ConsentOrganizationChoose,
        Some(organization) if organization.status == OrganizationStatus::NeedsApproval => {
            let name = organization.display_name(platform);
            let key = if has_asked(organization) {
                Key::ConsentApprovalRequested
            } else {
                Key::ConsentApprovalNeeded
            };
            return Some(messages.format(key, &[("organization", name.as_str())]));
        }
        _ if !request.organization_allows() && shown.has_choice() => {
            Key::ConsentOrganizationUnavailable
        }
        _ if !request.organization_allows() => Key::InvalidOrganization,
        _ if !shown.can_allow() => Key::ConsentNothingGrantable,
        _ if request.remember == Remember::Always => Key::ConsentRemembered,
        _ => return None,
    };
    Some(messages.get(key))
}

/// Where the answers lead. A request for approval leads nowhere: its answer is on this page.
fn destination(shown: &Consent, identity: &Identity, messages: &Messages) -> Text {
    let Destination { host, kind } = &identity.destination;
    let key = match kind {
        _ if shown.approvable().is_some() => Key::ConsentDestinationDeny,
        DestinationKind::Site => Key::ConsentDestination,
        DestinationKind::Address => Key::ConsentDestinationAddress,
        DestinationKind::Loopback => Key::ConsentDestinationLoopback,
        DestinationKind::App => Key::ConsentDestinationApp,
    };
    messages.format(key, &[("host", &host.whole())]).with_host(host)
}

/// The client's links. Each has its host, because the client cannot choose that, unless it is that of
/// the link before.
fn links(identity: Identity, messages: &Messages) -> Vec<(Text, Link)> {
    let mut links: Vec<(Text, Link)> = Vec::new();
    let host = |link: &Link| HostName::new(link.host(), None);
    let others = [
        (Key::ConsentTerms, Key::ConsentTermsSame, identity.terms),
        (Key::ConsentPrivacy, Key::ConsentPrivacySame, identity.privacy),
    ];
    links.extend(identity.homepage.map(|link| (Text(vec![Piece::Host(host(&link))]), link)));
    for (named, same, link) in others {
        if let Some(link) = link {
            let before = links.last().is_some_and(|(_, before)| before.host() == link.host());
            let key = if before { same } else { named };
            let text = messages.format(key, &[("host", link.host())]).with_host(&host(&link));
            links.push((text, link));
        }
    }
    links
}
