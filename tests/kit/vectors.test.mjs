// What both kits do alike, by tests/vectors/server. The same for the kit in Rust: server/rust/tests/vectors.rs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';
import * as addresses from '../../server/node/src/addresses.ts';
import { BODIES } from '../../server/node/src/calls.ts';
import { cookie, readCookies } from '../../server/node/src/cookies.ts';
import { checkCaller, isEncoded, readJson } from '../../server/node/src/guards.ts';
import { pageHeaders } from '../../server/node/src/headers.ts';
import { parseJson } from '../../server/node/src/json.ts';
import * as problems from '../../server/node/src/problems.ts';
import { createSeal, hash } from '../../server/node/src/seal.ts';

function vectors(name) {
  const lists = JSON.parse(readFileSync(inRoot('tests', 'vectors', 'server', `${name}.json`), 'utf8'));
  for (const list of Object.values(lists)) assert.ok(list.length > 0, name);
  return lists;
}

test('a text that either kit has sealed opens with its secret for its purpose alone', async () => {
  const { sealed } = vectors('seal');
  assert.deepEqual([...new Set(sealed.map(({ by }) => by))].sort(), ['node', 'rust']);
  for (const { secret, purpose, text, sealed: value } of sealed) {
    const { open } = createSeal([secret]);
    assert.equal(await open(value, purpose), text);
    assert.equal(await open(value, `${purpose} `), undefined);
    assert.equal(await createSeal(['a secret that sealed none of the vectors']).open(value, purpose), undefined);
  }
});

test('hashes are the same in both kits', async () => {
  for (const { text, hash: expected } of vectors('seal').hashes) assert.equal(await hash(text), expected);
});

/** The status, code and detail of a fault. */
const faultOf = (work) => {
  try {
    work();
    return [200, undefined, undefined];
  } catch ({ status, code, message }) {
    return [status, code, message];
  }
};

test('a call from elsewhere is refused for the same reason in both kits', () => {
  const { origin, callers } = vectors('guards');
  for (const { name, method, headers, status, code, detail } of callers) {
    const request = new Request(`${origin}/`, { method, headers });
    assert.deepEqual(faultOf(() => checkCaller(request, origin)), [status, code, detail], name);
  }
});

test('a body that is coded is known in both kits', () => {
  for (const { encoding, encoded } of vectors('guards').encodings) {
    assert.equal(isEncoded(new Headers(encoding === null ? {} : { 'content-encoding': encoding })), encoded, encoding);
  }
});

test('a body is read and written or refused at the same place in both kits', async () => {
  const { texts, bytes } = vectors('bodies');
  const check = async ({ written, detail }, name, read) => {
    if (detail !== undefined) await assert.rejects(read, { message: detail }, name);
    else assert.equal(JSON.stringify(await read()), written, name);
  };
  for (const one of texts) await check(one, one.text, async () => parseJson(one.text));
  for (const one of bytes) {
    const body = Buffer.from(one.hex, 'hex');
    await check(one, one.hex, () => readJson(new Request('https://site.example/', { method: 'POST', body })));
  }
});

test('a fault is the same problem document in both kits', () => {
  const { malformed, gone, answered, unavailable, failed, Fault, problem } = problems;
  const make = {
    malformed: ({ detail }) => malformed(detail),
    not_post: ({ detail }) => new Fault(405, 'malformed_call', detail),
    cross_origin: ({ detail }) => new Fault(403, 'cross_origin_call', detail),
    answered: ({ decision, client }) => answered(decision, client),
    expired: ({ client, no_cookies: noCookies }) => (noCookies ? new Fault(410, 'expired', undefined, { noCookies }) : gone(client)),
    key_reused: () => new Fault(422, 'key_reused'),
    too_many: ({ retry_after: retryAfter }) => new Fault(429, 'too_many', undefined, { retryAfter }),
    unavailable: ({ retry_after: retryAfter }) => unavailable(retryAfter),
    unchecked_address: ({ detail }) => new Fault(500, 'server_error', detail),
    failed,
  };
  const found = vectors('problems').problems;
  assert.deepEqual([...new Set(found.map(({ kind }) => kind))].sort(), Object.keys(make).sort());
  for (const one of found) {
    const fault = make[one.kind](one);
    assert.deepEqual(JSON.parse(JSON.stringify(problem(fault, 'R1'))), one.document, one.kind);
    assert.equal(fault.extras.retryAfter, one.retry_after);
  }
});

test('a page has the same headers in both kits', () => {
  for (const { options, headers } of vectors('headers').pages) assert.deepEqual(Object.entries(pageHeaders(options)), headers);
});

test('cookies are read and set in the same way in both kits', () => {
  const { read, set } = vectors('cookies');
  for (const { header, cookies } of read) {
    const request = new Request('https://site.example/', { headers: header ? { cookie: header } : {} });
    assert.deepEqual(Object.fromEntries(readCookies(request)), cookies, header);
  }
  for (const { name, value, secure, seconds, cookie: expected } of set) assert.equal(cookie(name, value, secure, seconds), expected);
});

/** A body of a vector: `<<a*3>>` stands for `aaa`. */
const expanded = (body) => body.replace(/<<(.+?)\*(\d+)>>/g, (_, text, count) => text.repeat(Number(count)));

test('the body of a call is described or refused at the same place in both kits', () => {
  for (const { path, body, detail } of vectors('calls').calls) {
    const [, , found] = faultOf(() => BODIES[path.slice(1)](parseJson(expanded(body)), ''));
    assert.equal(found, detail, `${path} ${body}`);
  }
});

const [SITE, ENGINE] = ['https://site.example', 'https://engine.example:8443'];

/** What a check of addresses answers, or `null` if it refuses. */
function checked(work) {
  try {
    return work();
  } catch (error) {
    assert.ok(error instanceof addresses.UncheckedAddress, error);
    return null;
  }
}

test('an address is the same in both kits', () => {
  const { addresses: all, paths } = vectors('addresses');
  for (const { text, native, usable, link, host } of all) {
    const found = [addresses.isNativeAddress(text), addresses.isUsable(text), addresses.safeLink(text) !== undefined, addresses.hostNameOf(text)];
    assert.deepEqual(found, [native, usable, link, host], text);
  }
  for (const { text, own } of paths) assert.equal(addresses.ownPath(text) !== undefined, own, text);
});

test('an address or form of the engine is allowed or not in both kits', () => {
  const { destinations, forms } = vectors('addresses');
  const known = { origin: SITE, engine: [ENGINE] };
  for (const { to, native, intermediate, card, known_native: isNative, is_ours: isOurs, redirect } of destinations) {
    const found = checked(() => addresses.checkDestination({ to, native, intermediate }, { ...known, card: card ?? undefined, native: isNative, isOurs }));
    assert.deepEqual(found && { native: found.native === true, intermediate: found.intermediate === true }, redirect, to);
  }
  for (const { action, card, owner } of forms) {
    assert.equal(checked(() => addresses.checkForm({ action, fields: {} }, { ...known, card: card ?? undefined })), owner, action);
  }
});

test('an error for the client is the same in both kits', () => {
  for (const { redirect_uri: address, response_mode: mode, ending, native = false, ...more } of vectors('addresses').errors) {
    const { to, form, native: isApp = false } = addresses.errorEnding(address, { error: 'access_denied', response_mode: mode ?? undefined, ...more });
    assert.deepEqual(form ? { action: form.action, fields: Object.entries(form.fields) } : to, ending, address);
    assert.equal(isApp, native, address);
  }
});
