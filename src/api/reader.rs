//! Reads a JSON object field by field. A wrong value is an error that names its field.

use std::{cell::Cell, fmt, rc::Rc};

use crate::{
    backend::{WireError, WireProblem},
    platform::JsonValue,
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
/// use countersign::{api::reader::Reader, platform::{Json, native::Native}};
///
/// let reader = Reader::new(Native.parse(r#"{"name": "Printer"}"#).ok_or("no JSON")?);
/// assert_eq!(reader.checked(reader.text("name")), Ok("Printer".to_owned()));
///
/// let number = reader.number("size");
/// let error = reader.checked(number).map_err(|error| error.to_string());
/// assert_eq!(error, Err("size: missing".to_owned()));
/// # Ok::<(), &str>(())
/// ```
pub struct Reader {
    value: Box<dyn JsonValue>,
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

impl Reader {
    /// Reads a JSON object.
    #[must_use]
    pub fn new(value: Box<dyn JsonValue>) -> Self {
        Self { value, error: Rc::default() }
    }

    /// Returns `read`, if every field so far was correct.
    ///
    /// # Errors
    /// The first error.
    pub fn checked<T>(&self, read: T) -> Result<T, WireError> {
        self.error.get().map_or(Ok(read), Err)
    }

    /// Reports an error in a field.
    pub fn reject(&self, field: &'static str, problem: WireProblem) {
        if self.error.get().is_none() {
            self.error.set(Some(WireError { field, problem }));
        }
    }

    fn typed<T>(&self, field: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.reject(field, WireProblem::WrongType);
        }
        value
    }

    /// A member, unless it is absent or `null`.
    #[must_use]
    pub fn member(&self, field: &'static str) -> Option<Box<dyn JsonValue>> {
        self.value.member(field).filter(|value| !value.is_null())
    }

    fn required(&self, field: &'static str) -> Box<dyn JsonValue> {
        self.member(field).unwrap_or_else(|| {
            self.reject(field, WireProblem::Missing);
            Box::new(Nothing)
        })
    }

    fn string(&self, field: &'static str, value: &dyn JsonValue, limit: usize) -> Option<String> {
        let text = self.typed(field, value.text())?;
        if text.len() > limit {
            self.reject(field, WireProblem::TooLong);
            return None;
        }
        Some(text)
    }

    /// A string of at most 8 KiB.
    #[must_use]
    pub fn text(&self, field: &'static str) -> String {
        let value = self.required(field);
        self.string(field, &*value, TEXT).unwrap_or_default()
    }

    /// A string of at most 64 KiB.
    #[must_use]
    pub fn address(&self, field: &'static str) -> String {
        let value = self.required(field);
        self.string(field, &*value, ADDRESS).unwrap_or_default()
    }

    /// A string that must not be empty.
    #[must_use]
    pub fn id(&self, field: &'static str) -> String {
        let text = self.text(field);
        if text.is_empty() {
            self.reject(field, WireProblem::Missing);
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
            self.reject(field, WireProblem::Unknown);
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
        let items = self.typed(field, value.items()).unwrap_or_default();
        if items.len() > ITEMS {
            self.reject(field, WireProblem::TooLong);
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
            self.reject(field, WireProblem::TooLong);
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
        let value = self.required(field);
        self.typed(field, value.number()).unwrap_or_default()
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
        let value = self.required(field);
        self.typed(field, value.boolean()).unwrap_or_default()
    }

    /// A boolean; `false` if it is absent.
    #[must_use]
    pub fn optional_boolean(&self, field: &'static str) -> bool {
        let value = self.member(field);
        value.and_then(|value| self.typed(field, value.boolean())).unwrap_or_default()
    }

    fn within(&self, field: &'static str, value: Box<dyn JsonValue>) -> Self {
        self.typed(field, value.names());
        Self { value, error: Rc::clone(&self.error) }
    }

    /// An object.
    #[must_use]
    pub fn object(&self, field: &'static str) -> Self {
        self.within(field, self.required(field))
    }

    /// An object, if there is one.
    #[must_use]
    pub fn optional_object(&self, field: &'static str) -> Option<Self> {
        Some(self.within(field, self.member(field)?))
    }

    /// A list of objects; empty if it is absent.
    #[must_use]
    pub fn optional_list(&self, field: &'static str) -> Vec<Self> {
        self.member(field).map(|value| self.objects(field, &*value)).unwrap_or_default()
    }

    /// A list of objects.
    #[must_use]
    pub fn list(&self, field: &'static str) -> Vec<Self> {
        let value = self.required(field);
        self.objects(field, &*value)
    }

    fn objects(&self, field: &'static str, value: &dyn JsonValue) -> Vec<Self> {
        let items = self.typed(field, value.items()).unwrap_or_default();
        if items.len() > ITEMS {
            self.reject(field, WireProblem::TooLong);
            return Vec::new();
        }
        let mut objects = Vec::with_capacity(items.len());
        for item in items {
            objects.push(self.within(field, item));
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

    /// One of several strings, mapped to its value. Any other string is an error, with `fallback`
    /// as its value.
    #[must_use]
    pub fn one_of<T: Copy>(&self, field: &'static str, values: &[(&str, T)], fallback: T) -> T {
        let text = self.text(field);
        let known = values.iter().find(|(name, _)| *name == text);
        if known.is_none() {
            self.reject(field, WireProblem::Unknown);
        }
        known.map_or(fallback, |(_, value)| *value)
    }

    /// The whole value.
    #[must_use]
    pub fn value(&self) -> &dyn JsonValue {
        &*self.value
    }
}
