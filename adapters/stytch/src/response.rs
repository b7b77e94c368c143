//! The responses of `oauth/authorize` and `oauth/logout`.

use countersign::{
    api::reader::Reader,
    backend::WireError,
    consent::{Client, ConsentRequest, Party, Registration, RequestedScope, Resource},
    platform::Services,
    protocol::{Address, ClientId, RedirectTarget, ScopeToken},
};

use crate::{logos::Logos, request::AuthorizeParameters, session::Session};

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
        session: &Session,
        site: Option<String>,
        services: &dyn Services,
    ) -> ConsentRequest {
        let redirect_uri = address(&request.redirect_uri, services);
        let mut client = self.client;
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
        ConsentRequest {
            transaction: None,
            site_name: site,
            expires_at: session.expires.map_or(i64::MAX, |at| at as i64),
            client,
            account: session.account.clone(),
            organization: session.organization.clone(),
            organizations: session.organization.iter().cloned().collect(),
            scopes,
            resources: request.resources.iter().map(|uri| resource(uri)).collect(),
            authorization_details: Vec::new(),
            redirect_uri,
            can_narrow: false,
            can_remember: false,
        }
    }
}

/// Checks an address that is registered with the project. Stytch does not say which clients are
/// native apps, so every registered private-use scheme is accepted.
pub(crate) fn address(address: &str, services: &dyn Services) -> Address {
    RedirectTarget::check(address, true, services)
}

fn resource(uri: &str) -> Resource {
    Resource {
        resource: uri.to_owned(),
        name: None,
    }
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
    Client {
        client_id: ClientId::new(client_id),
        name: from.optional_text("client_name").unwrap_or_default(),
        description: from.optional_text("client_description"),
        logo_uri: logos.allowed(logo),
        client_uri: None,
        policy_uri: None,
        tos_uri: None,
        registrable_domain: None,
        party: if is_first { Party::First } else { Party::Third },
        registration,
        verified: is_first,
        native: false,
        translated: Vec::new(),
    }
}

fn scope(from: &Reader) -> RequestedScope {
    let token = from.scope_token("scope");
    let description = from.optional_text("description");
    requested(token, description, from.boolean("is_grantable"))
}

fn requested(token: String, description: Option<String>, grantable: bool) -> RequestedScope {
    RequestedScope {
        sensitive: token == "full_access",
        scope: ScopeToken::new(token),
        // The project's policy has only this text for a scope, so it is the title.
        title: description.filter(|text| !text.is_empty()),
        description: None,
        details: Vec::new(),
        group: None,
        resource: None,
        implies: Vec::new(),
        grantable,
        reason: None,
        required: false,
        granted: false,
    }
}
