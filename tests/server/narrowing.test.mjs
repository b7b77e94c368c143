import assert from 'node:assert/strict';
import test from 'node:test';
import { ADA, Browser, Client, card, connect, startServer } from './harness.mjs';

const PHOTOS = 'https://photos.example/api';

const claimsOf = (token) => {
  const { aud, scope } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  return { aud, scope };
};

test('scopes that a decision leaves out', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);
  const granted = async (answer, app = client) => (await app.redeem(answer.redirect_uri)).scope;

  await t.test('reading cannot be left out while writing is chosen', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { scope: 'openid photos.read photos.write' });
    const { status, answer } = await browser.allow(shown, { without: ['photos.read'] });
    assert.deepEqual([status, answer.code], [400, 'malformed_call']);
    const done = await browser.allow(shown, { without: ['photos.write'] });
    assert.equal(await granted(done.answer), 'openid photos.read');
  });

  await t.test('both can be left out, and both chosen', async () => {
    const browser = new Browser(origin);
    const ask = () => card(browser, client, { scope: 'openid photos.read photos.write' });
    const none = await browser.allow(await ask(), { without: ['photos.read', 'photos.write'] });
    assert.equal(await granted(none.answer), 'openid');
    const both = await browser.allow(await ask());
    assert.equal(await granted(both.answer), 'openid photos.read photos.write');
  });

  await t.test('writing at one API does not imply reading at another', async () => {
    const browser = new Browser(origin);
    const resource = 'http://localhost:9000/api';
    await browser.login(ADA);
    const query = await client.query({ scope: 'openid photos.read photos.write' });
    const shown = await browser.start('consumer', `${query}&${new URLSearchParams([['resource', PHOTOS], ['resource', resource]])}`);
    const write = { scope: 'photos.write', resource: PHOTOS };
    const { status } = await browser.allow(shown, { scopes: [{ scope: 'openid' }, write, { scope: 'photos.read', resource }] });
    assert.equal(status, 400);
    const done = await browser.allow(shown, { scopes: [{ scope: 'openid' }, write, { scope: 'photos.read', resource: PHOTOS }] });
    assert.equal(done.status, 200);
  });

  await t.test('a resource that is named twice has one row for each scope, and what is unticked there is not granted', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const scope = 'openid photos.read photos.read photos.write openid';
    const twice = `${await client.query({ scope, prompt: 'consent' })}&${new URLSearchParams([['resource', PHOTOS], ['resource', PHOTOS]])}`;
    const shown = await browser.start('consumer', twice);
    assert.deepEqual(shown.scopes.map(({ scope: name, resource }) => [name, resource]), [
      ['openid', undefined], ['photos.read', PHOTOS], ['photos.write', PHOTOS],
    ]);
    assert.equal(shown.resources.length, 1);
    const { answer } = await browser.allow(shown, { without: ['photos.write'] });
    const tokens = await client.redeem(answer.redirect_uri, { parameters: { resource: PHOTOS } });
    assert.deepEqual(claimsOf(tokens.access_token), { aud: PHOTOS, scope: 'photos.read' });
  });

  await t.test('a decision that lists a scope twice ticks one row', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { scope: 'openid photos.read', resource: PHOTOS });
    const read = { scope: 'photos.read', resource: PHOTOS };
    const { answer } = await browser.allow(shown, { scopes: [read, { scope: 'openid' }, read, { scope: 'openid' }] });
    const tokens = await client.redeem(answer.redirect_uri, { parameters: { resource: PHOTOS } });
    assert.deepEqual(claimsOf(tokens.access_token), { aud: PHOTOS, scope: 'photos.read' });
    const next = await browser.start('consumer', await client.query({ scope: 'openid photos.read', resource: PHOTOS }));
    assert.deepEqual(next.scopes.map(({ granted: before }) => before), [true, true]);
  });

  await t.test('two resources that are spelled differently have a row each, and one does not stand for the other', async () => {
    const browser = new Browser(origin);
    await browser.login(ADA);
    const [one, two] = ['http://localhost:9000/api', 'http://localhost:9000/api/'];
    const query = await client.query({ scope: 'openid photos.read', prompt: 'consent' });
    const shown = await browser.start('consumer', `${query}&${new URLSearchParams([['resource', one], ['resource', two]])}`);
    assert.equal(shown.scopes.filter(({ scope }) => scope === 'photos.read').length, 2);
    const { answer } = await browser.allow(shown, { scopes: [{ scope: 'openid' }, { scope: 'photos.read', resource: two }] });
    const tokens = await client.redeem(answer.redirect_uri, { parameters: { resource: two } });
    assert.deepEqual(claimsOf(tokens.access_token), { aud: two, scope: 'photos.read' });
  });

  await t.test('nothing can be left out if the client needs all scopes', async () => {
    const browser = new Browser(origin);
    const app = await Client.known(origin, 'third-party-unverified');
    const shown = await card(browser, app, { scope: 'openid profile photos.read' });
    assert.equal(shown.can_narrow, false);
    const { status, answer } = await browser.allow(shown, { without: ['profile'] });
    assert.deepEqual([status, answer.code], [400, 'malformed_call']);
    const done = await browser.allow(shown);
    assert.equal(await granted(done.answer, app), 'openid profile photos.read');
  });

  await t.test('a scope that cannot be granted does not stop a client that needs all', async () => {
    const browser = new Browser(origin);
    const app = await Client.known(origin, 'third-party-unverified', { realm: 'b2b' });
    const first = await card(browser, app, { scope: 'openid members.read' }, { realm: 'b2b' });
    const shown = await browser.start('b2b', { transaction: first.transaction, organization_id: 'globex' });
    const { answer } = await browser.allow(shown);
    assert.equal(await granted(answer, app), 'openid');
  });

  await t.test('a client that needs all scopes is remembered like any other', async () => {
    const browser = new Browser(origin);
    const app = await Client.known(origin, 'third-party-unverified');
    await connect(browser, app);
    assert.equal((await browser.start('consumer', await app.query())).outcome, 'redirect');
  });
});
