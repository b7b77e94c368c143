//! Reads a JSON object field by field. A wrong value is an error that names its field.

use std::{cell::Cell, fmt, rc::Rc};

use crate::{
    backend::{FieldPath, Mismatch, WireError, WireProblem},
    platform::JsonValue,
    strings::split,
};

/// The longest string of a response, in bytes.
const TEXT: usize = 8 * 1024;
/// The longest address, in bytes. An address carries the client's own address and its `state`,
/// which may be as long as a request.
const ADDRESS: usize = 64 * 1024;
/// The longest list of a response.
const ITEMS: usize = 500;

/// A JSON object that is being read. Unknown members are ignored.
///
/// The reader keeps the first error and continues with an empty value; [`Reader::checked`] returns
/// the error at the end. So a function that reads a whole response has no branches for errors: in a
/// browser, these branches would be most of its size.
///
/// ```
/// use countersign::{
///     api::reader::Reader,
///     backend::WireProblem,
///     platform::{Json, native::Native},
/// };
///
/// let reader = Reader::new(Native.parse(r#"{"name": "Printer"}"#).ok_or("no JSON")?);
/// assert_eq!(reader.checked(reader.text("name")), Ok("Printer".to_owned()));
///
/// let number = reader.number("size");
/// let error = reader.checked(number).map_err(|error| (error.path.text(), error.problem));
/// assert_eq!(error, Err(("size".to_owned(), WireProblem::Missing)));
/// # Ok::<(), &str>(())
/// ```
pub struct Reader {
    value: Box<dyn JsonValue>,
    /// The member that the object is, or is in, and its place if that is a list.
    parent: &'static str,
    index: Option<u16>,
    error: Rc<Cell<Option<WireError>>>,
}

/// `Debug` hides the value, since a response may carry tokens.
impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("error", &self.error).finish_non_exhaustive()
    }
}

/// The value of a required object that is missing.
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

/// The type of a value for developers, never the value: it may be a secret.
fn kind(value: &dyn JsonValue) -> &'static str {
    if !cfg!(any(debug_assertions, feature = "debug")) {
        return "";
    }
    match value.to_json().bytes().next() {
        None | Some(b'n') => "null",
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b't' | b'f') => "a boolean",
        _ => "a number",
    }
}

impl Reader {
    /// Reads a JSON object.
    #[must_use]
    pub fn new(value: Box<dyn JsonValue>) -> Self {
        Self { value, parent: "", index: None, error: Rc::default() }
    }

    /// Returns `read`, if every field so far was correct.
    ///
    /// # Errors
    /// The first error.
    pub fn checked<T>(&self, read: T) -> Result<T, WireError> {
        self.error.get().map_or(Ok(read), Err)
    }

    /// Reports an error in a field: what the API has there, and what the response has.
    pub fn reject(
        &self,
        field: &'static str,
        problem: WireProblem,
        expected: &'static str,
        got: &'static str,
    ) {
        if self.error.get().is_none() {
            let path = FieldPath { parent: self.parent, index: self.index, field };
            let mismatch = Mismatch::new(expected, got);
            self.error.set(Some(WireError { path, problem, mismatch }));
        }
    }

    fn typed<T>(
        &self,
        field: &'static str,
        value: &dyn JsonValue,
        read: Option<T>,
        expected: &'static str,
    ) -> Option<T> {
        if read.is_none() {
            self.mismatch(field, value, expected);
        }
        read
    }

    /// Reports a value of another type.
    fn mismatch(&self, field: &'static str, value: &dyn JsonValue, expected: &'static str) {
        self.reject(field, WireProblem::WrongType, expected, kind(value));
    }

    /// A member, unless it is absent or `null`.
    #[must_use]
    pub fn member(&self, field: &'static str) -> Option<Box<dyn JsonValue>> {
        self.value.member(field).filter(|value| !value.is_null())
    }

    fn required(&self, field: &'static str, expected: &'static str) -> Box<dyn JsonValue> {
        self.member(field).unwrap_or_else(|| {
            self.reject(field, WireProblem::Missing, expected, "nothing");
            Box::new(Nothing)
        })
    }

    fn string(&self, field: &'static str, value: &dyn JsonValue, limit: usize) -> Option<String> {
        let text = self.typed(field, value, value.text(), "a string")?;
        if text.len() > limit {
            self.too_long(field);
            return None;
        }
        Some(text)
    }

    fn too_long(&self, field: &'static str) {
        self.reject(field, WireProblem::TooLong, "less", "too much");
    }

    /// A string of at most 8 KiB.
    #[must_use]
    pub fn text(&self, field: &'static str) -> String {
        let value = self.required(field, "a string");
        self.string(field, &*value, TEXT).unwrap_or_default()
    }

    /// A string of at most 64 KiB.
    #[must_use]
    pub fn address(&self, field: &'static str) -> String {
        let value = self.required(field, "a string");
        self.string(field, &*value, ADDRESS).unwrap_or_default()
    }

    /// A string that must not be empty.
    #[must_use]
    pub fn id(&self, field: &'static str) -> String {
        let text = self.text(field);
        if text.is_empty() {
            self.reject(field, WireProblem::Missing, "a string", "an empty one");
        }
        text
    }

    /// A scope token (RFC 6749 section 3.3). Other characters could make it look like another
    /// scope.
    #[must_use]
    pub fn scope_token(&self, field: &'static str) -> String {
        let token = self.id(field);
        let is_allowed = |byte| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
        if !token.bytes().all(is_allowed) {
            self.reject(field, WireProblem::Unknown, "a scope", "other characters");
        }
        token
    }

    /// A string of at most 8 KiB, if there is one.
    #[must_use]
    pub fn optional_text(&self, field: &'static str) -> Option<String> {
        let value = self.member(field)?;
        self.string(field, &*value, TEXT)
    }

    /// A list of strings; empty if it is absent.
    #[must_use]
    pub fn texts(&self, field: &'static str) -> Vec<String> {
        let Some(value) = self.member(field) else {
            return Vec::new();
        };
        let items = self.typed(field, &*value, value.items(), "a list").unwrap_or_default();
        if items.len() > ITEMS {
            self.too_long(field);
        }
        let mut texts = Vec::new();
        for item in items.into_iter().take(ITEMS) {
            texts.extend(self.string(field, &*item, TEXT));
        }
        texts
    }

    /// The translations of a string: members like `name#de`, each as its language and its string.
    #[must_use]
    pub fn translated(&self, field: &'static str) -> Vec<(String, String)> {
        self.named(field, field, "#")
    }

    /// The members of an object, each as its name and its string.
    #[must_use]
    pub fn fields(&self, field: &'static str) -> Vec<(String, String)> {
        self.object(field).named(field, "", "")
    }

    /// The strings whose names begin with both, by the rest of their names.
    fn named(&self, field: &'static str, name: &str, mark: &str) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        let names = self.value.names().unwrap_or_default();
        if names.len() > ITEMS {
            self.too_long(field);
        }
        for whole in names {
            let rest = whole.strip_prefix(name).and_then(|rest| rest.strip_prefix(mark));
            let value = self.value.member(&whole).filter(|value| !value.is_null());
            if let (Some(rest), Some(value)) = (rest, value) {
                let text = self.string(field, &*value, TEXT);
                texts.extend(text.map(|text| (rest.to_owned(), text)));
            }
        }
        texts
    }

    /// A number.
    #[must_use]
    pub fn number(&self, field: &'static str) -> f64 {
        let value = self.required(field, "a number");
        self.typed(field, &*value, value.number(), "a number").unwrap_or_default()
    }

    /// A time in whole seconds since the Unix epoch (`NumericDate`, RFC 7519 section 2).
    #[must_use]
    pub fn seconds(&self, field: &'static str) -> i64 {
        // The conversion saturates, and the last second of the range works as "never".
        self.number(field) as i64
    }

    /// A boolean.
    #[must_use]
    pub fn boolean(&self, field: &'static str) -> bool {
        let value = self.required(field, "a boolean");
        self.truth(field, &*value)
    }

    fn truth(&self, field: &'static str, value: &dyn JsonValue) -> bool {
        self.typed(field, value, value.boolean(), "a boolean").unwrap_or_default()
    }

    /// A boolean; `false` if it is absent.
    #[must_use]
    pub fn optional_boolean(&self, field: &'static str) -> bool {
        self.member(field).is_some_and(|value| self.truth(field, &*value))
    }

    fn within(&self, parent: &'static str, index: Option<u16>, value: Box<dyn JsonValue>) -> Self {
        let within = Self { value, parent, index, error: Rc::clone(&self.error) };
        if within.value.names().is_none() {
            within.mismatch("", &*within.value, "an object");
        }
        within
    }

    /// An object.
    #[must_use]
    pub fn object(&self, field: &'static str) -> Self {
        self.within(field, None, self.required(field, "an object"))
    }

    /// An object, if there is one.
    #[must_use]
    pub fn optional_object(&self, field: &'static str) -> Option<Self> {
        Some(self.within(field, None, self.member(field)?))
    }

    /// A list of objects; empty if it is absent.
    #[must_use]
    pub fn optional_list(&self, field: &'static str) -> Vec<Self> {
        self.member(field).map(|value| self.objects(field, &*value)).unwrap_or_default()
    }

    /// A list of objects.
    #[must_use]
    pub fn list(&self, field: &'static str) -> Vec<Self> {
        let value = self.required(field, "a list");
        self.objects(field, &*value)
    }

    fn objects(&self, field: &'static str, value: &dyn JsonValue) -> Vec<Self> {
        let items = self.typed(field, value, value.items(), "a list").unwrap_or_default();
        if items.len() > ITEMS {
            self.too_long(field);
            return Vec::new();
        }
        let mut objects = Vec::with_capacity(items.len());
        for item in items {
            objects.push(self.within(field, Some(objects.len() as u16), item));
        }
        objects
    }

    /// Reads a list of objects.
    #[must_use]
    pub fn each<T>(&self, field: &'static str, read: fn(&Self) -> T) -> Vec<T> {
        let mut all = Vec::new();
        for item in self.list(field) {
            all.push(read(&item));
        }
        all
    }

    /// One of several strings, mapped to its value: `names` has them in the order of the values,
    /// separated by `|`. Any other string is an error, with `fallback` as its value.
    #[must_use]
    pub fn one_of<T: Copy>(
        &self,
        field: &'static str,
        names: &'static str,
        values: &[T],
        fallback: T,
    ) -> T {
        self.index_of(field, names).and_then(|index| values.get(index)).copied().unwrap_or(fallback)
    }

    /// The place of a string in a list of names.
    fn index_of(&self, field: &'static str, names: &'static str) -> Option<usize> {
        let text = self.text(field);
        let index = split(names, b'|').position(|name| name == text);
        if index.is_none() {
            self.reject(field, WireProblem::Unknown, names, "another string");
        }
        index
    }

    /// The whole value.
    #[must_use]
    pub fn value(&self) -> &dyn JsonValue {
        &*self.value
    }
}
