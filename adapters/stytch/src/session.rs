//! The session, as `sessions/authenticate` and `sessions/attest` return it.

use countersign::{
    api::reader::Reader,
    backend::WireError,
    consent::{Account, Organization, OrganizationStatus},
    protocol::{LoginReason, OrganizationId, Realm},
    strings::join,
};

use crate::{StytchPlatform, logos::Logos, request::AuthorizeParameters};

/// A session. Times in seconds are since the Unix epoch, by Stytch's clock. They are compared only
/// with each other, never with the browser's clock.
pub(crate) struct Session {
    pub account: Account,
    pub organization: Option<Organization>,
    /// When the session expires (RFC 3339).
    pub expires_at: Option<String>,
    /// When the session expires, in seconds.
    pub expires: Option<f64>,
    /// When Stytch checked the session, in seconds.
    pub checked: Option<f64>,
    /// When the user last authenticated, in seconds.
    authenticated: Option<f64>,
    /// The session token and its JWT, if the project gives them to scripts.
    pub tokens: Option<(String, String)>,
}

impl Session {
    pub(crate) fn read(
        from: &Reader,
        realm: Realm,
        page: &dyn StytchPlatform,
        logos: &Logos<'_>,
    ) -> Result<Self, WireError> {
        let (account, organization, session) = match realm {
            Realm::Consumer => (user(&from.object("user")), None, "session"),
            Realm::B2b => (
                member(&from.object("member")),
                Some(self::organization(&from.object("organization"), logos)),
                "member_session",
            ),
        };
        let session = from.optional_object(session);
        let seconds = |time: String| page.milliseconds(&time).map(|at| at / 1000.0);
        let text = |field| session.as_ref()?.optional_text(field);
        let mut authenticated = text("started_at").and_then(seconds);
        let factors =
            session.as_ref().map(|session| session.optional_list("authentication_factors"));
        for factor in factors.unwrap_or_default() {
            let at = factor.optional_text("last_authenticated_at");
            let at = at.and_then(seconds);
            // `None` is less than any time.
            if at > authenticated {
                authenticated = at;
            }
        }
        let expires_at = text("expires_at");
        let filled = |field| from.optional_text(field).filter(|text| !text.is_empty());
        let (token, jwt) = (filled("session_token"), filled("session_jwt"));
        from.checked(Self {
            account,
            organization,
            expires: expires_at.clone().and_then(seconds),
            expires_at,
            checked: text("last_accessed_at").and_then(seconds),
            authenticated,
            tokens: token.zip(jwt),
        })
    }

    /// Why the user must sign in again although there is a session (OpenID Connect Core section
    /// 3.1.2.1).
    pub(crate) fn login_reason(&self, request: &AuthorizeParameters) -> Option<LoginReason> {
        let max_age = request.max_age();
        let has_returned = request.hand_off.count > 0;
        if request.prompts("login") || max_age == Some(0) {
            // A login page that returns at once has not authenticated the user.
            let is_fresh = match (request.hand_off.since, self.authenticated) {
                (Some(since), Some(at)) => at > since as f64,
                _ => true,
            };
            if !(has_returned && is_fresh) {
                return Some(LoginReason::PromptLogin);
            }
        }
        if request.prompts("create") && !has_returned {
            return Some(LoginReason::Create);
        }
        if request.prompts("select_account") && !has_returned {
            return Some(LoginReason::SelectAccount);
        }
        let age = self.checked? - self.authenticated?;
        (age > max_age? as f64).then_some(LoginReason::MaxAge)
    }
}

fn user(from: &Reader) -> Account {
    let mut name = Vec::new();
    if let Some(parts) = from.optional_object("name") {
        for part in ["first_name", "middle_name", "last_name"] {
            name.extend(parts.optional_text(part).filter(|part| !part.is_empty()));
        }
    }
    let mut account = Account::new(from.id("user_id"));
    account.name = Some(join(&name, " ")).filter(|name| !name.is_empty());
    account.email =
        from.optional_list("emails").first().and_then(|email| email.optional_text("email"));
    account
}

fn member(from: &Reader) -> Account {
    let mut account = Account::new(from.id("member_id"));
    account.name = from.optional_text("name");
    account.email = from.optional_text("email_address");
    account
}

/// The organization of the session. The response to the start says whether it allows the client.
fn organization(from: &Reader, logos: &Logos<'_>) -> Organization {
    let mut organization = Organization::new(
        OrganizationId::new(from.id("organization_id")),
        from.optional_text("organization_name").unwrap_or_default(),
        OrganizationStatus::Allowed,
    );
    organization.slug = from.optional_text("organization_slug");
    organization.logo_uri = logos.allowed(from.optional_text("organization_logo_url"));
    organization
}
