//! What the answers of `oauth/authorize` and `oauth/logout` carry.

use super::{pictures::Pictures, request::AuthorizeParameters, session::Session};
use crate::{
    api::reader::Reader,
    backend::WireError,
    consent::{Client, ConsentRequest, Party, Registration, RequestedScope, Resource},
    platform::Services,
    protocol::{Address, ClientId, RedirectTarget, ScopeToken},
};

/// The answer to `oauth/authorize/start`.
pub(super) struct StartAnswer {
    pub consent_required: bool,
    /// The user or member it is about, where it says.
    pub subject: Option<String>,
    client: Client,
    scopes: Vec<RequestedScope>,
}

impl StartAnswer {
    pub(super) fn read(from: &Reader, pictures: &Pictures<'_>) -> Result<Self, WireError> {
        let member = || from.optional_text("member_id");
        from.checked(Self {
            subject: from.optional_text("user_id").or_else(member),
            consent_required: from.boolean("consent_required"),
            client: client(&from.object("client"), pictures),
            scopes: from.each("scope_results", scope),
        })
    }

    /// Whether it is about the account of this session, as far as it says.
    pub(super) fn is_about(&self, session: &Session) -> bool {
        let subject = self.subject.as_deref();
        subject.is_none_or(|subject| subject == session.account.sub)
    }

    /// Everything the card shows.
    pub(super) fn consent(
        self,
        asked: &AuthorizeParameters,
        session: &Session,
        site: Option<String>,
        services: &dyn Services,
    ) -> ConsentRequest {
        let redirect_uri = address(&asked.redirect_uri, services);
        let mut client = self.client;
        if client.name.is_empty()
            && let Ok(target) = &redirect_uri
        {
            target.host().clone_into(&mut client.name);
        }
        let mut scopes = self.scopes;
        // A scope that the answer leaves out is sent with the decision all the same, so it is shown as well.
        for asked in &asked.scopes {
            if scopes.iter().all(|scope| scope.scope.as_str() != asked) {
                scopes.push(requested(asked.clone(), None, true));
            }
        }
        ConsentRequest {
            transaction: None,
            site,
            expires_at: session.expires.map_or(i64::MAX, |at| at as i64),
            client,
            account: session.account.clone(),
            organization: session.organization.clone(),
            organizations: session.organization.iter().cloned().collect(),
            scopes,
            resources: asked.resources.iter().map(|uri| resource(uri)).collect(),
            authorization_details: Vec::new(),
            redirect_uri,
            can_narrow: false,
            remember: false,
        }
    }
}

/// An address out of the project's registrations. Stytch does not say which clients are apps on the user's device, so a
/// private scheme that it has registered counts.
pub(super) fn address(address: &str, services: &dyn Services) -> Address {
    RedirectTarget::check(address, true, services)
}

fn resource(uri: &str) -> Resource {
    Resource {
        resource: uri.to_owned(),
        name: None,
    }
}

fn client(from: &Reader, pictures: &Pictures<'_>) -> Client {
    let client_id = from.id("client_id");
    let first = from.optional_text("client_type");
    let first = first.is_some_and(|kind| kind.starts_with("first_party"));
    // The SDK's types and the backend's have two names for it.
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
        logo_uri: pictures.allowed(logo),
        client_uri: None,
        policy_uri: None,
        tos_uri: None,
        registrable_domain: None,
        party: if first { Party::First } else { Party::Third },
        registration,
        verified: first,
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
        // What the project's policy says of a scope is all that users know it by.
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
