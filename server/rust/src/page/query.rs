//! What a page reads in a query. The engine gets it as it came.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::form_urlencoded::{self, Serializer};

use super::Flow;
use crate::kit::parameter;

/// How long a request may be, in bytes.
pub(crate) const MOST_QUERY: usize = 32_768;
/// Parameters that the page needs before the first answer: its language and the kind of its window.
const KEPT: [&str; 2] = ["ui_locales", "display"];
const LONGEST_KEPT: usize = 256;
/// Characters that a request line cannot contain.
const NOT_IN_A_LINE: &AsciiSet = &CONTROLS.add(b' ').add(b'#');

fn count(query: &str, name: &str) -> usize {
    form_urlencoded::parse(query.as_bytes()).filter(|(other, _)| other == name).count()
}

fn has(query: &str, name: &str) -> bool {
    count(query, name) > 0
}

/// The parameter with the id of a page's transaction.
pub(super) const fn id_name(flow: Flow) -> &'static str {
    match flow {
        Flow::Authorize => "transaction",
        Flow::Logout => "logout",
    }
}

/// The id that a query names. A query with `client_id` is a request of its own.
pub(super) fn named(query: &str, flow: Flow) -> Option<String> {
    parameter(query, id_name(flow)).filter(|_| !has(query, "client_id"))
}

/// A query that only the engine can read: a challenge, which names no client, or a request that stands
/// elsewhere (RFC 9101). The widget cannot tell what it is.
pub(super) fn is_opaque(query: &str) -> bool {
    let is_elsewhere = has(query, "request") || has(query, "request_uri");
    let is_request = !query.is_empty() && named(query, Flow::Authorize).is_none();
    is_request && (!has(query, "client_id") || is_elsewhere)
}

/// Whether the page is that of a transaction, and not the query's own, if the host wants that.
pub(super) fn is_kept_here(query: &str, keeps: bool, flow: Flow) -> bool {
    keeps && !query.is_empty() && named(query, flow).is_none()
}

/// The query of a transaction's page. `value` answers what the page needs before the first answer.
pub(super) fn page_query(
    id: (&str, &str),
    mut value: impl FnMut(&'static str) -> Option<String>,
) -> String {
    let mut to = Serializer::new(String::new());
    to.append_pair(id.0, id.1);
    for name in KEPT {
        if let Some(value) = value(name).filter(|it| (1..=LONGEST_KEPT).contains(&it.len())) {
            to.append_pair(name, &value);
        }
    }
    to.finish()
}

/// A parameter that occurs once.
pub(super) fn only(query: &str, name: &str) -> Option<String> {
    parameter(query, name).filter(|_| count(query, name) == 1)
}

/// The form as a query: characters that a request line cannot contain are percent-encoded.
pub(super) fn to_query(form: &str) -> String {
    utf8_percent_encode(form.strip_prefix('\u{feff}').unwrap_or(form), NOT_IN_A_LINE).to_string()
}
