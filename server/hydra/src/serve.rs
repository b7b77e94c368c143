//! Listens, and ends without breaking off what is open.

use std::{
    convert::Infallible, future::Future, net::SocketAddr, pin::pin, sync::Arc, time::Duration,
};

use bytes::Bytes;
use countersign_server::Countersign;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use serde_json::json;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::timeout,
};

use crate::{health::Health, log, metrics::Metrics};

/// How long the headers of a request may take, and how many bytes they may have.
const HEADERS_WITHIN: Duration = Duration::from_secs(15);
const MOST_HEADERS: usize = 64 * 1024;
/// A machine that has no more files has some again in a while.
const PAUSE: Duration = Duration::from_millis(50);

type Answer = Response<Full<Bytes>>;

/// What answers requests at an address.
#[derive(Clone)]
pub struct App {
    /// The site. Without it, only health and metrics are there.
    pub mount: Option<Countersign>,
    pub health: Arc<Health>,
    /// What is counted, where that is told.
    pub metrics: Option<Arc<Metrics>>,
}

fn text(status: StatusCode, media: &'static str, body: String) -> Answer {
    let mut answer = Answer::new(Full::from(body));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer
}

const PLAIN: &str = "text/plain; charset=utf-8";

impl App {
    async fn answer(&self, request: Request<Incoming>) -> Answer {
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        match (request.uri().path(), &self.metrics, &self.mount) {
            ("/healthz", ..) if is_read => text(StatusCode::OK, PLAIN, "ok\n".to_owned()),
            ("/readyz", ..) if is_read => {
                let (status, body) = self.health.ready().await;
                text(status, "application/json", body.to_string())
            }
            ("/metrics", Some(metrics), _) if is_read => {
                text(StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8", metrics.text())
            }
            (.., Some(mount)) => mount.handle(request).await,
            _ => {
                text(StatusCode::NOT_FOUND, PLAIN, "There is nothing at this address.\n".to_owned())
            }
        }
    }
}

/// A listener, and what answers there.
pub struct Listening {
    listener: TcpListener,
    app: App,
    connections: usize,
}

impl Listening {
    /// Listens at an address.
    pub async fn bind(address: SocketAddr, app: App, connections: usize) -> std::io::Result<Self> {
        Ok(Self { listener: TcpListener::bind(address).await?, app, connections })
    }

    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests until the program is to stop, and then what is open.
    pub async fn run(self, mut stops: watch::Receiver<bool>) {
        let graceful = GracefulShutdown::new();
        let room = Arc::new(Semaphore::new(self.connections));
        let mut stop = pin!(async move { stops.wait_for(|stops| *stops).await.is_ok() });
        loop {
            let taken = tokio::select! {
                taken = accept(&self.listener, &room) => taken,
                _ = &mut stop => break,
            };
            let Some((stream, permit)) = taken else { continue };
            let app = self.app.clone();
            let service = service_fn(move |request| {
                let app = app.clone();
                async move { Ok::<_, Infallible>(app.answer(request).await) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEADERS_WITHIN)
                .max_buf_size(MOST_HEADERS)
                .serve_connection(TokioIo::new(stream), service);
            let connection = graceful.watch(connection);
            tokio::spawn(async move {
                // A browser that breaks off is nothing to tell.
                let _ = connection.await;
                drop(permit);
            });
        }
        drop(self.listener);
        graceful.shutdown().await;
    }
}

/// The next connection, once there is room for one.
async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let permit = Arc::clone(room).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => {
            // Without it, small answers are late.
            let _ = stream.set_nodelay(true);
            Some((stream, permit))
        }
        Err(_) => {
            tokio::time::sleep(PAUSE).await;
            None
        }
    }
}

/// Runs all of it until the program is told to stop, and then so long as something is open, but no
/// longer than it may. Answers whether all of it has ended by itself.
pub async fn run(
    all: Vec<Listening>,
    mount: Countersign,
    stops: watch::Sender<bool>,
    signal: impl Future<Output = ()>,
    within: Duration,
) -> bool {
    let mut running = tokio::task::JoinSet::new();
    for listening in all {
        running.spawn(listening.run(stops.subscribe()));
    }
    signal.await;
    log::event("info", "stopping", &[("within_seconds", json!(within.as_secs()))]);
    stops.send_replace(true);
    let ended = async {
        while running.join_next().await.is_some() {}
        mount.idle().await;
    };
    timeout(within, ended).await.is_ok()
}
