// Engines and clients that mean no good: no page is led to an unchecked address, and nothing of an engine is shown unchecked.
import assert from 'node:assert/strict';
import test from 'node:test';
import { errorEnding, errorResponse } from '../../server/node/src/index.ts';
import { asked, CALLBACK } from './support/engine.mjs';
import { atCard, createBrowser, createSite, decisionOn, ORIGIN, V1 } from './support/site.mjs';

const ENGINE = 'https://engine.example';
const SECRET_CODE = 'code=secret';
const NEVER = [
  'javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'blob:https://app.example/1', 'file:///etc/passwd', 'vbscript:x', 'view-source:https://app.example/cb',
  'intent://x#Intent;end', 'ms-msdt:x', 'http://app.example/cb', 'https://user@app.example/cb', 'https://user:pw@app.example/cb', 'https:/app.example/cb', 'https:app.example',
  'https://app.example\\@evil.example/cb', 'https://app.example/cb\n', ' https://app.example/cb', '/cb', '//app.example/cb', '', 'not an address', `https://app.example/${'a'.repeat(70_000)}`,
  undefined, null, 7, {},
];

async function refusesAll(site, answer) {
  const { status, body } = await answer();
  assert.deepEqual([status, body.code], [500, 'server_error']);
  assert.doesNotMatch(JSON.stringify(body), /secret|evil|javascript/);
}

test('no answer of an engine leads to an address that no page may open, before or after a card', async () => {
  for (const to of NEVER) {
    for (const more of [{}, { native: true }, { intermediate: true }]) {
      if (more.native && typeof to === 'string' && to.startsWith('http://app')) continue;
      const site = createSite({ script: { open: () => ({ kind: 'done', to, ...more }) } });
      await refusesAll(site, () => createBrowser(site).start());
      for (const decision of ['allow', 'deny']) {
        const asking = createSite({ script: { [decision]: () => ({ to, ...more }) } });
        const { browser, card } = await atCard(asking);
        await refusesAll(asking, () => browser.submit(decisionOn(card, decision)));
      }
    }
  }
});

test('after a card, the answer goes to the address on it, to the site or through the engine, and nowhere else', async () => {
  const wrong = [
    { to: `https://evil.example/cb?${SECRET_CODE}` }, { to: `https://app.example/other?${SECRET_CODE}` }, { to: `https://app.example:8443/cb?${SECRET_CODE}` }, { to: `https://app.example.evil.example/cb?${SECRET_CODE}` },
    { to: `${ENGINE}/next` }, { to: 'https://evil.example/next', intermediate: true }, { to: `https://sub.engine.example/next`, intermediate: true }, { to: `com.example.app:/cb?${SECRET_CODE}`, native: true },
  ];
  for (const ending of wrong) {
    const site = createSite({ script: { origins: [ENGINE], allow: () => ending } });
    const { browser, card } = await atCard(site);
    await refusesAll(site, () => browser.submit(decisionOn(card)));
    assert.ok(!JSON.stringify(site.events).includes('secret'));
  }
  const right = [{ to: `${CALLBACK}?${SECRET_CODE}` }, { to: `${CALLBACK}#${SECRET_CODE}` }, { to: `${ENGINE}/next`, intermediate: true }, { to: `${ORIGIN}/oauth/next` }];
  for (const ending of right) {
    const site = createSite({ script: { origins: [ENGINE], allow: () => ending } });
    const { browser, card } = await atCard(site);
    const { body } = await browser.submit(decisionOn(card));
    assert.deepEqual(body, { outcome: 'redirect', redirect_uri: ending.to, ...(ending.intermediate ? { intermediate: true } : {}) });
  }
});

test('an engine that answers at once after a card may not lead elsewhere either', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  site.engine.script.open = () => ({ kind: 'done', to: `https://evil.example/?${SECRET_CODE}` });
  await refusesAll(site, () => browser.start({ transaction: card.transaction }));
});

test('a private-use scheme is for native clients, and the answer may differ in its path', async () => {
  const redirect = 'com.example.app:/cb';
  const native = createSite({ script: { open: () => asked({ redirect_uri: redirect }), allow: () => ({ to: 'com.example.app:///cb?code=1' }) } });
  const { browser, card } = await atCard(native);
  assert.equal(card.client.native, true);
  assert.deepEqual((await browser.submit(decisionOn(card))).body, { outcome: 'redirect', redirect_uri: 'com.example.app:///cb?code=1', native: true });
  const web = createSite({ script: { open: () => ({ kind: 'done', to: 'com.example.app:/cb?code=1' }) } });
  await refusesAll(web, () => createBrowser(web).start());
  web.engine.script.open = () => ({ kind: 'done', to: 'com.example.app:/cb?code=1', native: true });
  assert.equal((await createBrowser(web).start()).body.native, true);
});

test('a loopback address is a native client’s, and its answer keeps its port', async () => {
  const site = createSite({ script: { open: () => asked({ redirect_uri: 'http://127.0.0.1:54212/cb' }), allow: () => ({ to: 'http://127.0.0.1:54212/cb?code=1' }) } });
  const { browser, card } = await atCard(site);
  assert.equal(card.client.native, true);
  assert.equal(card.remember, 'never');
  assert.equal((await browser.submit(decisionOn(card))).status, 200);
});

test('a card never shows an address that would not be opened', async () => {
  for (const redirect of NEVER) {
    const site = createSite({ script: { open: () => asked({ redirect_uri: redirect }) } });
    await refusesAll(site, () => createBrowser(site).start());
  }
});

test('a form of an engine goes to the engine or the site by itself, and to the client by a page that is there once', async () => {
  const to = (action, fields = { code: '<&"1', state: 's' }) => ({ form: { action, fields } });
  const script = { origins: [ENGINE] };
  const submit = async (ending, options) => {
    const site = createSite({ script: { ...script, allow: () => ending } });
    const { browser, card } = await atCard(site);
    return { browser, ...await browser.submit(decisionOn(card), options) };
  };
  const own = await submit(to(`${ORIGIN}/consent`));
  assert.deepEqual(own.body, { outcome: 'post', action: `${ORIGIN}/consent`, fields: { code: '<&"1', state: 's' } });
  // The page posts to no other host, to none in version 1 (api/openapi.yaml: "a one-time page of the server"), and nothing that is too large: a page of the kit does.
  for (const [ending, options] of [[to(`${ENGINE}/consent`)], [to(`${ORIGIN}/consent`), V1], [to(`${ORIGIN}/consent`, { a: 'x'.repeat(8193) })], [to(`${ORIGIN}/consent`, { '': 'x' })]]) {
    const later = await submit(ending, options);
    assert.equal(later.body.intermediate, true);
    const forward = await later.browser.send(later.body.redirect_uri.slice(ORIGIN.length));
    assert.doesNotMatch(forward.headers.get('content-security-policy'), /form-action/);
  }
  const { browser, body } = await submit(to(CALLBACK));
  assert.equal(body.intermediate, true);
  const path = body.redirect_uri.slice(ORIGIN.length);
  const stranger = createBrowser(createSite());
  assert.equal((await stranger.send(path)).status, 410);
  const [name] = [...browser.jar.keys()].filter((one) => one.startsWith('__Host-countersign_'));
  const planted = createBrowser(browser.site);
  planted.jar.set(name, 'wrong');
  assert.equal((await planted.send(path)).status, 410);
  const page = await browser.send(path);
  assert.equal(page.status, 200);
  const html = await page.text();
  assert.ok(html.includes(`action="${CALLBACK}"`) && html.includes('value="&lt;&amp;&quot;1"'));
  assert.match(page.headers.get('content-security-policy'), /form-action https:\/\/app\.example; frame-ancestors 'none'/);
  assert.equal((await browser.send(path)).status, 410);
  for (const action of ['https://evil.example/', 'https://app.example/other', 'javascript:x', 'http://app.example/cb']) {
    assert.equal((await submit(to(action))).status, 500, action);
  }
});

test('the script of the page that posts is allowed by its hash', async () => {
  const { createHash } = await import('node:crypto');
  const { finishPage } = await import('../../server/node/src/finish.ts');
  const page = finishPage({ action: CALLBACK, fields: {}, forwards: false });
  const [, script] = /<script>(.*)<\/script>/.exec(await page.text());
  assert.ok(page.headers.get('content-security-policy').includes(`'sha256-${createHash('sha256').update(script).digest('base64')}'`));
});

test('names, links and pictures of a client are cut, checked, or left out', async () => {
  const client = {
    client_id: 'app', client_name: `${'😀'.repeat(1500)}\ud800`, client_uri: 'javascript:alert(1)', policy_uri: 'http://app.example/', tos_uri: 'https://app.example/tos',
    logo_uri: 'https://tracker.example/logo.png', 'client_name#de': 'Die App', 'client_name#not a tag': 'x', 'client_uri#fr': 'https://app.example/fr', 'client_uri#es': 'data:x', 'client_name#ja': '',
  };
  const site = createSite({ script: { open: () => asked({ client }) }, describe: { client: () => ({ logo_uri: '//evil.example/x.png' }) } });
  const { card } = await atCard(site);
  assert.equal([...card.client.name].length, 1000);
  const { name, ...rest } = card.client;
  assert.deepEqual(rest, {
    client_id: 'app', tos_uri: 'https://app.example/tos', 'name#de': 'Die App', 'client_uri#fr': 'https://app.example/fr', party: 'third', registration: 'dynamic', verified: false, native: false,
  });
});

test('a name that the host gives a client replaces the client’s own in every language', async () => {
  const { card } = await atCard(createSite({ describe: { client: () => ({ name: 'Checked', party: 'first', verified: true }) } }));
  assert.deepEqual([card.client.name, card.client['name#de'], card.client.party, card.client.verified], ['Checked', undefined, 'first', true]);
});

test('what a client says of itself does not make it verified, first-party or managed', async () => {
  const client = { client_id: 'app', party: 'first', verified: true, description: 'mine', name: 'Bank' };
  const { card } = await atCard(createSite({ script: { open: () => asked({ client }) } }));
  assert.deepEqual([card.client.party, card.client.verified, card.client.registration, card.client.name, card.client.description], ['third', false, 'dynamic', 'app', undefined]);
});

test('a scope that is none, or more of anything than a card can have, is no card', async () => {
  const many = (count, make) => Array.from({ length: count }, (_, n) => make(n));
  const wrong = [
    { scopes: [{ scope: 'a b' }] }, { scopes: [{ scope: '' }] }, { scopes: many(257, (n) => ({ scope: `s${n}` })) }, { resources: many(65, (n) => `https://r${n}.example`) }, { details: many(65, () => ({ type: 't' })) },
  ];
  for (const more of wrong) {
    const site = createSite({ script: { open: () => asked(more) } });
    assert.equal((await createBrowser(site).start()).status, 500, JSON.stringify(more).slice(0, 80));
  }
});

test('an error that an adapter makes keeps state, and says who answers', () => {
  const redirect = 'https://app.example/cb';
  const all = { error: 'access_denied', state: 'a b&c', iss: ORIGIN };
  assert.deepEqual(errorEnding(`${redirect}?x=1`, all), { to: `${redirect}?x=1&error=access_denied&state=a+b%26c&iss=https%3A%2F%2Fsite.example` });
  assert.deepEqual(errorEnding(redirect, { error: 'access_denied', description: 'no', state: null, response_mode: 'fragment' }), { to: `${redirect}#error=access_denied&error_description=no` });
  assert.equal(errorResponse(redirect, all), errorEnding(redirect, { ...all, response_mode: 'unknown' }).to);
  assert.deepEqual(errorEnding(redirect, { ...all, response_mode: 'form_post' }), { form: { action: redirect, fields: all } });
});
