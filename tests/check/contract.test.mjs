import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { writeContract } from '../../scripts/check-contract.mjs';
import { Contract, loadSource } from '../../server/node/src/check/contract.ts';
import { source } from './harness.mjs';

const HEADERS = { 'content-type': 'application/json', 'x-request-id': 'R1', 'cache-control': 'no-store' };
const LOGIN = { outcome: 'login', reason: 'no_session', attempt: 1, transaction: 'T' };

/** The faults of an answer, as `kind message`. */
function faults(contract, { body = LOGIN, status = 200, headers = {}, call = 'authorize/start' }) {
  const sent = Object.entries({ ...HEADERS, ...headers }).filter(([, value]) => value !== undefined);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return contract.faultsOf(call, new Response(text, { status, headers: sent }), text).map(({ kind, message }) => `${kind}: ${message}`);
}

test('a package carries the same description as JSON', async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'countersign-check-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = pathToFileURL(await writeContract(path.join(folder, 'contract.json')));
  const packed = await loadSource(file);
  assert.deepEqual(packed, await loadSource(null));
  assert.deepEqual(faults(new Contract(packed), {}), []);
});

test('every fault of an answer has a kind and a place', () => {
  const contract = new Contract(source);
  const problem = { type: 'about:blank', title: 't', status: 403, detail: 'd', code: 'cross_origin_call', request_id: 'R1' };
  const media = { 'content-type': 'application/problem+json' };
  for (const [answer, expected] of [
    [{}, []],
    [{ headers: { 'content-type': 'application/json; charset=utf-8' } }, []],
    [{ body: problem, status: 403, headers: media }, []],
    [{ body: { ...LOGIN, more: 1 } }, ['members: /more must NOT have additional properties']],
    [{ body: { ...LOGIN, attempt: 0 } }, ['members: /attempt must be >= 1']],
    [{ body: { outcome: 'login', attempt: 1 } }, ['members: /reason must have required property \'reason\'']],
    [{ body: '{' }, ['members: The body is not JSON.']],
    [{ body: { ...problem, code: 'other' }, status: 403, headers: media }, ['members: /code must be equal to one of the allowed values']],
    [{ status: 418 }, ['status: The status 418 is not described.']],
    [{ headers: { 'content-type': 'text/html' } }, ['media-type: The media type is "text/html", not "application/json".']],
    [{ headers: { 'x-request-id': undefined } }, ['request-id: The header X-Request-Id is missing.']],
    [{ headers: { 'cache-control': 'no-cache' } }, ['no-store: The header Cache-Control is "no-cache": / must be equal to constant.']],
    [{ headers: { 'access-control-allow-origin': '*' } }, ['cors: Access-Control-Allow-Origin is *.']],
    [{ body: { ...problem, status: 429, code: 'too_many' }, status: 429, headers: { ...media, 'retry-after': 'soon' } }, ['headers: The header Retry-After is "soon": / must be integer.']],
    [{ body: { ...problem, status: 405 }, status: 405, headers: media }, ['headers: The header Allow is missing.']],
    [{ body: { outcome: 'stayed' }, call: 'logout/submit' }, []],
  ]) assert.deepEqual(faults(contract, answer), expected);
});

test('calls are those of a page that reads the version of the description', () => {
  const about = (description) => new Contract({ ...source, openapi: { ...source.openapi, info: { ...source.openapi.info, description } } }).accept;
  assert.equal(about('Calls of a page.'), 'application/json');
  assert.equal(about('**Versions.** This is version 2. A page says which.'), 'application/json;v=2');
});

test('an outcome that the description adds needs no change here', () => {
  const openapi = structuredClone(source.openapi);
  openapi.components.schemas.Later = { type: 'object', additionalProperties: false, required: ['outcome', 'action'], properties: { outcome: { const: 'later' }, action: { type: 'string' } } };
  openapi.components.schemas.AuthorizeStartAnswer.oneOf.push({ $ref: '#/components/schemas/Later' });
  const contract = new Contract({ ...source, openapi });
  assert.deepEqual(faults(contract, { body: { outcome: 'later', action: '/x' } }), []);
  assert.deepEqual(faults(contract, { body: { outcome: 'later', action: 1 } }), ['members: /action must be string']);
});
