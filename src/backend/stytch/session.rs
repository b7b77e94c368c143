//! Who is signed in, as `sessions/authenticate` and `sessions/attest` answer.

use super::{StytchPage, pictures::Pictures};
use crate::{
    api::reader::Reader,
    backend::WireError,
    consent::{Account, Organization, OrganizationStatus},
    protocol::{LoginReason, OrganizationId, Realm},
};

use super::request::AuthorizeParameters;

/// A session.
#[derive(Clone)]
pub(super) struct Session {
    pub account: Account,
    pub organization: Option<Organization>,
    /// When it ends (RFC 3339).
    pub expires_at: Option<String>,
    /// The same, in seconds since the Unix epoch.
    pub expires: Option<f64>,
    /// When the backend looked at it: its "now". Only its own times are compared with each other, never the browser's.
    pub seen: Option<f64>,
    /// When the user last proved who they are.
    pub authenticated: Option<f64>,
    /// The session token and its JWT, where the project gives them to scripts.
    pub tokens: Option<(String, String)>,
}

impl Session {
    pub(super) fn read(
        from: &Reader,
        realm: Realm,
        page: &dyn StytchPage,
        pictures: &Pictures<'_>,
    ) -> Result<Self, WireError> {
        let (account, organization, session) = match realm {
            Realm::Consumer => (
                user(&from.object("user")),
                None,
                from.optional_object("session"),
            ),
            Realm::B2b => (
                member(&from.object("member")),
                Some(self::organization(&from.object("organization"), pictures)),
                from.optional_object("member_session"),
            ),
        };
        let seconds = |moment: String| page.milliseconds(&moment).map(|at| at / 1000.0);
        let text = |field| session.as_ref()?.optional_text(field);
        let time = |field| text(field).and_then(seconds);
        let mut authenticated = time("started_at");
        let factors = session
            .as_ref()
            .map(|session| session.optional_list("authentication_factors"));
        for factor in factors.unwrap_or_default() {
            let at = factor.optional_text("last_authenticated_at");
            let at = at.and_then(seconds);
            authenticated = match (authenticated, at) {
                (Some(one), Some(other)) => Some(one.max(other)),
                (one, other) => one.or(other),
            };
        }
        let expires_at = text("expires_at");
        let filled = |field| from.optional_text(field).filter(|text| !text.is_empty());
        let (token, jwt) = (filled("session_token"), filled("session_jwt"));
        from.checked(Self {
            account,
            organization,
            expires: expires_at.clone().and_then(seconds),
            expires_at,
            seen: time("last_accessed_at"),
            authenticated,
            tokens: token.zip(jwt),
        })
    }

    /// Why the client wants the user to sign in again although there is a session (OpenID Connect Core section 3.1.2.1).
    pub(super) fn falls_short(&self, asked: &AuthorizeParameters) -> Option<LoginReason> {
        let max_age = asked.max_age();
        let returned = asked.hand_off.count > 0;
        if asked.prompts("login") || max_age == Some(0) {
            // Where there was a session before, a login page that sends the user back at once has not asked anything.
            let fresh = match (asked.hand_off.since, self.authenticated) {
                (Some(since), Some(at)) => at > since as f64,
                _ => true,
            };
            if !(returned && fresh) {
                return Some(LoginReason::PromptLogin);
            }
        }
        if asked.prompts("create") && !returned {
            return Some(LoginReason::Create);
        }
        if asked.prompts("select_account") && !returned {
            return Some(LoginReason::SelectAccount);
        }
        let age = self.seen? - self.authenticated?;
        (age > f64::from(max_age?)).then_some(LoginReason::MaxAge)
    }
}

fn user(from: &Reader) -> Account {
    let mut name = Vec::new();
    if let Some(parts) = from.optional_object("name") {
        for part in ["first_name", "middle_name", "last_name"] {
            name.extend(parts.optional_text(part).filter(|part| !part.is_empty()));
        }
    }
    let emails = from.optional_list("emails");
    Account {
        sub: from.id("user_id"),
        name: Some(name.join(" ")).filter(|name| !name.is_empty()),
        email: emails
            .first()
            .and_then(|email| email.optional_text("email")),
        picture: None,
    }
}

fn member(from: &Reader) -> Account {
    Account {
        sub: from.id("member_id"),
        name: from.optional_text("name"),
        email: from.optional_text("email_address"),
        picture: None,
    }
}

/// A session is in one organization, and which clients it allows is said by the start's answer.
fn organization(from: &Reader, pictures: &Pictures<'_>) -> Organization {
    Organization {
        organization_id: OrganizationId::new(from.id("organization_id")),
        name: from.optional_text("organization_name").unwrap_or_default(),
        slug: from.optional_text("organization_slug"),
        logo_uri: pictures.allowed(from.optional_text("organization_logo_url")),
        status: OrganizationStatus::Allowed,
        approval: None,
    }
}
