//! The clock.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::window;

/// Milliseconds since the Unix epoch.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// A timer that is cleared when it is dropped. Its promise is settled then, too: what waits for a promise is freed only when that
/// settles.
#[derive(Default)]
struct Clearing {
    timer: Option<i32>,
    resolve: Option<Function>,
}

impl Drop for Clearing {
    fn drop(&mut self) {
        if let (Some(id), Some(window)) = (self.timer, window()) {
            window.clear_timeout_with_handle(id);
        }
        if let Some(resolve) = &self.resolve {
            // A promise's own functions never throw.
            let _ = resolve.call0(&JsValue::NULL);
        }
    }
}

/// Waits so many milliseconds.
pub(crate) async fn wait(milliseconds: u32) {
    let mut clearing = Clearing::default();
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve, _| {
        let timer = window().and_then(|window| {
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
                .ok()
        });
        clearing.timer = timer;
        clearing.resolve = Some(resolve);
    });
    // A timeout never rejects.
    let _ = JsFuture::from(promise).await;
    drop(clearing);
}
