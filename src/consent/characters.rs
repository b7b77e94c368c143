//! The characters that a stranger's text must not have, as patterns (ECMAScript, with the flags `g`
//! and `u`). The platform has the tables of Unicode.

/// The opening of a pattern of cursive letters: [Unicode Standard Annex 31][1] section 2.3 allows
/// a non-joiner between two letters that would join.
///
/// [1]: https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters
macro_rules! cursive {
    () => {
        r"(?=[\p{sc=Arab}\p{sc=Syrc}\p{sc=Nkoo}\p{sc=Mong}\p{sc=Adlm}])"
    };
}

/// The signs that join two consonants (virama).
macro_rules! virama {
    () => {
        r"[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2\u1b44\ua9c0]"
    };
}

/// An emoji (Unicode Technical Standard 51), with its skin tone or its style.
macro_rules! emoji {
    () => {
        r"\p{ExtPict}(?:\p{EMod}|[\ufe0e\ufe0f])?"
    };
}

/// The group is what stays: joiners, selectors and tags where a script or an emoji needs them. What
/// leaves: other characters that nobody sees, a fifth mark on one letter, which would write over
/// the line above, a ninth beside it, with which it would be longer than a line, and a mark without
/// a letter. No emoji has more than five parts.
pub const UNWANTED: &str = concat!(
    "(",
    // A flag of a region, with its letters as tags.
    r"\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}|",
    emoji!(),
    r"(?:\u200d",
    emoji!(),
    r"){0,4}|[\d#*]\ufe0f?\u20e3|",
    // The variant of an ideograph, and of a Mongolian letter.
    r"\p{UIdeo}[\ufe00-\ufe02\u{e0100}-\u{e01ef}]|",
    r"(?=\p{L})\p{sc=Mong}[\u180b-\u180f]|",
    r"(?<=\p{L}\p{M}{0,2})",
    virama!(),
    r"(?:\u200d|\u200c(?=\p{L}))|",
    r"\p{L}\u200d(?=",
    virama!(),
    ")|",
    cursive!(),
    // Not after a letter that never joins the next one, such as alef.
    r"(?![\u0621-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699",
    r"\u06c0\u06c3-\u06cb\u06cd\u06cf\u06d5\u06ee\u06ef])\p{L}\p{M}{0,4}\u200c(?=",
    cursive!(),
    r"\p{L}))|[\p{Cc}\p{Cf}\p{DI}\u2800\u{1d159}]",
    r"|(?<=[\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]+|(?<=\p{M}{8})\p{M}+|(?<![^ ])\p{M}+"
);

/// Symbols that may look like a badge of this site beside a name: all that are no emoji, such as
/// check marks and circled letters, and the emoji among them that are read as a seal, a lock, an
/// award or a button. Also private-use characters, and what draws a ring around a letter. The group
/// is empty: nothing of them stays.
pub const SYMBOLS: &str = concat!(
    r"()(?![°№℃℉\u3200-\u3243\u3300-\u33ff]|\p{Emoji})(?=\p{scx=Zyyy})\p{So}",
    "|[©®™ℹⓂ√⋆𐄂☑✔✅✳✴❇❎⭐⭕⚪⚫㉠-㊰㋐-㋾🌟🎖🎗🏅🏆🏵👑💠💮💯📛🔏-🔓🔘🔝🔰-🔹🗝🛡🟠-🟤🥇-🥉🪪🅰-🆚🈁-🉑]",
    r"|\p{Co}|(?!(?<=[\d#*]\ufe0f?)\u20e3)\p{Me}"
);
