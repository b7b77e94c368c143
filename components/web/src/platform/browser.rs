//! URLs, JSON, patterns, graphemes, plurals and lists, by the browser's own parsers and tables.

use countersign::{
    platform::{Json, JsonValue, ParsedUrl, Platform},
    strings::join,
};
use js_sys::{Array, JSON, JsString, Object, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::Url;

#[wasm_bindgen]
extern "C" {
    /// Plural forms of a language (ECMA-402).
    type PluralRules;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(language: &str) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, number: u32) -> String;

    /// The graphemes of a text (ECMA-402).
    type Segmenter;
    type Segments;
    type Segment;
    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new() -> Segmenter;
    #[wasm_bindgen(method)]
    fn segment(this: &Segmenter, text: &str) -> Segments;
    #[wasm_bindgen(method)]
    fn containing(this: &Segments, index: u32) -> Option<Segment>;
    #[wasm_bindgen(method, getter)]
    fn segment(this: &Segment) -> String;

    /// Lists in a language (ECMA-402).
    type ListFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(language: &str) -> Result<ListFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &ListFormat, items: Array) -> String;
}

/// [`Platform`] and [`Json`] in a browser.
#[derive(Debug, Clone, Copy, Default)]
pub struct Browser;

fn resolve(text: &str, base: Option<&str>) -> Option<Url> {
    match base {
        Some(base) => Url::new_with_base(text, base).ok(),
        None => Url::new(text).ok(),
    }
}

impl Browser {
    /// A JavaScript value that is read like JSON.
    #[must_use]
    pub fn value(value: JsValue) -> Box<dyn JsonValue> {
        Box::new(Value(value))
    }
}

impl Platform for Browser {
    fn parse_url(&self, text: &str, base: Option<&str>) -> Option<ParsedUrl> {
        let url = resolve(text, base)?;
        let mut scheme = url.protocol();
        scheme.pop();
        Some(ParsedUrl {
            scheme,
            username: url.username(),
            password: url.password(),
            host: url.host(),
            hostname: url.hostname(),
            pathname: url.pathname(),
            search: url.search(),
        })
    }

    fn set_query(&self, url: &str, base: &str, parameters: &[(&str, &str)]) -> Option<String> {
        let url = resolve(url, Some(base))?;
        let query = url.search_params();
        for (name, value) in parameters {
            query.set(name, value);
        }
        Some(url.href())
    }

    fn replace(&self, text: &str, pattern: &str, by: &str) -> String {
        JsString::from(text).replace_by_pattern(&RegExp::new(pattern, "gu"), by).into()
    }

    fn fold(&self, text: &str) -> String {
        let text: String = JsString::from(text).normalize("NFKD").to_lower_case().into();
        self.replace(&text, r"()\p{M}", "")
    }

    fn grapheme(&self, text: &str) -> String {
        let segment = Segmenter::new().segment(text).containing(0);
        segment.map(|segment| segment.segment()).unwrap_or_default()
    }

    fn plural(&self, language: &str, number: u32) -> String {
        let rules = PluralRules::new(language);
        rules.map_or_else(|_| "other".to_owned(), |rules| rules.select(number))
    }

    fn list(&self, language: &str, items: &[&str]) -> String {
        match ListFormat::new(language) {
            Ok(list) => list.format(items.iter().map(|item| JsValue::from_str(item)).collect()),
            Err(_) => join(items, ", "),
        }
    }
}

impl Json for Browser {
    fn parse(&self, text: &str) -> Option<Box<dyn JsonValue>> {
        Some(Box::new(Value(JSON::parse(text).ok()?)))
    }
}

/// A JavaScript value that is read like JSON.
struct Value(JsValue);

impl Value {
    fn object(&self) -> Option<&Object> {
        self.0.dyn_ref::<Object>().filter(|_| !Array::is_array(&self.0))
    }
}

impl JsonValue for Value {
    fn is_null(&self) -> bool {
        self.0.is_null() || self.0.is_undefined()
    }

    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn boolean(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn items(&self) -> Option<Vec<Box<dyn JsonValue>>> {
        let items = self.0.dyn_ref::<Array>()?;
        Some(items.iter().map(|item| Box::new(Self(item)) as Box<dyn JsonValue>).collect())
    }

    fn member(&self, name: &str) -> Option<Box<dyn JsonValue>> {
        let (object, name) = (self.object()?, JsValue::from_str(name));
        // Members that every object inherits are not in the JSON text.
        if !Object::has_own(object, &name) {
            return None;
        }
        Some(Box::new(Self(Reflect::get(object, &name).ok()?)))
    }

    fn names(&self) -> Option<Vec<String>> {
        Some(Object::keys(self.object()?).iter().filter_map(|name| name.as_string()).collect())
    }

    fn to_json(&self) -> String {
        JSON::stringify(&self.0).map(String::from).unwrap_or_default()
    }
}
