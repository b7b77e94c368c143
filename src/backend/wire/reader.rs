//! Reading a JSON object field by field: a wrong shape is an error that names its field.

use std::{cell::Cell, rc::Rc};

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

/// A JSON object being read. Unknown members are tolerated. The first field that is wrong is kept, and reading goes on with nothing in
/// its place; [`Reader::checked`] has the last word. Thus readers of whole answers have no branches for what is wrong, which would be
/// most of their weight in a browser.
pub(crate) struct Reader {
    value: Box<dyn JsonValue>,
    wrong: Rc<Cell<Option<WireError>>>,
}

/// What stands in the place of an object that is not there.
struct Nothing;

impl JsonValue for Nothing {
    fn is_null(&self) -> bool {
        true
    }
    fn text(&self) -> Option<String> {
        None
    }
    fn number(&self) -> Option<f64> {
        None
    }
    fn boolean(&self) -> Option<bool> {
        None
    }
    fn items(&self) -> Option<Vec<Box<dyn JsonValue>>> {
        None
    }
    fn member(&self, _name: &str) -> Option<Box<dyn JsonValue>> {
        None
    }
    fn names(&self) -> Option<Vec<String>> {
        None
    }
    fn to_json(&self) -> String {
        String::new()
    }
}

impl Reader {
    pub(crate) fn new(value: Box<dyn JsonValue>) -> Self {
        Self {
            value,
            wrong: Rc::default(),
        }
    }

    /// What was read, if nothing was wrong with it.
    pub(crate) fn checked<T>(&self, read: T) -> Result<T, WireError> {
        self.wrong.get().map_or(Ok(read), Err)
    }

    /// Something is wrong with a field.
    pub(crate) fn wrong(&self, field: &'static str, problem: WireProblem) {
        if self.wrong.get().is_none() {
            self.wrong.set(Some(WireError { field, problem }));
        }
    }

    fn typed<T>(&self, field: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.wrong(field, WireProblem::WrongType);
        }
        value
    }

    /// A member that is there and not `null`.
    pub(crate) fn member(&self, field: &'static str) -> Option<Box<dyn JsonValue>> {
        self.value.member(field).filter(|value| !value.is_null())
    }

    fn required(&self, field: &'static str) -> Box<dyn JsonValue> {
        self.member(field).unwrap_or_else(|| {
            self.wrong(field, WireProblem::Missing);
            Box::new(Nothing)
        })
    }

    fn short(&self, field: &'static str, value: &dyn JsonValue, most: usize) -> Option<String> {
        let text = self.typed(field, value.text())?;
        if text.len() > most {
            self.wrong(field, WireProblem::TooLong);
            return None;
        }
        Some(text)
    }

    pub(crate) fn text(&self, field: &'static str) -> String {
        let value = self.required(field);
        self.short(field, &*value, TEXT).unwrap_or_default()
    }

    pub(crate) fn address(&self, field: &'static str) -> String {
        let value = self.required(field);
        self.short(field, &*value, ADDRESS).unwrap_or_default()
    }

    /// A text that means nothing when it is empty, so that empty is missing.
    pub(crate) fn id(&self, field: &'static str) -> String {
        let text = self.text(field);
        if text.is_empty() {
            self.wrong(field, WireProblem::Missing);
        }
        text
    }

    /// A scope token (RFC 6749 section 3.3). Anything else could look like another scope.
    pub(crate) fn scope_token(&self, field: &'static str) -> String {
        let token = self.id(field);
        let plain = |b| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
        if !token.bytes().all(plain) {
            self.wrong(field, WireProblem::Unknown);
        }
        token
    }

    pub(crate) fn optional_text(&self, field: &'static str) -> Option<String> {
        let value = self.member(field)?;
        self.short(field, &*value, TEXT)
    }

    /// A list of texts, empty where there is none.
    pub(crate) fn texts(&self, field: &'static str) -> Vec<String> {
        let Some(value) = self.member(field) else {
            return Vec::new();
        };
        let items = self.typed(field, value.items()).unwrap_or_default();
        if items.len() > ITEMS {
            self.wrong(field, WireProblem::TooLong);
        }
        let mut texts = Vec::new();
        for item in items.into_iter().take(ITEMS) {
            texts.extend(self.short(field, &*item, TEXT));
        }
        texts
    }

    /// The members of this name in other languages, as in `name#de`: the language, and the text.
    pub(crate) fn translated(&self, field: &'static str) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        let names = self.value.names().unwrap_or_default();
        for name in names.into_iter().take(ITEMS) {
            let language = name.strip_prefix(field).and_then(|it| it.strip_prefix('#'));
            let value = self.value.member(&name).filter(|value| !value.is_null());
            if let (Some(language), Some(value)) = (language, value) {
                let text = self.short(field, &*value, TEXT);
                texts.extend(text.map(|text| (language.to_owned(), text)));
            }
        }
        texts
    }

    pub(crate) fn number(&self, field: &'static str) -> f64 {
        let value = self.required(field);
        self.typed(field, value.number()).unwrap_or_default()
    }

    /// A moment in whole seconds since the Unix epoch (`NumericDate`, RFC 7519 section 2).
    pub(crate) fn seconds(&self, field: &'static str) -> i64 {
        // A float beyond the range becomes the range's end, which serves as well for "never".
        self.number(field) as i64
    }

    pub(crate) fn boolean(&self, field: &'static str) -> bool {
        let value = self.required(field);
        self.typed(field, value.boolean()).unwrap_or_default()
    }

    pub(crate) fn optional_boolean(&self, field: &'static str) -> bool {
        let value = self.member(field);
        value
            .and_then(|value| self.typed(field, value.boolean()))
            .unwrap_or_default()
    }

    fn within(&self, field: &'static str, value: Box<dyn JsonValue>) -> Self {
        self.typed(field, value.names());
        Self {
            value,
            wrong: Rc::clone(&self.wrong),
        }
    }

    pub(crate) fn object(&self, field: &'static str) -> Self {
        self.within(field, self.required(field))
    }

    pub(crate) fn optional_object(&self, field: &'static str) -> Option<Self> {
        Some(self.within(field, self.member(field)?))
    }

    /// A list of objects, empty where there is none.
    pub(crate) fn optional_list(&self, field: &'static str) -> Vec<Self> {
        self.member(field)
            .map(|value| self.objects(field, &*value))
            .unwrap_or_default()
    }

    /// A list of objects.
    pub(crate) fn list(&self, field: &'static str) -> Vec<Self> {
        let value = self.required(field);
        self.objects(field, &*value)
    }

    fn objects(&self, field: &'static str, value: &dyn JsonValue) -> Vec<Self> {
        let items = self.typed(field, value.items()).unwrap_or_default();
        if items.len() > ITEMS {
            self.wrong(field, WireProblem::TooLong);
            return Vec::new();
        }
        let mut objects = Vec::with_capacity(items.len());
        for item in items {
            objects.push(self.within(field, item));
        }
        objects
    }

    /// A list of objects, each read.
    pub(crate) fn each<T>(&self, field: &'static str, read: fn(&Self) -> T) -> Vec<T> {
        let mut all = Vec::new();
        for item in self.list(field) {
            all.push(read(&item));
        }
        all
    }

    /// One of the API's words.
    pub(crate) fn word<T: Copy>(
        &self,
        field: &'static str,
        words: &[(&str, T)],
        otherwise: T,
    ) -> T {
        let text = self.text(field);
        let known = words.iter().find(|(word, _)| *word == text);
        if known.is_none() {
            self.wrong(field, WireProblem::Unknown);
        }
        known.map_or(otherwise, |(_, value)| *value)
    }

    /// The whole value.
    pub(crate) fn value(&self) -> &dyn JsonValue {
        &*self.value
    }
}
