//! What the program says while it runs: a line of JSON for each event. No query, address, subject or
//! secret is in one.

use std::{
    io::Write as _,
    time::{SystemTime, UNIX_EPOCH},
};

use countersign_server::LogEvent;
use serde_json::{Map, Value, json};

/// The time in seconds since 1970, with thousandths.
fn time() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

fn write(level: &str, members: Map<String, Value>) {
    let mut line = Map::new();
    line.insert("time".to_owned(), json!((time() * 1000.0).round() / 1000.0));
    line.insert("level".to_owned(), level.into());
    line.extend(members);
    // A log that cannot be written costs no answer.
    let _ = writeln!(std::io::stdout(), "{}", Value::Object(line));
}

/// An event of the program's own.
pub fn event(level: &str, name: &str, more: &[(&str, Value)]) {
    let first = ("event".to_owned(), Value::from(name));
    let more = more.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    write(level, std::iter::once(first).chain(more).collect());
}

/// A call that was answered.
pub fn call(event: &LogEvent) {
    let level = if event.status >= 500 { "error" } else { "info" };
    if let Ok(Value::Object(members)) = serde_json::to_value(event) {
        write(level, members);
    }
}

/// Says where the program has panicked. What it says may have parts of a request.
pub fn panics() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(|at| format!("{}:{}", at.file(), at.line()));
        event("error", "panic", &[("at", json!(at))]);
    }));
}
