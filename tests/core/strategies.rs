//! Hostile texts and addresses.

use proptest::{collection::vec, prelude::*, sample::select};

/// Unicode categories Cc, Cf, Zl and Zp, from the Unicode data itself.
const HIDDEN: &[(u32, u32)] = &[
    (0x0, 0x1f),
    (0x7f, 0x9f),
    (0xad, 0xad),
    (0x600, 0x605),
    (0x61c, 0x61c),
    (0x6dd, 0x6dd),
    (0x70f, 0x70f),
    (0x890, 0x891),
    (0x8e2, 0x8e2),
    (0x180e, 0x180e),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x2064),
    (0x2066, 0x206f),
    (0xfeff, 0xfeff),
    (0xfff9, 0xfffb),
    (0x110bd, 0x110bd),
    (0x110cd, 0x110cd),
    (0x13430, 0x1343f),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0001, 0xe0001),
    (0xe0020, 0xe007f),
];

/// Whether a character is a control, or changes how others look.
pub fn is_hidden(c: char) -> bool {
    HIDDEN.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(c)))
}

/// Whether a text turns what stands beside it, or breaks its line.
pub fn changes_others(text: &str) -> bool {
    let turns = |c| matches!(u32::from(c), 0x202a..=0x202e | 0x2066..=0x2069);
    text.contains(|c: char| c.is_control() || turns(c) || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// A name with hostile characters.
pub fn text() -> impl Strategy<Value = String> {
    let hidden = (0..HIDDEN.len()).prop_flat_map(|range| {
        let (first, last) = HIDDEN[range];
        (first..=last).prop_filter_map("a character", char::from_u32)
    });
    let letter = prop_oneof![
        4 => select(vec!['a', 'B', 'о', '٣', 'م', '日', '😀', '<', '"', '{', '}', ' ', '\u{a0}', '\u{3000}']),
        4 => hidden,
        1 => select(vec!['\u{301}', '\u{34f}', '\u{2800}', '\u{3164}', '\u{fe0f}', '\u{e01ef}']),
        1 => any::<char>(),
    ];
    vec(letter, 0..60).prop_map(String::from_iter)
}

/// Names like those of [`text`], but few enough to generate thousands.
pub fn name() -> impl Strategy<Value = String> {
    select(vec![
        "Photo Printer",
        "",
        "  ",
        "\u{200b}",
        "\u{3164}\u{2800}",
        "moc.elgoog\u{202e}",
        "\u{2066}a\u{2067}b\u{2068}c\u{2069}",
        "Goo\u{200b}gle\u{ad}",
        "a\u{0}\u{7}\u{1b}[2Jb\u{7f}\u{9b}",
        "line\r\nbreak\u{2028}and\u{2029}more\u{85}",
        "tag\u{e0041}\u{e007f}\u{feff}",
        "\u{fff9}note\u{fffa}\u{fffb}\u{1d173}\u{13430}\u{110bd}\u{8e2}",
        "{client}{organization}",
        "<b onclick=alert(1)>&amp;",
        "Z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}algo",
        "مرحبا (verified) עולם",
        "日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語",
    ])
    .prop_map(str::to_owned)
}

/// Addresses that a backend may send, safe and unsafe, and whether the client is native.
pub fn address() -> impl Strategy<Value = (String, bool)> {
    let known = select(vec![
        "https://printer.example/cb?code=c0de&state=st4te",
        "https://printer.example:8443/cb",
        "http://localhost:4401/callback?code=c0de",
        "http://127.0.0.1:1/x",
        "http://[::1]/x",
        "http://printer.example/cb",
        "http://127.0.0.+1/",
        "http://localhost.evil.example/",
        "https:printer.example/cb",
        "https:/printer.example/cb",
        "https://user@printer.example/",
        "https://printer.example\\@evil.example/",
        "com.example.printer:/cb?code=c0de",
        "printer://cb",
        "javascript:alert(1)",
        "JaVaScRiPt://x/%0aalert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "data:text/html,x",
        "blob:https://printer.example/1",
        "file:///etc/passwd",
        "vbscript:x",
        "view-source:https://printer.example/",
        "ms-msdt:/id",
        "search-ms:query=x",
        "cursor://anysphere.cursor-mcp/oauth/callback",
        "//evil.example/",
        "/local",
        "",
    ])
    .prop_map(str::to_owned);
    let made = "[a-zA-Z:/@.\\\\ \\t?#0-9\\[\\]+%-]{0,24}";
    (prop_oneof![8 => known, 1 => made, 1 => "\\PC{0,24}"], any::<bool>())
}

/// The rule for safe addresses, written independently and without a parser: `https`, `http` on this
/// device, or a scheme of a native client that is not the browser's own.
pub fn may_be_opened(address: &str, native: bool) -> bool {
    if address.chars().any(|c| c.is_control() || c == ' ') {
        return false;
    }
    let Some((scheme, rest)) = address.split_once(':') else {
        return false;
    };
    let scheme = scheme.to_ascii_lowercase();
    let authority = rest.strip_prefix("//").map(|rest| {
        let rest = rest.trim_start_matches(['/', '\\']);
        rest.split(['/', '\\', '?', '#']).next().unwrap_or_default().to_owned()
    });
    match (scheme.as_str(), authority) {
        ("https", Some(authority)) => !authority.is_empty() && is_plain(&authority),
        ("http", Some(authority)) => is_plain(&authority) && is_this_device(&authority),
        ("https" | "http", None) => false,
        ("javascript" | "data" | "blob" | "file" | "vbscript" | "ftp" | "ws" | "wss", _) => false,
        ("filesystem" | "view-source" | "search-ms" | "about" | "search" | "shell" | "tel", _) => {
            false
        }
        (other, _) if other.starts_with("ms-") || other.starts_with("ms.") => false,
        (other, authority) => {
            let mut letters = other.chars();
            let named = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
                && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
            let named = named && address.is_ascii();
            native && named && authority.is_none_or(|it| is_plain(&it))
        }
    }
}

/// There is no user name. An `@` without text before it is allowed.
fn is_plain(authority: &str) -> bool {
    let user = authority.rsplit_once('@').map(|(user, _)| user);
    user.is_none_or(|user| user.chars().all(|c| matches!(c, ':' | '@')))
}

fn is_this_device(authority: &str) -> bool {
    let host = authority.trim_start_matches(['@', ':']);
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let name = name.to_ascii_lowercase();
    // The generator makes no other spelling of this device.
    name == "localhost" || name == "::1" || (name.starts_with("127.") && !name.contains('+'))
}
