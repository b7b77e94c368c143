//! Only the site's own pages may call the API. Neither a form nor a page of another origin can send
//! such a call.

use http::{HeaderMap, Method, header};

use crate::problem::Fault;

/// The longest body of a call, in bytes.
pub const MOST_BODY: usize = 48 * 1024;

/// A header as a browser's `Headers` has it: the values of several lines are joined.
#[must_use]
pub fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(name).iter();
    let texts = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    texts.reduce(|one, other| format!("{one}, {other}"))
}

fn refuse<T>(detail: &str) -> Result<T, Fault> {
    Err(Fault::CrossOrigin(detail.to_owned()))
}

/// Checks for the exact `Origin`, for our header (which forces a preflight from another origin) and
/// for JSON.
///
/// # Errors
/// [`Fault::NotPost`] and [`Fault::CrossOrigin`].
///
/// ```
/// use countersign_server::{guard::check_caller, problem::Fault};
/// use http::{HeaderMap, Method};
///
/// let outcome = check_caller(&Method::POST, &HeaderMap::new(), "https://login.example");
/// assert!(matches!(outcome, Err(Fault::CrossOrigin(_))));
/// ```
pub fn check_caller(method: &Method, headers: &HeaderMap, origin: &str) -> Result<(), Fault> {
    if method != Method::POST {
        return Err(Fault::NotPost);
    }
    let named = |name| header_text(headers, name);
    if named("origin").as_deref() != Some(origin) {
        return refuse("The Origin header is missing or not that of this site.");
    }
    if named("x-countersign").as_deref() != Some("1") {
        return refuse("The X-Countersign header is missing.");
    }
    if named("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return refuse("The call comes from another site.");
    }
    if media_type(headers) != "application/json" {
        return refuse("The body is not declared as application/json.");
    }
    Ok(())
}

/// The media type of a body, without its parameters.
#[must_use]
pub fn media_type(headers: &HeaderMap) -> String {
    let text = header_text(headers, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a body is compressed, or coded in another way: nothing here takes it apart.
#[must_use]
pub fn is_encoded(headers: &HeaderMap) -> bool {
    header_text(headers, header::CONTENT_ENCODING.as_str())
        .is_some_and(|coding| !coding.trim().eq_ignore_ascii_case("identity"))
}
