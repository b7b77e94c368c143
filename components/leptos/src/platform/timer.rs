//! The clock.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::window;

/// Milliseconds since the Unix epoch.
pub(crate) fn now() -> f64 {
    js_sys::Date::now()
}

/// A timer that is cleared when it is dropped.
struct Clearing(Option<i32>);

impl Drop for Clearing {
    fn drop(&mut self) {
        if let (Some(id), Some(window)) = (self.0, window()) {
            window.clear_timeout_with_handle(id);
        }
    }
}

/// Waits so many milliseconds.
pub(crate) async fn wait(milliseconds: u32) {
    let mut clearing = Clearing(None);
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve, _| {
        let timer = window().and_then(|window| {
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
                .ok()
        });
        clearing.0 = timer;
    });
    // A timeout never rejects.
    let _ = JsFuture::from(promise).await;
    drop(clearing);
}
