//! Whether the program can work: whether Hydra and the store answer.

use std::time::{Duration, Instant};

use bytes::Bytes;
use countersign_hydra::{
    HydraOptions,
    http::{HttpClient, Target},
};
use countersign_server::{store::Store, stores::any::AnyStore};
use http::{Request, StatusCode};
use http_body_util::Full;
use serde_json::{Value, json};
use tokio::sync::{Mutex, watch};
use url::Url;

/// How long each may take, and how long an answer is used again: whoever asks often asks nobody else.
const WITHIN: Duration = Duration::from_secs(2);
const FRESH: Duration = Duration::from_secs(1);
const MOST: usize = 64 * 1024;
/// A key that nobody sets.
const KEY: &str = "ready";

/// Asks Hydra whether it is ready.
pub async fn ask_hydra(http: &HttpClient, options: &HydraOptions) -> Result<(), String> {
    let base = options.admin.as_str().trim_end_matches('/');
    let mut request = Request::new(Full::<Bytes>::default());
    let address = format!("{base}/health/ready").parse();
    *request.uri_mut() = address.map_err(|_| "has no address".to_owned())?;
    request.headers_mut().extend(options.headers.clone());
    match http.send(Target::Hydra, request, WITHIN, MOST).await {
        Ok(answer) if answer.status() == StatusCode::OK => Ok(()),
        Ok(answer) => Err(format!("answers {}", answer.status())),
        Err(error) => Err(error.to_string()),
    }
}

/// Asks Hydra for its metadata, as clients do: its issuer must be the one of the settings.
pub async fn ask_issuer(http: &HttpClient, issuer: &Url) -> Result<(), String> {
    let base = issuer.as_str().trim_end_matches('/');
    let mut request = Request::new(Full::<Bytes>::default());
    let address = format!("{base}/.well-known/openid-configuration").parse();
    *request.uri_mut() = address.map_err(|_| "has no address".to_owned())?;
    let answer = http.send(Target::Hydra, request, WITHIN, MOST).await;
    let answer = answer.map_err(|error| error.to_string())?;
    let metadata = serde_json::from_slice::<Value>(answer.body()).unwrap_or_default();
    let found = metadata.get("issuer").and_then(Value::as_str).unwrap_or_default();
    match found.trim_end_matches('/') == base {
        true => Ok(()),
        false => Err("does not answer as this issuer".to_owned()),
    }
}

/// Whether the store answers.
pub async fn ask_store(store: &AnyStore) -> Result<(), String> {
    match tokio::time::timeout(WITHIN, store.get(KEY)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("takes too long".to_owned()),
    }
}

/// Answers whether the program is ready.
pub struct Health {
    http: HttpClient,
    options: HydraOptions,
    store: AnyStore,
    stops: watch::Receiver<bool>,
    last: Mutex<Option<(Instant, StatusCode, Value)>>,
}

impl Health {
    pub fn new(
        http: HttpClient,
        options: HydraOptions,
        store: AnyStore,
        stops: watch::Receiver<bool>,
    ) -> Self {
        Self { http, options, store, stops, last: Mutex::new(None) }
    }

    async fn ask(&self) -> (StatusCode, Value) {
        let (hydra, store) =
            tokio::join!(ask_hydra(&self.http, &self.options), ask_store(&self.store));
        let status = match hydra.is_ok() && store.is_ok() {
            true => StatusCode::OK,
            false => StatusCode::SERVICE_UNAVAILABLE,
        };
        let state = |found: &Result<(), String>| if found.is_ok() { "ok" } else { "down" };
        (status, json!({ "hydra": state(&hydra), "store": state(&store) }))
    }

    /// Whether the program can take requests. One that is about to stop cannot.
    pub async fn ready(&self) -> (StatusCode, Value) {
        if *self.stops.borrow() {
            return (StatusCode::SERVICE_UNAVAILABLE, json!({ "stops": true }));
        }
        let mut last = self.last.lock().await;
        if let Some((at, status, body)) = &*last
            && at.elapsed() < FRESH
        {
            return (*status, body.clone());
        }
        let (status, body) = self.ask().await;
        *last = Some((Instant::now(), status, body.clone()));
        (status, body)
    }
}
