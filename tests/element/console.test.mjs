// What developers read in the console: each failure once, by its path and its cause; names that nobody reads; and never a secret.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';
import { pages } from './support/bare.mjs';
import { packaged } from './support/files.mjs';

const inPage = pages();
const broken = JSON.parse(readFileSync(inRoot('tests', 'vectors', 'broken.json'), 'utf8'));
const explained = readFileSync(inRoot('components', 'web', 'src', 'errors-page.txt'), 'utf8').trim();
const causes = JSON.parse(readFileSync(inRoot('components', 'web', 'src', 'causes.json'), 'utf8'));

/** The lines of the element in the console, from now on. `next` waits for one more. */
function told(page) {
  const lines = [];
  const waiting = [];
  page.on('console', (message) => {
    if (!message.text().startsWith('[countersign]')) return;
    lines.push(`${message.type()} ${message.text()}`);
    waiting.shift()?.();
  });
  let read = 0;
  const next = async () => {
    read += 1;
    if (lines.length < read) await new Promise((resolve) => { waiting.push(resolve); });
    return lines[read - 1];
  };
  return { lines, next };
}

/** Answers every call to the API. */
const answers = (page, reply) => page.route('**/countersign/**', (route) => route.fulfill(reply()));

/** The reply of a vector: its own, or a consent with one change. */
function replyOf({ reply, remove, set }, consent) {
  if (reply) {
    const location = reply.status === 302 ? { location: '/login?return_to=secret' } : {};
    return { status: reply.status, headers: { ...(reply.type && { 'content-type': reply.type }), ...location }, body: reply.body };
  }
  const at = (pointer) => {
    const names = pointer.split('/').slice(1);
    return [names.slice(0, -1).reduce((value, name) => value[name], consent), names.at(-1)];
  };
  if (remove) {
    const [holder, name] = at(remove);
    delete holder[name];
  }
  if (set) {
    const [holder, name] = at(set[0]);
    holder[name] = set[1];
  }
  return { status: 200, contentType: 'application/json', body: JSON.stringify(consent) };
}

inPage('every mistake of a backend is told once, by its call, its status, its path and its cause', async ({ page }) => {
  const console = told(page);
  let reply;
  await answers(page, () => reply);
  for (const vector of broken) {
    reply = replyOf(vector, await page.evaluate(() => kit.consent()));
    const detail = await page.evaluate(async () => {
      const element = kit.put();
      const error = await kit.until(() => element.told.find(({ code }) => code));
      element.remove();
      return error;
    });
    assert.deepEqual(detail, vector.told, vector.name);
    const line = await console.next();
    const { code, error } = vector.told;
    assert.ok(line.startsWith(`error [countersign] ${code}${error ? `: ${error}` : ''}\n  POST /countersign/authorize/start: ${vector.told.status ?? 200}`), line);
    for (const words of [vector.says, vector.mismatch ?? '']) assert.ok(line.includes(words), `${vector.name}: ${words} in ${line}`);
    assert.ok(line.endsWith(`\n  ${explained}${code}`), line);
    assert.match(line, /\n  Likely: \S/, vector.name);
  }
  assert.equal(console.lines.length, broken.length);
});

inPage('docs/errors.md shows a failure as the console tells it', async ({ page }) => {
  const console = told(page);
  const [, shown] = readFileSync(inRoot('docs', 'errors.md'), 'utf8').match(/^```\n(\[countersign\] [^`]+`[^`]+`[^`]+)\n```$/m);
  const reply = replyOf({ set: ['/scopes/1/granted', 'yes'] }, await page.evaluate(() => kit.consent()));
  await answers(page, () => reply);
  await page.evaluate(() => { kit.put(); });
  assert.equal(await console.next(), `error ${shown}`);
});

inPage('no server, no CORS and a backend that throws are told apart', async ({ page, person }) => {
  person.expects(/Failed to load resource|blocked by CORS|Content Security Policy|Refused to connect|violates the following/);
  const console = told(page);
  const fails = (properties) => page.evaluate(async (given) => {
    const backend = { start: () => { throw new Error('no table "grants"'); }, submit: () => {} };
    const element = kit.put(given ?? { backend });
    const { code } = await kit.until(() => element.told.find((it) => it.code));
    element.remove();
    return code;
  }, properties);
  assert.equal(await fails(undefined), 'server_error');
  assert.match(await console.next(), /Cause: Error: no table "grants"\n {2}Likely: Your own `backend` threw;/);
  assert.equal(await fails({ apiBase: 'https://api.elsewhere.test/countersign' }), 'unreachable');
  assert.match(await console.next(), /POST https:\/\/api\.elsewhere\.test\/countersign\/authorize\/start: no response\n {2}Likely: The API is on another origin/);
  await page.route('**/countersign/**', (route) => route.abort());
  assert.equal(await fails({}), 'unreachable');
  assert.match(await console.next(), /Likely: The server does not run at this address/);
});

inPage('names that nobody reads are named once, with the one that was meant', async ({ page }) => {
  const console = told(page);
  await page.evaluate(async () => {
    const properties = () => ({
      backend: kit.scripted(kit.consent({ expires_at: Date.now(), client: { ...kit.consent().client, logo_uri: 'https://printer.example/logo.png' } })),
      messages: { consent_headng: 'Secret words', allow: 'Yes {clint}' },
      tokens: { '--countersign-acent': 'red', accent: 'red' },
      sitName: 'Harbor',
      getConsentManifest: () => [{ text: 'See', scope: ['photos.read'] }, { header: 'x', item: [], items: [{ text: 'y', scopes: ['photos.raed'] }] }],
    });
    for (const attributes of [{ themme: 'dark', 'data-testid': 'x', 'aria-label': 'y', 'x-bind:site-name': 'name', 'hx-get': '/', 'wire:model': 'x', jsaction: 'x' }, {}]) {
      await kit.state(kit.put(properties(), undefined, attributes), 'consent');
    }
  });
  const expected = [
    'messages: there is no "consent_headng". Did you mean "consent_heading"?',
    'messages.allow: the text has no {clint} to fill in.',
    'tokens: there is no "--countersign-acent". Did you mean "--countersign-accent"?',
    'tokens: there is no "accent". Did you mean "--countersign-accent"?',
    'There is no attribute "themme". Did you mean "theme"?',
    'There is no property "sitName". Did you mean "siteName"?',
    'expires_at: in seconds since 1970, not in milliseconds.',
    'client.logo_uri: a path on the API\'s own origin, such as "/logos/1". The card shows an initial instead.',
    'getConsentManifest: an item: there is no "scope". Did you mean "scopes"?',
    'getConsentManifest: a section: there is no "item". Did you mean "items"?',
    'getConsentManifest: the scope "photos.raed" is not requested, or is spelt in another way.',
  ].map((text) => `warning [countersign] ${text}`);
  for (let count = 0; count < expected.length; count += 1) await console.next();
  assert.deepEqual([...console.lines].sort(), expected.sort());
});

inPage('a page that is not on loopback tells nothing and loads nothing for it, unless it is asked to', async ({ page }) => {
  const console = told(page);
  const loaded = [];
  page.on('request', (request) => { if (request.url().endsWith('/debug.js')) loaded.push(request.url()); });
  const fails = (properties, attributes) => page.evaluate(async ([given, more]) => {
    const element = kit.put({ backend: { start: async () => ({}), submit() {} }, messages: { alow: 'x' }, ...given }, undefined, more);
    await kit.state(element, 'failed');
    element.remove();
  }, [properties, attributes]);
  // On loopback, but told to be quiet, which is all that a name elsewhere changes.
  await fails({ debug: false });
  await fails({}, { debug: 'false' });
  assert.deepEqual([console.lines, loaded], [[], []]);
  await fails({}, { debug: '' });
  assert.match(await console.next(), /^warning .*"alow"/);
  assert.match(await console.next(), /^error .*answer_malformed: outcome: missing\n/);
  assert.equal(loaded.length, 1);
});

test('only loopback counts as development', async () => {
  const source = readFileSync(inRoot('components', 'element', 'ts', 'element', 'diagnose.ts'), 'utf8');
  const [, pattern] = source.match(/\?\? \/(.*)\/\.test\(location\.hostname\)/);
  const loopback = new RegExp(pattern);
  for (const host of ['localhost', 'app.localhost', '127.0.0.1', '127.8.9.1', '[::1]']) assert.match(host, loopback);
  for (const host of ['', 'localhost.example', 'notlocalhost', 'id.harbor.example', '10.0.0.1', '192.168.1.2', '[::2]', '1127.0.0.1']) assert.doesNotMatch(host, loopback);
});

test('no page has the sentences in its own files', () => {
  const sentences = Object.values(causes).map((text) => text.slice(0, 60));
  const site = inRoot('dist');
  const built = existsSync(site) ? readdirSync(site, { recursive: true }).filter((name) => /\.(js|wasm)$/.test(name)).map((name) => path.join(site, name)) : [];
  assert.ok(!existsSync(site) || built.length > 5);
  const files = [...['index.js', 'register.js', 'react.js', 'react/stytch.js', 'react/stytch-standalone.js', 'widget.wasm', 'stytch.wasm'].map((name) => path.join(packaged, name)), ...built];
  for (const file of files) {
    const text = readFileSync(file, 'latin1');
    assert.deepEqual(sentences.filter((sentence) => text.includes(sentence)), [], file);
  }
  const debug = readFileSync(path.join(packaged, 'debug.js'), 'utf8');
  for (const cause of ['The server threw', 'The API is not mounted']) assert.ok(debug.includes(cause), cause);
});

const SECRETS = ['s3cretState', 'sekretnonce', 'ada@example.com', 'lovelace', 'SplxlOBeZQQYbYS6WxSbIA', 'opaquetoken', 'eyJhbGciOiJub25lIn0.e30.x', 'hemligt', 'T-geheim', 'V-geheim'];

inPage('whatever fails, no value of the request, the answer or a setting reaches the console', async ({ page, person, open }) => {
  person.expects(/Failed to load resource/);
  const console = told(page);
  const [state, nonce, email, login, code, token, jwt, word, transaction, version] = SECRETS;
  await open(`&state=${state}&nonce=${nonce}&login_hint=${encodeURIComponent(email)}&id_token_hint=${jwt}&x=${word}`);
  const whole = await page.evaluate(() => location.search.slice(1));
  const detail = `No ${word} for ${email}, state ${state}, code ${code}, token=${token}, bearer ${jwt}, see https://id.example/x?nonce=${nonce} in ${whole}`;
  const back = `https://printer.example/callback?code=${code}&state=${state}`;
  const consent = await page.evaluate((more) => kit.consent(more), {
    transaction, version, account: { sub: login, name: login, email }, redirect_uri: back,
  });
  const replies = [
    ...broken.filter(({ reply }) => reply).map(({ reply }) => ({ ...replyOf({ reply }), body: JSON.stringify({ detail, title: detail, code: token, transaction, account: email }) })),
    ...broken.filter(({ reply }) => !reply).map((vector) => replyOf(vector, structuredClone(consent))),
    ...['javascript:', 'http://evil.example/', 'https://u:p@evil.example/', 'x'].map((to) => replyOf({}, { outcome: 'redirect', redirect_uri: `${to}?code=${code}&state=${state}` })),
    replyOf({}, { outcome: 'error', error: `refused_${code}_${email}`, error_description: detail, request_id: 'R1' }),
    replyOf({}, { outcome: token, detail }),
    { status: 200, contentType: 'text/html', body: `<p>${detail}</p>` },
    { status: 200, contentType: `text/${token}; name=${email}`, body: detail },
  ];
  let reply;
  await answers(page, () => reply);
  for (reply of replies) {
    await page.evaluate(async () => {
      const element = kit.put();
      await kit.until(() => element.told.some((it) => it.code));
      element.remove();
    });
    await console.next();
  }
  const own = [
    { backend: { start: { throws: detail } } }, { trustedToken: { token: jwt, profileId: word }, stytch: { publicToken: token, customBaseUrl: 5 } },
    { messages: { [`alow_${word}`]: detail } , apiBase: 5 }, { tokens: { '--countersign-acent': detail }, loginUrl: 5 },
    { apiBase: `/countersign?token=${token}` },
  ];
  for (const given of own) {
    await page.evaluate(async (properties) => {
      const thrown = properties.backend?.start.throws;
      const element = kit.put(thrown ? { backend: { start: () => { throw new Error(thrown); }, submit() {} } } : properties);
      await kit.until(() => element.told.some((it) => it.code));
      element.remove();
    }, given);
    await kitTold(console);
  }
  const all = console.lines.join('\n');
  assert.ok(console.lines.length >= replies.length + own.length);
  for (const secret of [...SECRETS, whole, encodeURIComponent(email)]) assert.ok(!all.toLowerCase().includes(secret.toLowerCase()), `${secret} in\n${all}`);
});

/** Waits for the next error, past the warnings. */
async function kitTold(console) {
  while (!(await console.next()).startsWith('error')) {
    // A warning.
  }
}
