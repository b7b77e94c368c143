// The recipe for Leptos hosts with Trunk: `trunk build --release` in examples/leptos shrinks the program by its hook, and the page runs under
// the strict headers.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { brotli } from '../../scripts/lib/compress.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { keep } from '../../scripts/sizes/budget.mjs';
import { journeys } from '../e2e/support/journey.mjs';
import { startSite } from '../e2e/support/site.mjs';
import { serveFiles } from '../element/support/files.mjs';

const built = inRoot('target', 'leptos-trunk');
const page = () => readFileSync(path.join(built, 'index.html'), 'utf8');

before(() => {
  const env = { ...process.env, CARGO_TARGET_DIR: inRoot('target', 'by-trunk'), NO_COLOR: 'true' };
  execFileSync('trunk', ['build', '--release', '--dist', built], { cwd: inRoot('examples', 'leptos'), env, stdio: ['ignore', 'inherit', 'inherit'] });
});

test('the page names the shrunk files, and they are within the budget of a build without the size options', () => {
  const [, glue, wasm] = page().match(/data-glue="\/([^"]+)" data-wasm="\/([^"]+)"/);
  const files = ['loader.js', glue, wasm].map((name) => path.join(built, name));
  for (const file of files) assert.ok(existsSync(file), file);
  keep('leptos', 'A Leptos page by Trunk and its hook', files.reduce((sum, file) => sum + brotli(readFileSync(file)).length, 0), false);
});

async function start() {
  const front = await serveFiles({ texts: { '/oauth/authorize': page() }, folders: { '/': built } });
  const site = await startSite({ frontEnd: { origin: front.origin, pages: ['authorization'] } });
  return { ...site, close: async () => { await site.close(); await front.close(); } };
}

const { journey } = journeys(start);

journey('somebody allows, and the client gets tokens', async ({ visitor }) => {
  const { client, card } = await (await visitor()).signedIn();
  await client.connect();
  await card.asks('Photo Printer');
  await card.allow.click();
  await client.connected();
});
