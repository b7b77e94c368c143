// The pages of the site. The server serves dist/<name>/index.html, and its other files below `url`. The program is the one
// that the HTML names, or `bin`. `ahead` is a script beside the loader that the page has in the loader's place, `next` the page that users see after it.
import { inRoot } from '../lib/root.mjs';
import { stamp } from './stamp.mjs';

export const pages = [
  { name: 'authorization', html: 'index.html', bin: 'consumer', url: '/assets/authorization/', ahead: 'ahead.ts' },
  { name: 'b2b', html: 'index.html', url: '/assets/b2b/', ahead: 'ahead.ts' },
  { name: 'stytch', html: 'index.html', bin: 'stytch', url: '/assets/stytch/', ahead: 'ahead.ts' },
  { name: 'login', html: 'examples/demo/login.html', url: '/assets/login/', ahead: 'next.ts', next: 'authorization' },
  { name: 'gallery', html: 'examples/demo/gallery.html', url: '/assets/gallery/' },
];

/** The page with the widget: its size is checked against the budget. */
export const consumerPage = 'authorization';

export const siteStamp = stamp({
  file: inRoot('dist', 'stamp.json'),
  inputs: ['index.html', 'examples/demo', 'examples/authorization-server/fixtures/texts', 'tests/vectors/hostile.json', 'scripts/sizes/parts.mjs'],
  outputs: () => pages.map(({ name }) => inRoot('dist', name)),
});
