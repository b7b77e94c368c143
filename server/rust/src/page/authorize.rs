//! GET and POST of the authorization endpoint.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;
use url::form_urlencoded;

use super::{
    Flow,
    respond::{FormBody, Shown, View},
};
use crate::{
    answer::Answer,
    authorize::{Step, ask},
    decisions::{Outcome, decide_once},
    error::CallError,
    finish::{FinishForm, finish_page},
    guard::{header_text, is_encoded, media_type},
    kit::{is_silent, parameter},
    outcomes::name_of,
    transactions::{State, Transaction},
};

/// How long a request may be, in bytes.
pub(crate) const MOST_QUERY: usize = 32_768;
/// Parameters that the page needs before the first answer: its language and the kind of its window.
const KEPT: [&str; 2] = ["ui_locales", "display"];
const LONGEST_KEPT: usize = 256;
/// Characters that a request line cannot contain.
const NOT_IN_A_LINE: &AsciiSet = &CONTROLS.add(b' ').add(b'#');

/// What the engine says of a request.
enum Found {
    Answer(Answer),
    /// The page is needed. The address on the card, if there is one.
    Page(Option<String>),
}

fn count(query: &str, name: &str) -> usize {
    form_urlencoded::parse(query.as_bytes()).filter(|(other, _)| other == name).count()
}

fn has(query: &str, name: &str) -> bool {
    count(query, name) > 0
}

/// A query that only the engine can read: a challenge, which names no client, or a request that stands
/// elsewhere (RFC 9101). The widget cannot tell what it is.
fn is_opaque(query: &str) -> bool {
    let is_elsewhere = has(query, "request") || has(query, "request_uri");
    !query.is_empty() && named(query).is_none() && (!has(query, "client_id") || is_elsewhere)
}

/// The id that a query names. A query with `client_id` is a request of its own.
fn named(query: &str) -> Option<String> {
    parameter(query, "transaction").filter(|_| !has(query, "client_id"))
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
/// `ui_locales`.
async fn page_of(
    view: &View<'_>,
    mut transaction: Transaction,
    locales: Option<&str>,
) -> Result<Answer, CallError> {
    transaction.save(view.kit, view.call).await?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("transaction", &transaction.id);
    if let Some(locales) = locales.filter(|locales| locales.len() <= LONGEST_KEPT) {
        query.append_pair("ui_locales", locales);
    }
    view.redirect(&format!("{}?{}", view.path(), query.finish()))
}

fn begin(view: &View<'_>, query: &str) -> Result<Transaction, CallError> {
    let mut state = State::new(view.page.realm, view.kit.end_of_life());
    state.query = Some(query.to_owned());
    Transaction::create(view.kit, state)
}

/// GET with a query of the engine's own. The page for it is that of its transaction, which also keeps
/// the query out of addresses and histories. While the engine cannot be asked, that page can try
/// again.
async fn get_opaque(view: &View<'_>) -> Result<Answer, CallError> {
    let mut transaction = begin(view, view.query())?;
    let silent = is_silent(view.query());
    match ask(view.kit, view.call, &mut transaction).await {
        Ok(Step::Card(step)) => page_of(view, transaction, step.asked.ui_locales.as_deref()).await,
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

/// GET of the authorization endpoint.
pub(super) async fn get_authorize(view: &View<'_>) -> Result<Shown, CallError> {
    let query = view.query();
    let id = named(query);
    let purpose = header_text(&view.call.request.headers, "sec-purpose").unwrap_or_default();
    let is_ahead = purpose.contains("prefetch") || purpose.contains("prerender");
    let mut silent = id.is_none() && is_silent(query);
    if is_ahead {
        return Ok(match silent || is_opaque(query) {
            true => view.refuse(503, "failed_heading", &["start_again"], "prefetch").into(),
            false => view.show_widget(Flow::Authorize, None).into(),
        });
    }
    if id.is_none() && query.len() > MOST_QUERY {
        let texts = &["invalid_too_long", "start_again"];
        return Ok(view.refuse(400, "invalid_heading", texts, "invalid_request").into());
    }
    if is_opaque(query) {
        return Ok(get_opaque(view).await?.into());
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
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let query = utf8_percent_encode(text, NOT_IN_A_LINE).to_string();
    if query.len() > MOST_QUERY { Err(too_long()) } else { Ok(query) }
}

/// POST of an endpoint (OIDC Core 3.1.2.1): stores the request, and leads to the page. A POST from
/// another site carries no cookie of ours, but its answer can set one, and the GET after it carries
/// that.
pub(super) async fn post(view: &View<'_>, flow: Flow, body: FormBody) -> Result<Answer, CallError> {
    let query = match read_form(view, body) {
        Ok(query) => query,
        Err(answer) => return Ok(*answer),
    };
    let mut state = State::new(view.page.realm, view.kit.end_of_life());
    let name = match flow {
        Flow::Authorize => {
            state.query = Some(query.clone());
            state.is_stored = Some(true);
            "transaction"
        }
        Flow::Logout => {
            state.logout_query = Some(query.clone());
            "logout"
        }
    };
    let mut transaction = Transaction::create(view.kit, state)?;
    transaction.save(view.kit, view.call).await?;
    let mut to = form_urlencoded::Serializer::new(String::new());
    to.append_pair(name, &transaction.id);
    for name in KEPT {
        let value = parameter(&query, name).filter(|_| count(&query, name) == 1);
        if let Some(value) = value.filter(|value| (1..=LONGEST_KEPT).contains(&value.len())) {
            to.append_pair(name, &value);
        }
    }
    view.redirect(&format!("{}?{}", view.path(), to.finish()))
}
