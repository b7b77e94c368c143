//! Authorization details in words.

use std::slice;

use super::AuthorizationDetailItem;
use crate::{
    consent::{AuthorizationDetail, DisplayText},
    messages::{Key, Messages, Text},
    platform::Platform,
};

/// Money, whole.
const MONEY: &str = r"^\d+(\.\d+)? [A-Z]{3}$";
/// The places between the thousands of money.
const THOUSANDS: &str = r"(?<=^\d+)()(?=(?:\d{3})+(?:\.\d+)? [A-Z]{3}$)";
/// The decimal point of money.
const POINT: &str = r"(?<=^[\d\u202f]+)()\.(?=\d+ [A-Z]{3}$)";
/// The place behind three decimals that may be read as thousands.
const THIRD: &str = r"(?<=^[1-9]\d{0,2}\.\d{3})()(?= [A-Z]{3}$)";
/// The whole of a line with a number, in any script.
const WITH_NUMBER: &str = r"^(.*\p{N}.*)$";
/// The place after every fourth letter of an account number.
const FOURTH: &str = r"(?<=^[A-Za-z]{2}\d\d(?:\w{4})*)()(?=\w+$)";
/// The places of list items within a path. What comes of one item stands together.
const ITEM: &str = r"\.\d+()(?=\.)";
/// Where a word of an identifier begins.
const WORD: &str = "([a-z])(?=[A-Z])|[_.]";
/// The types and the members, in JSON, of what moves money or opens accounts and cards.
const MONEY_OR_ACCOUNT: &str = concat!(
    r#"()"(?:(?:currency|[ib]ban|pan|maskedPan)"\s*:"#,
    r#"|type"\s*:\s*"[^"]*(?:payment|account_information))"#
);

/// The detail in words, and as it was sent. Both are complete, because the user must be able to read
/// all that is granted.
pub(super) fn detail(
    detail: &AuthorizationDetail,
    messages: &Messages,
    platform: &dyn Platform,
) -> AuthorizationDetailItem {
    let writer = Writer { messages, platform };
    let (title, in_title) = title(detail, &writer);
    let mut lines = Vec::new();
    let mut sensitive = platform.replace(&detail.json, MONEY_OR_ACCOUNT, "") != detail.json;
    for ((path, raw), items) in detail.members.iter().zip(&detail.lists) {
        let path = path.as_str();
        // What is no list is one of one item.
        let items = if items.is_empty() { slice::from_ref(raw) } else { items };
        sensitive |= items.iter().any(|item| is_account_number(item));
        if !in_title.contains(&path) {
            let name = platform.replace(path, ITEM, "$1");
            lines.push((writer.name(&name, ':'), writer.list(path, items)));
        }
    }
    AuthorizationDetailItem {
        title,
        lines,
        sensitive,
        json: writer.whole(&detail.json),
        detail: detail.clone(),
    }
}

/// The title, and the members that it has.
fn title(detail: &AuthorizationDetail, writer: &Writer<'_>) -> (Text, &'static [&'static str]) {
    let (mut amount, mut payee) = ("", "");
    if detail.is_payment() {
        for (path, raw) in &detail.members {
            match path.as_str() {
                "instructedAmount" if writer.platform.replace(raw, MONEY, "") != *raw => {
                    amount = raw;
                }
                "creditorName" => payee = raw,
                _ => {}
            }
        }
    }
    let name = writer.whole(payee);
    if amount.is_empty() || name.is_empty() {
        return (Text::value(writer.name(&detail.kind, '.')), &[]);
    }
    let amount = writer.value(amount);
    // A name with a number could be read as an amount of its own, so that has a line.
    if writer.platform.replace(&name, WITH_NUMBER, "") != name {
        return (Text::value(amount), &["instructedAmount"]);
    }
    let values = [("amount", &*amount), ("payee", &*name)];
    (
        writer.messages.format(Key::ConsentDetailPayment, &values),
        &["instructedAmount", "creditorName"],
    )
}

/// Writes names and values in words.
struct Writer<'a> {
    messages: &'a Messages,
    platform: &'a dyn Platform,
}

impl Writer<'_> {
    fn whole(&self, text: &str) -> String {
        DisplayText::whole(text, self.platform).into_string()
    }

    /// A name in words: `valid_until` and `validUntil` become "Valid until". A name with
    /// a colon or with this sign stays as it is.
    fn name(&self, name: &str, sign: char) -> String {
        if let Some(words) = self.messages.word(name) {
            return words.to_owned();
        }
        let mut words = name.to_owned();
        if !name.contains(':') && !name.contains(sign) {
            words = self.platform.replace(name, WORD, "$1 ");
            words.make_ascii_lowercase();
            if let Some(first) = words.get_mut(..1) {
                first.make_ascii_uppercase();
            }
        }
        self.whole(&words)
    }

    /// Values as one text of the language, and actions as names.
    fn list(&self, path: &str, items: &[String]) -> String {
        let mut words = Vec::new();
        for item in items {
            let mut value = if path == "actions" { self.name(item, '.') } else { self.value(item) };
            if path == "creditorName" {
                // In quotation marks a name is no amount.
                value = self.platform.replace(&value, WITH_NUMBER, "\"$1\"");
            }
            if path.ends_with("iban") || is_account_number(&value) {
                value = self.platform.replace(&value, FOURTH, " ");
            }
            words.push(value);
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.platform.list(self.messages.language(), &words)
    }

    /// A value in words. No digit and no letter is left out or changed, and none is added but a zero behind
    /// all other decimals.
    fn value(&self, value: &str) -> String {
        if matches!(value, "true" | "false") {
            return self.name(value, ':');
        }
        let point = self.messages.word(" ").unwrap_or(".");
        // A narrow space is read the same in every language, and cannot be taken for the point.
        let mut value = self.whole(value);
        for (pattern, by) in [(THIRD, "0"), (THOUSANDS, "\u{202f}"), (POINT, point)] {
            value = self.platform.replace(&value, pattern, by);
        }
        value
    }
}

/// Whether a value is written as an IBAN: a country, two digits, and check digits that are right
/// (ISO 13616).
fn is_account_number(text: &str) -> bool {
    let [a, b, c, d, rest @ ..] = text.as_bytes() else {
        return false;
    };
    let (letters, digits) = ([a, b], [c, d]);
    if !letters.iter().all(|it| it.is_ascii_alphabetic())
        || !digits.iter().all(|it| it.is_ascii_digit())
    {
        return false;
    }
    let mut remainder = 0;
    for letter in rest.iter().chain([a, b, c, d]) {
        let Some(digit) = char::from(*letter).to_digit(36) else {
            return false;
        };
        remainder = (remainder * if digit > 9 { 100 } else { 10 } + digit) % 97;
    }
    remainder == 1
}
