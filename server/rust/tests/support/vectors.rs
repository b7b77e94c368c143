//! The vectors that both kits read.

use std::{fs, path::Path};

use serde_json::Value;

/// A file of `tests/vectors/server`.
pub fn vectors(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/server");
    let text = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The entries of a list, of which there is at least one.
pub fn entries<'a>(vectors: &'a Value, name: &str) -> &'a [Value] {
    let list = vectors[name].as_array().unwrap();
    assert!(!list.is_empty(), "{name} is empty");
    list
}
