/** The modules of the basic plan for scopes, and for userinfo. */
import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { authorize, show, suiteModule } from './suite.mjs';

const CLAIMS = { 'oidcc-scope-profile': ['profile', { name: 'Ada Lovelace' }], 'oidcc-scope-email': ['email', { email: 'ada@example.com', email_verified: true }] };

for (const [name, [scope, claims]] of Object.entries(CLAIMS)) {
  suiteModule(name, 'the scope is on the card, and its claims are delivered', async ({ client, browser }) => {
    const { tokens } = await authorize(browser, client, { scope: `openid ${scope}` });
    const user = await oauth.fetchUserInfo(client.config, tokens.access_token, tokens.claims().sub);
    assert.deepEqual(user, { sub: tokens.claims().sub, ...claims });
    const { outcome } = await show(browser, client, { scope: `openid ${scope}`, prompt: 'consent' });
    assert.deepEqual(outcome.scopes.map((entry) => entry.scope), ['openid', scope]);
  });
}

for (const scope of ['address', 'phone']) {
  suiteModule(`oidcc-scope-${scope}`, 'a standard scope that is not announced is left out, and is no error', async ({ client, browser }) => {
    assert.ok(!client.config.serverMetadata().scopes_supported.includes(scope));
    const { tokens } = await authorize(browser, client, { scope: `openid ${scope}` });
    assert.equal(tokens.scope, 'openid');
  });
}

suiteModule('oidcc-scope-all', 'all standard scopes at once give those that are announced', async ({ client, browser }) => {
  const { tokens } = await authorize(browser, client, { scope: 'openid profile email address phone' });
  assert.deepEqual(tokens.scope.split(' ').sort(), ['email', 'openid', 'profile']);
});

/** Each way to send a token to userinfo (RFC 6750 section 2). */
const WAYS = {
  'oidcc-userinfo-get': (token) => ({ headers: { authorization: `Bearer ${token}` } }),
  'oidcc-userinfo-post-header': (token) => ({ method: 'POST', headers: { authorization: `Bearer ${token}` } }),
  'oidcc-userinfo-post-body': (token) => ({ method: 'POST', body: new URLSearchParams({ access_token: token }) }),
};

for (const [name, way] of Object.entries(WAYS)) {
  suiteModule(name, 'userinfo answers with the same sub', async ({ client, browser }) => {
    const { tokens } = await authorize(browser, client);
    const response = await fetch(client.config.serverMetadata().userinfo_endpoint, way(tokens.access_token));
    assert.equal((await response.json()).sub, tokens.claims().sub);
  });
}

suiteModule('oidcc-refresh-token', 'a refresh token gives new tokens of the same user', async ({ client, browser }) => {
  const { tokens } = await authorize(browser, client, { scope: 'openid offline_access', prompt: 'consent' });
  const fresh = await oauth.refreshTokenGrant(client.config, tokens.refresh_token);
  const [one, two] = [tokens.claims(), fresh.claims()];
  assert.deepEqual([two.iss, two.sub, two.aud, two.auth_time], [one.iss, one.sub, one.aud, one.auth_time]);
  assert.notEqual(fresh.access_token, tokens.access_token);
});
