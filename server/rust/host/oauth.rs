//! What clients call: metadata, registration and the token endpoint.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use countersign_server::{model::ClientMetadata, seal::random_text};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use crate::engine::{Client, Memory, SCOPES};

fn answer(status: StatusCode, body: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body.to_string()).into_response()
}

fn refused(error: &str) -> Response {
    answer(StatusCode::BAD_REQUEST, &json!({ "error": error }))
}

async fn metadata(State(engine): State<Memory>) -> Response {
    let issuer = &*engine.issuer;
    let body = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/oauth/authorize"),
        "token_endpoint": format!("{issuer}/oauth/token"),
        "registration_endpoint": format!("{issuer}/oauth/register"),
        "scopes_supported": SCOPES,
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "authorization_response_iss_parameter_supported": true,
    });
    answer(StatusCode::OK, &body)
}

/// RFC 7591.
#[derive(Deserialize)]
struct Registration {
    redirect_uris: Vec<String>,
    client_name: Option<String>,
}

async fn register(State(engine): State<Memory>, body: Bytes) -> Response {
    let Ok(asked) = serde_json::from_slice::<Registration>(&body) else {
        return refused("invalid_client_metadata");
    };
    let Ok(client_id) = random_text(12) else {
        return refused("server_error");
    };
    let mut metadata = ClientMetadata::new(&client_id);
    metadata.client_name.clone_from(&asked.client_name);
    let body = json!({
        "client_id": client_id,
        "client_name": asked.client_name,
        "redirect_uris": asked.redirect_uris,
        "token_endpoint_auth_method": "none",
    });
    let client = Client { metadata, redirect_uris: asked.redirect_uris };
    engine.tables().clients.insert(client_id, client);
    answer(StatusCode::CREATED, &body)
}

async fn token(State(engine): State<Memory>, body: Bytes) -> Response {
    let form = form_urlencoded::parse(&body).into_owned().collect::<Vec<_>>();
    let one = |name: &str| {
        let found = form.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    if one("grant_type") != "authorization_code" {
        return refused("unsupported_grant_type");
    }
    // A code is redeemed once, whether that works or not.
    let Some(code) = engine.tables().codes.remove(one("code")) else {
        return refused("invalid_grant");
    };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(one("code_verifier")));
    let request = &code.request;
    let is_right = one("client_id") == request.client_id
        && one("redirect_uri") == request.redirect_uri
        && challenge == request.code_challenge;
    let Some(token) = random_text(24).ok().filter(|_| is_right) else {
        return refused("invalid_grant");
    };
    let body = json!({ "access_token": token, "token_type": "Bearer", "expires_in": 600, "scope": code.scope });
    answer(StatusCode::OK, &body)
}

/// The routes of the engine.
pub fn router(engine: Memory) -> Router {
    Router::new()
        .route("/.well-known/oauth-authorization-server", get(metadata))
        .route("/oauth/register", post(register))
        .route("/oauth/token", post(token))
        .with_state(engine)
}
