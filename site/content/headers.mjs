// The headers of the site: those of a page that carries the widget (api/page-headers.json), since the gallery is one. The theme
// editor shows the gallery in a frame; everything else of the policy is as strict. Hosts of static files read them in `_headers`.
import { readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/lib/root.mjs';

// Not from `countersign/server/headers`: Eleventy reads what it imports as JavaScript, to know what to watch.
const { policy, headers } = JSON.parse(readFileSync(inRoot('api', 'page-headers.json'), 'utf8'));
const { 'Cache-Control': _, ...page } = headers;
const directives = { ...policy, 'frame-src': "'self'", 'frame-ancestors': "'self'", 'trusted-types': "'none'" };

/** The headers by the paths that they are for: `*` stands for anything. */
export const HEADERS = {
  '/*': {
    'Content-Security-Policy': Object.entries(directives).map(([name, value]) => `${name} ${value}`).join('; '),
    ...page,
    'X-Frame-Options': 'SAMEORIGIN',
  },
  '/*.md': { 'Content-Type': 'text/markdown; charset=utf-8' },
  '/logos/*': { 'Content-Type': 'image/svg+xml' },
};

/** The file `_headers`, as Netlify and Cloudflare Pages read it. */
export const headersFile = () => Object.entries(HEADERS)
  .map(([path, headers]) => [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n')).join('\n');
