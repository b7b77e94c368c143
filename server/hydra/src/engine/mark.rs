//! In which browser the login was: a cookie, whose hash Hydra remembers. Hydra's own guard comes after
//! a decision is stored.

use countersign_server::{
    cookie::{Cookies, cookie},
    engine::{EngineContext, EngineError},
    seal::{hash, random_text},
};
use http::HeaderValue;

/// A day, as long as nobody asks for more.
const LIFETIME: i64 = 24 * 60 * 60;
const LENGTH: usize = 18;
/// How much of the hash is in the cookie's name.
const NAMED: usize = 8;

const fn prefix(secure: bool) -> &'static str {
    if secure { "__Host-countersign_hydra_" } else { "countersign_hydra_" }
}

fn marks_of(context: &EngineContext<'_>) -> Vec<String> {
    let cookies = Cookies::read(&context.request.headers);
    let names = cookies.names(prefix(context.secure));
    names.flat_map(|name| cookies.all(name)).map(str::to_owned).collect()
}

/// The mark of this browser, for Hydra to remember. Tabs that begin at once have one each.
pub(super) fn mark(context: &EngineContext<'_>) -> Result<String, EngineError> {
    let value = match marks_of(context).into_iter().next() {
        Some(value) => value,
        None => random_text(LENGTH).map_err(EngineError::failed)?,
    };
    let hashed = hash(&value);
    let named = hashed.chars().take(NAMED).collect::<String>();
    let name = format!("{}{named}", prefix(context.secure));
    let line = HeaderValue::try_from(cookie(&name, &value, context.secure, LIFETIME));
    context.set_cookie(line.map_err(EngineError::failed)?);
    Ok(hashed)
}

/// Whether the mark that Hydra remembers is one of this browser.
pub(super) fn is_marked(context: &EngineContext<'_>, remembered: Option<&str>) -> bool {
    marks_of(context).iter().any(|value| Some(hash(value).as_str()) == remembered)
}
