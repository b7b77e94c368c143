//! Payments and other amounts of money in words.

use countersign::messages::{Messages, Piece};
use serde_json::json;

use super::details::{german, items_in, payment, words, words_in};

#[test]
fn a_payment_is_its_amount_and_its_payee() {
    assert_eq!(
        words(&payment(&json!({ "requestedExecutionDate": "2026-12-31" }))),
        [
            "123.50 EUR to Merchant A",
            "Date of payment: 2026-12-31",
            "Recipient’s account: DE02 1001 0010 9307 1186 03",
            "Reference: Ref Number Merchant"
        ]
    );
    assert_eq!(
        words_in(&payment(&json!({})), &german()),
        [
            "123,50 EUR an Merchant A",
            "Verwendungszweck: Ref Number Merchant",
            "Zahlung an Konto: DE02 1001 0010 9307 1186 03"
        ]
    );
}

#[test]
fn a_payment_says_which_account_pays_and_which_is_paid() {
    let accounts = json!({ "debtorAccount": { "iban": "DE02120300000000202051" } });
    let words = words(&payment(&accounts));
    for line in [
        "Paid from: DE02 1203 0000 0000 2020 51",
        "Recipient’s account: DE02 1001 0010 9307 1186 03",
    ] {
        assert!(words.iter().any(|it| it == line), "{line} in {words:?}");
    }
}

#[test]
fn two_payments_are_two_titles_that_begin_with_the_amount() {
    let other = json!({ "instructedAmount": { "amount": "7", "currency": "JPY" } });
    let items = items_in(&json!([payment(&json!({})), payment(&other)]), &Messages::default());
    let titles: Vec<String> = items.iter().map(|item| item.title.plain()).collect();
    assert_eq!(titles, ["123.50 EUR to Merchant A", "7 JPY to Merchant A"]);
}

#[test]
fn money_that_cannot_be_read_for_certain_is_in_no_title_and_stays_as_it_was_sent() {
    let values = [
        (json!("1e3"), "EUR", "Instructed amount: 1e3 EUR"),
        (json!("45,00"), "EUR", "Instructed amount: 45,00 EUR"),
        (json!("1.234.567"), "EUR", "Instructed amount: 1.234.567 EUR"),
        (json!("-45.00"), "EUR", "Instructed amount: -45.00 EUR"),
        (json!("45.00"), "euros", "Instructed amount: 45.00 euros"),
        (json!("45.00"), "eur", "Instructed amount: 45.00 eur"),
        (json!("0.01 EUR or 45.00"), "EUR", "Instructed amount: 0.01 EUR or 45.00 EUR"),
        (json!("\u{661}"), "EUR", "Instructed amount: \u{661} EUR"),
        (json!(""), "EUR", "Instructed amount: EUR"),
        (json!(45), "EUR", "Instructed amount amount: 45"),
        (json!(["45.00"]), "EUR", "Instructed amount amount: 45.00"),
    ];
    for (amount, currency, line) in values {
        for messages in [Messages::default(), german()] {
            let money = json!({ "amount": amount, "currency": currency });
            let words = words_in(&payment(&json!({ "instructedAmount": money })), &messages);
            let value = line.split_once(": ").unwrap().1;
            assert!(!words[0].contains("Merchant") && !words[0].contains("45"), "{words:?}");
            assert!(words.iter().any(|it| it.ends_with(&format!(": {value}"))), "{words:?}");
        }
        let money = json!({ "amount": amount, "currency": currency });
        let words = words(&payment(&json!({ "instructedAmount": money })));
        assert!(words.iter().any(|it| it == line), "{line} in {words:?}");
    }
}

#[test]
fn every_digit_of_a_giant_amount_is_shown() {
    let money = json!({ "amount": "123456789012345678901234567890.123456", "currency": "EUR" });
    let words = words(&payment(&json!({ "instructedAmount": money })));
    let thousands = "123 456 789 012 345 678 901 234 567 890.123456".replace(' ', "\u{202f}");
    assert_eq!(words[0], format!("{thousands} EUR to Merchant A"));
}

#[test]
fn thousands_are_apart_in_money_alone() {
    for (value, shown) in [
        ("100.00 EUR", "100.00 EUR"),
        ("1250.00 EUR", "1 250.00 EUR"),
        ("1250 JPY", "1 250 JPY"),
        ("12.3456 EUR", "12.3456 EUR"),
        ("-1250.00 EUR", "-1250.00 EUR"),
        ("1250.00 eur", "1250.00 eur"),
        ("1250", "1250"),
        ("2026-12-31", "2026-12-31"),
    ] {
        let words = words(&json!({ "type": "print_job", "value": value }));
        assert_eq!(words[1], format!("Value: {}", shown.replace("1 250", "1\u{202f}250")));
    }
}

#[test]
fn three_decimals_are_not_read_as_thousands() {
    for (value, shown) in [
        ("1.500 KWD", "1.5000 KWD"),
        ("250.000 KWD", "250.0000 KWD"),
        ("1.505 KWD", "1.5050 KWD"),
        ("12.345 EUR", "12.3450 EUR"),
        ("0.500 KWD", "0.500 KWD"),
        ("1500.500 KWD", "1 500.500 KWD"),
        ("1.50 KWD", "1.50 KWD"),
        ("1.5000 KWD", "1.5000 KWD"),
        ("1.500", "1.500"),
        ("1.500 kwd", "1.500 kwd"),
    ] {
        let shown = shown.replace("1 500", "1\u{202f}500");
        let detail = json!({ "type": "print_job", "value": value });
        assert_eq!(words(&detail)[1], format!("Value: {shown}"));
        let comma = words_in(&detail, &german())[1].clone();
        let is_money = value.ends_with("KWD") || value.ends_with("EUR");
        let german = if is_money { shown.replace('.', ",") } else { shown };
        assert_eq!(comma, format!("Value: {german}"));
    }
    let money = json!({ "amount": "1.500", "currency": "KWD" });
    let title = words(&payment(&json!({ "instructedAmount": money })))[0].clone();
    assert_eq!(title, "1.5000 KWD to Merchant A");
}

#[test]
fn an_amount_with_more_members_is_shown_member_by_member() {
    let money = json!({ "amount": "45.00", "currency": "EUR", "per": "day" });
    let words = words(&payment(&json!({ "instructedAmount": money })));
    assert_eq!(words[0], "Payment");
    for line in [
        "Recipient: Merchant A",
        "Instructed amount amount: 45.00",
        "Instructed amount currency: EUR",
        "Instructed amount per: day",
    ] {
        assert!(words.iter().any(|it| it == line), "{line} in {words:?}");
    }
}

#[test]
fn a_payee_without_a_name_is_in_no_title() {
    for name in ["", " ", "\u{200b}", "\n"] {
        let words = words(&payment(&json!({ "creditorName": name })));
        assert_eq!(words[0], "Payment");
        assert!(words.iter().any(|it| it == "Instructed amount: 123.50 EUR"), "{words:?}");
        assert!(words.iter().any(|it| it == "Recipient: "), "{words:?}");
    }
}

#[test]
fn a_payee_cannot_speak_for_the_amount() {
    for (name, shown) in [("Ada", "Ada"), ("{amount}", "{amount}"), ("true", "\"true\"")] {
        for messages in [Messages::default(), german()] {
            assert_eq!(values_in_title(name, &messages), ["123.50 EUR", shown], "{name:?}");
        }
    }
}

#[test]
fn a_payee_with_a_number_stands_below_the_amount_in_quotation_marks() {
    for (name, shown) in [
        ("0.01 EUR to", "0.01 EUR to"),
        ("\u{202e}RUE 10.0\nX", "RUE 10.0 X"),
        ("45.00 EUR", "45.00 EUR"),
        ("\u{661} EUR to Ada", "\u{661} EUR to Ada"),
        ("\u{2460} EUR", "\u{2460} EUR"),
    ] {
        for messages in [Messages::default(), german()] {
            assert_eq!(values_in_title(name, &messages), ["123.50 EUR"], "{name:?}");
        }
        let words = words(&payment(&json!({ "creditorName": name })));
        assert_eq!(words[0], "123.50 EUR");
        assert!(words.contains(&format!("Recipient: \"{shown}\"")), "{words:?}");
    }
}

/// The values in the title of a payment to a payee.
fn values_in_title(payee: &str, messages: &Messages) -> Vec<String> {
    let asked = json!([payment(&json!({ "creditorName": payee }))]);
    let title = items_in(&asked, messages).remove(0).title;
    let values = title.0.iter().filter_map(|piece| match piece {
        Piece::Value(value) => Some(value.replace(',', ".")),
        _ => None,
    });
    values.collect()
}

#[test]
fn what_repeats_the_payee_is_a_line_of_its_own() {
    let words = words(&payment(&json!({ "remittanceInformationUnstructured": "Merchant A" })));
    assert!(words.iter().any(|it| it == "Reference: Merchant A"), "{words:?}");
}
