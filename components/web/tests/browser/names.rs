//! Names, on the vectors of the native tests.

use countersign::{
    api::client,
    backend::Outcome,
    consent::{Caution, DisplayText, Identity},
    messages::ENGLISH,
    platform::Platform,
};
use countersign_web::Browser;
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    harness::{Harness, messages},
    narrow::SHEETS,
    script::style,
    testing::{fixtures::*, play::Play},
};

fn vectors(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

#[wasm_bindgen_test]
fn every_name_is_shown_as_its_vector_says() {
    let mut wrong = Vec::new();
    for vector in vectors(include_str!("../../../../tests/vectors/names.json")) {
        let text = vector["text"].as_str().unwrap();
        let shown = DisplayText::name(text, &Browser);
        for (member, told) in [
            ("shown", shown.as_str()),
            ("whole", DisplayText::whole(text, &Browser).as_str()),
            ("verified", DisplayText::verified_name(text, &Browser).as_str()),
            ("initial", &shown.initial(&Browser)),
        ] {
            let expected = &vector[member];
            if !expected.is_null() && expected != told {
                wrong.push(format!("{}: {member} is {told:?}", vector["name"]));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

const fn word(caution: &Caution) -> &'static str {
    match caution {
        Caution::SiteName => "site",
        Caution::MixedScripts => "letters",
        Caution::IpAddress => "address",
        Caution::Loopback => "loopback",
        Caution::App => "app",
        Caution::HostMismatch { .. } => "hosts",
        Caution::Punycode => "punycode",
        Caution::Unverified => "unverified",
    }
}

#[wasm_bindgen_test]
fn every_client_has_the_cautions_of_its_vector() {
    for vector in vectors(include_str!("../../../../tests/vectors/identity.json")) {
        let mut answer = consent();
        answer["redirect_uri"] = "https://printer.example/cb".into();
        for (member, value) in vector["client"].as_object().unwrap() {
            answer["client"][member] = value.clone();
        }
        if vector["redirect_uri"].is_string() {
            answer["redirect_uri"] = vector["redirect_uri"].clone();
        }
        let read = client::read_outcome(&answer.to_string(), &Browser, &Browser);
        let Ok(Outcome::Consent(request)) = read else { panic!("{}", vector["name"]) };
        let target = request.redirect_uri.as_ref().unwrap();
        let language = vector["language"].as_str().unwrap_or(ENGLISH);
        let site = vector["site"].as_str().unwrap_or_default();
        let identity = Identity::of(&request, target, site, language, &Browser);
        let told: Vec<_> = identity.cautions.iter().map(word).collect();
        let expected = &vector["expected"];
        let first = expected["caution"].as_str();
        let also = expected["also"].as_array().into_iter().flatten().map(|it| it.as_str().unwrap());
        let expected: Vec<_> = first.into_iter().chain(also).collect();
        assert_eq!(told, expected, "{}", vector["name"]);
    }
}

#[wasm_bindgen_test]
fn a_text_is_cut_after_a_whole_grapheme() {
    let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
    let shown = DisplayText::name(&family.repeat(100), &Browser);
    assert_eq!(shown.as_str(), format!("{}…", family.repeat(11)));
    assert_eq!(Browser.grapheme(""), "");
    assert_eq!(Browser.replace("a1b2", r"(b)|\d", "$1"), "ab");
}

#[wasm_bindgen_test]
async fn a_name_that_fits_a_line_is_whole_on_one_line_of_the_heading() {
    let restyle = SHEETS.map(style);
    let width = style(".narrow { inline-size: 390px; }");
    for name in ["طابعة الصور الجميلة", "Photo Printer of Harbor", "写真プリンター アプリ"]
    {
        let play = Play::authorize().answer(&consent_with(|it| it["client"]["name"] = name.into()));
        let harness = Harness::of(&play);
        harness.widget.host().set_attribute("class", "narrow").unwrap();
        for language in ["ar", "de"] {
            harness.set_messages(&play, &messages(language)).await;
            let range = web_sys::window().unwrap().document().unwrap().create_range().unwrap();
            let named = harness.widget.all("h1 bdi").remove(0);
            range.select_node_contents(&named).unwrap();
            let lines = range.get_client_rects().unwrap();
            let top = |place| lines.get(place).unwrap().top();
            let whole = (1..lines.length()).all(|place| (top(place) - top(0)).abs() < 2.0);
            assert!(whole, "{name} in {language}");
        }
    }
    for undo in restyle.into_iter().chain([width]) {
        undo.call0(&JsValue::NULL).unwrap();
    }
}
