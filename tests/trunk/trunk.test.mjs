// `trunk build --release` works by itself: with nothing but the tools, and none of the scripts, the page runs under the strict headers.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before } from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';
import { journeys } from '../e2e/support/journey.mjs';
import { startSite } from '../e2e/support/site.mjs';
import { serveFiles } from '../element/support/files.mjs';

const texts = (language) => JSON.parse(readFileSync(inRoot('messages', `${language}.json`), 'utf8'));
const built = inRoot('target', 'trunk');

before(() => {
  // A folder of its own, since crates that look for an unstable compiler are compiled anew wherever the flags of the scripts come and go.
  const env = { ...process.env, CARGO_TARGET_DIR: inRoot('target', 'by-trunk'), NO_COLOR: 'true' };
  execFileSync('trunk', ['build', '--release'], { cwd: inRoot(), env, stdio: ['ignore', 'inherit', 'inherit'] });
});

async function start() {
  const html = readFileSync(`${built}/index.html`, 'utf8');
  const front = await serveFiles({ texts: { '/oauth/authorize': html, '/b2b/oauth/authorize': html }, folders: { '/': built } });
  const site = await startSite({ frontEnd: { origin: front.origin, pages: ['authorization'] } });
  return { ...site, close: async () => { await site.close(); await front.close(); } };
}

const { journey } = journeys(start);

journey('a language that is a file is loaded', async ({ visitor }) => {
  const person = await visitor({ locale: 'de-DE' });
  const { client, card } = await person.signedIn();
  await client.connect();
  await card.heading(texts('de').consent_heading.replace('{client}', 'Fotodruck').replace('{site}', 'Harbor'));
});

journey('somebody connects an organization', async ({ visitor }) => {
  const person = await visitor();
  const { client, card } = await person.signedIn('grace@example.com');
  await client.connectOrganization();
  await card.asks('Photo Printer', 'Acme');
  await card.allow.click();
  await client.connected();
});
