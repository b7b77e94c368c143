//! Results of the platform, native and in a browser: one table, with the known differences.

use std::collections::HashMap;

use countersign::{consent::mixes_scripts, messages::LANGUAGES, platform::Platform};

/// Names, and whether a name mixes scripts as no living language does.
const NAMES: &[(&str, bool)] = &[
    ("Photo Printer 2000", false),
    ("Café Zürich & Söhne", false),
    ("Κατάστημα", false),
    ("Фото-печать № 1", false),
    ("דפוס תמונות", false),
    ("طابعة الصور ٣", false),
    ("写真プリント はがき", false),
    ("フォトプリンター", false),
    ("Acme 株式会社 アクメ", false),
    ("Acme 사진 寫眞", false),
    ("Acme ㄅㄆㄇ 照片", false),
    ("फोटो प्रिंटर", false),
    ("ร้านภาพ", false),
    ("Ａｃｍｅ　Ｐｈｏｔｏ", false),
    ("Acme 📷", false),
    ("Acme™ ½ €", false),
    ("e\u{301}te\u{301}", false),
    ("Pаypal", true),
    ("Αpple", true),
    ("Gооgle", true),
    ("Acme фото", true),
    ("Acme דפוס", true),
    ("ひらがな 한글", true),
    ("ㄅㄆ カナ", true),
    ("Ꭺcme", true),
    ("ᏣᎳᎩ", true),
    ("𐌀𐌁", true),
];

/// The plural forms of 0, 1, 2, 3, 5, 11, 21, 100 and 1,000,000.
const NUMBERS: [u32; 9] = [0, 1, 2, 3, 5, 11, 21, 100, 1_000_000];
const PLURALS: &[(&str, &str)] = &[
    ("ar", "zero one two few few many many other other"),
    ("de", "other one other other other other other other other"),
    ("en", "other one other other other other other other other"),
    ("es", "other one other other other other other other many"),
    ("fr", "one one other other other other other other many"),
    ("he", "other one two other other other other other other"),
    ("it", "other one other other other other other other many"),
    ("ja", "other other other other other other other other other"),
    ("ko", "other other other other other other other other other"),
    ("nl", "other one other other other other other other other"),
    ("pl", "many one few few many many many many many"),
    ("pt-BR", "one one other other other other other other many"),
    ("zh-Hans", "other other other other other other other other other"),
    ("zh-Hant", "other other other other other other other other other"),
];

/// Lists of two and of three; one alone is itself.
const LISTS: &[(&str, [&str; 2])] = &[
    ("ar", ["A وB", "A وB وC"]),
    ("de", ["A und B", "A, B und C"]),
    ("en", ["A and B", "A, B, and C"]),
    ("es", ["A y B", "A, B y C"]),
    ("fr", ["A et B", "A, B et C"]),
    ("he", ["A ו\u{2011}B", "A, B ו\u{2011}C"]),
    ("it", ["A e B", "A, B e C"]),
    ("ja", ["A、B", "A、B、C"]),
    ("ko", ["A 및 B", "A, B 및 C"]),
    ("nl", ["A en B", "A, B en C"]),
    ("pl", ["A i B", "A, B i C"]),
    ("pt-BR", ["A e B", "A, B e C"]),
    ("zh-Hans", ["A和B", "A、B和C"]),
    ("zh-Hant", ["A和B", "A、B和C"]),
];

/// The known difference between the browser's tables (ICU) and ICU4X: a plain hyphen, at which a
/// line may break.
const LISTS_IN_A_BROWSER: &[(&str, [&str; 2])] = &[("he", ["A ו-B", "A, B ו-C"])];

/// Texts, patterns with what the core's own have, and what replaces them.
const REPLACEMENTS: &[(&str, &str, &str, &str)] = &[
    ("validUntil_now", "([a-z])(?=[A-Z])|[_.]", "$1 ", "valid Until now"),
    ("1.50 EUR", r"(?<=^\d+)()\.(?=\d+ [A-Z]{3}$)", ",", "1,50 EUR"),
    ("1.50 or 2.50 EUR", r"(?<=^\d+)()\.(?=\d+ [A-Z]{3}$)", ",", "1.50 or 2.50 EUR"),
    ("NO9386011117947", r"(?<=^[A-Z]{2}\d\d(?:.{4})*)()(?=.)", " ", "NO93 8601 1117 947"),
    ("NO938601", r"(?<=^[A-Z]{2}\d\d(?:.{4})*)()(?=.)", " ", "NO93 8601"),
    ("x", "(y)|x", "$1 ", " "),
];

pub fn replacements(platform: &dyn Platform) {
    for (text, pattern, by, result) in REPLACEMENTS {
        assert_eq!(platform.replace(text, pattern, by), *result, "{text}: {pattern}");
    }
}

pub fn scripts(platform: &dyn Platform) {
    for (name, mixed) in NAMES {
        assert_eq!(mixes_scripts(name, platform), *mixed, "{name}");
    }
}

pub fn plurals(platform: &dyn Platform) {
    let table: HashMap<_, _> = PLURALS.iter().copied().collect();
    assert_eq!(table.len(), LANGUAGES.len());
    for language in LANGUAGES {
        let forms = NUMBERS.map(|number| platform.plural(language, number));
        assert_eq!(forms.join(" "), table[language], "{language}");
    }
    // What is no tag at all is nobody's. (For a tag without tables, a browser takes its own language, and natively it is nobody's
    // as well: none such is ever asked for.)
    for none in ["", "not a language"] {
        assert_eq!(platform.plural(none, 1), "other", "{none}");
    }
}

pub fn lists(platform: &dyn Platform, in_a_browser: bool) {
    let mut table: HashMap<_, _> = LISTS.iter().copied().collect();
    assert_eq!(table.len(), LANGUAGES.len());
    if in_a_browser {
        table.extend(LISTS_IN_A_BROWSER.iter().copied());
    }
    for language in LANGUAGES {
        assert_eq!(platform.list(language, &[]), "", "{language}");
        assert_eq!(platform.list(language, &["A"]), "A", "{language}");
        let lists = [&["A", "B"] as &[&str], &["A", "B", "C"]];
        let lists = lists.map(|items| platform.list(language, items));
        assert_eq!(lists, table[language], "{language}");
    }
    assert_eq!(platform.list("", &["A", "B"]), "A, B");
}
