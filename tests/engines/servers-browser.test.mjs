// The servers to copy, with the page of the packed package and the demo's client, in Chromium.
import assert from 'node:assert/strict';
import { createRelyingParty } from '../../examples/relying-party/relying-party.mjs';
import { journeys } from '../e2e/support/journey.mjs';
import { holdPort } from '../e2e/support/ports.mjs';
import { SERVERS, startServer } from './support/server.mjs';

/** A server, and the demo's client, at whose port the server knows it. */
const systemOf = (folder) => async () => {
  const held = await holdPort();
  const host = await startServer(folder, { client: `http://localhost:${held.port}` }).finally(held.release);
  const client = await createRelyingParty({ port: held.port, issuer: host.issuer, pages: host.origin, openid: host.openid, organizations: false });
  return { issuer: host.origin, client: client.url, openid: host.openid, password: host.password, close: () => Promise.all([host.close(), client.close()]) };
};

for (const [folder, { name }] of Object.entries(SERVERS)) {
  const { journey } = journeys(systemOf(folder));
  journey(`${name}: a person signs in at the server’s own page, and the client gets tokens`, async ({ site, visitor }) => {
    const { page, client, card } = await (await visitor()).tab();
    await client.connect({ scopes: ['photos.read'] });
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByLabel('Password').fill(site.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await card.asks('Photo Printer');
    await card.reads();
    await card.allow.click();
    const { scopes } = await client.connected();
    assert.deepEqual(scopes.filter((scope) => scope !== 'openid'), ['email', 'photos.read', 'profile']);
  });
}
