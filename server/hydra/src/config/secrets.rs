//! The secrets that seal what the browser keeps.

use std::fs;

use countersign_server::seal::LEAST_SECRET;

use super::reader::Reader;

/// The secrets of the setting, or of the file that it names: one a line. Of several, the first seals
/// and all open.
pub fn read(reader: &mut Reader<'_>) -> Vec<String> {
    let own = reader.texts("secrets");
    let file = reader.text("secrets_file");
    let (member, all) = match (own, file) {
        (Some(_), Some(_)) => {
            reader.wrong("secrets_file", "cannot be there beside secrets");
            return Vec::new();
        }
        (Some(own), None) => ("secrets", own),
        (None, Some(file)) => match fs::read_to_string(file) {
            Ok(text) => ("secrets_file", text.split_whitespace().map(str::to_owned).collect()),
            Err(error) => {
                reader.wrong("secrets_file", format!("cannot be read: {}", error.kind()));
                return Vec::new();
            }
        },
        (None, None) => {
            reader.needed::<()>("secrets", None);
            return Vec::new();
        }
    };
    if all.is_empty() {
        reader.wrong(member, "has no secret");
    }
    if all.iter().any(|secret| secret.encode_utf16().count() < LEAST_SECRET) {
        reader
            .wrong(member, format!("must have at least {LEAST_SECRET} characters in each secret"));
    }
    all
}
