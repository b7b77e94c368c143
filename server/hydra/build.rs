//! Puts the page's files into the program: those of the npm package, from the folder that
//! `COUNTERSIGN_PAGE_FILES` names, or as `npm run pack` has made them. Without them the program needs
//! the setting `page.files`.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

const PACKED: &str = "../../target/npm/package/dist";
const FOLDER: &str = "COUNTERSIGN_PAGE_FILES";
/// What the page begins with.
const ENTRY: &str = "register.js";
/// Other parts of the npm package.
const NOT_FOR_PAGES: [&str; 5] = ["check/", "react", "server/", "stytch.wasm", "types/"];

/// Adds the files of a folder, and of those in it.
fn list(
    folder: &Path,
    prefix: &str,
    files: &mut Vec<(String, PathBuf)>,
) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let (path, entry) = (entry.as_ref().map(fs::DirEntry::path), entry.as_ref());
        let (Ok(path), Ok(entry)) = (path, entry) else { continue };
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            list(&path, &format!("{name}/"), files)?;
        } else if !NOT_FOR_PAGES.iter().any(|start| name.starts_with(start)) {
            files.push((name, path));
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-env-changed={FOLDER}");
    let named = env::var_os(FOLDER).map(PathBuf::from);
    let folder = match &named {
        Some(folder) => folder.clone(),
        None => PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join(PACKED),
    };
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    if folder.join(ENTRY).is_file() {
        list(&folder, "", &mut files)?;
    } else if named.is_some() {
        return Err(format!("{FOLDER} names a folder that has no {ENTRY}").into());
    }
    files.sort();
    let mut code = String::from("&[\n");
    for (name, path) in &files {
        let path = path.canonicalize()?;
        writeln!(
            code,
            "    ({name:?}, include_bytes!({:?}) as &[u8]),",
            path.display().to_string()
        )?;
    }
    code.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("files.rs"), code)?;
    Ok(())
}
