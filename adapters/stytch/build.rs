//! Turns `strings.json` and `theme.json` into two look-up functions.
//!
//! The TypeScript package reads the same files, so the mapping is written down once.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let mut code = String::from(
        "/// The message keys that a string of Stytch's components sets.\n\
         fn keys(name: &str) -> &'static [Key] {\n    match name {\n",
    );
    for (name, keys) in table("strings.json")? {
        let keys = keys.as_array().ok_or_else(|| format!("{name}: not a list"))?;
        let keys = keys.iter().filter_map(Value::as_str).map(variant);
        let keys: Vec<String> = keys.map(|key| format!("Key::{key}")).collect();
        writeln!(code, "        {name:?} => &[{}],", keys.join(", "))?;
    }
    code.push_str("        _ => &[],\n    }\n}\n");
    write("strings.rs", &code)?;

    let mut code = String::from(
        "/// The style sheet's tokens for a theme value of Stytch's components, each with what is\n\
         /// before and after the value.\n\
         fn tokens(name: &str) -> &'static [(&'static str, &'static str, &'static str)] {\n    \
         match name {\n",
    );
    for (name, targets) in table("theme.json")? {
        let targets = targets.as_array().ok_or_else(|| format!("{name}: not a list"))?;
        let targets = targets.iter().filter_map(Value::as_str).map(|target| {
            let (token, text) = target.split_once(": ").unwrap_or((target, "{}"));
            let (before, after) = text.split_once("{}").unwrap_or((text, ""));
            format!("({token:?}, {before:?}, {after:?})")
        });
        let targets: Vec<String> = targets.collect();
        writeln!(code, "        {name:?} => &[{}],", targets.join(", "))?;
    }
    code.push_str("        _ => &[],\n    }\n}\n");
    write("theme.rs", &code)
}

fn table(file: &str) -> Result<Map<String, Value>, Box<dyn Error>> {
    println!("cargo:rerun-if-changed={file}");
    Ok(serde_json::from_str(&fs::read_to_string(file)?)?)
}

fn write(file: &str, code: &str) -> Result<(), Box<dyn Error>> {
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join(file), code)?)
}

/// `snake_case` to `CamelCase`.
fn variant(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    });
    words.collect()
}
