//! An address that is opened is absolute, leads where it says, and is of a kind that may be opened.

#![no_main]

use countersign::{
    platform::native::Native,
    protocol::{AddressKind, Link, RedirectTarget},
};
use libfuzzer_sys::fuzz_target;
use url::Url;

const NEVER: [&str; 12] = [
    "javascript",
    "data",
    "blob",
    "file",
    "vbscript",
    "view-source",
    "intent",
    "search",
    "shell",
    "about",
    "ws",
    "ftp",
];

fuzz_target!(|text: &str| {
    let Ok(page) = Url::parse("https://as.example/oauth/authorize?x=1") else { return };
    if let Some(link) = Link::check(text, &Native) {
        let url = page.join(text).unwrap();
        assert_eq!(url.scheme(), "https");
        assert!(link.host().starts_with(url.host_str().unwrap()), "{}", link.host());
    }
    for native in [false, true] {
        let Ok(target) = RedirectTarget::check(text, native, &Native) else { continue };
        assert_eq!(target.as_str(), text);
        assert!(!target.host().is_empty());
        assert!(target.host().chars().all(|c| c.is_ascii_graphic()), "{}", target.host());
        let url = page.join(text).unwrap();
        assert_eq!(Ok(&url), Url::parse(text).as_ref(), "not absolute");
        assert!(url.username().is_empty() && url.password().is_none());
        let scheme = url.scheme();
        match target.kind() {
            AddressKind::Web => assert_eq!(scheme, "https"),
            AddressKind::Loopback => {
                let host = url.host_str().unwrap();
                let is_local = ["localhost", "[::1]"].contains(&host) || host.starts_with("127.");
                assert!(scheme == "http" && is_local, "{host}");
            }
            _ => {
                assert!(native && scheme != "http" && scheme != "https");
                assert!(!NEVER.contains(&scheme) && !scheme.starts_with("ms-"), "{scheme}");
                assert!(target.host().starts_with(&format!("{scheme}:")));
            }
        }
    }
});
