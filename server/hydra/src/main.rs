//! The program: `countersign-hydra --help`.
#![forbid(unsafe_code)]

mod args;
mod check;
mod config;
mod health;
mod log;
mod metrics;
mod serve;
mod sign_in;
mod site;
mod words;

use std::{env, fs, future::Future, io::Write as _, path::PathBuf, process::ExitCode, sync::Arc};

use serde_json::json;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::{
    args::{Args, Command, HELP},
    config::Config,
    health::Health,
    serve::{App, Listening, run},
    site::Site,
};

/// What the program ends with if it cannot begin.
const CANNOT: u8 = 2;

fn say(text: &str) {
    // Who cannot read it has the exit code.
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "countersign-hydra: {text}");
}

/// The settings, or everything that is wrong about them.
fn settings(args: &Args) -> Result<Config, Vec<String>> {
    let named = || env::var_os("COUNTERSIGN_CONFIG").filter(|name| !name.is_empty());
    let file = args.config.clone().or_else(|| named().map(PathBuf::from));
    let text = match &file {
        None => None,
        Some(file) => Some(fs::read_to_string(file).map_err(|error| {
            vec![format!("{} cannot be read: {}", file.display(), error.kind())]
        })?),
    };
    let is_json = file.is_some_and(|file| file.extension().is_some_and(|ending| ending == "json"));
    Config::read(text.as_deref(), is_json, &|name| env::var(name).ok())
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

/// Resolves when the program is told to stop.
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let (mut term, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

async fn serve(config: &Config, site: Site) -> std::io::Result<bool> {
    let (stops, stopped) = watch::channel(false);
    let health = Health::new(site.http, config.hydra.clone(), site.store, stopped);
    let health = Arc::new(health);
    let app = App { mount: Some(site.mount.clone()), health: Arc::clone(&health), metrics: None };
    let connections = config.bounds.connections;
    let mut all = vec![Listening::bind(config.listen, app, connections).await?];
    if let Some(address) = config.monitor {
        let app = App { mount: None, health, metrics: Some(site.metrics) };
        all.push(Listening::bind(address, app, connections).await?);
    }
    let signal = told_to_stop()?;
    let places = all.iter().map(Listening::address).collect::<Result<Vec<_>, _>>()?;
    let places = places.iter().map(ToString::to_string).collect::<Vec<_>>();
    let version = env!("CARGO_PKG_VERSION");
    log::event(
        "info",
        "listening",
        &[
            ("version", json!(version)),
            ("listen", json!(places.first())),
            ("monitor", json!(places.get(1))),
        ],
    );
    Ok(run(all, site.mount, stops, signal, config.bounds.stop).await)
}

async fn work(command: Command, config: Config) -> ExitCode {
    let site = match Site::new(&config) {
        Ok(site) => site,
        Err(error) => {
            complain(&error.to_string());
            return ExitCode::from(CANNOT);
        }
    };
    if command == Command::Migrate {
        return match site.store.migrate().await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                complain(&format!("store: {error}"));
                ExitCode::FAILURE
            }
        };
    }
    if command == Command::CheckConfig {
        return if check::check(&config, &site).await {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        };
    }
    log::panics();
    match serve(&config, site).await {
        Ok(true) => {
            log::event("info", "stopped", &[]);
            ExitCode::SUCCESS
        }
        Ok(false) => {
            log::event("warn", "stopped", &[("broken_off", json!(true))]);
            ExitCode::FAILURE
        }
        Err(error) => {
            complain(&format!("cannot listen: {error}"));
            ExitCode::from(CANNOT)
        }
    }
}

fn main() -> ExitCode {
    let args = match args::read(env::args().skip(1)) {
        Ok(args) => args,
        Err(text) => {
            complain(&format!("{text}. See countersign-hydra --help"));
            return ExitCode::from(CANNOT);
        }
    };
    match args.command {
        Command::Help => say(HELP.trim_end()),
        Command::Version => say(concat!("countersign-hydra ", env!("CARGO_PKG_VERSION"))),
        Command::Serve | Command::CheckConfig | Command::Migrate => {
            let config = match settings(&args) {
                Ok(config) => config,
                Err(problems) => {
                    problems.iter().for_each(|problem| complain(problem));
                    return ExitCode::from(CANNOT);
                }
            };
            return match tokio::runtime::Runtime::new() {
                Ok(runtime) => runtime.block_on(work(args.command, config)),
                Err(error) => {
                    complain(&format!("cannot begin: {error}"));
                    ExitCode::from(CANNOT)
                }
            };
        }
    }
    ExitCode::SUCCESS
}
