import assert from 'node:assert/strict';
import test from 'node:test';
import { formOf, posted } from './answers.mjs';
import { Browser, Client, KEPT, card, startServer } from './harness.mjs';

test('form_post', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);
  const answered = async (browser, more) => {
    const shown = await card(browser, client, { response_mode: 'form_post', ...more });
    return (await browser.allow(shown)).answer;
  };

  await t.test('ends on a one-time page that posts the answer, with which the client gets its tokens', async () => {
    const browser = new Browser(origin);
    const state = `it's "a" <state> & more`;
    const { redirect_uri: address } = await answered(browser, { state });
    assert.ok(address.startsWith(`${origin}/countersign/finish/`));
    const page = await browser.fetch(address);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    const policy = page.headers.get('content-security-policy');
    assert.match(policy, new RegExp(`form-action ${client.origin};`));
    assert.match(policy, /script-src 'sha256-[\w+/=]+';/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(page.headers.get('x-frame-options'), 'DENY');
    const form = formOf(await page.text());
    assert.equal(form.action, client.redirectUri);
    assert.equal(form.fields.state, state);
    assert.equal(form.fields.iss, origin);
    assert.equal((await browser.fetch(address)).status, 410);
    const tokens = await client.redeem(posted(form), { state });
    assert.equal(tokens.claims().sub, 'account-ada');
  });

  await t.test('is for the same browser only, and for a minute', async () => {
    const { origin: here, clock } = await startServer(t);
    const app = await Client.known(here);
    const browser = new Browser(here);
    const finish = async () => (await browser.allow(await card(browser, app, { response_mode: 'form_post' }))).answer.redirect_uri;
    const first = await finish();
    assert.equal((await new Browser(here).fetch(first)).status, 410);
    assert.equal((await browser.fetch(first)).status, 200);
    const second = await finish();
    clock.advance(61);
    assert.equal((await browser.fetch(second)).status, 410);
  });

  await t.test('its one-time page is marked as intermediate, and no other address is', async () => {
    const browser = new Browser(origin);
    assert.equal((await answered(browser)).intermediate, true);
    for (const mode of ['query', 'fragment', 'jwt']) assert.equal((await answered(browser, { response_mode: mode })).intermediate, undefined);
    const b2b = await Client.known(origin, 'third-party-public', { realm: 'b2b' });
    const shown = await card(browser, b2b, { response_mode: 'form_post' }, { realm: 'b2b' });
    assert.equal((await browser.allow(shown)).answer.intermediate, true);
    await browser.allow(await card(browser, client), KEPT);
    const ended = await browser.start('consumer', await client.query({ response_mode: 'form_post' }));
    assert.deepEqual([ended.outcome, ended.intermediate], ['redirect', true]);
  });

  await t.test('a denial is posted, too', async () => {
    const browser = new Browser(origin);
    const shown = await card(browser, client, { response_mode: 'form_post' });
    const { answer } = await browser.deny(shown.transaction);
    assert.equal(formOf(await (await browser.fetch(answer.redirect_uri)).text()).fields.error, 'access_denied');
  });
});

test('only a silent answer may be framed, by its client alone', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);
  const headersOf = async ({ headers }) => [headers.get('x-frame-options'), /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy'))[1]];
  const browser = new Browser(origin);
  const silent = await browser.fetch(`/oauth/authorize?${await client.query({ prompt: 'none', response_mode: 'form_post' })}`);
  assert.deepEqual(await headersOf(silent), [null, client.origin]);
  const shown = await card(browser, client, { response_mode: 'form_post' });
  const { answer } = await browser.allow(shown);
  assert.deepEqual(await headersOf(await browser.fetch(answer.redirect_uri)), ['DENY', "'none'"]);
});
