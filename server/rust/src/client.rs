//! The client as `api/openapi.yaml` describes it: the engine's metadata and the host's word, each
//! checked.

use countersign::protocol::Realm;

use crate::{
    addresses::{host_name, is_native_address, own_path, safe_link},
    describe::{ClientWord, Party},
    error::CallError,
    json::Json,
    kit::Kit,
    model::{ClientMetadata, Registration},
    problem::BriefClient,
};

const MOST_TAGGED: usize = 400;
const LONGEST_TAG: usize = 35;

/// A text of at most so many characters, or `None`.
pub(crate) fn cut(text: Option<&str>, most: usize) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(|text| text.chars().take(most).collect())
}

/// The members of a client, in their order.
pub(crate) struct PublicClient(pub Vec<(String, Json)>);

impl PublicClient {
    fn text(&mut self, name: &str, text: Option<String>) {
        self.0.extend(text.map(|text| (name.to_owned(), Json::Text(text))));
    }

    fn flag(&mut self, name: &str, flag: bool) {
        self.0.push((name.to_owned(), Json::Boolean(flag)));
    }

    fn find(&self, name: &str) -> Option<&Json> {
        self.0.iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// Whether it is an app on the user's device.
    pub fn is_native(&self) -> bool {
        self.find("native") == Some(&Json::Boolean(true))
    }

    /// What a problem says about it.
    pub fn briefly(&self) -> BriefClient {
        let text = |name| self.find(name).and_then(Json::as_text).map(str::to_owned);
        BriefClient::new(text("name").unwrap_or_default(), text("client_uri"))
    }
}

const fn registration(registration: Registration) -> &'static str {
    match registration {
        Registration::Managed => "managed",
        Registration::Dynamic => "dynamic",
        Registration::MetadataDocument => "metadata_document",
    }
}

fn name_of(client: &ClientMetadata, word: &ClientWord) -> String {
    let names = [word.name.as_deref(), client.client_name.as_deref(), Some(&client.client_id)];
    names.into_iter().find_map(|name| cut(name, 1000)).unwrap_or_else(|| "?".to_owned())
}

fn is_tag(tag: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=LONGEST_TAG).contains(&tag.len()) && tag.bytes().all(is_allowed)
}

/// Adds names and links in other languages. A name of the host's own replaces those too, and the host
/// alone describes a client.
fn translate(to: &mut PublicClient, client: &ClientMetadata, word: &ClientWord) {
    for (whole, value) in client.tagged.iter().take(MOST_TAGGED) {
        let Some((name, tag)) = whole.split_once('#').filter(|(_, tag)| is_tag(tag)) else {
            continue;
        };
        match name {
            "client_uri" | "policy_uri" | "tos_uri" => {
                to.text(whole, safe_link(Some(value)).map(str::to_owned));
            }
            "client_name" if word.name.is_none() => {
                to.text(&format!("name#{tag}"), cut(Some(value), 1000));
            }
            _ => {}
        }
    }
    for (tag, text) in word.descriptions.iter().filter(|(tag, _)| is_tag(tag)) {
        to.text(&format!("description#{tag}"), cut(Some(text), 2000));
    }
}

/// The client, for an answer that goes to `redirect_uri`. That address decides whether it is native,
/// and not the client's word (RFC 8252).
pub(crate) async fn describe_client(
    kit: &Kit,
    client: &ClientMetadata,
    realm: Realm,
    redirect_uri: Option<&str>,
) -> Result<PublicClient, CallError> {
    let word = kit.describe.client(client, realm).await.map_err(CallError::Host)?;
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let mut all = PublicClient(Vec::new());
    all.text("client_id", cut(Some(&client.client_id), 2048));
    all.text("name", Some(name_of(client, &word)));
    all.text("description", cut(word.description.as_deref(), 2000));
    all.text("logo_uri", owned(own_path(word.logo_uri.as_deref())));
    all.text("client_uri", owned(safe_link(client.client_uri.as_deref())));
    all.text("policy_uri", owned(safe_link(client.policy_uri.as_deref())));
    all.text("tos_uri", owned(safe_link(client.tos_uri.as_deref())));
    translate(&mut all, client, &word);
    let host = redirect_uri.and_then(host_name);
    let domain = host.and_then(|host| kit.describe.registrable_domain(&host));
    all.text("registrable_domain", cut(domain.as_deref(), 253));
    all.text("party", owned(Some(if word.party == Party::First { "first" } else { "third" })));
    let how = word.registration.or(client.registration).unwrap_or(Registration::Dynamic);
    all.text("registration", owned(Some(registration(how))));
    all.flag("verified", word.verified);
    let is_known = word.native.or(client.native).unwrap_or_default();
    all.flag("native", is_known || redirect_uri.is_some_and(is_native_address));
    Ok(all)
}
