//! What the host knows: accounts, sessions, words and organizations.

use std::{
    collections::HashSet,
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
    seal::{Seal, SealError},
};

const SESSION: &str = "session";
/// Of all hosts for tests: each knows the sessions of the others.
const SECRET: &str = "what seals a session of the tests";
const ACCOUNTS: [(&str, &str, &str); 2] =
    [("ada@example.com", "ada", "Ada"), ("grace@example.com", "grace", "Grace")];

#[derive(Default)]
struct Known {
    /// Sessions that were signed out.
    ended: HashSet<String>,
    /// Accounts that have asked for an approval.
    requested: HashSet<String>,
}

/// A session is an email and a time, sealed in a cookie.
#[derive(Clone)]
pub struct Harbor {
    known: Arc<Mutex<Known>>,
    seal: Arc<Seal>,
}

impl Harbor {
    pub fn new() -> Result<Self, SealError> {
        Ok(Self { known: Arc::default(), seal: Arc::new(Seal::new([SECRET])?) })
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self, session: &str) -> Option<Account> {
        if self.known().ended.contains(session) {
            return None;
        }
        let text = self.seal.open(session, SESSION)?;
        let (at, asked) = text.split_once(' ')?;
        let (email, sub, name) = ACCOUNTS.into_iter().find(|(email, ..)| *email == asked)?;
        let mut account = Account::new(sub);
        account.name = Some(name.to_owned());
        account.email = Some(email.to_owned());
        account.signed_in_at = at.parse().ok();
        Some(account)
    }

    /// Signs in by `{"email": …}`. Answers the `Set-Cookie` of the new session.
    pub fn sign_in(&self, body: &[u8]) -> Option<String> {
        let body: serde_json::Value = serde_json::from_slice(body).ok()?;
        let asked = body.get("email")?.as_str()?;
        ACCOUNTS.into_iter().find(|(email, ..)| *email == asked)?;
        let session = self.seal.seal(&format!("{} {asked}", system_clock()()), SESSION).ok()?;
        Some(cookie(SESSION, &session, false, 3600))
    }

    pub fn sign_out(&self, headers: &HeaderMap) {
        if let Some(session) = Cookies::read(headers).first(SESSION) {
            self.known().ended.insert(session.to_owned());
        }
    }
}

impl Sessions for Harbor {
    async fn account(&self, request: &Parts) -> Result<Option<Account>, BoxError> {
        let cookies = Cookies::read(&request.headers);
        Ok(cookies.first(SESSION).and_then(|session| self.open(session)))
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
