//! A cleaned text has nothing that changes how others look, and cleaning it again changes nothing.

#![no_main]

use std::sync::LazyLock;

use countersign::{consent::DisplayText, platform::native::Native};
use libfuzzer_sys::fuzz_target;
use regress::Regex;

static HIDDEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::with_flags(r"[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]|  |^ | $", "u").unwrap()
});
static TOWER: LazyLock<Regex> =
    LazyLock::new(|| Regex::with_flags(r"[\p{Mn}\p{Me}]{5}|(?:^| )\p{M}", "u").unwrap());
static BADGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::with_flags(r"[✓✔✅☑\u{1f5f8}🔒🛡®™⭐★]|\p{Co}", "u").unwrap());

fn is_sound(text: &str) {
    assert!(HIDDEN.find(text).is_none(), "{text:?}");
}

fuzz_target!(|text: &str| {
    let name = DisplayText::name(text, &Native);
    let line = DisplayText::line(text, &Native);
    let verified = DisplayText::verified_name(text, &Native);
    let whole = DisplayText::whole(text, &Native);
    for shown in [&name, &line, &verified, &whole] {
        is_sound(shown.as_str());
        assert!(TOWER.find(shown.as_str()).is_none(), "{shown:?}");
        let _ = shown.initial(&Native);
    }
    assert!(BADGE.find(name.as_str()).is_none(), "{name:?}");
    assert!(name.as_str().chars().count() <= 81 && line.as_str().chars().count() <= 201);
    assert_eq!(DisplayText::whole(whole.as_str(), &Native), whole);

    let own = DisplayText::own(text, &Native);
    is_sound(own.as_str());
    assert_eq!(DisplayText::own(own.as_str(), &Native), own);
    assert!(DisplayText::own_name(text, &Native).as_str().chars().count() <= 201);
});
