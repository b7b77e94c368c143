//! What the widget does with texts by hand: `format!`, `join`, `split` and `trim` of the standard library
//! weigh 2 kB more on a page.

use std::iter;

/// One text after the other, with a separator between them.
#[inline(never)]
pub fn join<T: AsRef<str>>(parts: &[T], separator: &str) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        text.push_str(part.as_ref());
    }
    text
}

/// One text after the other.
#[must_use]
pub fn concat(parts: &[&str]) -> String {
    join(parts, "")
}

/// A number in decimal digits.
#[must_use]
pub fn decimal(number: u32) -> String {
    let mut text = if number > 9 { decimal(number / 10) } else { String::new() };
    text.extend(char::from_digit(number % 10, 10));
    text
}

/// The text before and after the first of an ASCII character.
#[must_use]
#[inline(never)]
pub fn split_once(text: &str, by: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == by)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// The text before and after the last of an ASCII character.
pub(crate) fn split_last(text: &str, by: u8) -> Option<(&str, &str)> {
    let place = text.bytes().rposition(|byte| byte == by)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// The part before the first of an ASCII character, or the whole text.
#[must_use]
pub fn before(text: &str, by: u8) -> &str {
    split_once(text, by).map_or(text, |(before, _)| before)
}

/// The parts between the places of an ASCII character.
pub fn split(text: &str, by: u8) -> impl Iterator<Item = &str> {
    let mut left = Some(text);
    iter::from_fn(move || {
        let text = left?;
        let (part, rest) = split_once(text, by).unzip();
        left = rest;
        part.or(Some(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_split_as_the_standard_library_splits_them() {
        for text in ["", ",", "a", "a,b", ",é,,日,", "ab"] {
            assert_eq!(split_once(text, b','), text.split_once(','));
            assert_eq!(split_last(text, b','), text.rsplit_once(','));
            assert!(split(text, b',').eq(text.split(',')));
            assert_eq!(Some(before(text, b',')), text.split(',').next());
            let parts: Vec<&str> = text.split(',').collect();
            assert_eq!(join(&parts, "; "), parts.join("; "));
        }
    }

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        for number in [0, 9, 10, 99, 1_234_567_890, u32::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }
}
