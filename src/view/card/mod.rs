//! The card: who asks, who answers, what is asked, and where the user goes next.

mod consent;
mod logout;
mod manifest;
mod scopes;

pub(super) use consent::consent;
pub(super) use logout::logout;

use crate::{
    consent::{
        Account, AuthorizationDetail, AuthorizationDetailDescription, ClientTrust, DisplayText,
        ManifestSection, OrganizationStatus,
    },
    messages::Text,
    protocol::{Link, OrganizationId},
};

/// A logo or picture, or the initial where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Avatar {
    /// A picture.
    Picture {
        /// A path of the backend's own origin.
        path: String,
        /// The letter for the case that it does not come.
        initial: String,
    },
    /// A letter.
    Initial(String),
}

impl Avatar {
    fn new(picture: Option<&String>, name: &DisplayText) -> Self {
        let initial = name.initial();
        match picture.cloned() {
            Some(path) => Self::Picture { path, initial },
            None => Self::Initial(initial),
        }
    }

    fn account(account: &Account) -> Self {
        Self::new(account.picture.as_ref(), &account.display_name())
    }
}

/// The consent card.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsentCard {
    /// The client's name.
    pub name: String,
    /// The client's logo.
    pub client: Avatar,
    /// How the backend knows it.
    pub trust: ClientTrust,
    /// The same in words.
    pub trust_label: Text,
    /// What the client says of itself, as its own words.
    pub description: Option<Text>,
    /// The account's picture.
    pub account: Avatar,
    /// The account's name, and its e-mail address where that is not the name.
    pub account_lines: Vec<String>,
    /// The organization, with a choice where there are several.
    pub organizations: Organizations,
    /// What to check before going on, in one sentence, where there is something to check.
    pub caution: Option<Text>,
    /// What the client will be able to do; the label above a list.
    pub scopes_label: Text,
    /// The label above what the host's own words do not speak for.
    pub full_label: Text,
    /// The host's own words for what would be granted, where it has any.
    pub sections: Vec<ManifestSection>,
    /// Scopes that would be granted: what is new, and what was granted before; with words of the host's, those that they do not speak for.
    pub lists: Vec<ScopeList>,
    /// The scope that keeps the others while the user is away, on a line of its own.
    pub offline_access: Option<ScopeItem>,
    /// Whether what only widens other scopes can be left out at one press.
    pub can_read_only: bool,
    /// Scopes that this account cannot grant, shown apart.
    pub refused: Vec<ScopeItem>,
    /// What is asked in detail.
    pub authorization_details: Vec<AuthorizationDetailItem>,
    /// Where it is asked for.
    pub resources: Vec<String>,
    /// Why `allow` is not offered.
    pub notice: Option<Text>,
    /// Whether the answer can be remembered.
    pub can_remember: bool,
    /// Where the user goes next.
    pub destination: Text,
    /// The client's home page, terms and privacy policy.
    pub links: Vec<(Text, Link)>,
}

/// The organization part of the card.
#[derive(Debug, Clone, PartialEq)]
pub enum Organizations {
    /// There is none (consumer).
    None,
    /// There is one.
    One(Avatar, String),
    /// There are several to choose from.
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
    /// The word alone where it is not allowed, to stand beside the name.
    pub note: Option<Text>,
    /// Whether the client may be used in it.
    pub status: OrganizationStatus,
    /// Whether the card is about it.
    pub chosen: bool,
}

/// A list of scopes under a label.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeList {
    /// The label.
    pub label: Text,
    /// Its groups; those without a title come first.
    pub groups: Vec<ScopeGroup>,
}

/// Scopes that the backend shows together.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeGroup {
    /// The backend's title, cleaned.
    pub title: Option<String>,
    /// Its scopes, in the order of the request.
    pub items: Vec<ScopeItem>,
}

/// Something that is asked in detail (RFC 9396).
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorizationDetailItem {
    /// The host's own words for it, where it has any.
    pub description: Option<AuthorizationDetailDescription>,
    /// `type`, cleaned.
    pub kind: String,
    /// Its other members, a line each, cleaned and in full.
    pub members: Vec<(String, String)>,
    /// What it was made from.
    pub detail: AuthorizationDetail,
}

/// A scope on the card.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeItem {
    /// Its place in the request.
    pub index: usize,
    /// The token.
    pub scope: String,
    /// Its title, else its raw name.
    pub label: String,
    /// Whether the label is the raw name.
    pub is_raw: bool,
    /// What it means.
    pub description: Option<String>,
    /// What it means in detail, a line each.
    pub details: Vec<String>,
    /// Which other scopes it comes with.
    pub comes_with: Option<Text>,
    /// Why this account cannot grant it.
    pub reason: Option<String>,
    /// The target it is for, as [`ConsentCard::resources`] names it.
    pub resource: Option<String>,
    /// Whether it can be left out.
    pub tick: Tick,
    /// Whether it deserves a second look.
    pub sensitive: bool,
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
    /// Who is signed in, where known: the account's picture, its name, and its e-mail address where that is not the name.
    pub account: Option<(Avatar, Vec<String>)>,
}

/// What the site calls itself, cleaned.
fn site(name: Option<&str>) -> Option<DisplayText> {
    name.map(DisplayText::name).filter(|name| !name.is_empty())
}

fn account_lines(account: &Account) -> Vec<String> {
    let label = account.display_name();
    let email = account.email.as_deref().map(DisplayText::whole);
    let email = email.filter(|email| *email != label && !email.is_empty());
    std::iter::once(label)
        .chain(email)
        .map(DisplayText::into_string)
        .collect()
}
