//! The server: the pages, the files, the countersign API, and the client's callback.
//!
//! `SITE` is the folder of the files, `PORT` the port (any free one by default).

use std::{error::Error, sync::Arc};

use axum::{Router, response::Html, routing::get};
use countersign_leptos_ssr::{
    app::{App, shell},
    authorization, policy,
};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, file_and_error_handler_with_context, generate_route_list};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let setting = |name: &str, otherwise: &str| std::env::var(name).unwrap_or(otherwise.to_owned());
    let listener = TcpListener::bind(format!("127.0.0.1:{}", setting("PORT", "0"))).await?;
    let address = listener.local_addr()?;
    let options = LeptosOptions::builder()
        .output_name("leptos-ssr")
        .site_root(Arc::from(setting("SITE", "site")))
        .site_addr(address)
        .build();
    let origin = format!("http://localhost:{}", address.port());
    let routes = generate_route_list(App);
    let document = {
        let options = options.clone();
        move || shell(options.clone())
    };
    let app = Router::new()
        .nest("/countersign", authorization::api(origin.clone()))
        .route(
            "/callback",
            get(|| async { Html("<!doctype html><title>Photo printer</title>Connected") }),
        )
        .leptos_routes_with_context(&options, routes, policy::send, document)
        .fallback(file_and_error_handler_with_context::<LeptosOptions, _>(policy::send, shell))
        .with_state(options);
    println!("listening on {origin}");
    axum::serve(listener, app).await?;
    Ok(())
}
