//! Plain pages of the kit.

/// A text for content and attributes.
#[must_use]
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The line of a page's head that names the site's icon, if it has one.
pub(crate) fn icon_link(icon: Option<&str>) -> String {
    let link = |icon| format!("<link rel=\"icon\" href=\"{}\">\n", escape(icon));
    icon.map(link).unwrap_or_default()
}

/// A page of the kit. `title` is a text; `head` and `body` are HTML.
pub(crate) fn html_page(lang: &str, dir: &str, title: &str, head: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html>
<html lang=\"{lang}\" dir=\"{dir}\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>{title}</title>
{head}</head>
<body>
{body}
</body>
</html>
"
    )
}
