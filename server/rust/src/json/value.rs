//! A JSON value that keeps the order of members, and is written as JavaScript writes it: both kits
//! compare hashes of what they write.

use std::fmt::{self, Write as _};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

/// Below it, every integer is a number of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A JSON value whose members are in the order of its text.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number, as JavaScript has it.
    Number(f64),
    /// A string.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A string, or `null`.
    #[must_use]
    pub fn optional(text: Option<&str>) -> Self {
        text.map_or(Self::Null, Self::from)
    }

    /// The text of a string.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The members of an object.
    #[must_use]
    pub fn members(&self) -> Option<&[(String, Json)]> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// A member of an object.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Json> {
        self.members()?.iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// Whether two values are equal, whatever the order of their members.
    #[must_use]
    pub fn is_equal(&self, other: &Json) -> bool {
        match (self, other) {
            (Self::List(one), Self::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.is_equal(b))
            }
            (Self::Object(one), Self::Object(all)) => {
                let has = |(name, value): &(String, Json)| {
                    other.member(name).is_some_and(|found| value.is_equal(found))
                };
                one.len() == all.len() && one.iter().all(has)
            }
            _ => self == other,
        }
    }

    /// The text, as `JSON.stringify` writes it.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = String::new();
        self.write_to(&mut text);
        text
    }

    fn write_to(&self, to: &mut String) {
        match self {
            Self::Null => to.push_str("null"),
            Self::Boolean(value) => to.push_str(if *value { "true" } else { "false" }),
            Self::Number(number) => write_number(*number, to),
            Self::Text(text) => write_text(text, to),
            Self::List(items) => {
                to.push('[');
                for (index, item) in items.iter().enumerate() {
                    to.push_str(if index == 0 { "" } else { "," });
                    item.write_to(to);
                }
                to.push(']');
            }
            Self::Object(members) => write_members(members, to),
        }
    }
}

/// A name that JavaScript takes for the index of an array.
fn index_of(name: &str) -> Option<u32> {
    let index = name.parse::<u32>().ok().filter(|index| *index != u32::MAX)?;
    (index.to_string() == name).then_some(index)
}

/// JavaScript has members that look like indexes first, in their order.
fn write_members(members: &[(String, Json)], to: &mut String) {
    let mut sorted = members.iter().collect::<Vec<_>>();
    sorted.sort_by_key(|(name, _)| index_of(name).map_or(u64::MAX, u64::from));
    to.push('{');
    for (index, (name, value)) in sorted.into_iter().enumerate() {
        to.push_str(if index == 0 { "" } else { "," });
        write_text(name, to);
        to.push(':');
        value.write_to(to);
    }
    to.push('}');
}

fn write_text(text: &str, to: &mut String) {
    to.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => to.extend(['\\', c]),
            '\u{8}' => to.push_str("\\b"),
            '\t' => to.push_str("\\t"),
            '\n' => to.push_str("\\n"),
            '\u{c}' => to.push_str("\\f"),
            '\r' => to.push_str("\\r"),
            // Writing to a string cannot fail.
            '\0'..='\u{1f}' => _ = write!(to, "\\u{:04x}", u32::from(c)),
            _ => to.push(c),
        }
    }
    to.push('"');
}

/// Writes a number as ECMA-262 does (`Number::toString`).
fn write_number(number: f64, to: &mut String) {
    let text = format!("{number:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent = exponent.parse::<i32>().unwrap_or_default();
    if number == 0.0 {
        to.push('0');
    } else if (-6..21).contains(&exponent) {
        // Without an exponent, Rust writes the same digits.
        _ = write!(to, "{number}");
    } else {
        let sign = if exponent > 0 { "+" } else { "" };
        _ = write!(to, "{mantissa}e{sign}{exponent}");
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Boolean(*value),
            Value::Number(number) => Self::Number(number.as_f64().unwrap_or_default()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members.iter().map(|(name, value)| (name.clone(), Self::from(value))).collect(),
            ),
        }
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Boolean(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }
    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::from(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = from.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = from.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Boolean(value) => to.serialize_bool(*value),
            Self::Number(number) if number.fract() == 0.0 && number.abs() < EXACT => {
                to.serialize_i64(*number as i64)
            }
            Self::Number(number) => to.serialize_f64(*number),
            Self::Text(text) => to.serialize_str(text),
            Self::List(items) => to.collect_seq(items),
            Self::Object(members) => {
                to.collect_map(members.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}
