//! The browser's own tables, on the vectors of the native ones.

use countersign_web::Browser;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::testing::tables;

#[wasm_bindgen_test]
fn scripts_are_told_as_the_table_says() {
    tables::scripts(&Browser);
}

#[wasm_bindgen_test]
fn every_language_counts_as_the_table_says() {
    tables::plurals(&Browser);
}

#[wasm_bindgen_test]
fn every_language_lists_as_the_table_says() {
    tables::lists(&Browser, true);
}

#[wasm_bindgen_test]
fn patterns_replace_as_the_table_says() {
    tables::replacements(&Browser);
}
