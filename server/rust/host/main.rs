//! A host with an engine in memory, for tests alone: `test-host` listens on a free port of loopback
//! and prints its address. `COUNTERSIGN_ORIGIN` is the site's origin if another name is in front,
//! `COUNTERSIGN_SECRETS` its secrets, one a line, `COUNTERSIGN_STORE` the address of a store that
//! other processes share, and `COUNTERSIGN_TIMEOUT` how many milliseconds it may take. `test-host store
//! ADDRESS` is a store and nothing else.

mod engine;
mod harbor;
mod oauth;
mod store;

use std::{
    env,
    error::Error,
    io::Write as _,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, Request, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use countersign_server::{Countersign, Limits, headers::PageHeaders, stores::any::AnyStore};
use tokio::net::TcpListener;

use crate::{engine::Memory, harbor::Harbor, store::clock_of};

const SECRET: &str = "the secret of a host for tests, which is no secret";

/// The host, with its page where the widget would be.
#[derive(Clone)]
struct Host {
    mount: Countersign,
    harbor: Harbor,
    /// How far the clock is ahead, in milliseconds.
    ahead: Arc<AtomicI64>,
    origin: Arc<str>,
}

const PAGE: &str = "<!doctype html>
<html lang=\"en\">
<head><meta charset=\"utf-8\"><title>Harbor</title></head>
<body><countersign-authorization></countersign-authorization></body>
</html>
";

async fn page(State(host): State<Host>, request: Request<axum::body::Body>) -> Response {
    let mut response = Html(PAGE).into_response();
    response.headers_mut().extend(PageHeaders::new().header_map());
    for line in host.mount.visited(&request.into_parts().0).await {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    response
}

/// Whether a request comes from a page of the host.
fn is_own(host: &Host, headers: &HeaderMap) -> bool {
    headers.get(header::ORIGIN).is_some_and(|origin| origin.as_bytes() == host.origin.as_bytes())
}

async fn sign_in(State(host): State<Host>, headers: HeaderMap, body: Bytes) -> Response {
    let line = is_own(&host, &headers).then(|| host.harbor.sign_in(&body)).flatten();
    match line.and_then(|line| HeaderValue::try_from(line).ok()) {
        Some(line) => (StatusCode::NO_CONTENT, [(header::SET_COOKIE, line)]).into_response(),
        None => StatusCode::FORBIDDEN.into_response(),
    }
}

async fn sign_out(State(host): State<Host>, headers: HeaderMap) -> StatusCode {
    if !is_own(&host, &headers) {
        return StatusCode::FORBIDDEN;
    }
    host.harbor.sign_out(&headers);
    StatusCode::NO_CONTENT
}

/// Sets the clock ahead by an hour.
async fn advance(State(host): State<Host>) -> StatusCode {
    host.ahead.fetch_add(3_600_000, Ordering::SeqCst);
    StatusCode::NO_CONTENT
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.per_browser = 10_000;
    limits
}

/// A value of the environment.
fn setting(name: &str, otherwise: &str) -> String {
    env::var(name).ok().filter(|text| !text.is_empty()).unwrap_or_else(|| otherwise.to_owned())
}

/// The kit, as the environment says, for a site at `origin`.
fn mount(
    origin: &str,
    host: (&Memory, &Harbor, &Arc<AtomicI64>),
) -> Result<Countersign, Box<dyn Error>> {
    let (engine, harbor, ahead) = host;
    let clock = clock_of(ahead);
    let address = setting("COUNTERSIGN_STORE", "");
    let address = if address.is_empty() { "memory:" } else { &address };
    let store = AnyStore::open(address, Arc::clone(&clock))?;
    let builder = Countersign::builder(engine.clone(), harbor.clone())
        .origin(origin)
        .describe(harbor.clone())
        .store(store)
        .clock(clock)
        .timeout(Duration::from_millis(setting("COUNTERSIGN_TIMEOUT", "10000").parse()?))
        .limits(limits());
    let secrets = setting("COUNTERSIGN_SECRETS", SECRET);
    Ok(secrets.lines().fold(builder, countersign_server::Builder::secret).build()?)
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let listener =
        TcpListener::bind(("127.0.0.1", setting("COUNTERSIGN_PORT", "0").parse()?)).await?;
    let address = format!("http://{}", listener.local_addr()?);
    let origin = setting("COUNTERSIGN_ORIGIN", &address);
    let (harbor, ahead) = (Harbor::new()?, Arc::new(AtomicI64::new(0)));
    let engine = Memory::new(&origin);
    let mount = mount(&origin, (&engine, &harbor, &ahead))?;
    let host = Host { mount: mount.clone(), harbor, ahead, origin: Arc::from(origin.as_str()) };
    let app = Router::new()
        .route("/oauth/authorize", get(page))
        .route("/login", post(sign_in))
        .route("/logout", post(sign_out))
        .route("/advance", post(advance))
        .with_state(host)
        .merge(mount.router())
        .merge(oauth::router(engine));
    writeln!(std::io::stdout(), "{address}")?;
    axum::serve(listener, app).await?;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    match env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [mode, address] if mode == "store" => store::serve(address).await,
        _ => serve().await,
    }
}
