import assert from 'node:assert/strict';
import test from 'node:test';
import { Browser, Client, startServer } from './harness.mjs';
import { checkReferences, document } from './contract.mjs';

const START = '/countersign/authorize/start';
const SUBMIT = '/countersign/authorize/submit';

test('only our own pages can call the API', async (t) => {
  const { origin } = await startServer(t);
  const query = await (await Client.known(origin)).query();
  const body = { realm: 'consumer', query };
  const browser = new Browser(origin);
  const paths = [START, SUBMIT, '/countersign/logout/start', '/countersign/logout/submit', '/account/login', '/account/continue', '/account/session', '/account/logout'];

  const refused = async (path, headers) => {
    const { status, answer } = await browser.call(path, body, { headers, invalid: true });
    assert.deepEqual([status, answer.code], [403, 'cross_origin_call'], `${path} ${JSON.stringify(headers)}`);
  };

  await t.test('every path asks for our header, the exact Origin and JSON', async () => {
    for (const path of paths) {
      await refused(path, { 'x-countersign': '' });
      await refused(path, { 'x-countersign': '2' });
      for (const foreign of ['http://localhost:4401', 'https://evil.example', 'null', '', `${origin}/`, origin.replace('localhost', '127.0.0.1'), origin.toUpperCase()]) {
        await refused(path, { origin: foreign });
      }
      await refused(path, { 'sec-fetch-site': 'cross-site' });
      await refused(path, { 'sec-fetch-site': 'same-site' });
      for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data', '']) {
        await refused(path, { 'content-type': type });
      }
    }
  });

  await t.test('a call without an Origin is foreign', async () => {
    const response = await fetch(origin + START, {
      method: 'POST', headers: { 'x-countersign': '1', 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    assert.equal(response.status, 403);
  });

  await t.test('a form that posts to it is refused', async () => {
    const response = await browser.postFrom('https://evil.example', SUBMIT, 'decision=allow');
    assert.equal(response.status, 403);
  });

  await t.test('a call with the headers of a browser on our own page is accepted', async () => {
    const answer = await browser.ok(START, body, { headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json; charset=utf-8' } });
    assert.equal(answer.outcome, 'login');
  });

  await t.test('a preflight gets no permission', async () => {
    for (const path of [...paths, '/oauth/authorize', '/oauth/logout', '/login', '/']) {
      const response = await fetch(origin + path, {
        method: 'OPTIONS',
        headers: { origin: 'http://localhost:4401', 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-countersign' },
      });
      assert.equal(response.status, 405, path);
      assert.equal(response.headers.get('access-control-allow-origin'), null, path);
    }
  });

  await t.test('another method is refused', async () => {
    for (const path of paths) {
      const response = await fetch(origin + path);
      assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST']);
    }
  });

  await t.test('an answer can be found in the log by its id', async () => {
    const { headers, answer } = await browser.call(START, { realm: 'consumer', query: 'client_id=nobody' });
    assert.equal(answer.outcome, 'error');
    assert.equal(headers.get('x-request-id'), answer.request_id);
  });
});

test('a call that does not match the contract is refused', async (t) => {
  const { origin } = await startServer(t);
  const browser = new Browser(origin);
  const key = { 'idempotency-key': 'key' };
  const malformed = async (path, body, headers = key) => {
    const { status, answer } = await browser.call(path, body, { headers, invalid: true });
    assert.deepEqual([status, answer.code], [400, 'malformed_call'], JSON.stringify(body).slice(0, 200));
    return answer.detail;
  };

  await t.test('start', async () => {
    const good = { realm: 'consumer', query: '' };
    for (const body of [
      null, [], 'text', {}, { realm: 'consumer' }, { query: '' }, { ...good, realm: 'other' }, { ...good, query: 1 },
      { ...good, more: true }, { ...good, transaction: 'x' }, { realm: 'consumer', transaction: 'a b' },
      { realm: 'consumer', transaction: 'x'.repeat(65) }, { realm: 'consumer', transaction: 'x', organization_id: '' },
      { ...good, query: 'a b' }, { ...good, query: 'a#b' }, { ...good, query: 'a\nb' }, { ...good, query: 'é' },
      { ...good, query: 'x'.repeat(32_769) }, { ...good, constructor: 1 }, JSON.parse('{"realm":"consumer","query":"","__proto__":1}'),
    ]) await malformed(START, body);
  });

  await t.test('submit', async () => {
    const good = { transaction: 'x', version: 'v', decision: 'allow', scopes: [] };
    for (const version of [undefined, '', 'a b', 'é', 7, null, 'x'.repeat(129)]) await malformed(SUBMIT, { ...good, version });
    for (const body of [
      {}, { ...good, decision: 'maybe' }, { ...good, scopes: {} }, { ...good, scopes: ['openid'] }, { ...good, scopes: [{}] },
      { ...good, scopes: [{ scope: 'a b' }] }, { ...good, scopes: [{ scope: '' }] }, { ...good, scopes: [{ scope: 'a', more: 1 }] },
      { ...good, scopes: [{ scope: 'a', resource: '' }] }, { ...good, decision: 'deny', scopes: [{ scope: 'a', resource: 'x'.repeat(2049) }] },
      { ...good, scopes: Array(257).fill({ scope: 'a' }) }, { ...good, authorization_details: [{}] }, { ...good, authorization_details: ['x'] },
      { ...good, authorization_details: [{ type: 1 }] }, { ...good, authorization_details: Array(65).fill({ type: 'x' }) },
      { ...good, remember: 'yes' }, { ...good, organization_id: 7 }, { ...good, more: 1 },
    ]) await malformed(SUBMIT, body);
  });

  await t.test('the answer says where the fault is', async () => {
    assert.match(await malformed(SUBMIT, { transaction: 'x', decision: 'allow', scopes: [{ scope: 'a' }, { scope: 'b', resource: '' }] }), /\/scopes\/1\/resource /);
    assert.match(await malformed(START, { realm: 'consumer', transaction: 'a b' }), /\/transaction /);
  });

  await t.test('a decision without a good key', async () => {
    const good = { transaction: 'x', decision: 'deny', scopes: [] };
    for (const bad of [{}, { 'idempotency-key': '' }, { 'idempotency-key': 'x'.repeat(129) }, { 'idempotency-key': 'a b' }]) await malformed(SUBMIT, good, bad);
  });

  await t.test('logout and login', async () => {
    await malformed('/countersign/logout/start', { realm: 'consumer' });
    await malformed('/countersign/logout/submit', { logout: 'x', decision: 'maybe' });
    await malformed('/account/login', { email: 'a' });
    await malformed('/account/login', { email: 'x'.repeat(321), password: '' });
    await malformed('/account/continue', { return_to: 1 });
    await malformed('/account/session', { more: 1 });
  });

  await t.test('a body that is not JSON, not UTF-8 or too long', async () => {
    await malformed(START, '{');
    await malformed(START, '');
    await malformed(START, JSON.stringify({ realm: 'consumer', query: '', more: 'x'.repeat(49 * 1024) }));
    const response = await browser.fetch(START, {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-countersign': '1', origin }, body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    assert.equal(response.status, 400);
  });
});

test('the contract', async (t) => {
  await t.test('has no dangling reference', () => checkReferences());

  await t.test('describes every call with all of its faults', () => {
    for (const [path, { post }] of Object.entries(document.paths)) {
      assert.ok(post.operationId && post.summary, path);
      for (const status of ['200', '400', '403', '405', '500']) assert.ok(post.responses[status], `${path} ${status}`);
      const names = post.parameters.map(({ $ref, name }) => $ref?.split('/').at(-1) ?? name);
      // A form has no header of its own.
      const guards = path.endsWith('/form') ? ['Origin'] : ['Countersign', 'Origin'];
      assert.deepEqual(guards.filter((guard) => !names.includes(guard)), [], path);
    }
  });

  await t.test('bounds every text, list and member', () => {
    const walk = (node, where) => {
      if (node === null || typeof node !== 'object') return;
      if (node.type === 'string' && !node.enum && !node.const) assert.ok(node.maxLength, `${where} has no maxLength`);
      if (node.type === 'array') assert.ok(Object.hasOwn(node, 'maxItems'), `${where} has no maxItems`);
      // The type of an authorization detail defines its other members (RFC 9396).
      if (node.type === 'object' && !where.endsWith('/AuthorizationDetail')) assert.equal(node.additionalProperties, false, where);
      for (const [name, child] of Object.entries(node)) walk(child, `${where}/${name}`);
    };
    walk(document.components, '');
  });
});
