// The demo's system with a page of ours in front: a plain page that holds the elements of the npm package.
import { startSite } from '../../e2e/support/site.mjs';
import { packaged, serveFiles } from './files.mjs';

const page = (body) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Allow access</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/npm/styles/page.css">
</head>
<body>${body}</body>
</html>
`;

/** What a page holds that registers the elements. */
export const REGISTERED = '<script type="module" src="/npm/register.js"></script>';

/** Starts it all with this body on the authorization page. */
export const elementSite = (body, { texts = {} } = {}) => async () => {
  const html = page(body);
  const files = await serveFiles({ texts: { '/oauth/authorize': html, '/b2b/oauth/authorize': html, '/oauth/logout': html, ...texts }, folders: { '/npm/': packaged } });
  const site = await startSite({ frontEnd: { origin: files.origin, pages: ['authorization'] } });
  return { ...site, close: () => Promise.all([site.close(), files.close()]) };
};
