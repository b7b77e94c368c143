//! The clock.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::window;

/// Milliseconds since the Unix epoch.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// Clears a timer and resolves its promise when it is dropped. A promise that never settles would
/// keep its waiting task in memory.
#[derive(Default)]
struct ClearOnDrop {
    timer: Option<i32>,
    resolve: Option<Function>,
}

impl Drop for ClearOnDrop {
    fn drop(&mut self) {
        if let (Some(id), Some(window)) = (self.timer, window()) {
            window.clear_timeout_with_handle(id);
        }
        if let Some(resolve) = &self.resolve {
            // The function that resolves a promise never throws.
            let _ = resolve.call0(&JsValue::NULL);
        }
    }
}

/// Waits for this many milliseconds.
pub(crate) async fn wait(milliseconds: u32) {
    let mut clear = ClearOnDrop::default();
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve, _| {
        let timer = window().and_then(|window| {
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
                .ok()
        });
        clear.timer = timer;
        clear.resolve = Some(resolve);
    });
    // A timeout never rejects.
    let _ = JsFuture::from(promise).await;
    drop(clear);
}
