//! What is asked in detail (RFC 9396).

use crate::platform::{Json, JsonValue};

/// One rich authorization request (RFC 9396 section 2). All of it is shown; what is sent back is what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationDetail {
    /// `type`.
    pub kind: String,
    /// Its other members, a line each, nested ones as JSON.
    pub members: Vec<(String, String)>,
    /// The whole object as a JSON text.
    pub json: String,
}

impl AuthorizationDetail {
    /// Reads one from a JSON text. `None` where that is no object with a `type`.
    ///
    /// ```
    /// use countersign::{consent::AuthorizationDetail, platform::native::Native};
    ///
    /// let payment = AuthorizationDetail::parse(r#"{"type": "payment", "to": {"name": "Ada"}}"#, &Native).unwrap();
    /// assert_eq!(payment.kind, "payment");
    /// assert_eq!(payment.members, [("to".to_owned(), r#"{"name":"Ada"}"#.to_owned())]);
    /// ```
    #[must_use]
    pub fn parse(text: &str, json: &dyn Json) -> Option<Self> {
        let value = json.parse(text)?;
        let kind = value.member("type")?.text()?;
        Some(Self::of(kind, &*value))
    }

    pub(crate) fn of(kind: String, value: &dyn JsonValue) -> Self {
        let names = value.names().unwrap_or_default();
        let members = names.into_iter().filter(|name| name != "type");
        let members = members.filter_map(|name| {
            let member = value.member(&name)?;
            let shown = member.text().unwrap_or_else(|| member.to_json());
            Some((name, shown))
        });
        Self {
            kind,
            members: members.collect(),
            json: value.to_json(),
        }
    }
}

/// A host's own words for one detail. All of the detail is shown below them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DetailWords {
    /// What it is about.
    pub title: String,
    /// What is asked, a line each: a label, which may be empty, and what it says.
    pub lines: Vec<(String, String)>,
}
