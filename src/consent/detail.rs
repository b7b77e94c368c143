//! Authorization details (RFC 9396).

use crate::{
    platform::{Json, JsonValue},
    strings::{concat, decimal, join},
};

/// One authorization detail (RFC 9396 section 2). The card shows all of it, and the decision
/// returns it unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationDetail {
    /// `type`.
    pub kind: String,
    /// The other members, one line each. The name of a nested member is its path. An object of an
    /// `amount` and a `currency` and nothing else is one line: `45.00 EUR`.
    pub members: Vec<(String, String)>,
    /// For each member the items of its list, or nothing if it is no list.
    pub(crate) lists: Vec<Vec<String>>,
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

    /// Whether it is a payment (Berlin Group NextGenPSD2, RFC 9396 section 2).
    pub(crate) fn is_payment(&self) -> bool {
        self.kind == "payment_initiation"
    }

    pub(crate) fn of(kind: String, value: &dyn JsonValue) -> Self {
        let (members, lists) = (Vec::new(), Vec::new());
        let mut all = Self { kind, members, lists, json: value.to_json() };
        let names = value.names().unwrap_or_default();
        for name in names.into_iter().filter(|name| name != "type") {
            if let Some(member) = value.member(&name) {
                lines(name, &*member, MAX_DEPTH, &mut all);
            }
        }
        all
    }
}

/// The deepest nesting that is shown as lines. A deeper member is shown as JSON.
const MAX_DEPTH: u32 = 8;

/// The amount and the currency of an object that has both as texts.
fn money(value: &dyn JsonValue) -> Option<String> {
    let amount = value.member("amount")?.text()?;
    Some(amount + " " + &value.member("currency")?.text()?)
}

/// Adds a member as lines: one line for money or a list of plain values, else one for each named
/// member, or for each list item, numbered from 1.
fn lines(name: String, value: &dyn JsonValue, depth: u32, all: &mut AuthorizationDetail) {
    let (mut line, mut list, mut members) = (None, Vec::new(), Vec::new());
    if let Some(items) = value.items() {
        let is_plain = |item: &dyn JsonValue| item.names().is_none() && item.items().is_none();
        if !items.is_empty() && items.iter().all(|item| is_plain(&**item)) {
            list = items.iter().map(|item| plain(&**item)).collect();
            line = Some(join(&list, ", "));
        }
        for item in items {
            members.push((decimal(members.len() as u32 + 1), item));
        }
    } else {
        for name in value.names().unwrap_or_default() {
            if let Some(member) = value.member(&name) {
                members.push((name, member));
            }
        }
        if members.len() == 2 {
            line = money(value);
        }
    }
    if line.is_some() || depth == 0 || members.is_empty() {
        all.members.push((name, line.unwrap_or_else(|| plain(value))));
        all.lists.push(list);
        return;
    }
    for (member, value) in members {
        lines(concat(&[&name, ".", &member]), &*value, depth - 1, all);
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
