/** The modules of `oidcc-dynamic-certification-test-plan` for what the page shows of a client. */
import assert from 'node:assert/strict';
import { ADA, Client } from '../harness.mjs';
import { show, suiteModule } from './suite.mjs';

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

suiteModule('oidcc-3rd_party-init-login-nohttps', 'an address that begins a login is https', async ({ origin }) => {
  const metadata = { redirect_uris: ['https://client.example/cb'], initiate_login_uri: 'http://client.example/login' };
  await assert.rejects(Client.registered(origin, metadata), { error: 'invalid_client_metadata' });
});
