//! `check-config`: whether the settings are right, and who answers.

use std::io::Write as _;

use crate::{
    config::Config,
    health::{ask_hydra, ask_issuer, ask_store},
    site::Site,
};

/// Writes a line about one of the programs behind this one. Answers whether it is well.
fn say(what: &str, found: &Result<(), String>) -> bool {
    let line = match found {
        Ok(()) => format!("ok    {what}"),
        Err(text) => format!("FAIL  {what}: {text}"),
    };
    // Who cannot read it has the exit code.
    let _ = writeln!(std::io::stdout(), "{line}");
    found.is_ok()
}

/// Asks everybody whom the settings name. Answers whether all is well.
pub async fn check(config: &Config, site: &Site) -> bool {
    say("the settings can be read", &Ok(()));
    let hydra = ask_hydra(&site.http, &config.hydra).await;
    let issuer = ask_issuer(&site.http, &config.hydra.issuer).await;
    let (account, store) = (site.sign_in.check().await, ask_store(&site.store).await);
    let all = [
        say("hydra.admin is ready", &hydra),
        say("hydra.issuer is that of its metadata", &issuer),
        say("sign_in.account answers for a browser without cookies", &account),
        say("store answers", &store),
    ];
    if site.store.is_of_this_process() {
        let text = "note  store is in memory: it is for one process, and a restart forgets what was decided";
        let _ = writeln!(std::io::stdout(), "{text}");
    }
    all.into_iter().all(|well| well)
}
