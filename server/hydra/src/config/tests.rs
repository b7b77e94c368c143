//! Tests of the settings.

#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;

use super::*;

const WHOLE: &str = r#"
origin = "https://login.example"
listen = "0.0.0.0:8080"
monitor = "127.0.0.1:9090"
secrets = ["one secret that nobody can guess, really", "another secret that nobody can guess"]
realm = "b2b"

[site]
name = "Harbor"

[hydra]
admin = "http://hydra:4445"
issuer = "https://id.example"
authorization = "Bearer t"
remember_login = false
remember_consent_seconds = 3600
pkce = true

[sign_in]
url = "/login"
account = "http://app:3000/session"
sign_out = "http://app:3000/sign-out"

[limits]
per_browser = 7
address_header = "x-real-ip"
timeout_seconds = 3

[scopes."photos.read"]
title = { en = "See your photos", de = "Deine Fotos sehen" }
required = true

[clients.printer]
verified = true
logo = "/logos/printer.svg"

[resources]
"https://photos.example" = "Photos"
"#;

fn read(text: &str, environment: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let variables =
        environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let variables = variables.collect::<BTreeMap<_, _>>();
    Config::read(Some(text), false, &|name| variables.get(name).cloned())
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

fn problems(text: &str, environment: &[(&str, &str)]) -> Vec<String> {
    read(text, environment).err().unwrap_or_default()
}

#[test]
fn a_file_with_every_kind_of_setting_is_read() {
    let config = read(WHOLE, &[]).unwrap();
    assert_eq!(config.listen.port(), 8080);
    assert_eq!(config.monitor.map(|at| at.port()), Some(9090));
    assert_eq!((config.secrets.len(), config.realm), (2, Realm::B2b));
    assert_eq!((config.hydra.remember_login, config.hydra.remember_consent), (None, 3600));
    assert_eq!((config.bounds.calls.per_browser, config.bounds.timeout.as_secs()), (7, 3));
    assert!(config.hydra.pkce && !config.needs_tls());
    assert!(config.texts.clients.get("printer").is_some_and(|client| client.verified));
    assert!(config.texts.scopes.contains_key("photos.read"));
    assert_eq!(config.pages.authorize, "/oauth/authorize");
}

#[test]
fn the_environment_alone_is_enough_and_comes_before_the_file() {
    let environment = [
        ("COUNTERSIGN_ORIGIN", "https://other.example"),
        (
            "COUNTERSIGN_SECRETS",
            "one-secret-that-nobody-can-guess-really another-secret-that-nobody-can-guess",
        ),
        ("COUNTERSIGN_HYDRA_ADMIN", "https://admin.example"),
        ("COUNTERSIGN_HYDRA_ISSUER", "https://id.example"),
        ("COUNTERSIGN_HYDRA_PKCE", "true"),
        ("COUNTERSIGN_SIGN_IN_URL", "/login"),
        ("COUNTERSIGN_SIGN_IN_ACCOUNT", "http://app:3000/session"),
        ("COUNTERSIGN_LIMITS_PER_BROWSER", "9"),
    ];
    let config = read("", &environment).unwrap();
    assert_eq!((config.origin.as_str(), config.secrets.len()), ("https://other.example", 2));
    assert!(config.hydra.pkce && config.needs_tls());
    assert_eq!(read(WHOLE, &environment).unwrap().bounds.calls.per_browser, 9);
}

#[test]
fn everything_that_is_wrong_is_said_at_once_with_the_name_of_its_setting() {
    let text = r#"
        origin = "login.example"
        listen = "here"
        colour = "red"
        secrets = ["short"]
        hydra = { admin = "ftp://hydra", pkce = "maybe", amdin = "x" }
        limits = { per_browser = 0, per_address = -1, address_header = "a b" }
        realm = "both"
        page = "none"
        scopes = { a = { titel = "x" }, b = { title = 7 } }
        clients = 3
    "#;
    let found = problems(text, &[]);
    let named = |member: &str| found.iter().any(|one| one.starts_with(&format!("{member}: ")));
    for member in [
        "origin",
        "listen",
        "colour",
        "secrets",
        "hydra.admin",
        "hydra.issuer",
        "hydra.pkce",
        "hydra.amdin",
        "sign_in.url",
        "sign_in.account",
        "limits.per_browser",
        "limits.per_address",
        "limits.address_header",
        "realm",
        "page",
        "scopes.a",
        "scopes.b",
        "clients",
    ] {
        assert!(named(member), "{member}\n{found:#?}");
    }
    assert_eq!(found.len(), 18, "{found:#?}");
    assert!(found.contains(
        &"hydra.issuer: is missing (in the file, or as COUNTERSIGN_HYDRA_ISSUER)".to_owned()
    ));
}

#[test]
fn no_text_about_a_setting_has_its_value() {
    let text = "secrets = [\"too short a secret\"]\nhydra.authorization = \"Bearer\\nsecret\"";
    let found = problems(text, &[("COUNTERSIGN_ORIGIN", "a secret place")]);
    assert!(
        !found.is_empty()
            && found.iter().all(|one| !one.contains("short a")
                && !one.contains("place")
                && !one.contains("Bearer"))
    );
    let broken = problems("secrets = [\"a secret", &[]);
    assert!(
        broken.iter().all(|one| one.starts_with("the file: is not TOML at line 1: ")),
        "{broken:?}"
    );
    assert!(broken.iter().all(|one| !one.contains("a secret")), "{broken:?}");
}

#[test]
fn json_is_read_by_its_ending() {
    let text = r#"{ "origin": "https://a.example", "hydra": { "pkce": 1 } }"#;
    let problems = Config::read(Some(text), true, &|_| None).err().unwrap();
    assert!(problems.iter().any(|problem| problem.member == "hydra.pkce"));
    let broken = Config::read(Some("{"), true, &|_| None).err().unwrap();
    assert_eq!(
        broken.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["the file: is not JSON at line 1, column 1"]
    );
}
