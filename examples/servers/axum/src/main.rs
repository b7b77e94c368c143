//! The kit in front of Ory Hydra, in axum. ORIGIN, SECRET, HYDRA_ADMIN, HYDRA_ISSUER and PAGE_FILES are
//! the settings of production.
mod describe;
mod sign_in;

use countersign_hydra::{Hydra, HydraOptions, http::HttpClient};
use countersign_server::{Countersign, memory::MemoryStore, page::*, seal::random_text};
use std::env::var;
use tokio::{net::TcpListener, signal::ctrl_c};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let setting = |name, usual: &str| var(name).unwrap_or_else(|_| usual.to_owned());
    let port = setting("PORT", "4400");
    let origin = setting("ORIGIN", &format!("http://localhost:{port}"));
    let admin = setting("HYDRA_ADMIN", "http://127.0.0.1:4445").parse()?;
    let issuer = setting("HYDRA_ISSUER", "http://localhost:4404").parse()?;
    let mut options = HydraOptions::new(admin, issuer);
    options.pkce = true;
    let http = HttpClient::new(options.admin.scheme() == "https")?;
    let sign_in = sign_in::SignIn::new(&origin);
    let engine = Hydra::with_host(options, http, sign_in.clone());
    let files = Files::read_folder(setting("PAGE_FILES", "target/npm/package/dist"))?;
    let mount = Countersign::builder(engine, sign_in.clone())
        .origin(&origin)
        // Without a secret of its own, a restart ends all open requests.
        .secret(var("SECRET").or_else(|_| random_text(32))?)
        .describe(describe::Harbor)
        // For one process: several share Redis or PostgreSQL.
        .store(MemoryStore::new())
        .page(Page::new(files).logout("/oauth/logout"))
        .build()?;
    let app = sign_in.router().merge(mount.router());
    let listener = TcpListener::bind(format!("localhost:{port}")).await?;
    axum::serve(listener, app).with_graceful_shutdown(async { drop(ctrl_c().await) }).await?;
    // A decision goes on when its browser has left.
    mount.idle().await;
    Ok(())
}
