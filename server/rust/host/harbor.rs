//! What the host knows: accounts, sessions, words and organizations.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::http::{HeaderMap, request::Parts};
use countersign_server::{
    Realm,
    cookie::{Cookies, cookie},
    describe::{ClientWord, Describe, DescribeContext, ScopeWord, Sessions},
    memory::system_clock,
    model::{
        Account, Approval, BoxError, ClientMetadata, Organization, OrganizationStatus,
        RequestedScope,
    },
    seal::random_text,
};

const SESSION: &str = "session";
const ACCOUNTS: [(&str, &str, &str); 2] =
    [("ada@example.com", "ada", "Ada"), ("grace@example.com", "grace", "Grace")];

#[derive(Default)]
struct Known {
    sessions: HashMap<String, Account>,
    /// Accounts that have asked for an approval.
    requested: HashSet<String>,
}

#[derive(Clone, Default)]
pub struct Harbor(Arc<Mutex<Known>>);

impl Harbor {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Signs in by `{"email": …}`. Answers the `Set-Cookie` of the new session.
    pub fn sign_in(&self, body: &[u8]) -> Option<String> {
        let body: serde_json::Value = serde_json::from_slice(body).ok()?;
        let asked = body.get("email")?.as_str()?;
        let (email, sub, name) = ACCOUNTS.into_iter().find(|(email, ..)| *email == asked)?;
        let mut account = Account::new(sub);
        account.name = Some(name.to_owned());
        account.email = Some(email.to_owned());
        account.signed_in_at = Some(system_clock()());
        let session = random_text(24).ok()?;
        self.known().sessions.insert(session.clone(), account);
        Some(cookie(SESSION, &session, false, 3600))
    }

    pub fn sign_out(&self, headers: &HeaderMap) {
        if let Some(session) = Cookies::read(headers).first(SESSION) {
            self.known().sessions.remove(session);
        }
    }
}

impl Sessions for Harbor {
    async fn account(&self, request: &Parts) -> Result<Option<Account>, BoxError> {
        let cookies = Cookies::read(&request.headers);
        Ok(cookies.first(SESSION).and_then(|session| self.known().sessions.get(session).cloned()))
    }
}

/// A title, and what a scope includes.
fn words(scope: &str) -> Option<(&'static str, &'static [&'static str])> {
    Some(match scope {
        "profile" => ("See your name", &[]),
        "email" => ("See your address", &[]),
        "photos.read" => ("See your photos", &[]),
        "photos.write" => ("Change your photos", &["photos.read"]),
        _ => return None,
    })
}

impl Describe for Harbor {
    fn site_name(&self) -> Option<&str> {
        Some("Harbor")
    }

    async fn client(&self, client: &ClientMetadata, _: Realm) -> Result<ClientWord, BoxError> {
        let mut word = ClientWord::default();
        word.verified = client.client_id == "photo-printer";
        Ok(word)
    }

    async fn scope(
        &self,
        scope: &RequestedScope,
        _: &DescribeContext<'_>,
    ) -> Result<Option<ScopeWord>, BoxError> {
        Ok(words(&scope.scope).map(|(title, implies)| {
            let mut word = ScopeWord::default();
            word.title = Some(title.to_owned());
            word.implies = implies.iter().map(|&scope| scope.to_owned()).collect();
            word.required = scope.scope == "profile";
            word
        }))
    }

    fn has_organizations(&self) -> bool {
        true
    }

    async fn organizations(
        &self,
        account: &Account,
        _: &ClientMetadata,
    ) -> Result<Vec<Organization>, BoxError> {
        let of = |id: &str, name: &str, status| Organization::new(id, name, status);
        let mut initech = of("initech", "Initech", OrganizationStatus::NeedsApproval);
        let has_requested = self.known().requested.contains(&account.sub);
        initech.approval =
            Some(if has_requested { Approval::Requested } else { Approval::Offered });
        Ok(vec![
            of("acme", "Acme", OrganizationStatus::Allowed),
            of("globex", "Globex", OrganizationStatus::Allowed),
            of("vandelay", "Vandelay", OrganizationStatus::Blocked),
            initech,
        ])
    }

    fn takes_approvals(&self) -> bool {
        true
    }

    async fn request_approval(
        &self,
        account: &Account,
        _: &ClientMetadata,
        _: &Organization,
    ) -> Result<(), BoxError> {
        self.known().requested.insert(account.sub.clone());
        Ok(())
    }

    fn registrable_domain(&self, host: &str) -> Option<String> {
        let mut labels = host.rsplit('.');
        let (last, before) = (labels.next()?, labels.next()?);
        Some(format!("{before}.{last}"))
    }
}
