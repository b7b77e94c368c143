/** The kit's own page: the widget, and nothing else. */
import { escape } from './html.ts';
import type { PageContext } from './page.ts';

export function widgetPage({ lang, dir, texts, realm, flow, siteName, apiBase, loginUrl, files }: PageContext): string {
  const element = realm === 'b2b' ? 'countersign-b2b-identity-provider' : 'countersign-identity-provider';
  const at = escape(files);
  return `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(siteName)}</title>
<link rel="stylesheet" href="${at}styles/page.css">
<link rel="modulepreload" href="${at}index.js">
<link rel="preload" href="${at}widget.wasm" as="fetch" type="application/wasm" crossorigin>
<script type="module" src="${at}register.js"></script>
</head>
<body>
<main>
<${element} api-base="${escape(apiBase)}" login-url="${escape(loginUrl)}" site-name="${escape(siteName)}"${flow === 'logout' ? ' flow="logout"' : ''}></${element}>
</main>
<noscript>${escape(texts.shell_unavailable)}</noscript>
</body>
</html>
`;
}
