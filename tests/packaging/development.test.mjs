// An app of one's own with hot reloading, in front of the demo's server: React on Vite's development server, with nothing to configure.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { journeys } from '../e2e/support/journey.mjs';
import { bin, made, siteWith, sources, started, vite8 } from './support/hosts.mjs';

/** The app's folder, which no other test has: its sources are edited. */
let folder;

async function open() {
  folder = await made('vite-8-edited', { ...vite8, build: undefined });
  cpSync(path.join(sources.example('react'), 'src'), path.join(folder, 'src'), { recursive: true });
  return started(folder, [bin('vite')]);
}

/** Edits a file of the app. */
function edit(name, from, to) {
  const file = path.join(folder, name);
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes(from));
  writeFileSync(file, text.replace(from, to));
}

const { journey } = journeys(siteWith(open, { pages: ['authorization', 'login'], development: true }), { longest: 8 * 60_000 });

journey('an edit of the source is shown on the card without a reload, and the client gets tokens', async ({ visitor }) => {
  const person = await visitor();
  person.expects(/^\[vite\] (connecting|connected|hot updated)|React DevTools/);
  const { client, login, card, page } = await person.tab();
  await client.prepare({ scopes: ['photos.read'] });
  await client.press('Connect');
  await login.signIn('ada@example.com');
  await card.asks('Photo Printer');
  await page.evaluate(() => { globalThis.loadedOnce = true; });
  const asked = person.requests('/countersign/authorize/start').length;
  edit('src/authorize.jsx', '<IdentityProvider\n', '<IdentityProvider\n      footer={<p>Edited a moment ago</p>}\n');
  await page.getByText('Edited a moment ago').waitFor();
  assert.equal(await page.evaluate(() => globalThis.loadedOnce), true);
  assert.equal(person.requests('/countersign/authorize/start').length, asked, 'the card was not started anew');
  await card.asks('Photo Printer');
  await card.allow.click();
  assert.ok((await client.connected()).scopes.includes('photos.read'));
});
