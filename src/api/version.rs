//! Versions of the API on a server.

use serde::Serialize;
use serde_json::{Value, json};

use crate::protocol::RequestId;

/// A version of the API that a page reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Version {
    /// The one before: `remember` is a boolean, and there is neither `post` nor `unsupported`.
    V1,
    /// The current one.
    V2,
}

impl Version {
    /// The version that a page reads, by the header `Accept` of its call. A page of a later version
    /// reads the current one as well.
    ///
    /// ```
    /// use countersign::api::server::Version;
    ///
    /// assert_eq!(Version::of("application/json;v=2"), Version::V2);
    /// assert_eq!(Version::of("*/*"), Version::V1);
    /// ```
    #[must_use]
    pub fn of(accept: &str) -> Self {
        let ranges = accept.split(',').map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let is_json =
                parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
            let versions = parts.filter_map(|part| part.split_once('='));
            let mut versions = versions.filter(|(name, _)| name.trim().eq_ignore_ascii_case("v"));
            let version =
                versions.next().and_then(|(_, it)| it.trim().trim_matches('"').parse().ok());
            if is_json { version.unwrap_or(1) } else { 1_u32 }
        });
        if ranges.max() >= Some(2) { Self::V2 } else { Self::V1 }
    }

    /// Writes an outcome for a page of this version. What version 1 has no outcome for is an error,
    /// with the identifier of the call. A server that has a page to post a form from can answer with
    /// its address instead of `post`.
    ///
    /// # Errors
    /// If the outcome has an unsafe address.
    pub fn write(
        self,
        outcome: &impl Serialize,
        request_id: &RequestId,
    ) -> serde_json::Result<String> {
        let mut answer = serde_json::to_value(outcome)?;
        if self == Self::V1 {
            to_first(&mut answer, request_id);
        }
        serde_json::to_string(&answer)
    }
}

fn to_first(answer: &mut Value, request_id: &RequestId) {
    match answer.get("outcome").and_then(Value::as_str) {
        Some("consent") => {
            // What is remembered in any case has no box.
            answer["remember"] = (answer["remember"] == "choice").into();
        }
        Some("post" | "unsupported") => {
            *answer =
                json!({ "outcome": "error", "error": "unsupported", "request_id": request_id });
        }
        _ => (),
    }
}
