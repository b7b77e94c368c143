//! The network, by the browser's `fetch`.
//!
//! Whatever `fetch` throws or rejects with, an `Error` or not, is a failed call and never a panic.

use std::{future::Future, pin::Pin};

use countersign::{
    api::{HttpRequest, HttpResponse, Transport},
    backend::TransportError,
};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
    window,
};

use super::bare;

/// [`Transport`] by the browser's `fetch`. It sends cookies and follows no redirect. Dropping a call
/// aborts it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fetch;

impl Transport for Fetch {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>>>> {
        send(None, request)
    }
}

/// [`Transport`] by a function of the page in the place of `fetch`, with the same parameters and
/// result. It can answer the widget's first call with a response that is under way since before the
/// WebAssembly was loaded (`docs/preload.md`).
#[derive(Debug, Clone)]
pub struct FetchBy(Function);

impl FetchBy {
    /// Calls this function.
    #[must_use]
    pub const fn new(fetch: Function) -> Self {
        Self(fetch)
    }
}

impl Transport for FetchBy {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>>>> {
        send(Some(self.0.clone()), request)
    }
}

fn send(
    by: Option<Function>,
    request: HttpRequest,
) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>>>> {
    Box::pin(async move { exchange(by, &request).await.ok_or(TransportError::Unreachable) })
}

/// `None` if it throws or rejects. Without a function of its own it calls the window's.
async fn fetch(by: Option<Function>, url: &str, init: &JsValue) -> Option<Response> {
    let window = window()?;
    let fetch = match by {
        Some(fetch) => fetch,
        None => Reflect::get(&window, &"fetch".into()).ok()?.dyn_into().ok()?,
    };
    let sent = fetch.call2(&window, &JsValue::from_str(url), init).ok()?;
    let response = JsFuture::from(Promise::resolve(&sent)).await;
    response.ok()?.dyn_into().ok()
}

/// The text of a static file. `None` if it cannot be loaded.
pub(crate) async fn text(url: String) -> Option<String> {
    let response = fetch(None, &url, &JsValue::UNDEFINED).await?;
    let read = response.text().ok().filter(|_| response.ok())?;
    JsFuture::from(read).await.ok()?.as_string()
}

/// Aborts a call when it is dropped. After the response this does nothing.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn exchange(by: Option<Function>, request: &HttpRequest) -> Option<HttpResponse> {
    let abort = AbortOnDrop(AbortController::new().ok()?);
    let init: RequestInit = bare().unchecked_into();
    init.set_method(request.method.as_str());
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers(request)?);
    init.set_credentials(RequestCredentials::Include);
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&abort.0.signal()));

    let response = fetch(by, &request.url, &init).await?;
    let header = |name| response.headers().get(name).ok().flatten();
    Some(HttpResponse {
        // A redirect is not followed, and the browser hides its status.
        status: match response.status() {
            0 => 302,
            status => status,
        },
        content_type: header("content-type").unwrap_or_default(),
        retry_after: header("retry-after"),
        request_id: header("x-request-id"),
        body: JsFuture::from(response.text().ok()?).await.ok()?.as_string()?,
    })
}

fn headers(request: &HttpRequest) -> Option<JsValue> {
    let headers = bare();
    let json = ("Content-Type", "application/json".to_owned());
    for (name, value) in std::iter::once(&json).chain(&request.headers) {
        Reflect::set(&headers, &JsValue::from_str(name), &JsValue::from_str(value)).ok()?;
    }
    Some(headers.into())
}
