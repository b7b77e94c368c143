//! The site's own words about clients and scopes.
use countersign_server::{Realm, describe::*, model::*};

const TITLES: [(&str, &str); 4] = [
    ("openid", "Know who you are"),
    ("profile", "See your name"),
    ("email", "See your email address"),
    ("photos.read", "See your photos"),
];
type Said<T> = Result<Option<T>, BoxError>;
pub struct Harbor;

impl Describe for Harbor {
    fn site_name(&self) -> Option<&str> {
        Some("Harbor")
    }

    async fn client(&self, client: &ClientMetadata, _: Realm) -> Result<ClientWord, BoxError> {
        // Without a word here, a client is a third party that nobody has verified.
        let mut word = ClientWord::default();
        word.verified = client.client_id == "third-party-public";
        Ok(word)
    }

    async fn scope(&self, scope: &RequestedScope, _: &DescribeContext<'_>) -> Said<ScopeWord> {
        let mut word = ScopeWord::default();
        word.title = TITLES.iter().find(|one| one.0 == scope.scope).map(|one| one.1.to_owned());
        word.required = scope.scope == "openid";
        Ok(Some(word).filter(|word| word.title.is_some()))
    }
}
