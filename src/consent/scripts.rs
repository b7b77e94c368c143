//! Names that mix scripts and may imitate other names.

use crate::{
    platform::Platform,
    strings::{concat, join},
};

/// The scripts of living languages (Unicode Standard Annex 31, table 5), by their short names.
const SCRIPTS: [&str; 29] = [
    "Latn", "Arab", "Armn", "Beng", "Bopo", "Cyrl", "Deva", "Ethi", "Geor", "Grek", "Gujr", "Guru",
    "Hang", "Hani", "Hebr", "Hira", "Kana", "Khmr", "Knda", "Laoo", "Mlym", "Mymr", "Orya", "Sinh",
    "Taml", "Telu", "Thaa", "Thai", "Tibt",
];

/// The combinations of scripts that languages use ("highly restrictive", Unicode Technical Standard
/// 39 section 5.2).
const MIXTURES: [&[&str]; 3] =
    [&["Latn", "Hani", "Hira", "Kana"], &["Latn", "Hani", "Bopo"], &["Latn", "Hani", "Hang"]];

/// Whether a name mixes scripts that no language combines, or uses a script of no living language.
///
/// ```
/// use countersign::{consent::mixes_scripts, platform::native::Native};
///
/// assert!(!mixes_scripts("Café 東京 2000", &Native));
/// assert!(mixes_scripts("Pаypal", &Native)); // The second letter is Cyrillic.
/// ```
#[must_use]
pub fn mixes_scripts(name: &str, platform: &dyn Platform) -> bool {
    if name.is_ascii() {
        return false;
    }
    let alone = SCRIPTS.iter().map(std::slice::from_ref);
    let sets = MIXTURES.into_iter().chain(alone).map(|set| {
        // Characters that all scripts share, such as digits and spaces, belong to every set.
        let scripts = set.iter().chain(&["Zyyy", "Zinh"]);
        let scripts = scripts.map(|name| concat(&["\\p{scx=", name, "}"]));
        concat(&["[", &scripts.collect::<String>(), "]*"])
    });
    let sets: Vec<String> = sets.collect();
    !platform.replace(name, &concat(&["^()(?:", &join(&sets, "|"), ")$"]), "$1").is_empty()
}
