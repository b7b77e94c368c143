//! Turns `messages/en.json` into the message keys and their English texts.
//!
//! The build fails where a key is not `snake_case`, a placeholder is not closed, or a language lacks a text, a value or a plural
//! form, so that no such text reaches a user.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=messages");
    println!("cargo:rerun-if-changed=build.rs");
    let english = file("en")?;
    let languages = languages()?;
    for language in &languages {
        check(language, &english)?;
    }

    let mut texts: Vec<(String, &String, &str)> = Vec::new();
    // What stands around the WebAssembly, and without it, is not its own.
    for (name, text) in english
        .iter()
        .filter(|(name, _)| !name.starts_with("shell_"))
    {
        let text = text.as_str().ok_or_else(|| format!("{name}: not a text"))?;
        if !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            return Err(format!("{name}: a key is lower case letters and underscores").into());
        }
        if text.matches('{').count() != text.matches('}').count() {
            return Err(format!("{name}: a placeholder is not closed").into());
        }
        if texts.iter().any(|(_, other, _)| hash(other) == hash(name)) {
            return Err(format!("{name}: its hash is another key's; rename it").into());
        }
        texts.push((variant(name), name, text));
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("keys.rs");
    let mut code = code(&texts)?;
    writeln!(
        code,
        "\n/// The languages there are, as language tags (BCP 47).\npub const LANGUAGES: &[&str] = &{languages:?};"
    )?;
    fs::write(out, code)?;
    Ok(())
}

type Texts = serde_json::Map<String, serde_json::Value>;

fn file(language: &str) -> Result<Texts, Box<dyn Error>> {
    let text = fs::read_to_string(format!("messages/{language}.json"))?;
    serde_json::from_str(&text).map_err(|error| format!("{language}: {error}").into())
}

fn languages() -> Result<Vec<String>, Box<dyn Error>> {
    let mut tags = Vec::new();
    for entry in fs::read_dir("messages")? {
        let name = entry?.file_name();
        let tag = name.to_str().and_then(|name| name.strip_suffix(".json"));
        tags.extend(tag.map(str::to_owned));
    }
    tags.sort();
    Ok(tags)
}

/// The plural forms of a language (Unicode CLDR). What a browser says of them is compared in `tests/rules`.
fn forms(language: &str) -> &'static [&'static str] {
    match language {
        "ja" | "ko" | "zh-Hans" | "zh-Hant" => &["other"],
        "fr" | "es" | "it" | "pt-BR" => &["one", "many", "other"],
        "pl" => &["one", "few", "many", "other"],
        "he" => &["one", "two", "other"],
        "ar" => &["zero", "one", "two", "few", "many", "other"],
        _ => &["one", "other"],
    }
}

/// What stands between the braces of a text.
fn values(text: &str) -> impl Iterator<Item = &str> {
    let rests = text.split('{').skip(1);
    rests.filter_map(|rest| rest.split_once('}').map(|(inside, _)| inside))
}

fn check(language: &str, english: &Texts) -> Result<(), Box<dyn Error>> {
    let texts = file(language)?;
    if let Some(name) = texts.keys().find(|name| !english.contains_key(*name)) {
        return Err(format!("{language}: {name}: there is no such text").into());
    }
    for (name, source) in english {
        let text = texts.get(name).and_then(serde_json::Value::as_str);
        let text = text.filter(|text| !text.trim().is_empty());
        let text = text.ok_or_else(|| format!("{language}: {name}: missing"))?;
        if text.matches('{').count() != text.matches('}').count() {
            return Err(format!("{language}: {name}: a placeholder is not closed").into());
        }
        let names = |text| {
            let mut names: Vec<&str> = values(text).filter_map(|it| it.split('|').next()).collect();
            names.sort_unstable();
            names.dedup();
            names.join(", ")
        };
        let (own, wanted) = (names(text), names(source.as_str().unwrap_or_default()));
        if own != wanted {
            return Err(format!("{language}: {name}: has the values {own}, not {wanted}").into());
        }
        for counted in values(text).filter(|it| it.contains('|')) {
            let found = counted
                .split('|')
                .skip(1)
                .filter_map(|it| it.split_once('='));
            let mut found: Vec<&str> = found.map(|(form, _)| form).collect();
            let mut wanted = forms(language).to_vec();
            found.sort_unstable();
            wanted.sort_unstable();
            if found != wanted {
                return Err(
                    format!("{language}: {name}: has the forms {found:?}, not {wanted:?}").into(),
                );
            }
        }
    }
    Ok(())
}

/// `snake_case` to `CamelCase`.
fn variant(name: &str) -> String {
    name.split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|c| c.to_ascii_uppercase());
            first.into_iter().chain(letters)
        })
        .collect()
}

fn code(texts: &[(String, &String, &str)]) -> Result<String, std::fmt::Error> {
    let mut code =
        String::from("/// A text shown to users, by the name it has in `messages/*.json`.\n");
    code.push_str(
        "#[derive(Debug, Clone, Copy, PartialEq, Eq)]\n#[non_exhaustive]\npub enum Key {\n",
    );
    for (variant, _, text) in texts {
        writeln!(code, "    /// {text}\n    {variant},")?;
    }
    code.push_str("}\n\nimpl Key {\n    /// Every key, in the order of the source file.\n    pub const ALL: &'static [Self] = &[\n");
    for (variant, _, _) in texts {
        writeln!(code, "        Self::{variant},")?;
    }
    code.push_str("    ];\n\n    /// The key's name in `messages/*.json`.\n    #[must_use]\n    pub const fn name(self) -> &'static str {\n        match self {\n");
    for (variant, name, _) in texts {
        writeln!(code, "            Self::{variant} => {name:?},")?;
    }
    code.push_str("        }\n    }\n\n    /// The English text, with its `{placeholders}`.\n    #[must_use]\n    pub const fn english(self) -> &'static str {\n        match self {\n");
    for (variant, _, text) in texts {
        writeln!(code, "            Self::{variant} => {text:?},")?;
    }
    code.push_str("        }\n    }\n");
    named(texts, &mut code)?;
    code.push_str("}\n");
    Ok(code)
}

/// Names are found by their hashes, so that a page which takes texts from outside does not carry the names.
fn named(texts: &[(String, &String, &str)], code: &mut String) -> Result<(), std::fmt::Error> {
    code.push_str("\n    /// The key of this name.\n    #[must_use]\n    pub fn named(name: &str) -> Option<Self> {\n        const HASHES: &[u32] = &[");
    for (_, name, _) in texts {
        write!(code, "{}, ", hash(name))?;
    }
    code.push_str("];\n        let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));\n        let place = HASHES.iter().position(|it| *it == hash)?;\n        Self::ALL.get(place).copied()\n    }\n");
    Ok(())
}

/// FNV-1a, 32 bits.
fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
