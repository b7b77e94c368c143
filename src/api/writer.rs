//! Writes JSON. Requests have only a few fields, so a serializer would be too large.

use crate::strings::{concat, join};

/// A JSON object that is being written.
///
/// ```
/// use countersign::api::writer::Object;
///
/// let json = Object::new().text("name", "\"A\"").optional("email", None).end();
/// assert_eq!(json, r#"{"name":"\"A\""}"#);
/// ```
#[derive(Debug, Default)]
pub struct Object(String);

impl Object {
    /// An object without members.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a string.
    #[must_use]
    pub fn text(self, name: &str, value: &str) -> Self {
        let value = quoted(value);
        self.raw(name, &value)
    }

    /// Adds a string, if there is one.
    #[must_use]
    pub fn optional(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// Adds a value that is JSON already.
    #[must_use]
    pub fn raw(mut self, name: &str, json: &str) -> Self {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push_str(&quoted(name));
        self.0.push(':');
        self.0.push_str(json);
        self
    }

    /// The JSON text.
    #[must_use]
    pub fn end(mut self) -> String {
        self.0.push_str(if self.0.is_empty() { "{}" } else { "}" });
        self.0
    }
}

/// A JSON array of JSON values.
#[must_use]
pub fn array(items: &[String]) -> String {
    concat(&["[", &join(items, ","), "]"])
}

/// A JSON string (RFC 8259 section 7).
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\u{0}'..='\u{1f}' => {
                quoted.push_str(if c < '\u{10}' { "\\u000" } else { "\\u001" });
                quoted.extend(char::from_digit(u32::from(c) % 16, 16));
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_reader_reads_every_string_back_unchanged() {
        for text in ["", "a\"b\\c", "\u{0}\n\r\t\u{1f}", "é€😀", "</script>"] {
            let read = serde_json::from_str::<String>(&quoted(text)).ok();
            assert_eq!(read.as_deref(), Some(text));
        }
    }

    #[test]
    fn an_object_without_members_is_empty() {
        assert_eq!(Object::new().end(), "{}");
    }
}
