import assert from 'node:assert/strict';
import test from 'node:test';
import { parseJson } from '../../server/node/src/json.ts';
import { ADA, Browser, Client, allowing, card, startServer } from './harness.mjs';

const DEEP = 6000;
const nested = (depth, open = '[', close = ']', inner = '') => open.repeat(depth) + inner + close.repeat(depth);
const PAYMENT = { type: 'payment_initiation', instructedAmount: { currency: 'EUR', amount: '45.00' }, creditorName: 'Photo Printer' };

/** A good body of every call, as text, with a member added. */
const BODIES = {
  '/countersign/authorize/start': (more) => `{"realm":"consumer","query":""${more}}`,
  '/countersign/authorize/submit': (more) => `{"transaction":"x","version":"v","decision":"deny","scopes":[]${more}}`,
  '/countersign/logout/start': (more) => `{"realm":"consumer","query":""${more}}`,
  '/countersign/logout/submit': (more) => `{"logout":"x","decision":"stay"${more}}`,
  '/account/login': (more) => `{"email":"a","password":"b"${more}}`,
  '/account/continue': (more) => `{"return_to":"/"${more}}`,
  '/account/session': (more) => `{"a":1${more}}`,
  '/account/logout': (more) => `{"a":1${more}}`,
};

test('a body that two readers could read differently is 400, and its place is named', async (t) => {
  const { origin } = await startServer(t);
  const browser = new Browser(origin);
  const client = await Client.known(origin);
  const refused = async (path, body, place) => {
    const { status, answer } = await browser.call(path, body, { headers: { 'idempotency-key': 'key' }, invalid: true });
    assert.deepEqual([status, answer.code], [400, 'malformed_call'], body.slice(0, 100));
    const named = /^The body is not as described: (\/\S*) /.exec(answer.detail)?.[1];
    if (place !== undefined) assert.equal(named, place, body.slice(0, 100));
    assert.ok(named, answer.detail);
  };

  for (const [path, body] of Object.entries(BODIES)) {
    await t.test(`in ${path}`, async () => {
      const [name] = Object.keys(JSON.parse(body('')));
      await refused(path, body(`,"x":${nested(DEEP)}`));
      await refused(path, body(`,"x":${nested(DEEP, '{"y":', '}', '1')}`));
      await refused(path, nested(20_000), '/0'.repeat(33));
      await refused(path, body(',"x":"\\ud800"'), '/x');
      await refused(path, body(',"x\\udfff":1'), '/x\ufffd');
      await refused(path, body(',"x":1e999'), '/x');
      await refused(path, body(',"x":-1e400'), '/x');
      await refused(path, body(',"x":12345678901234567890'), '/x');
      await refused(path, body(',"x":1,"x":1'), '/x');
      await refused(path, body(',"x":{"a/b":[0,{"c~":1,"c\\u007e":2}]}'), '/x/a~1b/1/c~0');
      await refused(path, body(',"__proto__":1'), /account\/(session|logout)/.test(path) ? undefined : '/__proto__');
      await refused(path, body(','), '/');
      await refused(path, `\ufeff${body('')}`, '/');
      await refused(path, body(`,"${name}":"consumer"`), `/${name}`);
    });
  }

  await t.test('null stands for nothing, and is refused where it is', async () => {
    const start = { realm: 'consumer', query: '' };
    const submit = { transaction: 'x', version: 'v', decision: 'deny', scopes: [] };
    for (const member of Object.keys(start)) await refused('/countersign/authorize/start', JSON.stringify({ ...start, [member]: null }));
    for (const member of [...Object.keys(submit), 'organization_id', 'remember', 'authorization_details']) {
      await refused('/countersign/authorize/submit', JSON.stringify({ ...submit, [member]: null }), `/${member}`);
    }
    for (const [list, place] of [['[null]', '/0'], ['[{"scope":null}]', '/0/scope'], ['[{"scope":"a","resource":null}]', '/0/resource'], ['[{"scope":"a","resource":""}]', '/0/resource']]) {
      await refused('/countersign/authorize/submit', `{"transaction":"x","decision":"deny","scopes":${list}}`, `/scopes${place}`);
    }
    await refused('/countersign/authorize/submit', '{"transaction":"x","decision":"deny","scopes":[],"authorization_details":[{"type":""}]}', '/authorization_details/0/type');
    await refused('/countersign/authorize/submit', '{"transaction":"x","decision":"deny","scopes":[],"organization_id":""}', '/organization_id');
  });

  await t.test('a missing member and one that is not described are named', async () => {
    await refused('/countersign/authorize/submit', '{"transaction":"x","version":"v","decision":"allow"}', '/scopes');
    await refused('/countersign/authorize/submit', '{"transaction":"x","decision":"allow","scopes":[]}', '/version');
    await refused('/countersign/authorize/submit', '{"transaction":"x","decision":"deny","scopes":[{"scope":"a","x~/":1}]}', '/scopes/0/x~0~1');
  });

  await t.test('in a detail that is otherwise the card’s, and the card can still be allowed', async () => {
    const shown = await card(browser, client, {
      scope: 'openid', resource: 'https://payments.example/api', authorization_details: JSON.stringify([PAYMENT]),
    });
    const body = (detail) => JSON.stringify({ ...allowing(shown), authorization_details: ['DETAIL'] }).replace('"DETAIL"', detail);
    const detail = JSON.stringify(PAYMENT);
    for (const [more, place] of [
      [`"x":${nested(DEEP)}`, undefined], [`"x":${nested(DEEP, '{"x":', '}', '1')}`, undefined], ['"type":"payment_initiation"', '/type'],
      ['"x":"\\udead"', '/x'], ['"x":1e999', '/x'],
    ]) {
      const at = place && `/authorization_details/0${place}`;
      await refused('/countersign/authorize/submit', body(`${detail.slice(0, -1)},${more}}`), at);
    }
    for (const other of [`${detail.slice(0, -1)},"x":null}`, `${detail.slice(0, -1)},"x":${nested(20)}}`, `${detail},${detail}`]) {
      const { status, answer } = await browser.submit(JSON.parse(body(other)));
      assert.deepEqual([status, answer.code], [400, 'malformed_call']);
      assert.match(answer.detail, /^\/authorization_details /);
    }
    assert.equal((await browser.allow(shown)).answer.outcome, 'redirect');
  });

  await t.test('a decision that does not fit its card says where', async () => {
    const shown = await card(browser, client, { scope: 'openid profile' });
    for (const [scopes, place] of [
      [[{ scope: 'openid' }, { scope: 'email' }], /^\/scopes\/1 /], [[{ scope: 'profile' }], /^\/scopes /], [[], /^\/scopes /],
    ]) {
      const { status, answer } = await browser.allow(shown, { scopes });
      assert.equal(status, 400);
      assert.match(answer.detail, place);
    }
  });

  await t.test('a request whose parameters are nested or broken is an answer and no fault of the server', async () => {
    await browser.login(ADA);
    const values = [nested(5000), nested(1500, '{"a":', '}', '1'), `[{"type":"payment_initiation","x":${nested(5000)}}]`, '[{"type":"x","type":"y"}]', '["\\ud800"]', '1e999', 'null'];
    for (const value of values) {
      for (const name of ['authorization_details', 'claims', 'request', 'scope', 'resource']) {
        const query = `${await client.query({ prompt: 'consent' })}&${new URLSearchParams([[name, value]])}`;
        const { outcome } = await browser.start('consumer', query);
        assert.match(outcome, /^(redirect|error|consent)$/, name);
      }
    }
  });
});

test('JSON that every reader reads alike is read', () => {
  for (const value of [
    null, true, 0, -1.5e10, '', 'é😀\u0000"\\/', [], {}, { a: { a: [{ a: 1 }, 'a', 'a'] }, b: { a: 1 } }, [1, [2, [3]], { '': '' }], 9_007_199_254_740_991,
    { 'a,b:{}[]': '[{",:"}]' }, 1.7976931348623157e-300,
  ]) assert.deepEqual(parseJson(JSON.stringify(value)), value);
  assert.deepEqual(parseJson(' { "a" : [ 1 , 2 ] } '), { a: [1, 2] });
  const deepest = nested(32);
  assert.equal(JSON.stringify(parseJson(deepest)), deepest);
  assert.throws(() => parseJson(nested(33)), { status: 400 });
  assert.equal(parseJson('{"__proto__":1}').constructor, Object);
});
