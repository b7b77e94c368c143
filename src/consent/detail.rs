//! What is asked in detail (RFC 9396).

use crate::platform::{Json, JsonValue};

/// One rich authorization request (RFC 9396 section 2). All of it is shown; what is sent back is what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationDetail {
    /// `type`.
    pub kind: String,
    /// Its other members, a line each; what is nested is named by its way there.
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
    /// assert_eq!(payment.members, [("to.name".to_owned(), "Ada".to_owned())]);
    /// ```
    #[must_use]
    pub fn parse(text: &str, json: &dyn Json) -> Option<Self> {
        let value = json.parse(text)?;
        let kind = value.member("type")?.text()?;
        Some(Self::of(kind, &*value))
    }

    pub(crate) fn of(kind: String, value: &dyn JsonValue) -> Self {
        let mut members = Vec::new();
        let names = value.names().unwrap_or_default();
        for name in names.into_iter().filter(|name| name != "type") {
            if let Some(member) = value.member(&name) {
                lines(name, &*member, DEEP, &mut members);
            }
        }
        Self {
            kind,
            members,
            json: value.to_json(),
        }
    }
}

/// Deeper than this, a member is shown as JSON.
const DEEP: u32 = 8;

/// What a member is made of.
enum Inside {
    /// Plain values, in one line.
    List(String),
    /// Members with names, or numbered from 1.
    Members(Vec<(String, Box<dyn JsonValue>)>),
}

fn inside(value: &dyn JsonValue) -> Inside {
    let Some(items) = value.items() else {
        let names = value.names().unwrap_or_default().into_iter();
        let members = names.filter_map(|name| value.member(&name).map(|it| (name, it)));
        return Inside::Members(members.collect());
    };
    let is_plain = |it: &dyn JsonValue| it.names().is_none() && it.items().is_none();
    if !items.is_empty() && items.iter().all(|it| is_plain(&**it)) {
        let items: Vec<String> = items.iter().map(|it| plain(&**it)).collect();
        return Inside::List(items.join(", "));
    }
    let numbers = (1..).map(|number: u32| number.to_string());
    Inside::Members(numbers.zip(items).collect())
}

/// A member as lines.
fn lines(name: String, value: &dyn JsonValue, deep: u32, all: &mut Vec<(String, String)>) {
    match inside(value) {
        Inside::List(list) => all.push((name, list)),
        Inside::Members(members) if deep > 0 && !members.is_empty() => {
            for (member, value) in members {
                lines(format!("{name}.{member}"), &*value, deep - 1, all);
            }
        }
        Inside::Members(_) => all.push((name, plain(value))),
    }
}

fn plain(value: &dyn JsonValue) -> String {
    value.text().unwrap_or_else(|| value.to_json())
}

/// A host's own words for one detail. All of the detail is shown below them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuthorizationDetailDescription {
    /// What it is about.
    pub title: String,
    /// What is asked, a line each: a label, which may be empty, and what it says.
    pub lines: Vec<(String, String)>,
}
