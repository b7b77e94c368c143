//! Theme values that a team set for Stytch's components.

use countersign::strings::concat;

include!(concat!(env!("OUT_DIR"), "/theme.rs"));

/// Converts a theme of Stytch's components (`presentation.theme`) to tokens and their values. A
/// value without a token is left out; `theme.json` lists the names.
///
/// ```
/// let tokens = countersign_stytch::theme([("primary", "#0a7d4b"), ("icon", "x")]);
/// assert!(tokens.eq([("--countersign-button", "#0a7d4b".to_owned())]));
/// ```
pub fn theme<'a>(
    values: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> impl Iterator<Item = (&'static str, String)> {
    values.into_iter().flat_map(|(name, value)| set(name, value))
}

/// Converts a light and a dark theme (`presentation.theme` with two). A value that differs follows
/// the colour scheme by `light-dark()`.
///
/// ```
/// let light = [("primary", "black"), ("border", "grey")];
/// let dark = [("primary", "white"), ("border", "grey")];
/// let tokens: Vec<_> = countersign_stytch::theme_pair(&light, &dark).collect();
/// assert_eq!(tokens, [
///     ("--countersign-button", "light-dark(black, white)".to_owned()),
///     ("--countersign-border", "grey".to_owned()),
/// ]);
/// ```
pub fn theme_pair(
    light: &[(&str, &str)],
    dark: &[(&str, &str)],
) -> impl Iterator<Item = (&'static str, String)> {
    light.iter().flat_map(|(name, value)| {
        let other = dark.iter().find(|(other, _)| other == name);
        match other {
            Some((_, other)) if other != value => {
                set(name, &concat(&["light-dark(", value, ", ", other, ")"]))
            }
            _ => set(name, value),
        }
    })
}

/// The tokens that a value sets.
fn set(name: &str, value: &str) -> Vec<(&'static str, String)> {
    let text = |&(token, before, after): &(&'static str, &str, &str)| {
        (token, concat(&[before, value, after]))
    };
    tokens(name).iter().map(text).collect()
}
