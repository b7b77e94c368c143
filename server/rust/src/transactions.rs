//! Open requests. A transaction is its sealed state, in a cookie of the browser that opened it: no
//! other browser has one. What does not fit stands in the store, sealed as well, and the cookie has
//! the secret that opens it. The kit in TypeScript reads and writes the same state.

use countersign::protocol::Realm;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::{
    cookie::{browser_cookie, cookie, cookie_prefix},
    engine::Resume,
    error::CallError,
    kit::{Call, Kit},
    model::RequestedScope,
    problem::{BriefClient, Fault},
    seal::random_text,
};

/// How many bytes of cookies all open transactions may have: servers in front limit the header.
const MOST_BYTES: usize = 4096;
/// How long a browser is known, in seconds.
const BROWSER: i64 = 24 * 60 * 60;
/// How many may be open in cookies alone, and at all.
const MOST_IN_COOKIES: usize = 5;
const MOST: usize = 20;

/// What was ticked before a sign-in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Chosen {
    pub version: String,
    pub scopes: Vec<RequestedScope>,
    pub remember: bool,
}

/// A request to sign out, and who was signed in then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LogoutState {
    pub resume: Resume,
    pub sub: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct State {
    #[serde(serialize_with = "write_realm")]
    pub realm: Realm,
    /// The raw query of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Whether it came by POST, and the engine has not seen it yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_stored: Option<bool>,
    /// A request to sign out that came by POST.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logout_query: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logout: Option<LogoutState>,
    /// How often the page came back from the login page.
    pub visits: u64,
    /// When the page was first sent to sign in, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handed_off_at: Option<i64>,
    /// Whether the page was sent to sign in and has not come back yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_away: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Chosen>,
    /// What the engine needs to deny the request when nobody is signed in any more. It may be `null`.
    #[serde(default, deserialize_with = "read_resume", skip_serializing_if = "Option::is_none")]
    pub resume: Option<Resume>,
    /// The address on the card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What the request of the card is claimed by, in the store. Empty: the engine has no name for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub native: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<BriefClient>,
    /// In seconds since 1970.
    pub expires: i64,
    /// What a newer process has added.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

fn write_realm<S: Serializer>(realm: &Realm, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(realm.as_str())
}

fn read_resume<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Resume>, D::Error> {
    Resume::deserialize(from).map(Some)
}

impl State {
    pub fn new(realm: Realm, expires: i64) -> Self {
        Self {
            realm,
            query: None,
            is_stored: None,
            logout_query: None,
            logout: None,
            visits: 0,
            handed_off_at: None,
            is_away: None,
            organization: None,
            chosen: None,
            resume: None,
            address: None,
            request: None,
            native: None,
            client: None,
            expires,
            more: Map::new(),
        }
    }

    /// What the request of the card is claimed by, if the engine has a name for it.
    pub fn claimed_by(&self) -> Option<&str> {
        self.request.as_deref().filter(|key| !key.is_empty())
    }
}

/// A transaction that a call works with.
pub(crate) struct Transaction {
    pub id: String,
    pub state: State,
    /// What opens the state in the store, if it stands there.
    secret: Option<String>,
    /// The cookie's value.
    value: Option<String>,
    /// The state as it was loaded.
    before: Option<State>,
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.is_empty() {
        let digit = u32::try_from(number % 36).ok().and_then(|digit| char::from_digit(digit, 36));
        digits.extend(digit);
        number /= 36;
    }
    digits.iter().rev().collect()
}

fn purpose(kit: &Kit, id: &str, secret: &str) -> String {
    format!("state {} {id} {secret}", kit.engine.name())
}

fn store_key(id: &str) -> String {
    format!("state:{id}")
}

impl Transaction {
    /// A new transaction. Its id sorts by time.
    pub fn create(kit: &Kit, state: State) -> Result<Self, CallError> {
        let time = base36(u64::try_from(kit.milliseconds()).unwrap_or_default());
        let id = format!("{time:0>9}{}", random_text(18)?);
        Ok(Self { id, state, secret: None, value: None, before: None })
    }

    /// Opens the state in a cookie's value.
    async fn open(kit: &Kit, id: &str, value: &str) -> Result<Option<Self>, CallError> {
        let Some(text) = kit.seal.open(value, &purpose(kit, id, "")) else {
            return Ok(None);
        };
        let inline = serde_json::from_str::<Value>(&text)?;
        let secret = inline.get("secret").and_then(Value::as_str).map(str::to_owned);
        let state = match &secret {
            None => serde_json::from_value::<State>(inline)?,
            Some(secret) => {
                let stored = kit.store.get(&store_key(id)).await?;
                let open = |stored: String| kit.seal.open(&stored, &purpose(kit, id, secret));
                let Some(text) = stored.and_then(open) else {
                    return Ok(None);
                };
                serde_json::from_str(&text)?
            }
        };
        let (before, value) = (Some(state.clone()), Some(value.to_owned()));
        Ok(Some(Self { id: id.to_owned(), state, secret, value, before }))
    }

    /// The transaction of this browser, or a fault.
    pub async fn load(
        kit: &Kit,
        call: &Call,
        id: &str,
        realm: Option<Realm>,
    ) -> Result<Self, CallError> {
        let prefix = cookie_prefix(kit.secure);
        for value in call.cookies.all(&format!("{prefix}{id}")) {
            let Some(transaction) = Self::open(kit, id, value).await? else { continue };
            if realm.is_some_and(|realm| realm != transaction.state.realm) {
                continue;
            }
            if transaction.state.expires <= kit.now() {
                let client = transaction.state.client;
                return Err(Fault::Expired { client, no_cookies: false }.into());
            }
            return Ok(transaction);
        }
        let is_known = call.cookies.first(browser_cookie(kit.secure)).is_some();
        let no_cookies = !is_known && call.cookies.names(prefix).next().is_none();
        Err(Fault::Expired { client: None, no_cookies }.into())
    }

    /// Counts that the page came back from the login page. A page that is loaded again without
    /// having left counts no visit.
    pub fn visit(&mut self) {
        if self.state.is_away.take() == Some(true) {
            self.state.visits += 1;
        }
    }

    /// Keeps the state, if it has changed: in a cookie if that is small enough, else in the store.
    pub async fn save(&mut self, kit: &Kit, call: &Call) -> Result<(), CallError> {
        if self.before.as_ref() == Some(&self.state) {
            return Ok(());
        }
        let prefix = cookie_prefix(kit.secure);
        let name = format!("{prefix}{}", self.id);
        let seconds = self.state.expires - kit.now();
        let others = call.cookies.names(prefix).filter(|other| *other != name).collect::<Vec<_>>();
        // The oldest make room.
        for old in others.iter().take((others.len() + 1).saturating_sub(MOST)) {
            call.set_cookie(&cookie(old, "", kit.secure, 0));
        }
        let value = self.keep(kit, call, &name, &others, seconds).await?;
        call.set_cookie(&cookie(&name, &value, kit.secure, seconds));
        self.before = Some(self.state.clone());
        self.value = Some(value);
        let browser = browser_cookie(kit.secure);
        if call.cookies.first(browser).is_none() {
            call.set_cookie(&cookie(browser, &random_text(9)?, kit.secure, BROWSER));
        }
        Ok(())
    }

    /// Seals the state, and stores it if the cookies would be too large. Answers the cookie's value.
    async fn keep(
        &mut self,
        kit: &Kit,
        call: &Call,
        name: &str,
        others: &[&str],
        seconds: i64,
    ) -> Result<String, CallError> {
        let text = serde_json::to_string(&self.state)?;
        let mut value = match (&self.secret, &self.value) {
            (Some(_), Some(value)) => value.clone(),
            _ => kit.seal.seal(&text, &purpose(kit, &self.id, ""))?,
        };
        let size = |other: &&str| other.len() + call.cookies.first(other).map_or(0, str::len);
        let bytes = others.iter().map(size).sum::<usize>() + value.len() + name.len();
        if self.secret.is_none() && (others.len() >= MOST_IN_COOKIES || bytes > MOST_BYTES) {
            let secret = random_text(18)?;
            let inline = json!({ "secret": secret }).to_string();
            value = kit.seal.seal(&inline, &purpose(kit, &self.id, ""))?;
            self.secret = Some(secret);
        }
        if let Some(secret) = &self.secret {
            let sealed = kit.seal.seal(&text, &purpose(kit, &self.id, secret))?;
            let seconds = u64::try_from(seconds.max(1)).unwrap_or(1);
            kit.store.set(&store_key(&self.id), &sealed, seconds).await?;
        }
        Ok(value)
    }
}
