//! What every part of the kit works with.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use countersign::protocol::Realm;
use futures_util::FutureExt;
use http::{HeaderMap, HeaderValue, request::Parts};
use tokio::{sync::watch, time::timeout};
use url::form_urlencoded;

use crate::{
    addresses::Known,
    cookie::Cookies,
    engine::{EngineContext, EngineError, SetCookies},
    erased::{AnyDescribe, AnyEngine, AnySessions, AnyStore, Later},
    error::CallError,
    guard::header_text,
    limits::Limits,
    log::Log,
    memory::Clock,
    model::Account,
    page::Page,
    seal::Seal,
    store::StoreError,
    transactions::State,
};

/// How many languages of a call count.
const MOST_LANGUAGES: usize = 32;

/// The address that a request came from.
pub(crate) type AddressOf = Box<dyn Fn(&Parts) -> Option<String> + Send + Sync>;

/// A mount of the kit: its options, checked and complete.
pub(crate) struct Kit {
    pub engine: Arc<dyn AnyEngine>,
    pub sessions: Box<dyn AnySessions>,
    pub describe: Box<dyn AnyDescribe>,
    pub store: GuardedStore,
    pub origin: String,
    /// The path of the calls, with its last slash.
    pub base: String,
    /// Whether the site is on https.
    pub secure: bool,
    pub seal: Seal,
    pub realms: Vec<Realm>,
    /// How long an engine may take.
    pub timeout: Duration,
    /// How many seconds a request stays open.
    pub life: i64,
    pub clock: Clock,
    pub limits: Limits,
    pub address_of: AddressOf,
    pub log: Log,
    pub pages: Vec<Page>,
    /// How many calls are being answered.
    pub running: watch::Sender<usize>,
}

/// Counts a call as long as it is answered.
pub(crate) struct Running(Arc<Kit>);

impl Running {
    pub fn begin(kit: &Arc<Kit>) -> Self {
        kit.running.send_modify(|running| *running += 1);
        Self(Arc::clone(kit))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.send_modify(|running| *running -= 1);
    }
}

/// One call, and what its answer needs.
pub(crate) struct Call {
    pub request: Parts,
    pub account: Option<Account>,
    /// Of `Accept-Language`, the best first.
    pub languages: Vec<String>,
    /// Whether the page reads version 2 of the API.
    pub v2: bool,
    /// Whether the answer is a page, which can post a form by itself.
    pub is_page: bool,
    pub cookies: Cookies,
    /// What the answer sets.
    pub set_cookies: SetCookies,
}

impl Call {
    /// The call of a request, of whose account nothing is known yet.
    pub fn new(request: Parts) -> Self {
        let (languages, v2) = (languages_of(&request.headers), reads_v2(&request.headers));
        let cookies = Cookies::read(&request.headers);
        let set_cookies = SetCookies::default();
        Self { request, account: None, languages, v2, is_page: false, cookies, set_cookies }
    }

    pub fn set_cookie(&self, line: &str) {
        // A name that no header can have came from the request, and there is nothing to end.
        if let Ok(line) = HeaderValue::from_str(line) {
            self.set_cookies.push(line);
        }
    }
}

impl Kit {
    /// The time in milliseconds.
    pub fn milliseconds(&self) -> i64 {
        (self.clock)()
    }

    /// The time in seconds.
    pub fn now(&self) -> i64 {
        self.milliseconds().div_euclid(1000)
    }

    /// When a request that is opened now ends, in seconds since 1970, unless its engine forgets it
    /// before.
    pub fn end_of_life(&self) -> i64 {
        self.now().saturating_add(self.life)
    }

    /// What addresses of an engine are compared with.
    pub fn known<'a>(&'a self, state: Option<&'a State>) -> Known<'a> {
        Known {
            origin: &self.origin,
            engine: self.engine.origins(),
            card: state.and_then(|state| state.address.as_deref()),
            native: state.and_then(|state| state.native).unwrap_or_default(),
            is_ours: false,
        }
    }

    /// The same for addresses that are never a client's.
    pub fn known_ours(&self) -> Known<'_> {
        Known { is_ours: true, ..self.known(None) }
    }

    /// What the engine may know about a call.
    pub fn context<'a>(&self, call: &'a Call, state: &'a State) -> EngineContext<'a> {
        let mut context = self.plain_context(call, state.realm);
        context.handed_off_at = state.handed_off_at;
        context.organization = state.organization.as_deref();
        context.query = state.query.as_deref();
        context.resume = state.resume.as_ref();
        context
    }

    /// The same for a call without a request of a client.
    pub fn plain_context<'a>(&self, call: &'a Call, realm: Realm) -> EngineContext<'a> {
        let mut context = EngineContext::new(realm, &call.request, &call.set_cookies);
        context.account = call.account.as_ref();
        context.secure = self.secure;
        context
    }

    /// Who is signed in.
    pub async fn account(&self, request: &Parts) -> Result<Option<Account>, CallError> {
        let found = timeout(self.timeout, self.sessions.account(request)).await;
        found.map_err(|_| CallError::SessionsTimedOut)?.map_err(CallError::Sessions)
    }

    /// Runs a call of the engine with a time limit.
    pub async fn ask_engine<T>(&self, work: Later<'_, T, EngineError>) -> Result<T, CallError> {
        match timeout(self.timeout, AssertUnwindSafe(work).catch_unwind()).await {
            Ok(Ok(answer)) => Ok(answer?),
            Ok(Err(_)) => Err(CallError::EnginePanicked),
            Err(_) => Err(CallError::EngineTimedOut),
        }
    }
}

/// A store with the time limit of an engine.
pub(crate) struct GuardedStore {
    pub store: Arc<dyn AnyStore>,
    pub timeout: Duration,
}

impl GuardedStore {
    async fn within<T>(&self, work: Later<'_, T, StoreError>) -> Result<T, CallError> {
        Ok(timeout(self.timeout, work).await.map_err(|_| CallError::StoreTimedOut)??)
    }

    pub async fn claim(
        &self,
        key: &str,
        value: &str,
        seconds: u64,
    ) -> Result<Option<String>, CallError> {
        let (store, key, value) = (Arc::clone(&self.store), key.to_owned(), value.to_owned());
        let name = key.clone();
        let mut work = tokio::spawn(async move { store.claim(&key, &value, seconds).await });
        if let Ok(claimed) = timeout(self.timeout, &mut work).await {
            return Ok(claimed.map_err(|_| CallError::Panicked)??);
        }
        let store = Arc::clone(&self.store);
        tokio::spawn(async move {
            // One that comes late is nobody's: without this, its request would count as decided.
            if matches!(work.await, Ok(Ok(None))) {
                let _ = store.delete(&name).await;
            }
        });
        Err(CallError::StoreTimedOut)
    }

    pub async fn get(&self, key: &str) -> Result<Option<String>, CallError> {
        self.within(self.store.get(key)).await
    }

    pub async fn set(&self, key: &str, value: &str, seconds: u64) -> Result<(), CallError> {
        self.within(self.store.set(key, value, seconds)).await
    }

    pub async fn delete(&self, key: &str) -> Result<(), CallError> {
        self.within(self.store.delete(key)).await
    }

    pub async fn count(&self, key: &str, seconds: u64) -> Result<u64, CallError> {
        self.within(self.store.count(key, seconds)).await
    }
}

/// The first value of a parameter.
pub(crate) fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(other, _)| other == name).map(|(_, value)| value.into_owned())
}

/// Whether a request wants an answer without the user (OIDC Core 3.1.2.1).
pub(crate) fn is_silent(query: &str) -> bool {
    let mut prompts = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "prompt");
    prompts.any(|(_, value)| value.split(' ').any(|prompt| prompt == "none"))
}

/// The languages of a request's browser, the best first.
fn languages_of(headers: &HeaderMap) -> Vec<String> {
    let text = header_text(headers, "accept-language").unwrap_or_default();
    let range = |range: &str| {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default().to_owned();
        let weight = parts.find_map(|part| part.strip_prefix("q=")).unwrap_or("1").trim();
        (weight.parse::<f64>().unwrap_or_default(), tag)
    };
    let is_tag = |tag: &str| {
        (1..=35).contains(&tag.len())
            && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let ranges = text.split(',').take(MOST_LANGUAGES).map(range);
    let mut found = ranges.filter(|(weight, tag)| *weight > 0.0 && is_tag(tag)).collect::<Vec<_>>();
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    found.into_iter().map(|(_, tag)| tag).collect()
}

/// The version in a media range: `application/json;v=2`.
fn version_of(range: &str) -> Option<u32> {
    let (media, parameters) = range.split_once(';')?;
    if !media.trim().eq_ignore_ascii_case("application/json") {
        return None;
    }
    let version = |part: &str| {
        let (name, value) = part.trim().split_once('=')?;
        let value = value.strip_prefix('"').unwrap_or(value);
        let value = value.strip_suffix('"').unwrap_or(value);
        let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        // A version beyond all numbers is a later one, too.
        (name.eq_ignore_ascii_case("v") && is_number).then(|| value.parse().unwrap_or(u32::MAX))
    };
    parameters.rsplit(';').find_map(version)
}

/// Whether the page reads version 2. One of a later version gets the server's own.
fn reads_v2(headers: &HeaderMap) -> bool {
    let text = header_text(headers, "accept").unwrap_or_default();
    text.split(',').any(|range| version_of(range).is_some_and(|version| version >= 2))
}
