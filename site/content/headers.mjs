// The headers of the site: those of a page that carries the widget (api/page-headers.json), since the gallery is one. The theme
// editor shows the gallery in a frame; everything else of the policy is as strict. Hosts of static files read them in `_headers`.
import { pageHeaders } from '../../server/node/src/headers.ts';

const { 'Cache-Control': _, ...page } = pageHeaders({
  policy: { 'frame-src': "'self'", 'frame-ancestors': "'self'", 'trusted-types': "'none'" },
});

/** The headers by the paths that they are for: `*` stands for anything. */
export const HEADERS = {
  '/*': { ...page, 'X-Frame-Options': 'SAMEORIGIN' },
  '/*.md': { 'Content-Type': 'text/markdown; charset=utf-8' },
  '/logos/*': { 'Content-Type': 'image/svg+xml' },
};

/** The file `_headers`, as Netlify and Cloudflare Pages read it. */
export const headersFile = () => Object.entries(HEADERS)
  .map(([path, headers]) => [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n')).join('\n');
