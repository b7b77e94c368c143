import assert from 'node:assert/strict';
import test from 'node:test';
import { readConfig } from '../../server/node/src/check/config.ts';
import { example } from './harness.mjs';

const ORIGIN = 'https://id.example.com';

/** The example with a value at a place. */
function withValue(place, value) {
  const config = example();
  const names = place.split('/').slice(1);
  const last = names.pop();
  const parent = names.reduce((node, name) => node[name], config);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return config;
}

for (const [place, value, message] of [
  ['/client', undefined, '/client: must be an object, and is missing.'],
  ['/client/client_id', '', '/client/client_id: must be a text, and is "".'],
  ['/client/redirect_uri', '/callback', '/client/redirect_uri: must be an absolute address, and is "/callback".'],
  ['/scope', ['openid'], '/scope: must be a text, and is ["openid"].'],
  ['/optional_scope', 'calendar', '/optional_scope: must be one of the scopes in "scope".'],
  ['/openid', 'yes', '/openid: must be true or false, and is "yes".'],
  ['/realm', 'business', '/realm: must be "consumer" or "b2b", and is "business".'],
  ['/remember', true, '/remember: must be "choice" or "always" or "never", and is true.'],
  ['/parameters', { prompt: 1 }, '/parameters/prompt: must be a text, and is 1.'],
  ['/accounts/first', undefined, '/accounts/first: must be an object, and is missing.'],
  ['/accounts/second', {}, '/accounts/second: must have either "sign_in" or "cookie".'],
  ['/accounts/first/cookie', 'session=1', '/accounts/first: must have either "sign_in" or "cookie".'],
  ['/accounts/first/sign_in', [], '/accounts/first/sign_in: must be a list that is not empty, and is [].'],
  ['/accounts/first/sign_in', [{ path: '/login' }, { path: 'login' }], '/accounts/first/sign_in/1/path: must be a path of the server, such as "/login", and is "login".'],
  ['/api', 'https://elsewhere.example', '/api: must be a path of the server, such as "/login", and is "https://elsewhere.example".'],
  ['/details/authorization_details', [7], '/details/authorization_details/0: must be an object, and is 7.'],
  ['/page', {}, '/page/path: must be a text, and is missing.'],
  ['/b2b', 'yes', '/b2b: must be an object, and is "yes".'],
  ['/b2b/organizations', { blocket: 'x' }, '/b2b/organizations/blocket: is not known. Here are: other, blocked, needs_approval.'],
]) {
  test(`a config with ${JSON.stringify(value) ?? 'nothing'} at ${place} is refused, and the place is named`, () => {
    assert.throws(() => readConfig(withValue(place, value), ORIGIN), { name: 'ConfigError', message });
  });
}

test('a name that is misspelled is refused', () => {
  assert.throws(() => readConfig({ ...example(), sing_out: {} }, ORIGIN), /^ConfigError: \/sing_out: is not known/);
});

test('a config that is no object is refused', () => {
  for (const value of [null, [], 'x', undefined]) assert.throws(() => readConfig(value, ORIGIN), { name: 'ConfigError', message: 'The config must be an object.' });
});

test('what a config leaves out has a default, and organizations inherit the rest', () => {
  const { api, issuer, openid, tokens, realm, b2b } = readConfig(example(), ORIGIN);
  assert.deepEqual([api, issuer, openid, tokens, realm], ['/countersign', ORIGIN, true, true, 'consumer']);
  assert.deepEqual([b2b.realm, b2b.issuer, b2b.scope, b2b.accounts.first.sub], ['b2b', `${ORIGIN}/b2b`, 'openid profile email', 'account-ada']);
  const plain = readConfig({ ...example(), scope: 'read email', b2b: undefined }, ORIGIN);
  assert.deepEqual([plain.openid, plain.b2b], [false, undefined]);
  assert.equal(readConfig({ ...example(), issuer: 'https://other.example/as' }, ORIGIN).issuer, 'https://other.example/as');
});
