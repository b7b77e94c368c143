// The limits that a document names are those of the code: the page's (src/protocol/query.rs) and the server's (state/limits.mjs).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { parse } from 'yaml';
import { LIMITS } from '../../examples/authorization-server/state/limits.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';

const read = (...parts) => readFileSync(inRoot(...parts), 'utf8').replace(/\s+/g, ' ');
const { schemas } = parse(readFileSync(inRoot('api', 'openapi.yaml'), 'utf8')).components;
const [QUERY, RETURN_TO] = ['QUERY', 'RETURN_TO'].map((name) => 1024 * read('src', 'protocol', 'query.rs').match(`pub const ${name}: usize = (\\d+) \\* 1024;`)[1]);
const kib = (bytes) => `${bytes / 1024} KiB`;

test('the page, the API and the server take a query of the same length', () => {
  assert.deepEqual([QUERY, schemas.Query.maxLength], [LIMITS.queryBytes, LIMITS.queryBytes]);
});

test('a card can hold what a request may ask for, and a decision what a card holds', () => {
  const { scopes, resources, authorization_details: details, redirect_uri: address } = schemas.Consent.properties;
  assert.deepEqual([scopes, resources, details].map((one) => one.maxItems), [LIMITS.scopes, LIMITS.resources, LIMITS.details]);
  assert.equal(address.maxLength, LIMITS.value);
  const decision = schemas.AuthorizeSubmit.properties;
  assert.deepEqual([decision.scopes, decision.authorization_details].map((one) => one.maxItems), [LIMITS.scopes, LIMITS.details]);
});

test('the description of a query names the limits of the server', () => {
  const { parameters, scopes, resources, details, queryBytes, value, longValue } = LIMITS;
  const text = schemas.Query.description.replace(/\s+/g, ' ');
  const found = [...text.matchAll(/\d+ (?:KiB|parameters|scopes|resources|authorization details)/g)].map(([one]) => one);
  const wanted = [kib(queryBytes), `${parameters} parameters`, kib(value), kib(longValue), `${scopes} scopes`, `${resources} resources`, `${details} authorization details`];
  assert.deepEqual(found, wanted);
});

test('the other documents name the same limits', () => {
  assert.ok(read('docs', 'from-stytch.md').includes(`A request longer than ${kib(RETURN_TO)} cannot be carried through a login.`));
  assert.ok(read('CHANGELOG.md').includes(`within ${kib(QUERY)};`));
  assert.equal(LIMITS.unusedRegistration, 24 * 60 * 60);
  assert.ok(read('SECURITY.md').includes('a registration that no user has allowed ends after a day'));
});
