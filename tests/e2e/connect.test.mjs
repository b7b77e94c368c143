// The main job: a client sends somebody to the page, and gets tokens for what they allowed.
import assert from 'node:assert/strict';
import { startWebsite } from './support/app.mjs';
import { journeys } from './support/journey.mjs';

const { journey } = journeys();

journey('somebody who is not signed in connects, signs in, reads the card, allows, and the client gets tokens', async ({ site, visitor }) => {
  const ada = await visitor();
  const { page, client, login, card } = await ada.tab();
  await client.prepare({ scopes: ['photos.read'] });
  await client.press('Connect');
  await login.signIn('ada@example.com');
  await card.asks('Photo Printer');
  await card.says('Ada Lovelace');
  await card.says('See your photos');
  await card.says(new URL(site.client).host);
  await card.allow.click();
  const { scopes, idToken, userinfo, refreshToken } = await client.connected();
  assert.deepEqual(scopes, ['email', 'openid', 'photos.read', 'profile']);
  assert.equal(idToken.iss, site.issuer);
  assert.equal(idToken.aud, 'third-party-public');
  assert.equal(userinfo.email, 'ada@example.com');
  assert.equal(userinfo.name, 'Ada Lovelace');
  assert.equal(refreshToken, false);
  assert.ok(!page.url().includes('code='));
});

for (const client of ['Photo Printer', 'Trip Planner', 'Harbor Console']) {
  journey(`${client} asks for consent and connects`, async ({ visitor }) => {
    const tab = await (await visitor()).signedIn();
    await tab.client.connect({ client });
    await tab.card.asks(client);
    await tab.card.allow.click();
    await tab.client.connected();
  });
}

journey('Harbor Billing, first party with a secret, goes straight through, and asks with prompt=consent', async ({ visitor }) => {
  const tab = await (await visitor()).signedIn();
  await tab.client.connect({ client: 'Harbor Billing' });
  await tab.client.connected();
  await tab.client.connect({ client: 'Harbor Billing', askAgain: true });
  await tab.card.asks('Harbor Billing');
  await tab.card.allow.click();
  await tab.client.connected();
});

journey('denying gives the client access_denied with its state', async ({ visitor }) => {
  const tab = await (await visitor()).signedIn();
  await tab.client.connect();
  await tab.card.asks('Photo Printer');
  await tab.card.deny.click();
  await tab.client.refused('access_denied');
});

journey('a second request skips consent where the first was remembered, prompt=consent asks again, and more scopes ask again', async ({ site, visitor }) => {
  const ada = await visitor();
  const { generic, received } = await startWebsite(site, ada, { client_name: 'Website' });
  const { page, card } = await ada.signedIn();
  const rounds = [[{}, true], [{}, false], [{ prompt: 'consent' }, true], [{ scope: 'openid profile email calendar.read' }, true]];
  for (const [parameters, asks] of rounds) {
    const request = await generic.request(parameters);
    await page.goto(request.address.href);
    if (asks) {
      await card.asks('Website');
      await card.remember.check();
      await card.allow.click();
    }
    const tokens = await generic.tokens(await received({ page }), request);
    assert.equal(tokens.scope.includes('calendar.read'), parameters.scope !== undefined);
  }
  assert.equal(ada.requests('/authorize/submit').length, 3);
});

journey('offline_access gives a refresh token when the client asks again', async ({ visitor }) => {
  const { client, card } = await (await visitor()).signedIn();
  await client.connect({ scopes: ['offline_access'], askAgain: true });
  await card.asks('Photo Printer');
  await card.allow.click();
  const { scopes, refreshToken } = await client.connected();
  assert.ok(scopes.includes('offline_access'));
  assert.equal(refreshToken, true);
});

journey('an unticked scope is not granted, and is when it is allowed later', async ({ visitor }) => {
  const { client, card } = await (await visitor()).signedIn();
  await client.connect({ client: 'Trip Planner', scopes: ['photos.read', 'photos.write'] });
  await card.asks('Trip Planner');
  await card.tick('Add and delete photos', false);
  await card.allow.click();
  const first = await client.connected();
  assert.ok(first.scopes.includes('photos.read'));
  assert.ok(!first.scopes.includes('photos.write'));

  await client.connect({ client: 'Trip Planner', scopes: ['photos.read', 'photos.write'], askAgain: true });
  await card.asks('Trip Planner');
  await card.tick('Add and delete photos', true);
  await card.allow.click();
  assert.ok((await client.connected()).scopes.includes('photos.write'));
});

for (const answerBy of ['fragment', 'form_post', 'jwt']) {
  journey(`the answer reaches the client by ${answerBy}, allowed and denied`, async ({ visitor }) => {
    const { client, card } = await (await visitor()).signedIn();
    await client.connect({ answerBy });
    await card.asks('Photo Printer');
    await card.allow.click();
    assert.ok((await client.connected()).scopes.includes('openid'));

    await client.connect({ answerBy, askAgain: true });
    await card.asks('Photo Printer');
    await card.deny.click();
    await client.refused('access_denied');
  });
}

journey('Ada connects one organization and then the other, each with what it lets her grant', async ({ site, visitor }) => {
  const { client, card } = await (await visitor()).signedIn();
  const connect = async (organization) => {
    await client.prepare({ scopes: ['members.read'] });
    await client.press('Connect your organization');
    await card.asks('Photo Printer', 'Acme Corporation');
    if (organization !== 'Acme Corporation') await card.actFor(organization);
    await card.asks('Photo Printer', organization);
    await card.allow.click();
    return client.connected();
  };
  const acme = await connect('Acme Corporation');
  assert.equal(acme.idToken.iss, `${site.issuer}/b2b`);
  assert.equal(acme.idToken.organization_id, 'acme');
  assert.equal(acme.userinfo.email, 'ada@example.com');
  assert.ok(acme.scopes.includes('members.read'));

  const globex = await connect('Globex');
  assert.equal(globex.idToken.organization_id, 'globex');
  assert.ok(!globex.scopes.includes('members.read'));
});

journey('Grace, who has one organization, is asked about that one', async ({ visitor }) => {
  const { client, card } = await (await visitor()).signedIn('grace@example.com');
  await client.connectOrganization();
  await card.asks('Photo Printer', 'Acme Corporation');
  await card.allow.click();
  assert.equal((await client.connected()).idToken.organization_id, 'acme');
});

journey('denying for an organization gives the client access_denied', async ({ visitor }) => {
  const { client, card } = await (await visitor()).signedIn();
  await client.connectOrganization();
  await card.deny.click();
  await client.refused('access_denied');
});

journey('connecting in a popup keeps its opener', async ({ visitor }) => {
  const ada = await visitor();
  const { page, client } = await ada.signedIn();
  await client.prepare();
  const [window] = await Promise.all([page.waitForEvent('popup'), client.press('Connect in a popup')]);
  const popup = ada.on(window);
  await popup.card.asks('Photo Printer');
  assert.equal(await window.evaluate(() => window.opener !== null), true);
  await popup.card.allow.click();
  await client.report(/^Popup: connected as Ada Lovelace/);
});

/** How much room the card takes: its layout's name, and how high a button is. */
const layoutOf = async ({ page, card }) => [await page.locator('.countersign').getAttribute('data-layout'), (await card.allow.boundingBox()).height];

journey('a popup gets the compact layout (display=popup), and a page does not', async ({ visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  await tab.client.connect();
  await tab.card.asks('Photo Printer');
  const [regular, high] = await layoutOf(tab);
  await tab.client.prepare();
  const [window] = await Promise.all([tab.page.waitForEvent('popup'), tab.client.press('Connect in a popup')]);
  const popup = ada.on(window);
  await popup.card.asks('Photo Printer');
  const [compact, lower] = await layoutOf(popup);
  assert.deepEqual([regular, compact], [null, 'compact']);
  assert.ok(lower < high, `${lower} < ${high}`);
  await popup.card.allow.click();
  await tab.client.report(/^Popup: connected/);
});

journey('a popup stays compact through sign-in and a reload', async ({ visitor }) => {
  const ada = await visitor();
  const { page, client } = await ada.tab();
  await client.prepare();
  const [window] = await Promise.all([page.waitForEvent('popup'), client.press('Connect in a popup')]);
  const popup = ada.on(window);
  await popup.login.signIn('ada@example.com');
  await popup.card.asks('Photo Printer');
  assert.equal((await layoutOf(popup))[0], 'compact', 'after sign-in');
  await window.reload();
  await popup.card.asks('Photo Printer');
  assert.equal((await layoutOf(popup))[0], 'compact', 'after a reload');
});

journey('two logins in two tabs do not disturb each other', async ({ visitor }) => {
  const ada = await visitor();
  const first = await ada.signedIn();
  const second = await ada.tab();
  await first.client.connect({ client: 'Photo Printer', scopes: ['photos.read'] });
  await second.client.connect({ client: 'Trip Planner', scopes: ['calendar.read'] });
  await first.card.asks('Photo Printer');
  await second.card.asks('Trip Planner');
  await first.card.allow.click();
  const one = await first.client.connected();
  await second.card.allow.click();
  const two = await second.client.connected();
  assert.equal(one.idToken.aud, 'third-party-public');
  assert.ok(one.scopes.includes('photos.read'));
  assert.equal(two.idToken.aud, 'third-party-confidential');
  assert.ok(two.scopes.includes('calendar.read'));
});
