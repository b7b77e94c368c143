//! The page that the adapter runs on, in a browser.

use std::rc::Rc;

use countersign::{
    Realm,
    backend::Backend,
    strings::{split, split_once},
};
use countersign_web::{Browser, Fetch, random_hex};
use js_sys::{Array, Date, Intl::DateTimeFormat, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::window;

use crate::{StytchBackend, StytchOptions, StytchPlatform, telemetry};

pub(crate) fn backend(realm: Realm, options: StytchOptions) -> Rc<dyn Backend> {
    Rc::new(StytchBackend::new(
        realm,
        options,
        Rc::new(Fetch),
        Rc::new(Browser),
        Rc::new(StytchBrowser),
    ))
}

/// [`StytchPlatform`] in a browser.
#[derive(Debug, Clone, Copy, Default)]
pub struct StytchBrowser;

#[wasm_bindgen]
extern "C" {
    /// The document's cookies, at its prototype: an element of the page that is named `cookie`
    /// hides them on the document itself.
    #[wasm_bindgen(js_name = Document)]
    type Cookies;
    #[wasm_bindgen(method, final, getter, catch, js_class = "Document")]
    fn cookie(this: &Cookies) -> Result<String, JsValue>;
    #[wasm_bindgen(method, final, setter, catch, js_class = "Document")]
    fn set_cookie(this: &Cookies, cookie: &str) -> Result<(), JsValue>;
}

fn document() -> Option<Cookies> {
    Some(window()?.document()?.unchecked_into())
}

fn date(time: &str) -> Option<Date> {
    let date = Date::new(&JsValue::from_str(time));
    (!date.get_time().is_nan()).then_some(date)
}

impl StytchPlatform for StytchBrowser {
    fn cookie(&self, name: &str) -> Option<String> {
        let cookies = document()?.cookie().ok()?;
        let mut pairs = split(&cookies, b';').filter_map(|pair| split_once(pair, b'='));
        let (_, value) = pairs.find(|(other, _)| other.trim_ascii_start() == name)?;
        js_sys::decode_uri_component(value).ok().map(String::from)
    }

    fn set_cookie(&self, cookie: &str) {
        if let Some(document) = document() {
            // If the browser refuses cookies, the backend keeps the session in memory.
            let _ = document.set_cookie(cookie);
        }
    }

    fn origin(&self) -> String {
        let origin = window().and_then(|window| window.location().origin().ok());
        origin.unwrap_or_default()
    }

    fn hostname(&self) -> String {
        let hostname = window().and_then(|window| window.location().hostname().ok());
        hostname.unwrap_or_default()
    }

    fn base64(&self, text: &str) -> String {
        let encoded = window().and_then(|window| window.btoa(text).ok());
        encoded.unwrap_or_default()
    }

    fn encode(&self, text: &str) -> String {
        js_sys::encode_uri_component(text).into()
    }

    fn milliseconds(&self, time: &str) -> Option<f64> {
        date(time).map(|date| date.get_time())
    }

    fn http_date(&self, time: &str) -> Option<String> {
        date(time).map(|date| date.to_utc_string().into())
    }

    fn telemetry(&self) -> String {
        let now = String::from(Date::new_0().to_iso_string());
        let options = DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
        let zone = Reflect::get(&options, &"timeZone".into()).ok();
        let zone = zone.and_then(|zone| zone.as_string()).unwrap_or_default();
        let identifiers = [random_hex(), random_hex(), random_hex()];
        telemetry(&self.hostname(), &now, &zone, identifiers.each_ref().map(String::as_str))
    }
}
