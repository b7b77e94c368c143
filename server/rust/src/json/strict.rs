//! The strict reader. It first finds whether a text is JSON, then what is ambiguous in it.

use std::{collections::HashSet, iter::Peekable, str::Chars};

use serde::de::IgnoredAny;

use super::{Json, body_fault, escape_pointer};
use crate::problem::Fault;

const MOST_DEPTH: usize = 32;
/// The largest number whose neighbours are all integers of their own (`Number.MAX_SAFE_INTEGER`).
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// An object or list that is open at a token.
enum Open {
    Object { name: String, names: HashSet<String>, expects_name: bool },
    List { index: usize },
}

impl Open {
    fn part(&self) -> String {
        match self {
            Self::Object { name, .. } => escape_pointer(name),
            Self::List { index } => index.to_string(),
        }
    }
}

/// Reads a text that is known to be JSON, token by token.
struct Scanner<'a> {
    rest: Peekable<Chars<'a>>,
    open: Vec<Open>,
}

impl Scanner<'_> {
    /// A UTF-16 unit in four hexadecimal digits.
    fn unit(&mut self) -> u16 {
        let digits = self.rest.by_ref().take(4).filter_map(|c| c.to_digit(16));
        digits.fold(0, |unit, digit| (unit << 4) | u16::try_from(digit).unwrap_or_default())
    }

    /// The UTF-16 units of a string, after its first quotation mark.
    fn text(&mut self) -> Vec<u16> {
        let mut units = Vec::new();
        while let Some(c) = self.rest.next().filter(|c| *c != '"') {
            let c = match c {
                '\\' => self.rest.next().unwrap_or_default(),
                c => {
                    units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
                    continue;
                }
            };
            units.push(match c {
                'u' => self.unit(),
                'b' => 0x8,
                'f' => 0xc,
                'n' => 0xa,
                'r' => 0xd,
                't' => 0x9,
                c => u16::try_from(u32::from(c)).unwrap_or_default(),
            });
        }
        units
    }

    fn fault_at_text(&mut self) -> Option<&'static str> {
        let units = self.text();
        let text = String::from_utf16_lossy(&units);
        if let Some(Open::Object { name, names, expects_name: true }) = self.open.last_mut() {
            name.clone_from(&text);
            if !names.insert(text) {
                return Some("is there twice");
            }
        }
        String::from_utf16(&units).is_err().then_some("is not well-formed Unicode")
    }

    fn fault_at_number(&mut self, first: char) -> Option<&'static str> {
        let mut text = String::from(first);
        let belongs = |c: &char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
        while let Some(c) = self.rest.next_if(belongs) {
            text.push(c);
        }
        let number = text.parse::<f64>().unwrap_or(f64::INFINITY);
        let is_exact = number.is_finite() && (number.fract() != 0.0 || number.abs() <= LARGEST);
        (!is_exact).then_some("is a number out of range")
    }

    fn fault_at(&mut self, token: char) -> Option<&'static str> {
        match token {
            '{' => {
                let (name, names) = (String::new(), HashSet::new());
                self.open.push(Open::Object { name, names, expects_name: true });
            }
            '[' => self.open.push(Open::List { index: 0 }),
            '}' | ']' => _ = self.open.pop(),
            ':' | ',' => match self.open.last_mut() {
                Some(Open::Object { expects_name, .. }) => *expects_name = token == ',',
                Some(Open::List { index }) => *index += 1,
                None => {}
            },
            '"' => return self.fault_at_text(),
            '-' | '0'..='9' => return self.fault_at_number(token),
            // White space, `true`, `false` and `null` need no check.
            _ => {}
        }
        None
    }

    fn check(mut self) -> Result<(), Fault> {
        while let Some(token) = self.rest.next() {
            let counts = !token.is_ascii_whitespace() && !token.is_ascii_alphabetic();
            let fault = match self.open.len() > MOST_DEPTH && counts {
                true => Some("is nested too deeply"),
                false => self.fault_at(token),
            };
            if let Some(what) = fault {
                let parts = self.open.iter().map(|open| format!("/{}", open.part()));
                return Err(body_fault(&parts.collect::<String>(), what));
            }
        }
        Ok(())
    }
}

/// The value of a JSON text.
///
/// # Errors
/// [`Fault::Malformed`], with the place of what is wrong.
pub fn read(text: &str) -> Result<Json, Fault> {
    let no_json = |_| body_fault("", "is not JSON");
    serde_json::from_str::<IgnoredAny>(text).map_err(no_json)?;
    Scanner { rest: text.chars().peekable(), open: Vec::new() }.check()?;
    serde_json::from_str(text).map_err(no_json)
}
