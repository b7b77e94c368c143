//! The kit's own page: the widget, and nothing else.

use countersign::protocol::Realm;

use super::{Flow, PageContext};
use crate::html::{escape, html_page, icon_link};

pub(super) fn widget_page(context: &PageContext<'_>) -> String {
    let element = match context.realm {
        Realm::B2b => "countersign-b2b-identity-provider",
        _ => "countersign-identity-provider",
    };
    let [at, api, login, site] =
        [context.files, context.api_base, context.login_url, context.site_name].map(escape);
    let flow = if context.flow == Flow::Logout { " flow=\"logout\"" } else { "" };
    let head = format!(
        "{}<link rel=\"stylesheet\" href=\"{at}styles/page.css\">
<link rel=\"modulepreload\" href=\"{at}index.js\">
<link rel=\"preload\" href=\"{at}widget.wasm\" as=\"fetch\" type=\"application/wasm\" crossorigin>
<script type=\"module\" src=\"{at}register.js\"></script>
",
        icon_link(context.icon)
    );
    let body = format!(
        "<main>
<{element} api-base=\"{api}\" login-url=\"{login}\" site-name=\"{site}\"{flow}></{element}>
</main>
<noscript>{}</noscript>",
        escape(context.unavailable)
    );
    html_page(context.lang, context.dir, context.site_name, &head, &body)
}
