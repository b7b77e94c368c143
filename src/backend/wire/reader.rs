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
pub(crate) struct Reader(Box<dyn JsonValue>);

impl Reader {
    pub(crate) const fn new(value: Box<dyn JsonValue>) -> Self {
        Self(value)
    }

    /// A member that is there and not `null`.
    pub(crate) fn member(&self, field: &'static str) -> Option<Box<dyn JsonValue>> {
        self.0.member(field).filter(|value| !value.is_null())
    }

    fn required(&self, field: &'static str) -> Read<Box<dyn JsonValue>> {
        self.member(field).ok_or(WireError {
            field,
            problem: WireProblem::Missing,
        })
    }

    pub(crate) fn text(&self, field: &'static str) -> Read<String> {
        text(field, &*self.required(field)?, TEXT)
    }

    pub(crate) fn address(&self, field: &'static str) -> Read<String> {
        text(field, &*self.required(field)?, ADDRESS)
    }

    /// A text that means nothing when it is empty, so that empty is missing.
    pub(crate) fn id(&self, field: &'static str) -> Read<String> {
        let text = self.text(field)?;
        if text.is_empty() {
            return Err(WireError {
                field,
                problem: WireProblem::Missing,
            });
        }
        Ok(text)
    }

    /// A scope token (RFC 6749 section 3.3). Anything else could look like another scope.
    pub(crate) fn scope_token(&self, field: &'static str) -> Read<String> {
        let token = self.id(field)?;
        let plain = |b| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
        if token.bytes().all(plain) {
            Ok(token)
        } else {
            Err(WireError {
                field,
                problem: WireProblem::Unknown,
            })
        }
    }

    pub(crate) fn optional_text(&self, field: &'static str) -> Read<Option<String>> {
        self.member(field)
            .map(|value| text(field, &*value, TEXT))
            .transpose()
    }

    pub(crate) fn number(&self, field: &'static str) -> Read<f64> {
        typed(field, self.required(field)?.number())
    }

    /// A moment in whole seconds since the Unix epoch (`NumericDate`, RFC 7519 section 2).
    pub(crate) fn seconds(&self, field: &'static str) -> Read<i64> {
        // A float beyond the range becomes the range's end, which serves as well for "never".
        self.number(field).map(|seconds| seconds as i64)
    }

    pub(crate) fn boolean(&self, field: &'static str) -> Read<bool> {
        typed(field, self.required(field)?.boolean())
    }

    pub(crate) fn optional_boolean(&self, field: &'static str) -> Read<bool> {
        self.member(field)
            .map_or(Ok(false), |value| typed(field, value.boolean()))
    }

    pub(crate) fn object(&self, field: &'static str) -> Read<Self> {
        self.optional_object(field)?.ok_or(WireError {
            field,
            problem: WireProblem::Missing,
        })
    }

    pub(crate) fn optional_object(&self, field: &'static str) -> Read<Option<Self>> {
        self.member(field)
            .map(|value| object(field, value))
            .transpose()
    }

    /// A list of objects, empty where there is none.
    pub(crate) fn optional_list(&self, field: &'static str) -> Read<Vec<Self>> {
        match self.member(field) {
            Some(_) => self.list(field),
            None => Ok(Vec::new()),
        }
    }

    /// A list of objects.
    pub(crate) fn list(&self, field: &'static str) -> Read<Vec<Self>> {
        let items = typed(field, self.required(field)?.items())?;
        if items.len() > ITEMS {
            return Err(WireError {
                field,
                problem: WireProblem::TooLong,
            });
        }
        let mut objects = Vec::with_capacity(items.len());
        for item in items {
            objects.push(object(field, item)?);
        }
        Ok(objects)
    }

    /// A list of objects, each read. A loop, since collecting results is compiled anew, and at length, for every type.
    pub(crate) fn each<T>(&self, field: &'static str, read: fn(&Self) -> Read<T>) -> Read<Vec<T>> {
        let mut all = Vec::new();
        for item in self.list(field)? {
            all.push(read(&item)?);
        }
        Ok(all)
    }

    /// One of the API's words.
    pub(crate) fn word<T: Copy>(&self, field: &'static str, words: &[(&str, T)]) -> Read<T> {
        let text = self.text(field)?;
        let known = words.iter().find(|(word, _)| *word == text);
        known.map(|(_, value)| *value).ok_or(WireError {
            field,
            problem: WireProblem::Unknown,
        })
    }

    /// The whole value.
    pub(crate) fn value(&self) -> &dyn JsonValue {
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
