// Calls that no page of the site makes, and bodies that are not as described.
import assert from 'node:assert/strict';
import test from 'node:test';
import { atCard, createBrowser, createSite, decisionOn, ORIGIN } from './support/site.mjs';

const CALLS = ['/authorize/start', '/authorize/submit', '/logout/start', '/logout/submit'];

test('a call from elsewhere is 403, and the engine never hears of it', async () => {
  const site = createSite();
  const browser = createBrowser(site);
  const foreign = [
    { Origin: 'https://evil.example' }, { Origin: `${ORIGIN}.evil.example` }, { Origin: 'null' }, { Origin: `${ORIGIN}/` }, { Origin: ORIGIN.replace('https', 'http') },
    { Origin: '' }, { 'X-Countersign': '' }, { 'X-Countersign': '2' }, { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' },
    { 'Content-Type': 'text/plain' }, { 'Content-Type': 'application/jsonp' }, { 'Content-Type': '' },
  ];
  for (const path of CALLS) {
    for (const headers of foreign) {
      const { status, body } = await browser.call(path, {}, { headers, unchecked: true });
      assert.deepEqual([status, body.code], [403, 'cross_origin_call'], `${path} ${JSON.stringify(headers)}`);
    }
  }
  assert.equal(site.engine.calls.length, 0);
});

test('another method than POST is 405', async () => {
  const browser = createBrowser(createSite());
  for (const path of CALLS) {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await browser.send(`/countersign${path}`, { method, headers: { Origin: ORIGIN, 'X-Countersign': '1' } });
      assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST']);
    }
  }
});

test('what is no call of the API is 404', async () => {
  const browser = createBrowser(createSite());
  for (const path of ['/', '/countersign', '/countersign/', '/countersign/toString', '/countersign/authorize/start/', '/x/countersign/authorize/start']) {
    assert.equal((await browser.send(path, { method: 'POST' })).status, 404, path);
  }
});

const deep = `${'['.repeat(40)}${']'.repeat(40)}`;
const MALFORMED = [
  ['/authorize/start', 'no json', '/ '],
  ['/authorize/start', '[]', '/ '],
  ['/authorize/start', 'null', '/ '],
  ['/authorize/start', '{"realm":"consumer"}', '/query '],
  ['/authorize/start', '{"realm":"other","query":""}', '/realm '],
  ['/authorize/start', '{"realm":"b2b","query":""}', '/realm '],
  ['/authorize/start', '{"realm":"consumer","query":7}', '/query '],
  ['/authorize/start', '{"realm":"consumer","query":"a b"}', '/query '],
  ['/authorize/start', '{"realm":"consumer","query":"a#b"}', '/query '],
  ['/authorize/start', '{"realm":"consumer","query":"a","query":"b"}', '/query '],
  ['/authorize/start', '{"realm":"consumer","query":"a","more":1}', '/more '],
  ['/authorize/start', '{"realm":"consumer","query":"a","__proto__":1}', '/__proto__ '],
  ['/authorize/start', `{"realm":"consumer","query":"${'a'.repeat(32_769)}"}`, '/query '],
  ['/authorize/start', `{"realm":"consumer","query":"${'a'.repeat(50_000)}"}`, '/ '],
  ['/authorize/start', '{"realm":"consumer","transaction":"a/b"}', '/transaction '],
  ['/authorize/start', '{"realm":"consumer","transaction":"a","query":""}', '/query '],
  ['/authorize/start', '{"realm":"consumer","transaction":"a","organization_id":""}', '/organization_id '],
  ['/authorize/start', Buffer.from('{"realm":"consumer","query":"\xff"}', 'latin1'), '/ '],
  ['/authorize/start', new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), '/ '],
  ['/authorize/submit', '{"transaction":"a","decision":"allow","scopes":[]}', '/version '],
  ['/authorize/submit', '{"transaction":"a","version":"v","decision":"maybe","scopes":[]}', '/decision '],
  ['/authorize/submit', '{"transaction":"a","version":"v","decision":"allow","scopes":[{"scope":"a b"}]}', '/scopes/0/scope '],
  ['/authorize/submit', '{"transaction":"a","version":"v","decision":"allow","scopes":[{"scope":"a"},{"scope":"a","x/y~z":1}]}', '/scopes/1/x~1y~0z '],
  ['/authorize/submit', `{"transaction":"a","version":"v","decision":"allow","scopes":[],"authorization_details":[{"type":"t","x":${deep}}]}`, '/authorization_details/0/x'],
  ['/authorize/submit', '{"transaction":"a","version":"v","decision":"allow","scopes":[],"authorization_details":[{"type":"t","n":9007199254740993}]}', '/authorization_details/0/n '],
  ['/authorize/submit', '{"transaction":"a","version":"v","decision":"allow","scopes":[],"authorization_details":[{"type":"t","n":1e999}]}', '/authorization_details/0/n '],
  ['/authorize/submit', '{"transaction":"a","version":"v","decision":"allow","scopes":[],"authorization_details":[{"type":"\\ud800"}]}', '/authorization_details/0/type '],
  ['/authorize/submit', '{"transaction":"a","version":"v","decision":"allow","scopes":[],"remember":"yes"}', '/remember '],
  ['/logout/start', '{"realm":"consumer","query":"a","transaction":"t"}', '/transaction '],
  ['/logout/submit', '{"logout":"a","decision":"allow"}', '/decision '],
];

test('a body that is not as described is 400 with the place of the fault', async () => {
  const site = createSite();
  const browser = createBrowser(site);
  for (const [path, text, place] of MALFORMED) {
    const { status, body } = await browser.call(path, text, { unchecked: true, headers: { 'Idempotency-Key': 'k' } });
    const name = `${path} ${String(text).slice(0, 120)}`;
    assert.deepEqual([status, body.code], [400, 'malformed_call'], name);
    assert.ok(body.detail.startsWith(`The body is not as described: ${place}`), `${name}: ${body.detail}`);
  }
  assert.equal(site.engine.calls.length, 0);
});

test('a compressed body is 400: nothing takes it apart', async () => {
  const { status } = await createBrowser(createSite()).start(undefined, { headers: { 'Content-Encoding': 'gzip' } });
  assert.equal(status, 400);
});

test('a decision needs a key', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  for (const key of ['', 'a b', 'ä', 'k'.repeat(129)]) {
    const { status } = await browser.submit(decisionOn(card), { key, unchecked: true });
    assert.equal(status, 400, key);
  }
});

test('lengths are in characters, not in code units', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  const submit = (resource) => browser.submit(decisionOn(card, 'deny', { scopes: [{ scope: 'read', resource }] }), { unchecked: true });
  assert.equal((await submit('😀'.repeat(2049))).status, 400);
  assert.equal((await submit('😀'.repeat(2048))).status, 200);
});
