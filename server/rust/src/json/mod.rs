//! JSON bodies, read strictly (RFC 7493): what two readers could take differently is refused, with
//! its place as a JSON pointer (RFC 6901).

mod strict;
mod value;

pub use strict::read;
pub use value::Json;

use crate::problem::Fault;

/// How many UTF-16 units of a place are shown.
const MOST_PLACE: usize = 500;

/// A fault of a body, with its place.
#[must_use]
pub fn body_fault(place: &str, what: &str) -> Fault {
    let mut units = 0;
    let within = |c: &char| {
        units += c.len_utf16();
        units <= MOST_PLACE
    };
    let place = place.chars().take_while(within).collect::<String>();
    let place = if place.is_empty() { "/" } else { &place };
    Fault::Malformed(format!("The body is not as described: {place} {what}."))
}

/// A part of a JSON pointer.
#[must_use]
pub fn escape_pointer(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// The value of a JSON text in bytes. A byte order mark is no JSON (RFC 8259 section 8.1).
///
/// # Errors
/// [`Fault::Malformed`].
///
/// ```
/// use countersign_server::json::read_bytes;
///
/// let fault = read_bytes(br#"{"a": [1, {"b": 1, "b": 2}]}"#).map_err(|fault| fault.to_string());
/// assert_eq!(fault, Err("The body is not as described: /a/1/b is there twice.".to_owned()));
/// ```
pub fn read_bytes(bytes: &[u8]) -> Result<Json, Fault> {
    read(std::str::from_utf8(bytes).map_err(|_| body_fault("", "is not UTF-8"))?)
}
