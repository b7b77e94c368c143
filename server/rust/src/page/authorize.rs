//! GET and POST of the authorization endpoint.

use serde_json::Value;

use super::{
    Flow,
    query::{MOST_QUERY, id_name, is_kept_here, is_opaque, named, only, page_query, to_query},
    respond::{FormBody, Shown, View},
};
use crate::{
    answer::Answer,
    authorize::{Step, ask},
    decisions::{Outcome, decide_once},
    error::CallError,
    finish::{FinishForm, finish_page},
    guard::{header_text, is_encoded, media_type},
    kit::is_silent,
    outcomes::name_of,
    transactions::{State, Transaction},
};

/// What the engine says of a request.
enum Found {
    Answer(Answer),
    /// The page is needed. The address on the card, if there is one.
    Page(Option<String>),
}

fn text_of<'a>(outcome: &'a Outcome, name: &str) -> &'a str {
    outcome.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The answer for a step of the engine that needs no user, or `None`.
fn answer_step(
    view: &View<'_>,
    outcome: &Outcome,
    silent: bool,
) -> Result<Option<Answer>, CallError> {
    Ok(Some(match name_of(outcome) {
        "redirect" => view.redirect(text_of(outcome, "redirect_uri"))?,
        "form" => {
            let form = outcome.get("form").cloned().unwrap_or_default();
            finish_page(&serde_json::from_value::<FinishForm>(form)?, silent)?
        }
        "error" => {
            let texts: &[_] = match silent {
                true => &["invalid_silent", "start_again"],
                false => &["invalid_text", "start_again"],
            };
            view.refuse(400, "invalid_heading", texts, text_of(outcome, "error"))
        }
        _ => return Ok(None),
    }))
}

/// Asks the engine about a request: whether its answer needs no user, else what is on the card.
async fn ask_first(
    view: &View<'_>,
    transaction: &mut Transaction,
    is_kept: bool,
) -> Result<Found, CallError> {
    let silent = is_silent(transaction.state.query.as_deref().unwrap_or_default());
    let (outcome, is_final) = match ask(view.kit, view.call, transaction).await? {
        Step::Card(step) => return Ok(Found::Page(Some(step.asked.redirect_uri))),
        Step::Outcome { outcome, is_final } => (outcome, is_final),
    };
    if !is_final && name_of(&outcome) != "redirect" {
        return Ok(Found::Page(None));
    }
    let outcome = match is_final && is_kept {
        true => decide_once(view.kit, transaction, None, None, async { Ok(outcome) }).await?,
        false => outcome,
    };
    Ok(answer_step(view, &outcome, silent)?.map_or(Found::Page(None), Found::Answer))
}

/// Leads to the page for a transaction that was just opened. The page chooses its language by
/// `ui_locales`, which a request that only the engine can read has said to the engine.
async fn page_of(
    view: &View<'_>,
    mut transaction: Transaction,
    locales: Option<String>,
) -> Result<Answer, CallError> {
    transaction.save(view.kit, view.call).await?;
    let is_opaque = is_opaque(view.query());
    let query = page_query((id_name(Flow::Authorize), &transaction.id), |name| match is_opaque {
        true => locales.clone().filter(|_| name == "ui_locales"),
        false => only(view.query(), name),
    });
    view.redirect(&format!("{}?{query}", view.path()))
}

fn begin(view: &View<'_>, query: &str) -> Result<Transaction, CallError> {
    let mut state = State::new(view.page.realm, view.kit.end_of_life());
    state.query = Some(query.to_owned());
    Transaction::create(view.kit, state)
}

/// GET with a query of the engine's own, or of which this is wanted. The page for it is that of its
/// transaction, which also keeps the query out of addresses and histories. While the engine cannot be
/// asked, that page can try again.
async fn get_kept(view: &View<'_>) -> Result<Answer, CallError> {
    let mut transaction = begin(view, view.query())?;
    let silent = is_silent(view.query());
    let step = ask(view.kit, view.call, &mut transaction).await;
    // Nobody has left for the login page yet: the page itself asks, and then leaves.
    transaction.state.is_away = None;
    transaction.state.handed_off_at = None;
    match step {
        Ok(Step::Card(step)) => page_of(view, transaction, step.asked.ui_locales).await,
        Ok(Step::Outcome { outcome, .. }) => match answer_step(view, &outcome, silent)? {
            Some(answer) => Ok(answer),
            None => page_of(view, transaction, None).await,
        },
        Err(error) if error.fault().status() == 503 && !silent => {
            transaction.state.is_stored = Some(true);
            page_of(view, transaction, None).await
        }
        Err(error) => Err(error),
    }
}

/// What the engine says of the request that the address names, or is.
async fn find(view: &View<'_>, id: Option<String>, silent: &mut bool) -> Result<Found, CallError> {
    let is_kept = id.is_some();
    let mut transaction = match id {
        None => begin(view, view.query())?,
        Some(id) => Transaction::load(view.kit, view.call, &id, Some(view.page.realm)).await?,
    };
    *silent = is_silent(transaction.state.query.as_deref().unwrap_or_default());
    transaction.visit();
    // A request that came by POST, or by this address, was not seen by the engine yet.
    let is_stored = transaction.state.is_stored == Some(true);
    if is_stored {
        transaction.state.is_stored = Some(false);
    }
    let found = match !is_kept || is_stored {
        true => ask_first(view, &mut transaction, is_kept).await?,
        false => Found::Page(transaction.state.address.clone()),
    };
    if is_kept {
        transaction.save(view.kit, view.call).await?;
    }
    Ok(found)
}

/// Whether the browser only looks ahead, and the user may never come.
fn is_ahead(view: &View<'_>) -> bool {
    let purpose = header_text(&view.call.request.headers, "sec-purpose").unwrap_or_default();
    purpose.contains("prefetch") || purpose.contains("prerender")
}

fn refuse_length(view: &View<'_>) -> Answer {
    let texts = &["invalid_too_long", "start_again"];
    view.refuse(400, "invalid_heading", texts, "invalid_request")
}

/// GET of the authorization endpoint.
pub(super) async fn get_authorize(view: &View<'_>) -> Result<Shown, CallError> {
    let query = view.query();
    let id = named(query, Flow::Authorize);
    let is_kept = is_opaque(query) || is_kept_here(query, view.page.keeps_queries, Flow::Authorize);
    let mut silent = id.is_none() && is_silent(query);
    if is_ahead(view) {
        return Ok(match silent || is_kept {
            true => view.refuse(503, "failed_heading", &["start_again"], "prefetch").into(),
            false => view.show_widget(Flow::Authorize, None).into(),
        });
    }
    if id.is_none() && query.len() > MOST_QUERY {
        return Ok(refuse_length(view).into());
    }
    if is_kept {
        return Ok(get_kept(view).await?.into());
    }
    match find(view, id, &mut silent).await {
        Ok(Found::Answer(answer)) => Ok(answer.into()),
        Ok(Found::Page(address)) => {
            Ok(view.show_widget(Flow::Authorize, address.as_deref()).into())
        }
        // The page says it better than a plain one: it knows the client, and can try again.
        Err(error) if !silent && error.fault().status() != 500 => {
            Ok(view.show_widget(Flow::Authorize, None).into())
        }
        Err(error) => Err(error),
    }
}

/// GET of the end-session endpoint.
pub(super) async fn get_logout(view: &View<'_>) -> Result<Answer, CallError> {
    let query = view.query();
    if !is_kept_here(query, view.page.keeps_queries, Flow::Logout) || is_ahead(view) {
        return Ok(view.show_widget(Flow::Logout, None));
    }
    if query.len() > MOST_QUERY {
        return Ok(refuse_length(view));
    }
    keep(view, Flow::Logout, query).await
}

/// The form as a query, or the page that refuses it.
fn read_form(view: &View<'_>, body: FormBody) -> Result<String, Box<Answer>> {
    let headers = &view.call.request.headers;
    let refuse =
        |status, texts| Box::new(view.refuse(status, "invalid_heading", texts, "invalid_request"));
    if media_type(headers) != "application/x-www-form-urlencoded" || is_encoded(headers) {
        return Err(refuse(415, &["invalid_text", "start_again"]));
    }
    let too_long = || refuse(413, &["invalid_too_long", "start_again"]);
    let body = body.ok_or_else(too_long)?;
    let text = String::from_utf8_lossy(&body);
    let query = to_query(&text);
    if query.len() > MOST_QUERY { Err(too_long()) } else { Ok(query) }
}

/// POST of an endpoint (OIDC Core 3.1.2.1): stores the request, and leads to the page. A POST from
/// another site carries no cookie of ours, but its answer can set one, and the GET after it carries
/// that.
pub(super) async fn post(view: &View<'_>, flow: Flow, body: FormBody) -> Result<Answer, CallError> {
    match read_form(view, body) {
        Ok(query) => keep(view, flow, &query).await,
        Err(answer) => Ok(*answer),
    }
}

/// Stores a request, and leads to its page.
async fn keep(view: &View<'_>, flow: Flow, query: &str) -> Result<Answer, CallError> {
    let mut state = State::new(view.page.realm, view.kit.end_of_life());
    match flow {
        Flow::Authorize => {
            state.query = Some(query.to_owned());
            state.is_stored = Some(true);
        }
        Flow::Logout => state.logout_query = Some(query.to_owned()),
    }
    let mut transaction = Transaction::create(view.kit, state)?;
    transaction.save(view.kit, view.call).await?;
    let to = page_query((id_name(flow), &transaction.id), |name| only(query, name));
    view.redirect(&format!("{}?{to}", view.path()))
}
