/** The modules of `oidcc-dynamic-certification-test-plan` for what the page shows of a client. */
import assert from 'node:assert/strict';
import { decodeProtectedHeader } from 'jose';
import { ADA, Client } from '../harness.mjs';
import { authorize, show, suiteModule } from './suite.mjs';

for (const member of ['policy_uri', 'tos_uri']) {
  suiteModule(`oidcc-registration-${member.replace('_', '-')}`, 'the card has the registered link', async ({ origin, browser }) => {
    const link = `https://client.example/${member}`;
    const client = await Client.registered(origin, { redirect_uris: ['https://client.example/cb'], [member]: link });
    await browser.login(ADA);
    const query = await client.parameters();
    const { outcome } = await show(browser, client, query);
    assert.equal(outcome.outcome, 'consent');
    assert.equal(outcome.client[member], link);
  });
}

const LOGO = 'https://client.example/logo.png';

suiteModule('oidcc-registration-logo-uri', 'a logo is registered, and the card has the one that the site has checked, from the site itself', async ({ origin, client, browser }) => {
  const registered = await Client.registered(origin, { redirect_uris: ['https://client.example/cb'], logo_uri: LOGO });
  assert.equal(registered.config.clientMetadata().logo_uri, LOGO);
  await browser.login(ADA);
  const { outcome } = await show(browser, registered, await registered.parameters());
  assert.equal(outcome.outcome, 'consent');
  assert.ok(!JSON.stringify(outcome).includes(LOGO), 'nobody has checked whose picture that is');
  const { outcome: checked } = await show(browser, client);
  const logo = await browser.fetch(checked.client.logo_uri);
  assert.deepEqual([new URL(logo.url).origin, logo.status, logo.headers.get('content-type')], [origin, 200, 'image/svg+xml']);
});

suiteModule('oidcc-idtoken-unsigned', 'an ID token without a signature is not announced, and given to nobody', async ({ origin, client, browser }) => {
  assert.ok(!client.config.serverMetadata().id_token_signing_alg_values_supported.includes('none'));
  const metadata = { redirect_uris: ['https://client.example/cb'], id_token_signed_response_alg: 'none' };
  await assert.rejects(Client.registered(origin, metadata), { error: 'invalid_client_metadata' });
  const { tokens } = await authorize(browser, client);
  assert.notEqual(decodeProtectedHeader(tokens.id_token).alg, 'none');
});

suiteModule('oidcc-3rd_party-init-login-nohttps', 'an address that begins a login is https', async ({ origin }) => {
  const metadata = { redirect_uris: ['https://client.example/cb'], initiate_login_uri: 'http://client.example/login' };
  await assert.rejects(Client.registered(origin, metadata), { error: 'invalid_client_metadata' });
});
