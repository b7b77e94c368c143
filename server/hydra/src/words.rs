//! The site's word about clients, scopes and organizations, as the settings and the account say it.

use countersign_server::{
    Realm,
    describe::{ClientWord, Describe, DescribeContext, Party, ScopeWord},
    model::{
        Account, Approval, BoxError, ClientMetadata, Organization, OrganizationStatus,
        Registration, RequestedScope,
    },
};
use serde::Deserialize;

use crate::config::words::{ClientText, Text, Texts};

/// An organization as the host tells it with the account.
#[derive(Deserialize)]
struct Told {
    organization_id: String,
    name: String,
    slug: Option<String>,
    logo_uri: Option<String>,
    status: Option<Status>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Allowed,
    Blocked,
    NeedsApproval,
}

impl Told {
    fn organization(self) -> Organization {
        let status = match self.status {
            None | Some(Status::Allowed) => OrganizationStatus::Allowed,
            Some(Status::Blocked) => OrganizationStatus::Blocked,
            Some(Status::NeedsApproval) => OrganizationStatus::NeedsApproval,
        };
        let mut organization = Organization::new(self.organization_id, self.name, status);
        organization.slug = self.slug;
        organization.logo_uri = self.logo_uri;
        organization.approval = None::<Approval>;
        organization
    }
}

/// The words of a site.
pub struct Words {
    pub site_name: Option<String>,
    pub realm: Realm,
    pub texts: Texts,
}

fn client_word(text: &ClientText) -> ClientWord {
    let mut word = ClientWord::default();
    word.party = if text.first_party { Party::First } else { Party::Third };
    word.verified = text.verified;
    word.registration = text.managed.then_some(Registration::Managed);
    word.native = text.native;
    word.name.clone_from(&text.name);
    if let Some(text) = &text.description {
        (word.description, word.descriptions) = text.in_each_language();
    }
    word.logo_uri.clone_from(&text.logo);
    word
}

impl Describe for Words {
    fn site_name(&self) -> Option<&str> {
        self.site_name.as_deref()
    }

    async fn client(&self, client: &ClientMetadata, _: Realm) -> Result<ClientWord, BoxError> {
        Ok(self.texts.clients.get(&client.client_id).map(client_word).unwrap_or_default())
    }

    async fn scope(
        &self,
        scope: &RequestedScope,
        context: &DescribeContext<'_>,
    ) -> Result<Option<ScopeWord>, BoxError> {
        let Some(text) = self.texts.scopes.get(&scope.scope) else {
            return Ok(None);
        };
        let said = |text: &Option<Text>| {
            text.as_ref().and_then(|text| text.in_language(context.languages)).map(str::to_owned)
        };
        let mut word = ScopeWord::default();
        word.title = said(&text.title);
        word.description = said(&text.description);
        word.group = said(&text.group);
        word.reason = said(&text.reason);
        let details = text.details.iter().filter_map(|text| text.in_language(context.languages));
        word.details = details.map(str::to_owned).collect();
        word.implies.clone_from(&text.implies);
        word.sensitive = text.sensitive;
        word.required = text.required;
        Ok(Some(word))
    }

    async fn resource(
        &self,
        resource: &str,
        context: &DescribeContext<'_>,
    ) -> Result<Option<String>, BoxError> {
        let text = self.texts.resources.get(resource);
        Ok(text.and_then(|text| text.in_language(context.languages)).map(str::to_owned))
    }

    fn has_organizations(&self) -> bool {
        self.realm == Realm::B2b
    }

    async fn organizations(
        &self,
        account: &Account,
        _: &ClientMetadata,
    ) -> Result<Vec<Organization>, BoxError> {
        let told = account.more.get("organizations").cloned().unwrap_or_default();
        let told = serde_json::from_value::<Option<Vec<Told>>>(told)?.unwrap_or_default();
        Ok(told.into_iter().map(Told::organization).collect())
    }
}
