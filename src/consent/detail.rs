//! Authorization details (RFC 9396).

use crate::platform::{Json, JsonValue};

/// One authorization detail (RFC 9396 section 2). The card shows all of it, and the decision
/// returns it unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationDetail {
    /// `type`.
    pub kind: String,
    /// The other members, one line each. The name of a nested member is its path. An object of an
    /// `amount` and a `currency` and nothing else is one line: `45.00 EUR`.
    pub members: Vec<(String, String)>,
    /// The whole object as JSON.
    pub json: String,
}

impl AuthorizationDetail {
    /// Parses JSON. `None` if it is not an object with a `type`.
    ///
    /// ```
    /// use countersign::{consent::AuthorizationDetail, platform::native::Native};
    ///
    /// let json = r#"{"type": "payment", "to": {"name": "Ada"}}"#;
    /// let payment = AuthorizationDetail::parse(json, &Native).ok_or("no detail")?;
    /// assert_eq!(payment.kind, "payment");
    /// assert_eq!(payment.members, [("to.name".to_owned(), "Ada".to_owned())]);
    /// # Ok::<(), &str>(())
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
                lines(name, &*member, MAX_DEPTH, &mut members);
            }
        }
        Self { kind, members, json: value.to_json() }
    }
}

/// The deepest nesting that is shown as lines. A deeper member is shown as JSON.
const MAX_DEPTH: u32 = 8;

/// The content of a member.
enum Content {
    /// Money, or a list of plain values, shown in one line.
    List(String),
    /// Named members, or list items numbered from 1.
    Members(Vec<(String, Box<dyn JsonValue>)>),
}

fn content(value: &dyn JsonValue) -> Content {
    let Some(items) = value.items() else {
        let names = value.names().unwrap_or_default();
        if let (2, Some(money)) = (names.len(), money(value)) {
            return Content::List(money);
        }
        let names = names.into_iter();
        let members = names.filter_map(|name| value.member(&name).map(|member| (name, member)));
        return Content::Members(members.collect());
    };
    let is_plain = |item: &dyn JsonValue| item.names().is_none() && item.items().is_none();
    if !items.is_empty() && items.iter().all(|item| is_plain(&**item)) {
        let items: Vec<String> = items.iter().map(|item| plain(&**item)).collect();
        return Content::List(items.join(", "));
    }
    let numbers = (1..).map(|number: u32| number.to_string());
    Content::Members(numbers.zip(items).collect())
}

/// The amount and the currency of an object that has both as texts.
fn money(value: &dyn JsonValue) -> Option<String> {
    let amount = value.member("amount")?.text()?;
    Some(amount + " " + &value.member("currency")?.text()?)
}

/// Adds a member as lines.
fn lines(name: String, value: &dyn JsonValue, depth: u32, all: &mut Vec<(String, String)>) {
    match content(value) {
        Content::List(list) => all.push((name, list)),
        Content::Members(members) if depth > 0 && !members.is_empty() => {
            for (member, value) in members {
                lines(format!("{name}.{member}"), &*value, depth - 1, all);
            }
        }
        Content::Members(_) => all.push((name, plain(value))),
    }
}

fn plain(value: &dyn JsonValue) -> String {
    // A text in quotation marks is none of the two values that are words.
    let text = value.text().filter(|text| text != "true" && text != "false");
    text.unwrap_or_else(|| value.to_json())
}

/// A host's description of an authorization detail. The card also shows the whole detail below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuthorizationDetailDescription {
    /// The title.
    pub title: String,
    /// The lines: a label, which may be empty, and a value.
    pub lines: Vec<(String, String)>,
}
