//! Calls through the element: `fetch`, or the methods of a backend of the page's own. Those receive
//! the bodies of the countersign API, and the same readers read what they return.

use std::{cell::Cell, future::Future, pin::Pin};

use countersign_web::countersign::{
    api::{HttpRequest, HttpResponse, Transport},
    backend::TransportError,
};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::bridge::Bridge;

/// [`Transport`] in JavaScript.
pub(crate) struct BridgeTransport {
    bridge: Bridge,
    calls: Cell<u32>,
}

impl BridgeTransport {
    pub(crate) fn new(bridge: Bridge) -> Self {
        Self { bridge, calls: Cell::new(0) }
    }
}

/// Aborts a call when it is dropped. After the response this does nothing.
struct AbortOnDrop(Bridge, u32);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // An error in JavaScript is reported there.
        let _ = self.0.give_up(self.1);
    }
}

impl Transport for BridgeTransport {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>>>> {
        let number = self.calls.get();
        self.calls.set(number.wrapping_add(1));
        let bridge = self.bridge.clone();
        Box::pin(async move {
            exchange(bridge, number, request).await.ok_or(TransportError::Unreachable)
        })
    }
}

async fn exchange(bridge: Bridge, number: u32, request: HttpRequest) -> Option<HttpResponse> {
    let headers = Array::new();
    for (name, value) in &request.headers {
        headers.push(&JsValue::from_str(name));
        headers.push(&JsValue::from_str(value));
    }
    let response =
        bridge.call(number, request.method.as_str(), &request.url, headers, request.body);
    let abort = AbortOnDrop(bridge, number);
    let response: Array = JsFuture::from(response.ok()?).await.ok()?.dyn_into().ok()?;
    drop(abort);
    Some(HttpResponse {
        // JavaScript has checked the range. Status 0 is no response.
        status: response.get(0).as_f64().filter(|status| *status > 0.0)? as u16,
        body: response.get(1).as_string()?,
        content_type: response.get(2).as_string().unwrap_or_default(),
        request_id: response.get(3).as_string(),
        retry_after: response.get(4).as_string(),
    })
}
