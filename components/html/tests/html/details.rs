//! Resources, authorization details (RFC 9396), and the host's descriptions.

use serde_json::{Value, json};

use crate::{
    page::{Page, named_by, page, text},
    screens::{self, cards},
    testing::{play::Play, *},
};

fn card(answer: &Value) -> Page {
    page(Play::authorize().answer(answer).view())
}

#[test]
fn every_list_is_named() {
    let page = card(&cards::full());
    let lists = page.all(".countersign-permissions > [role=group][aria-labelledby]");
    let groups: Vec<_> =
        lists.into_iter().map(|it| named_by(&page, it, "aria-labelledby").concat()).collect();
    assert_eq!(
        groups,
        [
            "Photo Printer asks for",
            "New: Photo Printer will be able to",
            "You’ve already allowed Photo Printer to",
            "Not available to your account"
        ]
    );
    let plain = card(&consent());
    for part in ["resources", "details", "refused", "manifest"] {
        assert!(plain.all(&format!("[part={part}]")).is_empty(), "{part}");
    }
}

#[test]
fn a_payment_is_the_first_of_what_is_asked() {
    let page = card(&cards::full());
    assert_eq!(page.attributes(".countersign-permissions > :first-child", "part"), ["details"]);
}

#[test]
fn a_target_has_its_name_or_its_address() {
    let page = card(&consent_with(|it| {
        it["resources"] = json!([
            { "resource": "https://api.example/", "name": "Photo store" },
            { "resource": "https://other.example/" }
        ]);
    }));
    assert_eq!(page.texts("[part=resources]"), ["Applies to Photo store · https://other.example/"]);
    assert_eq!(page.texts("[part=resources] > .countersign-code"), ["https://other.example/"]);
}

/// The JSON behind a summary, by detail.
fn sent(page: &Page) -> Vec<String> {
    page.texts("[part=details] details > :not(summary)")
}

const PAYMENT: &str = r#"{"amount":"5.00","to":{"name":"Ada"},"type":"payment"}"#;
const DELIVERY: &str = r#"{"type":"delivery"}"#;

#[test]
fn a_detail_is_shown_in_words_and_in_full_behind_a_summary() {
    let page = card(&cards::full());
    assert_eq!(
        page.texts("[part=details] li > .countersign-sum"),
        ["Payment Sensitive", "Delivery"]
    );
    assert_eq!(page.texts("[part=details] li > p"), ["Amount: 5.00", "To name: Ada"]);
    assert_eq!(page.texts("[part=details] summary"), ["Show in full", "Show in full"]);
    for fold in page.all("[part=details] details") {
        assert_eq!(fold.attr("open"), None);
    }
    assert_eq!(sent(&page), [PAYMENT, DELIVERY]);
    assert_eq!(page.all("[part=details] details > bdi.countersign-code").len(), 2);
}

#[test]
fn the_amount_and_the_payee_of_a_payment_are_isolated_from_each_other() {
    let page = card(&consent_with(|it| {
        it["authorization_details"] = json!([{
            "type": "payment_initiation",
            "instructedAmount": { "amount": "45.00", "currency": "EUR" },
            "creditorName": "תורנות (EUR"
        }]);
    }));
    assert_eq!(
        page.texts("[part=details] .countersign-sum"),
        ["45.00 EUR to תורנות (EUR Sensitive"]
    );
    let values = page.texts("[part=details] .countersign-sum > bdi");
    assert_eq!(values, ["45.00 EUR", "תורנות (EUR"]);
}

#[test]
fn the_button_of_a_payment_looks_like_any_other_that_allows() {
    let buttons = |kind: &str| {
        let answer = consent_with(|it| it["authorization_details"] = json!([{ "type": kind }]));
        let page = card(&answer);
        let of = |name| page.attributes("[part=actions] > button", name);
        (of("class"), of("part"), page.texts("[part=actions] > button"))
    };
    let (classes, parts, texts) = buttons("payment_initiation");
    assert_eq!(texts, ["Deny", "Pay"]);
    let (allow_classes, allow_parts, _) = buttons("delivery");
    assert_eq!((&classes, &parts), (&allow_classes, &allow_parts));
    assert_eq!(classes[0], classes[1], "no answer is suggested");
}

#[test]
fn a_host_s_words_for_a_detail_have_all_of_it_behind_them() {
    let page = page(screens::find("a card with details in the host's words"));
    let first = page.all("[part=details] li")[0];
    assert!(text(first).starts_with("Pay once"));
    assert_eq!(page.texts("[part=details] li:first-child > p"), ["Amount: five euros", "to Ada"]);
    assert_eq!(sent(&page), [PAYMENT, DELIVERY]);
    let other = page.texts("[part=details] li:last-child > .countersign-sum");
    assert_eq!(other, ["Delivery"], "the other detail has no words of the host's");
}

#[test]
fn a_host_s_words_stand_above_what_they_do_not_speak_for() {
    let some = page(screens::find("a card in the host's words"));
    assert_eq!(some.texts("[part=manifest] > h2"), ["Photos", "Photo Printer will be able to"]);
    let first = some.texts("[part=manifest]:first-of-type li > p");
    assert_eq!(first, ["Only those of the last year"]);
    let lines = some.texts("[part=manifest] li");
    assert_eq!(
        lines,
        [
            "Look at what you photographedOnly those of the last year",
            "Know who you areOnly those of the last year"
        ]
    );
    assert_eq!(some.all("[part=scopes] li").len(), 1);
    assert!(text(some.one("[part=scopes]")).contains("Add and delete photos"));
    assert_eq!(some.texts("[part=scopes] > h2"), ["Permissions in detail"]);
    let all = page(screens::find("a card in the host's words alone"));
    assert!(all.all("[part=scopes]").is_empty());
    assert_eq!(all.all("[part=manifest]").len(), 1);
}

#[test]
fn details_without_scopes_are_asked_for_all_the_same() {
    let page = card(&consent_with(|it| {
        it["scopes"] = json!([]);
        it["authorization_details"] = json!([{ "type": "payment" }]);
    }));
    assert!(page.all("[part=scopes]").is_empty());
    assert_eq!(page.texts("[part=details] li > .countersign-sum"), ["Payment Sensitive"]);
    assert_eq!(page.texts("[part=actions] > button"), ["Deny", "Allow"]);
}
