//! Reading a JSON object field by field: a wrong shape is an error that names its field.

use thiserror::Error;

use crate::platform::JsonValue;

/// A field that is not what the API says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{field}: {problem}")]
pub struct WireError {
    /// The field's name in the API.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: WireProblem,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WireProblem {
    /// It has to be there.
    #[error("missing")]
    Missing,
    /// It is of another type.
    #[error("of the wrong type")]
    WrongType,
    /// Its value is none that the API knows.
    #[error("of an unknown value")]
    Unknown,
    /// It is longer than any true one.
    #[error("too long")]
    TooLong,
    /// The whole answer is not JSON.
    #[error("not JSON")]
    NotJson,
}

/// The longest text of an answer, in bytes.
const TEXT: usize = 8 * 1024;
/// The longest address, in bytes: it carries the client's own address and a `state` of any length that a request may have.
const ADDRESS: usize = 64 * 1024;
/// The longest list of an answer.
const ITEMS: usize = 500;

type Read<T> = Result<T, WireError>;

/// A JSON object being read. Unknown members are tolerated.
pub(super) struct Reader(Box<dyn JsonValue>);

impl Reader {
    pub(super) const fn new(value: Box<dyn JsonValue>) -> Self {
        Self(value)
    }

    /// A member that is there and not `null`.
    pub(super) fn member(&self, field: &'static str) -> Option<Box<dyn JsonValue>> {
        self.0.member(field).filter(|value| !value.is_null())
    }

    fn required(&self, field: &'static str) -> Read<Box<dyn JsonValue>> {
        self.member(field).ok_or(WireError {
            field,
            problem: WireProblem::Missing,
        })
    }

    pub(super) fn text(&self, field: &'static str) -> Read<String> {
        text(field, &*self.required(field)?, TEXT)
    }

    pub(super) fn address(&self, field: &'static str) -> Read<String> {
        text(field, &*self.required(field)?, ADDRESS)
    }

    /// A text that means nothing when it is empty, so that empty is missing.
    pub(super) fn id(&self, field: &'static str) -> Read<String> {
        let text = self.text(field)?;
        if text.is_empty() {
            return Err(WireError {
                field,
                problem: WireProblem::Missing,
            });
        }
        Ok(text)
    }

    pub(super) fn optional_text(&self, field: &'static str) -> Read<Option<String>> {
        self.member(field)
            .map(|value| text(field, &*value, TEXT))
            .transpose()
    }

    pub(super) fn number(&self, field: &'static str) -> Read<f64> {
        typed(field, self.required(field)?.number())
    }

    /// A moment in whole seconds since the Unix epoch (`NumericDate`, RFC 7519 section 2).
    pub(super) fn seconds(&self, field: &'static str) -> Read<i64> {
        // A float beyond the range becomes the range's end, which serves as well for "never".
        self.number(field).map(|seconds| seconds as i64)
    }

    pub(super) fn boolean(&self, field: &'static str) -> Read<bool> {
        typed(field, self.required(field)?.boolean())
    }

    pub(super) fn optional_boolean(&self, field: &'static str) -> Read<bool> {
        self.member(field)
            .map_or(Ok(false), |value| typed(field, value.boolean()))
    }

    pub(super) fn object(&self, field: &'static str) -> Read<Self> {
        self.optional_object(field)?.ok_or(WireError {
            field,
            problem: WireProblem::Missing,
        })
    }

    pub(super) fn optional_object(&self, field: &'static str) -> Read<Option<Self>> {
        self.member(field)
            .map(|value| object(field, value))
            .transpose()
    }

    /// A list of objects.
    pub(super) fn list(&self, field: &'static str) -> Read<Vec<Self>> {
        let items = typed(field, self.required(field)?.items())?;
        if items.len() > ITEMS {
            return Err(WireError {
                field,
                problem: WireProblem::TooLong,
            });
        }
        items.into_iter().map(|item| object(field, item)).collect()
    }

    /// One of the API's words.
    pub(super) fn word<T: Copy>(&self, field: &'static str, words: &[(&str, T)]) -> Read<T> {
        let text = self.text(field)?;
        let known = words.iter().find(|(word, _)| *word == text);
        known.map(|(_, value)| *value).ok_or(WireError {
            field,
            problem: WireProblem::Unknown,
        })
    }

    /// The whole value.
    pub(super) fn value(&self) -> &dyn JsonValue {
        &*self.0
    }
}

fn typed<T>(field: &'static str, value: Option<T>) -> Read<T> {
    value.ok_or(WireError {
        field,
        problem: WireProblem::WrongType,
    })
}

fn text(field: &'static str, value: &dyn JsonValue, most: usize) -> Read<String> {
    let text = typed(field, value.text())?;
    if text.len() > most {
        Err(WireError {
            field,
            problem: WireProblem::TooLong,
        })
    } else {
        Ok(text)
    }
}

fn object(field: &'static str, value: Box<dyn JsonValue>) -> Read<Reader> {
    typed(field, value.names())?;
    Ok(Reader(value))
}
