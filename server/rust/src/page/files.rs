//! The widget's files, served under a path with the hash of all of them, so that browsers may keep
//! them for ever.

use std::{collections::BTreeMap, fmt, fs, io, path::Path};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, header};
use http_body_util::Full;
use sha2::{Digest, Sha256};

use crate::{answer::Answer, seal::hash};

/// How much of the hash is in the path.
const VERSION: usize = 16;
const TYPES: [(&str, &str); 6] = [
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("svg", "image/svg+xml"),
    ("wasm", "application/wasm"),
];

/// The files of the npm package `countersign`: those of its folder `dist`.
///
/// ```
/// use countersign_server::page::Files;
///
/// let files = Files::new([("register.js", "export {};".as_bytes())]);
/// assert_eq!(files.version().len(), 16);
/// ```
#[derive(Clone)]
pub struct Files {
    contents: BTreeMap<String, Bytes>,
    version: String,
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files").field("names", &self.contents.keys()).finish_non_exhaustive()
    }
}

fn type_of(name: &str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let known = TYPES.into_iter().find(|(known, _)| *known == ending);
    known.map_or("application/octet-stream", |(_, media)| media)
}

/// Reads the files of a folder and of those in it, with slashes in their names.
fn read_into(
    contents: &mut BTreeMap<String, Bytes>,
    folder: &Path,
    prefix: &str,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_into(contents, &entry.path(), &format!("{name}/"))?;
        } else {
            contents.insert(name, Bytes::from(fs::read(entry.path())?));
        }
    }
    Ok(())
}

impl Files {
    /// Files by their names: `register.js`, `styles/page.css`.
    pub fn new<N: Into<String>, C: Into<Bytes>>(files: impl IntoIterator<Item = (N, C)>) -> Self {
        let contents = files.into_iter().map(|(name, content)| (name.into(), content.into()));
        Self::of(contents.collect())
    }

    /// The files of a folder, read now.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub fn read_folder(folder: impl AsRef<Path>) -> io::Result<Self> {
        let mut contents = BTreeMap::new();
        read_into(&mut contents, folder.as_ref(), "")?;
        Ok(Self::of(contents))
    }

    fn of(contents: BTreeMap<String, Bytes>) -> Self {
        let line = |(name, content): (&String, &Bytes)| {
            format!("{name} {}", URL_SAFE_NO_PAD.encode(Sha256::digest(content)))
        };
        let lines = contents.iter().map(line).collect::<Vec<_>>().join("\n");
        let version = hash(&lines).chars().take(VERSION).collect();
        Self { contents, version }
    }

    /// The hash of all files: the kit in TypeScript has the same for the same files.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether there is a file of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.contents.contains_key(name)
    }

    /// The file at a path `hash/name`.
    pub(super) fn respond(&self, path: &str) -> Option<Answer> {
        let (_, name) = path.split_once('/').filter(|(version, _)| *version == self.version)?;
        let mut answer = Response::new(Full::new(self.contents.get(name)?.clone()));
        let headers = [
            (header::CONTENT_TYPE, type_of(name)),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        ];
        let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
        answer.headers_mut().extend(headers);
        Some(answer)
    }
}
