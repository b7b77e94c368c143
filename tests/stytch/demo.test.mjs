// The demo on the stand-in, from the client's page to its tokens and out again, as a new user would try it.
import assert from 'node:assert/strict';
import { createRelyingParty } from '../../examples/relying-party/relying-party.mjs';
import { createStytchApp } from '../../examples/stytch-app/site.mjs';
import { journeys } from '../e2e/support/journey.mjs';
import { holdPort } from '../e2e/support/ports.mjs';
import { read } from '../e2e/support/pages.mjs';
import { dist } from '../e2e/support/site.mjs';
import { textsIn } from '../e2e/support/texts.mjs';
import { demoStandIn } from '../support/stytch/demo.mjs';
import { listenHttp } from '../support/stytch/listen.mjs';

/** App, client and stand-in on free ports. */
async function start() {
  const [page, home] = [await holdPort(), await holdPort()];
  let ahead = 0;
  const standIn = demoStandIn({ site: page.port, client: home.port, now: () => Math.floor(Date.now() / 1000) + ahead });
  const api = await listenHttp((request) => standIn.handle(request));
  const stytch = `http://localhost:${api.port}`;
  await Promise.all([page.release(), home.release()]);
  const app = await createStytchApp({ port: page.port, stytch, dist });
  const client = await createRelyingParty({ port: home.port, issuer: stytch, pages: app.origin });
  return {
    issuer: app.origin,
    client: client.url,
    others: [stytch],
    standIn,
    /** Lets seconds pass for Stytch. */
    pass: (seconds) => { ahead += seconds; },
    close: () => Promise.all([app.close(), client.close(), api.close()]),
  };
}

const { journey } = journeys(start);

journey('a user connects, signs in on the way and the client gets its tokens', async ({ site, visitor }) => {
  const { client, login, card, page } = await (await visitor()).tab();
  await client.prepare({ scopes: ['photos.read'] });
  await client.press('Connect');
  await login.signIn('ada@example.com');
  await card.allow.waitFor();
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Photo Printer wants access to your Harbor account');
  await card.says('See your photos');
  await card.allows();
  const { scopes, idToken } = await client.connected();
  assert.deepEqual(scopes, ['email', 'openid', 'photos.read', 'profile']);
  assert.equal(idToken.email, 'ada@example.com');
  assert.deepEqual(site.standIn.misuses, []);
});

journey('a member connects an organization, which stands on the card', async ({ site, visitor }) => {
  const { client, login, card, page } = await (await visitor()).tab();
  await client.prepare();
  await client.press('Connect your organization');
  await login.signIn('ada@example.com');
  await card.allow.waitFor();
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Photo Printer wants access to Acme');
  await card.allows();
  assert.equal((await client.connected()).idToken.sub, 'member-test-ada');
  assert.deepEqual(site.standIn.misuses, []);
});

journey('a denial reaches the client, and the next time the user is asked again without signing in', async ({ visitor }) => {
  const { client, login, card } = await (await visitor()).tab();
  await client.connect();
  await login.signIn('ada@example.com');
  await card.deny.click();
  await client.refused('access_denied');
  await client.connect();
  await card.allows();
  await client.connected();
});

journey('what was granted is not asked again', async ({ visitor }) => {
  const { client, login, card } = await (await visitor()).tab();
  await client.connect();
  await login.signIn('ada@example.com');
  await card.allows();
  await client.connected();
  await client.connect();
  await client.connected();
});

journey('another account comes back to the same request', async ({ visitor }) => {
  const { client, login, card } = await (await visitor()).tab();
  await client.connect({ scopes: ['photos.write'] });
  await login.signIn('ada@example.com');
  await card.switchAccount.click();
  await login.signIn('grace@example.com');
  await card.says('grace@example.com');
  await card.says('Not available to your account');
});

journey('signing out at the client signs out here too, with a question where nothing proves who asks', async ({ visitor }) => {
  const { client, login, card, page } = await (await visitor()).tab();
  await client.connect();
  await login.signIn('ada@example.com');
  await card.allows();
  await client.connected();
  await page.goto(client.site.client);
  await client.press('Sign out without a hint');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('heading', { name: 'Signed out' }).waitFor();
  await client.connect();
  await login.shown();
});

journey('the client offers only what this server can do', async ({ visitor }) => {
  const { page, client } = await (await visitor()).tab();
  await page.goto(client.site.client);
  await page.getByText('Change the request', { exact: true }).click();
  assert.equal(await page.getByRole('checkbox', { name: /PAR/ }).count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Check silently' }).count(), 0);
  assert.deepEqual(await page.getByRole('combobox', { name: 'Answer by' }).getByRole('option').allInnerTexts(), ['query']);
});

journey('somebody who is signed in goes on as who they are, but types the password where the client wants them signed in anew', async ({ site, visitor }) => {
  const { page, client, login, card } = await (await visitor()).tab();
  await client.connect();
  await login.signIn('ada@example.com');
  await card.switchAccount.click();
  await login.continueAs('Ada Lovelace');
  await card.allow.waitFor();

  const anew = new URL(page.url());
  anew.searchParams.delete('countersign_login');
  anew.searchParams.set('prompt', 'login');
  await page.goto(anew.href, { waitUntil: 'commit' });
  await page.waitForURL((url) => /countersign_login=1/.test(url.searchParams.get('return_to')));
  site.pass(60);
  await login.signInAgain('ada@example.com'); // a choice would not be enough
  await card.allows();
  await client.connected();
});

journey('a member denies, and the client hears of it', async ({ visitor }) => {
  const { client, login, card } = await (await visitor()).tab();
  await client.connectOrganization();
  await login.signIn('grace@example.com');
  await card.deny.click();
  await client.refused('access_denied');
});

for (const button of ['Connect', 'Connect your organization']) {
  journey(`signing out with a hint asks nothing, after "${button}"`, async ({ site, visitor }) => {
    const ada = await visitor();
    const { client, login, card } = await ada.tab();
    await client.prepare();
    await client.press(button);
    await login.signIn('ada@example.com');
    await card.allows();
    await client.connected();
    await client.press('Sign out');
    await card.says('The state matched.');
    const left = await ada.context.cookies();
    assert.deepEqual(left.map(({ name }) => name).filter((name) => name.startsWith('stytch')), []);
    assert.deepEqual(site.standIn.misuses, []);
  });
}

journey('who stays signed in is not sent away, and still is', async ({ visitor }) => {
  const { client, login, card, page } = await (await visitor()).tab();
  await client.connect();
  await login.signIn('ada@example.com');
  await card.allows();
  await client.connected();
  await client.press('Sign out without a hint');
  await page.getByRole('button', { name: 'Stay signed in', exact: true }).click();
  await card.heading('You’re still signed in');
  await client.connect();
  await client.connected();
});

for (const [client, standing] of [['Harbor Console', 'Made by Harbor'], ['Postcard Club', 'Not verified by Harbor']]) {
  journey(`${client} is said to be what Stytch knows of it, and is granted all of it or nothing, since its API takes no less`, async ({ visitor }) => {
    const tab = await (await visitor()).tab();
    await tab.client.connect({ client, scopes: ['photos.read', 'photos.write'], askAgain: true });
    await tab.login.signIn('ada@example.com');
    await tab.card.allow.waitFor();
    await tab.card.says(standing);
    assert.equal(await tab.page.getByRole('checkbox').count(), 0);
    await tab.card.allows();
    assert.deepEqual((await tab.client.connected()).scopes, ['email', 'openid', 'photos.read', 'photos.write', 'profile']);
  });
}

journey('the page speaks the reader’s language', async ({ visitor }) => {
  const say = textsIn('de');
  const { client, login, card, page } = await (await visitor({ locale: 'de-AT' })).tab();
  await client.connect();
  await login.signIn('ada@example.com');
  await card.heading(say('consent_heading', { client: 'Photo Printer', site: 'Harbor' }));
  const allow = page.getByRole('button', { name: say('allow'), exact: true });
  await allow.waitFor();
  await read(page);
  await allow.click();
  await client.connected();
});

journey('an answer that leads elsewhere than the card said is refused', async ({ site, visitor }) => {
  const { client, login, card, page } = await (await visitor()).tab();
  await client.connect();
  await login.signIn('ada@example.com');
  site.standIn.edit('authorize/submit', (data) => { data.redirect_uri = 'https://evil.example/callback?code=1'; });
  await card.allows();
  await card.heading('It isn’t safe to send you to this app');
  assert.equal(new URL(page.url()).origin, site.issuer);
});
