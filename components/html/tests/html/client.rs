//! The client, its trust, the caution and the destination.

use countersign::messages::{Key, Messages};
use serde_json::{Value, json};

use crate::{
    page::{Page, page, page_in, text},
    screens::cards::{self, card, card_of, leading_to},
    testing::*,
};

#[test]
fn how_the_site_knows_the_client_stands_below_the_heading() {
    let document = "https://apps.printer.example/client.json";
    for (members, words, known) in [
        (json!({ "party": "first" }), "Made by id.harbor.example", true),
        (json!({ "verified": true }), "Verified by id.harbor.example", true),
        (json!({ "registration": "managed" }), "Not verified by id.harbor.example", false),
        (json!({}), "Unverified. These details come from the app", false),
        (
            json!({ "registration": "metadata_document", "client_id": document }),
            "Identified only by its address apps.printer.example",
            false,
        ),
    ] {
        let page = page(card_of(&members).view());
        assert_eq!(text(page.one("h1 + div > [part=standing]:first-child")), words);
        let classes = page.one("h1 + div").attr("class").unwrap();
        assert_eq!(classes.contains("countersign-known"), known, "{words}");
    }
}

#[test]
fn a_self_description_is_marked_as_the_client_s_own_words() {
    let page = page(card_of(&json!({ "description": "We print photos." })).view());
    assert_eq!(page.texts("[part=description]"), ["In its own words: We print photos."]);
    assert_eq!(page.texts("[part=description] bdi"), ["We print photos."]);
    for nothing in [json!({}), json!({ "description": "\u{200b} " })] {
        let page = self::page(card_of(&nothing).view());
        assert!(page.all("[part=description]").is_empty());
    }
}

#[test]
fn there_is_a_caution_only_where_there_is_something_to_check() {
    for (play, begin) in [
        (card(&consent()), "id.harbor.example hasn’t checked who runs"),
        (leading_to("http://127.0.0.1:5000/cb", true), "Any program on this device"),
        (leading_to("com.example.printer:/cb", true), "Any app on this device"),
        (
            leading_to("https://192.0.2.7/cb", false),
            "Photo Printer sends you to 192.0.2.7, an address without",
        ),
        (
            leading_to("https://xn--pypal-4ve.example/cb", false),
            "The address xn--pypal-4ve.example is code for letters",
        ),
        (
            card_of(&json!({ "client_uri": "https://harbor.example/" })),
            "Photo Printer says it belongs to harbor.example",
        ),
        (card_of(&json!({ "name": "Pаypal" })), "The name Pаypal mixes letters"),
    ] {
        let page = page(play.view());
        let said = text(page.one("[part=caution]"));
        assert!(said.starts_with(begin), "{said}");
    }
    for members in [
        json!({ "party": "first" }),
        json!({ "verified": true }),
        json!({ "registration": "managed" }),
    ] {
        let page = page(card_of(&members).view());
        assert!(page.all("[part=caution]").is_empty(), "{members}");
    }
}

#[test]
fn several_cautions_are_told_each_by_itself_and_the_gravest_first() {
    let members = json!({ "name": "Pаypal", "client_uri": "https://harbor.example/" });
    let page = page(card_of(&members).view());
    let told: Vec<String> = page.all("[part=caution]").into_iter().map(text).collect();
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("Pаypal says it belongs to harbor.example"), "{told:?}");
    assert!(told[1].starts_with("The name Pаypal mixes letters"), "{told:?}");
}

/// How a host name is shown: the whole name, and the registrable domain.
fn host(page: &Page, selector: &str) -> (String, String) {
    let host = page.one(&format!("{selector} bdi.countersign-address"));
    assert_eq!(host.attr("dir"), Some("ltr"), "{selector}");
    let domain = page.one(&format!("{selector} bdi > span > strong"));
    // As it is written, blanks included.
    (host.text().collect(), domain.text().collect())
}

#[test]
fn a_long_name_is_whole_in_a_heading_that_is_marked_as_long() {
    let named = |name: &str| page(card_of(&json!({ "name": name, "verified": true })).view());
    let long = "Photograph and Postcard ".repeat(4) + "Company";
    let page = named(&long);
    assert_eq!(page.texts("h1[data-long] > bdi")[0], long);
    assert!(named("Photo Printer").all("[data-long]").is_empty());
}

#[test]
fn a_long_description_is_whole_behind_a_summary_and_a_short_one_is_not_folded() {
    let said = |text: &str| page(card_of(&json!({ "description": text })).view());
    let long = "It prints whatever you like. ".repeat(5);
    let whole = format!("In its own words: {}", long.trim_end());
    let page = said(&long);
    assert_eq!(page.texts("details[part=description] > summary"), [whole]);
    assert_eq!(page.one("[part=description]").attr("open"), None);
    let short = said("It prints.");
    assert_eq!(short.texts("p[part=description]"), ["In its own words: It prints."]);
    assert!(short.all("details").is_empty());
}

#[test]
fn a_line_of_a_host_name_ends_after_a_dot_and_never_after_a_hyphen() {
    let answer = consent_with(|it| {
        it["redirect_uri"] = "https://my-app--x.photo-printer.co.example/cb".into();
        it["client"]["registrable_domain"] = "photo-printer.co.example".into();
    });
    let page = page(card(&answer).view());
    let host = page.one("[part=destination] bdi.countersign-address");
    assert_eq!(host.text().collect::<String>(), "my-app--x.photo-printer.co.example");
    let joined: Vec<String> =
        page.all("[part=destination] .countersign-joined").into_iter().map(text).collect();
    assert_eq!(joined, ["-a", "--x", "-p"]);
    let html = host.inner_html();
    assert_eq!(html.matches(".<wbr>").count(), 3);
    assert_eq!(html.matches("<wbr>").count(), 3);
}

fn pair(whole: &str, domain: &str) -> (String, String) {
    (whole.to_owned(), domain.to_owned())
}

#[test]
fn the_host_to_go_to_next_is_shown_in_full_with_what_was_registered_apart() {
    let mut answer = cards::full();
    answer["site_name"] = "Harbor".into();
    let page = page(card(&answer).view());
    assert_eq!(
        text(page.one("[part=destination]")),
        "You’ll be sent to login.printer.example:8443"
    );
    assert_eq!(
        host(&page, "[part=destination]"),
        pair("login.printer.example:8443", "printer.example")
    );
    assert_eq!(
        host(&page, "[part=caution]"),
        pair("login.printer.example:8443", "printer.example")
    );
}

#[test]
fn a_site_without_a_name_is_called_by_its_host_like_any_other_host() {
    let unnamed = page(card_of(&json!({ "verified": true })).view());
    assert_eq!(host(&unnamed, "h1"), pair(HOST, ""));
    assert_eq!(host(&unnamed, "[part=standing]"), pair(HOST, ""));
    let mut answer = consent();
    answer["site_name"] = "Harbor".into();
    let named = page(card(&answer).view());
    assert_eq!(named.texts("h1 bdi"), ["Photo Printer", "Harbor"]);
    assert!(named.all("h1 bdi[dir]").is_empty());
}

#[test]
fn where_the_registered_part_is_not_said_it_stands_out_in_a_host_of_two_labels_alone() {
    let page = page(card(&consent()).view());
    assert_eq!(host(&page, "[part=destination]"), pair("printer.example", "printer.example"));
    let page = self::page(leading_to("https://printer.co.example:8443/cb", false).view());
    assert_eq!(host(&page, "[part=destination]"), pair("printer.co.example:8443", ""));
    let long = format!("{}.example", "long-name.".repeat(20));
    let page = self::page(leading_to(&format!("https://{long}/cb"), false).view());
    assert_eq!(host(&page, "[part=destination]"), pair(&long, ""));
}

#[test]
fn what_stands_right_behind_a_name_stays_with_it() {
    let page = page(card_of(&json!({ "registration": "dynamic" })).view());
    let caution = page.one("[part=caution]");
    let whole = page.texts("[part=caution] > .countersign-whole");
    assert_eq!(whole, ["Photo Printer.", "printer.example."], "{}", caution.html());
    assert_eq!(page.texts("h1 > .countersign-whole"), [""; 0], "a space is no sign");
    let japanese = Messages::default().with(Key::ConsentHeading, "「{client}」が求めています");
    let page = page_in(card(&consent()).view_in(&japanese), japanese);
    assert_eq!(
        page.texts("h1 > .countersign-whole"),
        ["Photo Printer」"],
        "no spaces between words"
    );
}

#[test]
fn a_warning_is_not_headed_by_the_opposite() {
    for (members, words) in [
        (json!({ "verified": true }), "Not verified by id.harbor.example"),
        (json!({ "party": "first", "verified": true }), "Made by id.harbor.example"),
        (json!({ "registration": "managed" }), "Not verified by id.harbor.example"),
    ] {
        let mut answer = consent();
        for (name, value) in members.as_object().unwrap() {
            answer["client"][name] = value.clone();
        }
        answer["client"]["native"] = true.into();
        answer["redirect_uri"] = "com.example.printer:/cb".into();
        let page = page(card(&answer).view());
        let warned = !page.all(".countersign-note.countersign-caution").is_empty();
        assert_eq!(warned, members["party"] != "first", "{members}");
        assert_eq!(page.texts("[part=standing]"), [words], "{members}");
    }
}

#[test]
fn what_stands_behind_an_address_is_said() {
    for (address, native, words, whole) in [
        (
            "https://192.0.2.7/cb",
            false,
            "You’ll be sent to 192.0.2.7, an address without a domain name",
            "192.0.2.7",
        ),
        (
            "http://[::1]:7/cb",
            true,
            "You’ll be sent to a program on this device: [::1]:7",
            "[::1]:7",
        ),
        (
            "com.example.printer:/cb",
            true,
            "You’ll be sent back to an app on this device: com.example.printer:/cb",
            "com.example.printer:/cb",
        ),
    ] {
        let page = page(leading_to(address, native).view());
        assert_eq!(text(page.one("[part=destination]")), words);
        assert_eq!(host(&page, "[part=destination]").0, whole);
    }
}

#[test]
fn the_host_of_a_metadata_document_reads_from_left_to_right_too() {
    let mut document = json!({ "registration": "metadata_document", "client_id": "https://apps.printer.example/c" });
    let shown = |client: &Value| host(&page(card_of(client).view()), "[part=standing]");
    assert_eq!(shown(&document), pair("apps.printer.example", ""));
    document["registrable_domain"] = "printer.example".into();
    assert_eq!(shown(&document), pair("apps.printer.example", "printer.example"));
}
