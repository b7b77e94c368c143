//! Generates the message keys, their English texts and the list of languages from `messages/`.
//!
//! `tests/rules/messages.test.mjs` checks the texts themselves.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=messages");
    println!("cargo:rerun-if-changed=build.rs");
    let english: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&fs::read_to_string("messages/en.json")?)?;
    let mut texts: Vec<(String, &String, &str)> = Vec::new();
    // The texts around the WebAssembly, shown before or without it, are not its own.
    for (name, text) in english.iter().filter(|(name, _)| !name.starts_with("shell_")) {
        let text = text.as_str().ok_or_else(|| format!("{name}: not a text"))?;
        texts.push((variant(name), name, text));
    }
    let mut code = code(&texts)?;
    writeln!(
        code,
        "\n/// The available languages, as language tags (BCP 47).\npub const LANGUAGES: &[&str] = &{:?};",
        languages()?
    )?;
    outlines(&mut code)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("keys.rs"), code)?;
    Ok(())
}

/// What the outline says in each language: servers write it, and pages leave the table out.
fn outlines(code: &mut String) -> Result<(), Box<dyn Error>> {
    code.push_str("\nconst OUTLINES: &[OutlineTexts] = &[\n");
    for language in languages()? {
        let texts: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&fs::read_to_string(format!("messages/{language}.json"))?)?;
        let text = |name: &str| {
            let text = texts.get(name).and_then(serde_json::Value::as_str);
            text.ok_or_else(|| format!("{language}: {name} is missing"))
        };
        writeln!(
            code,
            "    OutlineTexts {{ language: {language:?}, status: {:?}, slow: {:?}, reload: {:?} }},",
            text("outline_status")?,
            text("shell_slow")?,
            text("shell_reload")?,
        )?;
    }
    code.push_str("];\n");
    Ok(())
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

/// Names are found by their hashes, so that a page with a host's texts does not carry the names.
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
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
