//! The card: who asks, who answers, what is asked, and where the user goes next.

mod consent;
mod logout;
mod manifest;

pub(super) use consent::consent;
pub(super) use logout::logout;

use crate::{
    consent::{Account, DisplayText, ManifestSection},
    messages::Text,
    protocol::{Link, OrganizationId},
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
    /// Nobody's.
    const fn none() -> Self {
        Self::Initial(String::new())
    }

    fn new(picture: Option<&String>, name: &DisplayText) -> Self {
        match picture {
            Some(path) => Self::Picture(path.clone()),
            None => Self::Initial(name.initial()),
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
    pub client: Mark,
    /// The account's picture.
    pub account: Mark,
    /// The account's name, and its e-mail address where that is not the name.
    pub account_lines: Vec<String>,
    /// The organization, with a choice where there are several.
    pub organizations: Organizations,
    /// What to check about who runs the client, where there is something to check.
    pub notice: Option<Text>,
    /// What the client will be able to do; the label above the list.
    pub scopes_label: Text,
    /// The host's own words for what would be granted, where it has any.
    pub sections: Vec<ManifestSection>,
    /// Scopes that would be granted; with words of the host's, those that they do not speak for.
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
    /// There are several to choose from; the mark is the chosen one's.
    Several(Mark, Vec<OrganizationChoice>),
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
    /// The token.
    pub scope: String,
    /// Its title, else its raw name.
    pub label: String,
    /// Whether the label is the raw name.
    pub is_raw: bool,
    /// What it means.
    pub description: Option<String>,
    /// The target it is for, as [`ConsentCard::resources`] names it.
    pub resource: Option<String>,
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
    /// Who is signed in, where known: the account's picture, its name, and its e-mail address where that is not the name.
    pub account: Option<(Mark, Vec<String>)>,
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
