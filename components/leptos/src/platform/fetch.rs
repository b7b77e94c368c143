//! The network: `fetch`, a few lines over web-sys.
//!
//! Whatever `fetch` throws or rejects with, an `Error` or not, is an error and never a panic.

use std::{future::Future, pin::Pin};

use countersign::{
    api::{HttpRequest, HttpResponse, Transport},
    backend::TransportError,
};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
    window,
};

/// [`Transport`] by the browser's `fetch`, cookies included, redirects refused. Dropping a call aborts it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fetch;

impl Transport for Fetch {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>>>> {
        Box::pin(async move { exchange(&request).await.ok_or(TransportError::Unreachable) })
    }
}

/// Whatever it throws or rejects with is no answer.
async fn fetch(url: &str, init: &JsValue) -> Option<Response> {
    let window = window()?;
    let fetch: Function = Reflect::get(&window, &"fetch".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let sent = fetch.call2(&window, &JsValue::from_str(url), init).ok()?;
    let answer = JsFuture::from(Promise::resolve(&sent)).await;
    answer.ok()?.dyn_into().ok()
}

/// A static file's text. `None` where it does not come.
pub(crate) async fn text(url: String) -> Option<String> {
    let response = fetch(&url, &JsValue::UNDEFINED).await?;
    let read = response.text().ok().filter(|_| response.ok())?;
    JsFuture::from(read).await.ok()?.as_string()
}

/// Aborts its call when it is dropped; after the answer, that does nothing.
struct Aborting(AbortController);

impl Drop for Aborting {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn exchange(request: &HttpRequest) -> Option<HttpResponse> {
    let aborting = Aborting(AbortController::new().ok()?);
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers(request)?);
    init.set_credentials(RequestCredentials::Include);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&aborting.0.signal()));

    let response = fetch(&request.url, &init).await?;
    let header = |name| response.headers().get(name).ok().flatten();
    Some(HttpResponse {
        status: response.status(),
        content_type: header("content-type").unwrap_or_default(),
        retry_after: header("retry-after"),
        request_id: header("x-request-id"),
        body: JsFuture::from(response.text().ok()?)
            .await
            .ok()?
            .as_string()?,
    })
}

fn headers(request: &HttpRequest) -> Option<JsValue> {
    let headers = Object::new();
    let json = ("Content-Type", "application/json".to_owned());
    for (name, value) in std::iter::once(&json).chain(&request.headers) {
        Reflect::set(
            &headers,
            &JsValue::from_str(name),
            &JsValue::from_str(value),
        )
        .ok()?;
    }
    Some(headers.into())
}
