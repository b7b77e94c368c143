//! A small authorization server that speaks the countersign API, with the types of crate
//! `countersign`.
//!
//! It shows which types the calls have, and no more: one account that is always signed in, one
//! client, no token endpoint, and transactions that never expire and belong to no browser.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use countersign::{
    api::server::{StartBody, SubmitBody},
    backend::{Decision, ErrorResponse, Outcome, SubmitRequest},
    consent::{Account, Client, ConsentRequest, Registration, RequestedScope},
    platform::{Platform, native::Native},
    protocol::{
        CardVersion, ClientId, IdempotencyKey, RawQuery, RedirectTarget, RequestId, RequestRef,
        ScopeToken, TransactionId,
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

/// The card of a transaction never changes here, so one version fits all.
const VERSION: &str = "1";

/// What a user has been asked, and what they said.
struct Transaction {
    redirect_uri: String,
    state: String,
    scopes: Vec<ScopeToken>,
    decision: Option<(SubmitRequest, String)>,
}

/// The server's memory.
struct Server {
    origin: String,
    transactions: Mutex<HashMap<String, Transaction>>,
}

/// A fault of a call (RFC 9457).
struct Problem(StatusCode, &'static str);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body: Value = json!({ "status": self.0.as_u16(), "title": self.1 });
        let media_type = [("Content-Type", "application/problem+json")];
        (self.0, media_type, body.to_string()).into_response()
    }
}

/// The routes of the API, for pages of this origin.
pub fn api<S: Clone + Send + Sync + 'static>(origin: String) -> Router<S> {
    let server = Arc::new(Server { origin, transactions: Mutex::default() });
    Router::new()
        .route("/authorize/start", post(start))
        .route("/authorize/submit", post(submit))
        .with_state(server)
}

impl Server {
    /// No form and no foreign page can send these headers.
    fn guard(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let is = |name: &str, value: &str| headers.get(name).is_some_and(|it| it == value);
        if is("origin", &self.origin)
            && is("x-countersign", "1")
            && is("content-type", "application/json")
        {
            return Ok(());
        }
        Err(Problem(StatusCode::FORBIDDEN, "Only this site's own pages may call"))
    }

    fn transactions(&self) -> MutexGuard<'_, HashMap<String, Transaction>> {
        self.transactions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new request: the client and the address that it registered, and nothing that is not known.
    fn open(&self, query: &RawQuery) -> Result<String, ErrorResponse> {
        let refuse =
            |code: &str| ErrorResponse::new(code, RequestId::new(Uuid::new_v4().to_string()));
        let query = query.parse().map_err(|_| refuse("invalid_request"))?;
        let one = |name| query.one(name).ok().flatten().unwrap_or_default();
        if one("client_id") != "printer" {
            return Err(refuse("invalid_client"));
        }
        let redirect_uri = one("redirect_uri").to_owned();
        let url =
            Native.parse_url(&redirect_uri, None).ok_or_else(|| refuse("invalid_redirect_uri"))?;
        // On this device the port may be any (RFC 8252 section 7.3).
        if (url.scheme.as_str(), url.hostname.as_str(), url.pathname.as_str(), url.search.as_str())
            != ("http", "localhost", "/callback", "")
        {
            return Err(refuse("invalid_redirect_uri"));
        }
        let scopes =
            one("scope").split(' ').filter(|it| it.starts_with("photos.")).map(ScopeToken::new);
        let state = one("state").to_owned();
        let transaction =
            Transaction { redirect_uri, state, scopes: scopes.collect(), decision: None };
        let id = Uuid::new_v4().to_string();
        self.transactions().insert(id.clone(), transaction);
        Ok(id)
    }

    fn card(&self, id: &str) -> Result<Outcome, Problem> {
        let transactions = self.transactions();
        let transaction =
            transactions.get(id).ok_or(Problem(StatusCode::GONE, "Expired or unknown"))?;
        if transaction.decision.is_some() {
            return Err(Problem(StatusCode::CONFLICT, "Already answered"));
        }
        let client = Client::new(ClientId::new("printer"), "Photo printer", Registration::Managed);
        let mut account = Account::new("1");
        account.name = Some("Ada Lovelace".to_owned());
        let address = RedirectTarget::check(&transaction.redirect_uri, false, &Native);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let expires_at = i64::try_from(now + 600).unwrap_or(i64::MAX);
        let mut request = ConsentRequest::new(client, account, address, expires_at);
        request.transaction = Some(TransactionId::new(id));
        request.scopes = transaction.scopes.iter().cloned().map(RequestedScope::new).collect();
        request.can_narrow = true;
        request.version = Some(CardVersion::new(VERSION));
        Ok(Outcome::Consent(Box::new(request)))
    }

    /// The address with the answer. A decision counts once; the same one has the same answer.
    fn decide(&self, decision: SubmitRequest) -> Result<String, Problem> {
        let gone = Problem(StatusCode::GONE, "Expired or unknown");
        let RequestRef::Transaction(id) = &decision.request else {
            return Err(gone);
        };
        let mut transactions = self.transactions();
        let Some(transaction) = transactions.get_mut(id.secret()) else {
            return Err(gone);
        };
        match &transaction.decision {
            Some((earlier, answer)) if *earlier == decision => return Ok(answer.clone()),
            Some((earlier, _)) if earlier.key == decision.key => {
                return Err(Problem(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "The key is another decision's",
                ));
            }
            Some(_) => return Err(Problem(StatusCode::CONFLICT, "Already answered")),
            None => (),
        }
        // What is granted was shown.
        if !decision.scopes.iter().all(|granted| transaction.scopes.contains(&granted.scope)) {
            return Err(Problem(StatusCode::BAD_REQUEST, "A scope was not asked for"));
        }
        let code = Uuid::new_v4().to_string();
        let answer = match decision.decision {
            Decision::Allow => ("code", code.as_str()),
            Decision::Deny | Decision::RequestApproval => ("error", "access_denied"),
        };
        let parameters = [answer, ("state", transaction.state.as_str())];
        let address = Native.set_query(&transaction.redirect_uri, &self.origin, &parameters);
        let address = address.unwrap_or_default();
        transaction.decision = Some((decision, address.clone()));
        Ok(address)
    }
}

/// `POST /countersign/authorize/start`.
async fn start(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Outcome>, Problem> {
    server.guard(&headers)?;
    let call: StartBody = serde_json::from_slice(&body).map_err(malformed)?;
    let id = match call.request {
        RequestRef::Query(query) => match server.open(&query) {
            Ok(id) => id,
            Err(error) => return Ok(Json(Outcome::Error(error))),
        },
        RequestRef::Transaction(id) => id.secret().to_owned(),
    };
    Ok(Json(server.card(&id)?))
}

/// `POST /countersign/authorize/submit`.
async fn submit(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Outcome>, Problem> {
    server.guard(&headers)?;
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    let key =
        key.ok_or(Problem(StatusCode::BAD_REQUEST, "The header Idempotency-Key is missing"))?;
    let body: SubmitBody = serde_json::from_slice(&body).map_err(malformed)?;
    // A decision on another card is none, but a denial.
    if body.decision != Decision::Deny && body.version != Some(CardVersion::new(VERSION)) {
        return Ok(Json(server.card(body.transaction.secret())?));
    }
    let decision = body.with_key(IdempotencyKey::new(key));
    let address = server.decide(decision)?;
    Ok(Json(Outcome::Redirect(RedirectTarget::check(&address, false, &Native))))
}

/// A body that is not one of the API, or has a member that the API does not have.
fn malformed(_: serde_json::Error) -> Problem {
    Problem(StatusCode::BAD_REQUEST, "Malformed")
}
