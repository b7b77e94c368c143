//! The consent card and the logout card.

mod consent;
mod details;
mod logout;
mod manifest;
mod scopes;

pub(super) use consent::{consent, denial};
pub(super) use logout::logout;

use crate::{
    consent::{
        Account, AuthorizationDetail, ClientTrust, DisplayText, ManifestSection, OrganizationStatus,
    },
    messages::Text,
    platform::Platform,
    protocol::{Link, OrganizationId},
};

/// A logo or a picture, else an initial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Avatar {
    /// A picture.
    Picture {
        /// The path on the backend's own origin.
        path: String,
        /// The initial that is shown if the picture does not load.
        initial: String,
    },
    /// An initial.
    Initial(String),
}

impl Avatar {
    pub(super) fn new(
        picture: Option<&String>,
        name: &DisplayText,
        platform: &dyn Platform,
    ) -> Self {
        let initial = name.initial(platform);
        match picture.cloned() {
            Some(path) => Self::Picture { path, initial },
            None => Self::Initial(initial),
        }
    }

    fn account(account: &Account, platform: &dyn Platform) -> Self {
        Self::new(account.picture.as_ref(), &account.display_name(platform), platform)
    }
}

/// The consent card.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsentCard {
    /// The client's name.
    pub name: String,
    /// The client's logo.
    pub client: Avatar,
    /// How much the backend knows about the client.
    pub trust: ClientTrust,
    /// The same as text.
    pub trust_label: Text,
    /// The tone of [`ConsentCard::trust_label`] and [`ConsentCard::cautions`], which are one block.
    pub tone: Tone,
    /// The client's description of itself, marked as such.
    pub description: Option<Text>,
    /// The account's picture.
    pub account: Avatar,
    /// The account's name, and its e-mail address if that is not the name.
    pub account_lines: Vec<String>,
    /// The organization, or a choice of several.
    pub organizations: Organizations,
    /// Warnings, if there is something to check. The gravest comes first.
    pub cautions: Vec<Text>,
    /// The label above a list of scopes.
    pub scopes_label: Text,
    /// The label above the scopes that the host's sections do not cover.
    pub full_label: Text,
    /// The host's own sections, if there are any.
    pub sections: Vec<ManifestSection>,
    /// The grantable scopes: new ones, and those granted before. With the host's sections, only the
    /// scopes that these do not cover.
    pub lists: Vec<ScopeList>,
    /// `offline_access`, which stands beside the answers, because it lasts.
    pub offline_access: Option<ScopeItem>,
    /// What is left out if the user unticks all scopes that imply others. `None` if that cannot be
    /// offered.
    pub without_writing: Option<Text>,
    /// The scopes that this account cannot grant.
    pub refused: Vec<ScopeItem>,
    /// The label above the authorization details.
    pub details_label: Text,
    /// The authorization details. They come first among what is asked.
    pub authorization_details: Vec<AuthorizationDetailItem>,
    /// The resources that the scopes do not name themselves.
    pub resources: Vec<ResourceItem>,
    /// Whether the client asks for a payment, whatever else it asks for.
    pub pays: bool,
    /// Whether Allow is shown. Else the card says what is asked, and nothing on it can be ticked.
    pub shows_allow: bool,
    /// That another account is signed in than on the card before.
    pub account_change: Option<Text>,
    /// Why Allow is not offered, or that it is remembered.
    pub notice: Option<Text>,
    /// Whether the notice asks to choose an organization, or another one.
    pub chooses: bool,
    /// Whether the user chooses if an Allow is remembered.
    pub can_remember: bool,
    /// Where the user goes next.
    pub destination: Text,
    /// The client's home page, terms and privacy policy.
    pub links: Vec<(Text, Link)>,
}

/// The organization part of the card.
#[derive(Debug, Clone, PartialEq)]
pub enum Organizations {
    /// No organization (consumer).
    None,
    /// One organization.
    One(Avatar, String),
    /// Several organizations to choose from.
    Several(Vec<OrganizationChoice>),
}

/// An organization to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationChoice {
    /// Its identifier.
    pub id: OrganizationId,
    /// Its logo.
    pub avatar: Avatar,
    /// Its name, cleaned.
    pub name: String,
    /// Why the organization cannot be used, as a short note below the name.
    pub note: Option<Text>,
    /// Whether the organization allows the client.
    pub status: OrganizationStatus,
    /// Whether the card is about this organization.
    pub chosen: bool,
}

/// The tone of the verdict on a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The site knows the client, and there is nothing to check.
    Known,
    /// The site does not vouch for the client.
    Neutral,
    /// There is something to check.
    Caution,
}

/// A resource on the card (RFC 8707).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceItem {
    /// The name, else the address.
    pub label: String,
    /// Whether the label is the address.
    pub is_raw: bool,
}

/// A list of scopes under a label.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeList {
    /// The label. It stands above what is not folded.
    pub label: Text,
    /// The label of what is folded ([`ScopeItem::folded`]), if anything is.
    pub fold: Option<Text>,
    /// Whether the user has granted all of it before, while something else is new.
    pub before: bool,
    /// The groups. Groups without a title come first.
    pub groups: Vec<ScopeGroup>,
}

/// A group of scopes.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeGroup {
    /// The backend's title, cleaned.
    pub title: Option<String>,
    /// The scopes, in the order of the request. One that comes with another is below that.
    pub items: Vec<ScopeItem>,
}

/// An authorization detail on the card (RFC 9396).
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorizationDetailItem {
    /// The title: the host's, else a payment in a sentence, else the type in words.
    pub title: Text,
    /// The lines below the title: a label, which may be empty, and a value. They are the host's, else
    /// every member that is not in the title, in words.
    pub lines: Vec<(String, String)>,
    /// Whether it moves money or opens accounts or cards.
    pub sensitive: bool,
    /// The whole detail as JSON, cleaned.
    pub json: String,
    /// The authorization detail itself.
    pub detail: AuthorizationDetail,
}

/// A scope on the card.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeItem {
    /// The index in the request.
    pub index: usize,
    /// The scope token.
    pub scope: String,
    /// The title, else the token.
    pub label: String,
    /// Whether the label is the token.
    pub is_raw: bool,
    /// The meaning of the scope.
    pub description: Option<String>,
    /// That the site says nothing about the scope, neither by a title nor by a description.
    pub undescribed: Option<Text>,
    /// The meaning in detail, one line each.
    pub details: Vec<String>,
    /// Why the user cannot untick it where others can be unticked: the scopes that imply it, or that it
    /// is required.
    pub stays: Option<Text>,
    /// Why this account cannot grant it.
    pub reason: Option<String>,
    /// The resource.
    pub resource: Option<ResourceItem>,
    /// Whether it is nested: it comes with the last item before it that is not.
    pub nested: bool,
    /// Whether it is hidden until the user opens the list's fold. Nothing that must be seen is.
    pub folded: bool,
    /// Whether the user can untick it.
    pub tick: Tick,
    /// Whether the scope is sensitive.
    pub sensitive: bool,
    /// Whether it is new beside scopes that were granted before.
    pub is_new: bool,
    /// Whether the user must see it before Allow counts: it is sensitive, new beside scopes that were
    /// granted before, or unusual.
    pub must_be_seen: bool,
}

/// Whether the user can untick a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// The scope is always granted.
    Locked,
    /// The scope has a checkbox.
    Free,
}

/// The logout card.
#[derive(Debug, Clone, PartialEq)]
pub struct LogoutCard {
    /// The question.
    pub question: Text,
    /// The signed-in account, if known: its picture, its name, and its e-mail address if that is
    /// not the name.
    pub account: Option<(Avatar, Vec<String>)>,
}

fn account_lines(account: &Account, platform: &dyn Platform) -> Vec<String> {
    let label = account.display_name(platform);
    let mut lines = vec![label.into_string()];
    if let Some(email) = &account.email {
        let email = DisplayText::own(email, platform).into_string();
        if !email.is_empty() && !lines.contains(&email) {
            lines.push(email);
        }
    }
    lines
}
