// A Leptos app outside the workspace, built by the recipe of docs/leptos.md alone: what it weighs, and that it works.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { brotli, gzip } from '../../scripts/lib/compress.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { keep } from '../../scripts/sizes/budget.mjs';
import { journeys } from '../e2e/support/journey.mjs';
import { startSite } from '../e2e/support/site.mjs';
import { serveFiles } from '../element/support/files.mjs';
import { build, out, program } from './build.mjs';

let made;
before(() => { made = build(); });

const weight = (all) => ['raw', 'gzip', 'brotli'].map((kind) => all.reduce((sum, bytes) => sum + { raw: bytes, gzip: gzip(bytes), brotli: brotli(bytes) }[kind].length, 0));
const row = (name, numbers) => `${name.padEnd(34)}${numbers.map((value) => value.toLocaleString('en-US').padStart(10)).join('')}`;

/** The same of the demo's page for consumers. */
const ours = () => readdirSync(inRoot('dist', 'authorization')).filter((name) => /\.(js|wasm)$/.test(name)).map((name) => readFileSync(inRoot('dist', 'authorization', name)));

test('loader, glue and module are within their budget, and smaller than wasm-bindgen wrote them', (t) => {
  const theirs = weight(program());
  t.diagnostic(row('loader, glue and module, bytes', ['raw', 'gzip', 'brotli']));
  t.diagnostic(row('the demo’s page for consumers', weight(ours())));
  t.diagnostic(row('a Leptos page, by the recipe', theirs));
  keep('leptos', 'A Leptos page by the recipe', theirs[2], made.small);
  const [before, after] = ['before', 'shrunk'].map((which) => Number(made.said.match(new RegExp(`^page, ${which}.* ([\\d,]+)$`, 'm'))[1].replaceAll(',', '')));
  assert.ok(after < 0.8 * before, made.said);
});

/** The page as Trunk writes it (examples/leptos/index.html, Trunk.toml). */
function html() {
  const files = { css: (href) => `<link rel="stylesheet" href="${href.replace('../..', '')}">` };
  const scripts = '<script type="module" src="/loader.js" data-glue="/page.js" data-wasm="/page_bg.wasm"></script></head>';
  const page = readFileSync(inRoot('examples', 'leptos', 'index.html'), 'utf8');
  return page.replace(/<link data-trunk rel="([\w-]+)"(?: href="([^"]+)")?[^>]*>/g, (_, rel, href) => files[rel]?.(href) ?? '').replace('</head>', scripts);
}

async function start() {
  const front = await serveFiles({
    texts: { '/oauth/authorize': html(), '/loader.js': readFileSync(inRoot('examples', 'leptos', 'loader.js'), 'utf8') },
    folders: { '/style/': inRoot('style'), '/messages/': inRoot('messages'), '/': out },
  });
  const site = await startSite({ frontEnd: { origin: front.origin, pages: ['authorization'] } });
  return { ...site, close: async () => { await site.close(); await front.close(); } };
}

const { journey } = journeys(start);

journey('somebody allows, without a console message under the strict headers, and somebody else reads German', async ({ visitor }) => {
  const { client, card } = await (await visitor()).signedIn();
  await client.connect();
  await card.asks('Photo Printer');
  await card.allow.click();
  await client.connected();
  const german = await (await visitor({ locale: 'de-DE' })).signedIn('grace@example.com');
  await german.client.connect();
  const { consent_heading: words } = JSON.parse(readFileSync(inRoot('messages', 'de.json'), 'utf8'));
  await german.card.heading(words.replace('{client}', 'Fotodruck').replace('{site}', 'Harbor'));
});
