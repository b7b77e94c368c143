//! REPLACE THIS: your site has a sign-in of its own. The kit needs `account` alone, and a page at
//! /login that leads back to `return_to`. This one has two people, and a password that all know.
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use axum::response::{Html, IntoResponse, Redirect, Response};
use countersign_hydra::HydraHost;
use countersign_server::{cookie::*, describe::Sessions, engine::EngineContext, model::*};
use countersign_server::{memory::system_clock, seal::random_text};
use std::{collections::HashMap, sync::Arc, sync::Mutex, sync::MutexGuard, sync::PoisonError};

const PEOPLE: [(&str, &str); 2] = [("ada@example.com", "Ada"), ("grace@example.com", "Grace")];
type Fields = HashMap<String, String>;

/// The origin of the site, and who is signed in.
#[derive(Clone)]
pub struct SignIn(Arc<str>, Arc<Mutex<HashMap<String, Account>>>);

/// A path of this site alone.
fn own_path(fields: &Fields) -> &str {
    let path = fields.get("return_to").map_or("", String::as_str);
    if path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') {
        path
    } else {
        "/"
    }
}

fn form(fields: &Fields) -> Html<String> {
    let to = own_path(fields).replace('&', "&amp;").replace('"', "&quot;");
    Html(format!(
        r#"<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in</h1><form method="post">
<input type="hidden" name="return_to" value="{to}"><label>Email <input name="email"></label>
<label>Password <input name="password" type="password"></label><button>Sign in</button></form>"#
    ))
}

async fn sign_in(State(site): State<SignIn>, from: HeaderMap, fields: Form<Fields>) -> Response {
    let is = |name: &str, value: &str| fields.get(name).is_some_and(|given| given == value);
    let person = PEOPLE.iter().find(|(email, _)| is("email", email) && is("password", "demo"));
    let is_own = from.get(header::ORIGIN).is_some_and(|origin| origin == &*site.0);
    let (Some((email, name)), Ok(id), true) = (person, random_text(18), is_own) else {
        return (StatusCode::FORBIDDEN, form(&fields)).into_response();
    };
    let mut account = Account::new(*email);
    (account.name, account.email) = (Some((*name).into()), Some((*email).into()));
    account.signed_in_at = Some(system_clock()());
    let line = cookie("session", &id, site.0.starts_with("https:"), 3600);
    site.sessions().insert(id, account);
    ([(header::SET_COOKIE, line)], Redirect::to(own_path(&fields))).into_response()
}

impl SignIn {
    pub fn new(origin: &str) -> Self {
        Self(origin.into(), Arc::default())
    }
    fn sessions(&self) -> MutexGuard<'_, HashMap<String, Account>> {
        self.1.lock().unwrap_or_else(PoisonError::into_inner)
    }
    pub fn router(&self) -> axum::Router {
        let page =
            axum::routing::get(async |Query(fields): Query<Fields>| form(&fields)).post(sign_in);
        axum::Router::new().route("/login", page).with_state(self.clone())
    }
}

impl Sessions for SignIn {
    async fn account(&self, request: &Parts) -> Result<Option<Account>, BoxError> {
        let id = Cookies::read(&request.headers).first("session").map(str::to_owned);
        Ok(id.and_then(|id| self.sessions().get(&id).cloned()))
    }
}

impl HydraHost for SignIn {
    async fn sign_out(&self, context: &EngineContext<'_>) -> Result<(), BoxError> {
        let id = Cookies::read(&context.request.headers).first("session").map(str::to_owned);
        self.sessions().remove(&id.unwrap_or_default());
        context.set_cookie(cookie("session", "", self.0.starts_with("https:"), 0).parse()?);
        Ok(())
    }
}
