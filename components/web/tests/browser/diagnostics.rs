//! What developers read in the console, in a build for development.

use std::{cell::RefCell, rc::Rc};

use countersign::backend::{
    BackendError, BackendFault, FieldPath, Mismatch, TransportError, WireError, WireProblem,
    memory::{Answer, MemoryBackend},
};
use js_sys::Reflect;
use wasm_bindgen::{JsValue, closure::Closure};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{page::Widget, widget::options};

/// Calls instead of `console.error`, as long as this lives.
struct Console {
    console: JsValue,
    real: JsValue,
    lines: Rc<RefCell<Vec<String>>>,
    _instead: Closure<dyn FnMut(JsValue)>,
}

impl Console {
    fn new() -> Self {
        let console = Reflect::get(&js_sys::global(), &"console".into()).unwrap();
        let real = Reflect::get(&console, &"error".into()).unwrap();
        let lines: Rc<RefCell<Vec<String>>> = Rc::default();
        let told = Rc::clone(&lines);
        let instead = Closure::<dyn FnMut(JsValue)>::new(move |line: JsValue| {
            told.borrow_mut().push(line.as_string().unwrap());
        });
        Reflect::set(&console, &"error".into(), instead.as_ref()).unwrap();
        Self { console, real, lines, _instead: instead }
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        Reflect::set(&self.console, &"error".into(), &self.real).unwrap();
    }
}

async fn told(failure: BackendError) -> String {
    let console = Console::new();
    let widget = Widget::of(options(MemoryBackend::default().then(Answer::With(Err(failure)))));
    widget.reaches("failed").await;
    let lines = console.lines.borrow().clone();
    let [line] = &lines[..] else { panic!("one line: {lines:?}") };
    line.clone()
}

#[wasm_bindgen_test]
async fn a_failure_is_told_once_with_call_status_path_cause_and_page() {
    let wire = WireError {
        path: FieldPath { parent: "scopes", index: Some(1), field: "granted" },
        problem: WireProblem::WrongType,
        mismatch: Mismatch::new("a boolean", "a string"),
    };
    let line = told(BackendFault::from(wire).into()).await;
    for part in [
        "[countersign] answer_malformed: scopes[1].granted: of the wrong type (expected a boolean, got a string)",
        "authorize/start: 200",
        "Likely: The response is not what the API describes",
        "docs/errors.md#answer_malformed",
    ] {
        assert!(line.contains(part), "{part} in {line}");
    }
    let missing = BackendFault::Malformed(404).into();
    assert!(told(missing).await.contains("The API is not mounted at this path."));
    let line = told(BackendFault::from(TransportError::Unreachable).into()).await;
    assert!(line.contains("authorize/start: no status"), "{line}");
}

#[wasm_bindgen_test]
async fn what_a_server_says_is_told_without_what_may_be_a_secret() {
    let detail = "Origin https://app.example:5173 is not that of ada@example.com, state=s3cret, code \
        SplxlOBeZQQYbYS6WxSbIA at https://id.example/x?token=abc and 4f2a";
    let failure = BackendFault::CrossOriginCall;
    let line = told(BackendError { detail: Some(detail.into()), ..failure.into() }).await;
    assert!(line.contains("Origin https://app.example:5173 is not that of [redacted]"), "{line}");
    for secret in ["ada@", "s3cret", "Splxl", "token=", "4f2a"] {
        assert!(!line.contains(secret), "{secret} in {line}");
    }
}
