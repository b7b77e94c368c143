//! The native platform, on the same tables as the browser's.

use countersign::platform::native::Native;

use crate::testing::tables;

#[test]
fn scripts_are_told_as_the_table_says() {
    tables::scripts(&Native);
}

#[test]
fn every_language_counts_as_the_table_says() {
    tables::plurals(&Native);
}

#[test]
fn every_language_lists_as_the_table_says() {
    tables::lists(&Native, false);
}

#[test]
fn patterns_replace_as_the_table_says() {
    tables::replacements(&Native);
}
