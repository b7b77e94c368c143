//! Turns `messages/en.json` into the message keys and their English texts.
//!
//! The build fails where a key is not `snake_case` or a placeholder is not closed, so that no such text reaches a user.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=messages/en.json");
    println!("cargo:rerun-if-changed=build.rs");
    let english: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&fs::read_to_string("messages/en.json")?)?;

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
    fs::write(out, code(&texts)?)?;
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
