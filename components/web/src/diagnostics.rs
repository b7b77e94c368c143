//! What developers read in the console about a failure, in builds for development alone.
//!
//! The sentences are those of the elements (`causes.json`). A release has neither them nor this code,
//! unless the feature `debug` is on. No value of a request or a response is printed.

use std::cell::Cell;

use countersign::{
    flow::{Effect, WidgetError},
    platform::Json,
    strings::{concat, decimal, join},
};
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::window;

use crate::Browser;

/// Whether this build has diagnostics.
const ENABLED: bool = cfg!(any(debug_assertions, feature = "debug"));

const CAUSES: &str = include_str!("causes.json");
/// What the address of a code's description begins with.
const PAGE: &str = include_str!("errors-page.txt").trim_ascii_end();

/// Tells each failure once.
#[derive(Default)]
pub(crate) struct Diagnostics {
    /// The path of the last call.
    called: Cell<&'static str>,
}

impl Diagnostics {
    /// Remembers what is called, and tells what fails.
    pub(crate) fn watch(&self, effect: &Effect) {
        if !ENABLED {
            return;
        }
        match effect {
            Effect::Start { .. } => self.called.set("authorize/start"),
            Effect::Submit { .. } => self.called.set("authorize/submit"),
            Effect::LogoutStart { .. } => self.called.set("logout/start"),
            Effect::LogoutSubmit { .. } => self.called.set("logout/submit"),
            Effect::Attest { .. } => self.called.set("attest"),
            Effect::ReportError(error) => tell(&describe(error, self.called.get())),
            _ => (),
        }
    }
}

/// Prints an error.
fn tell(text: &str) {
    let print = || -> Option<()> {
        let window = window()?;
        let console = Reflect::get(&window, &"console".into()).ok()?;
        let error: Function = Reflect::get(&console, &"error".into()).ok()?.dyn_into().ok()?;
        error.call1(&console, &JsValue::from_str(text)).ok().map(drop)
    };
    // A page without a console reads nothing.
    let _ = print();
}

/// A failure in lines.
fn describe(error: &WidgetError, called: &str) -> String {
    let code = error.code;
    let mut lines = vec![match (&error.error, error.path()) {
        // These words are our own.
        (Some(text), Some(_)) => concat(&["[countersign] ", code, ": ", text]),
        (Some(text), None) => concat(&["[countersign] ", code, ": ", &redacted(text)]),
        (None, _) => concat(&["[countersign] ", code]),
    }];
    let is_of_call = error.status > 0
        || ["unreachable", "timed_out", "request_refused"].contains(&code)
        || ["answer_", "address_", "trusted_"].iter().any(|start| code.starts_with(start));
    let status = (error.status > 0).then(|| decimal(error.status.into()));
    if is_of_call && !called.is_empty() {
        let came = status.as_deref().unwrap_or("no status");
        lines.push(concat(&[called, ": ", came]));
    }
    lines.extend(error.detail.as_ref().map(|it| concat(&["The server says: ", &redacted(it)])));
    let cause = cause(&concat(&[code, " ", status.as_deref().unwrap_or_default()]));
    lines.extend(cause.or_else(|| self::cause(code)).map(|it| concat(&["Likely: ", &it])));
    lines.push(concat(&[PAGE, code]));
    join(&lines, "\n  ")
}

fn cause(key: &str) -> Option<String> {
    Browser.parse(CAUSES)?.member(key)?.text()
}

/// A text of somebody else, without words that may be a secret: addresses, assignments, anything with a
/// digit, anything long.
fn redacted(text: &str) -> String {
    let words =
        text.split_whitespace().map(|word| if is_suspect(word) { "[redacted]" } else { word });
    join(&words.collect::<Vec<_>>(), " ")
}

fn is_suspect(word: &str) -> bool {
    let has_digit = word.len() > 3 && word.bytes().any(|byte| byte.is_ascii_digit());
    let is_marked = word.contains(['@', '=', '?', '&', '#', '%']);
    is_marked || ((has_digit || word.len() > 24) && !is_origin(word))
}

/// Whether the word is the address of a site, such as a server names it that expected another one.
fn is_origin(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
    let host = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    host.is_some_and(|host| {
        host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':'))
    })
}
