/** The built pages, and the server's own plain ones. */
import { readFile } from 'node:fs/promises';
import { escape } from '../../../server/node/src/html.ts';
import { sendFrontEnd, servesPage } from './front-end.mjs';
import { sendFile } from './static.mjs';

const template = (title, body) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/site.css">
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</body>
</html>
`;

/** Sends a page with a heading and a few sentences. */
export function sendPage(res, status, title, sentences) {
  res.statusCode = status;
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.end(template(title, sentences.map((sentence) => `<p>${escape(sentence)}</p>`).join('\n')));
}

/** Sends a built page from `dist/<built>/index.html`, or the front end's page. */
export async function sendBuiltPage(site, req, res, page, built = page) {
  if (servesPage(site, page)) {
    if (!await sendFrontEnd(site, req, res)) sendPage(res, 502, 'The front end is not there', [`Nothing answers at ${site.frontEnd.origin}.`]);
    return;
  }
  const sent = await sendFile(req, res, `${site.dist}/${built}/index.html`, 'no-store');
  if (!sent) {
    sendPage(res, 503, 'This page has not been built yet', [`Run "npm run demo" in the project's folder. It builds ${built} into dist/${built} and starts this server again.`]);
  }
}

/** Sends the page with the widget. For consumers it is a smaller program, without organizations. */
export const sendWidget = (site, realm, req, res) => sendBuiltPage(site, req, res, 'authorization', realm.prefix === '' ? 'authorization' : 'b2b');

export const sendNotFound = (res) => sendPage(res, 404, 'There is no such page', ['The address may be mistyped. Start again at the app you came from.']);

/** Sends the page at `/`, with a link to the demo's client. */
export async function sendHome(site, res) {
  const html = await readFile(new URL('../site/index.html', import.meta.url), 'utf8');
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.end(html.replaceAll('{{client}}', escape(site.clientOrigin)));
}
