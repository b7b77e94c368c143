//! Calls, carried out by the element: `fetch`, or the methods of a backend of the page's own, which get the bodies of the countersign API and
//! whose answers are read by the same readers.

use std::{cell::Cell, future::Future, pin::Pin};

use countersign_leptos::countersign::{
    api::{HttpRequest, HttpResponse, Transport},
    backend::TransportError,
};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::host::Host;

/// Calls outside.
pub(crate) struct Outside {
    host: Host,
    calls: Cell<u32>,
}

impl Outside {
    pub(crate) fn new(host: Host) -> Self {
        Self {
            host,
            calls: Cell::new(0),
        }
    }
}

/// Gives its call up when it is dropped; after the answer, that does nothing.
struct GivingUp(Host, u32);

impl Drop for GivingUp {
    fn drop(&mut self) {
        // What goes wrong outside is the outside's to tell.
        let _ = self.0.give_up(self.1);
    }
}

impl Transport for Outside {
    fn send(
        &self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>>>> {
        let number = self.calls.get();
        self.calls.set(number.wrapping_add(1));
        let host = self.host.clone();
        Box::pin(async move {
            exchange(host, number, request)
                .await
                .ok_or(TransportError::Unreachable)
        })
    }
}

async fn exchange(host: Host, number: u32, request: HttpRequest) -> Option<HttpResponse> {
    let headers = Array::new();
    for (name, value) in &request.headers {
        headers.push(&JsValue::from_str(name));
        headers.push(&JsValue::from_str(value));
    }
    let answer = host.call(
        number,
        request.method.as_str(),
        &request.url,
        headers,
        request.body,
    );
    let giving_up = GivingUp(host, number);
    let answer: Array = JsFuture::from(answer.ok()?).await.ok()?.dyn_into().ok()?;
    drop(giving_up);
    Some(HttpResponse {
        // In range: the other side has checked it. No status is no answer.
        status: answer.get(0).as_f64().filter(|status| *status > 0.0)? as u16,
        body: answer.get(1).as_string()?,
        content_type: answer.get(2).as_string().unwrap_or_default(),
        request_id: answer.get(3).as_string(),
        retry_after: answer.get(4).as_string(),
    })
}
