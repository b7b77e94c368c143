//! The responses of `oauth/authorize` and `oauth/logout`.

use countersign::{
    api::reader::Reader,
    backend::WireError,
    consent::{Client, ConsentRequest, Party, Registration, RequestedScope, Resource},
    platform::Services,
    protocol::{Address, ClientId, RedirectTarget, ScopeToken},
};

use crate::{StytchOptions, logos::Logos, request::AuthorizeParameters, session::Session};

/// The response of `oauth/authorize/start`.
pub(crate) struct StartResponse {
    pub consent_required: bool,
    /// The user or member that the response is about, if it names one.
    subject: Option<String>,
    client: Client,
    scopes: Vec<RequestedScope>,
}

impl StartResponse {
    pub(crate) fn read(from: &Reader, logos: &Logos<'_>) -> Result<Self, WireError> {
        let member = || from.optional_text("member_id");
        from.checked(Self {
            subject: from.optional_text("user_id").or_else(member),
            consent_required: from.boolean("consent_required"),
            client: client(&from.object("client"), logos),
            scopes: from.each("scope_results", scope),
        })
    }

    /// `false` if the response names an account other than the session's.
    pub(crate) fn is_about(&self, session: &Session) -> bool {
        let subject = self.subject.as_deref();
        subject.is_none_or(|subject| subject == session.account.sub)
    }

    /// The content of the card.
    pub(crate) fn consent(
        self,
        request: &AuthorizeParameters,
        session: Session,
        options: &StytchOptions,
        services: &dyn Services,
    ) -> ConsentRequest {
        let redirect_uri = address(&request.redirect_uri, services);
        let mut client = self.client;
        let id = client.client_id.as_str();
        client.verified |= options.verified_clients.iter().any(|one| one == id);
        if client.name.is_empty()
            && let Ok(target) = &redirect_uri
        {
            target.host().clone_into(&mut client.name);
        }
        let mut scopes = self.scopes;
        // The decision also sends the scopes that the response leaves out, so the card shows them.
        for token in &request.scopes {
            if scopes.iter().all(|scope| scope.scope.as_str() != token) {
                scopes.push(requested(token.clone(), None, true));
            }
        }
        let expires_at = session.expires.map_or(i64::MAX, |at| at as i64);
        let mut consent = ConsentRequest::new(client, session.account, redirect_uri, expires_at);
        consent.organizations.extend(session.organization.clone());
        consent.organization = session.organization;
        consent.scopes = scopes;
        consent.resources = request.resources.iter().map(Resource::new).collect();
        consent
    }
}

/// Checks an address that is registered with the project. Stytch does not say which clients are
/// native apps, so every registered private-use scheme is accepted.
pub(crate) fn address(address: &str, services: &dyn Services) -> Address {
    RedirectTarget::check(address, true, services)
}

fn client(from: &Reader, logos: &Logos<'_>) -> Client {
    let client_id = from.id("client_id");
    let kind = from.optional_text("client_type");
    let is_first = kind.is_some_and(|kind| kind.starts_with("first_party"));
    // The types of Stytch's SDK and of its backend API have two names for the logo.
    let logo = from.optional_text("client_logo_url");
    let logo = logo.or_else(|| from.optional_text("logo_url"));
    let registration = if client_id.starts_with("https://") {
        Registration::MetadataDocument
    } else {
        Registration::Managed
    };
    let name = from.optional_text("client_name").unwrap_or_default();
    let mut client = Client::new(ClientId::new(client_id), name, registration);
    client.description = from.optional_text("client_description");
    client.logo_uri = logos.allowed(logo);
    client.party = if is_first { Party::First } else { Party::Third };
    client.verified = is_first;
    client
}

fn scope(from: &Reader) -> RequestedScope {
    let token = from.scope_token("scope");
    let description = from.optional_text("description");
    requested(token, description, from.boolean("is_grantable"))
}

fn requested(token: String, description: Option<String>, grantable: bool) -> RequestedScope {
    let sensitive = token == "full_access";
    let mut scope = RequestedScope::new(ScopeToken::new(token));
    // The project's policy has only this text for a scope, so it is the title.
    scope.title = description.filter(|text| !text.is_empty());
    scope.grantable = grantable;
    scope.sensitive = sensitive;
    scope
}
