/** The kit's own page: the widget, and nothing else. */
import { escape, htmlPage, iconLink } from './html.ts';
import type { PageContext } from './page.ts';

export function widgetPage({ lang, dir, texts, realm, flow, siteName, apiBase, loginUrl, files, icon }: PageContext): string {
  const element = realm === 'b2b' ? 'countersign-b2b-identity-provider' : 'countersign-identity-provider';
  const at = escape(files);
  const head = `${iconLink(icon)}<link rel="stylesheet" href="${at}styles/page.css">
<link rel="modulepreload" href="${at}index.js">
<link rel="preload" href="${at}widget.wasm" as="fetch" type="application/wasm" crossorigin>
<script type="module" src="${at}register.js"></script>
`;
  return htmlPage({ lang, dir }, siteName, head, `<main>
<${element} api-base="${escape(apiBase)}" login-url="${escape(loginUrl)}" site-name="${escape(siteName)}"${flow === 'logout' ? ' flow="logout"' : ''}></${element}>
</main>
<noscript>${escape(texts.shell_unavailable)}</noscript>`);
}
