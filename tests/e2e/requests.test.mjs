// How a request can arrive: by GET, POST, pushed, silently, from any client; and what happens to one that cannot be used.
import assert from 'node:assert/strict';
import { registerClient } from './support/generic-client.mjs';
import { journeys } from './support/journey.mjs';
import { listen } from './support/listener.mjs';

const { journey } = journeys();

journey('a pushed request survives a reload before the decision, and its address is the transaction’s', async ({ visitor }) => {
  const { page, client, card } = await (await visitor()).signedIn();
  await client.connect({ push: true });
  await card.asks('Photo Printer');
  const address = new URL(await card.transactionAddress());
  assert.equal(address.searchParams.has('request_uri'), false);
  await page.reload();
  await card.asks('Photo Printer');
  await card.allow.click();
  await client.connected();
});

journey('a pushed request survives the way through sign-in', async ({ visitor }) => {
  const { client, login, card } = await (await visitor()).tab();
  await client.connect({ push: true });
  await login.signIn('grace@example.com');
  await card.asks('Photo Printer');
  await card.allow.click();
  await client.connected();
});

const silent = {
  frame: async (client, request) => {
    await client.prepare(request);
    await client.press('Check silently');
  },
  page: async (client, request) => {
    await client.prepare(request);
    await client.press('Check as a whole page');
  },
};

journey('prompt=none without a session gives login_required, as a page and in a frame', async ({ visitor }) => {
  const { client } = await (await visitor()).tab();
  await silent.page(client);
  await client.refused('login_required');
  await silent.frame(client);
  await client.report(/^Silent check: not connected, login_required\./);
});

journey('prompt=none with a session but no consent gives consent_required, as a page and in a frame', async ({ visitor }) => {
  const { client } = await (await visitor()).signedIn();
  await silent.page(client, { client: 'Trip Planner' });
  await client.refused('consent_required');
  await silent.frame(client, { client: 'Trip Planner' });
  await client.report(/^Silent check: not connected, consent_required\./);
});

for (const answerBy of ['query', 'form_post', 'jwt']) {
  journey(`prompt=none after an allow of the same session gives tokens, as a page and in a frame, by ${answerBy}`, async ({ visitor }) => {
    const ada = await visitor();
    const { client, card } = await ada.signedIn();
    await client.connect({ client: 'Trip Planner' });
    await card.asks('Trip Planner');
    await card.allow.click();
    await client.connected();
    await silent.page(client, { client: 'Trip Planner', answerBy });
    assert.equal((await client.connected()).userinfo.email, 'ada@example.com');
    await silent.frame(client, { client: 'Trip Planner', answerBy });
    await client.report(/^Silent check: connected as Ada Lovelace/);
    assert.equal(ada.requests('/authorize/submit').length, 1);
  });
}

// Sends a request as a form, from the app's own page.
async function post(page, app, address) {
  await page.goto(app.origin);
  await app.received();
  await page.evaluate(([action, fields]) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action });
    for (const [name, value] of fields) {
      const input = document.createElement('input');
      Object.assign(input, { type: 'hidden', name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }, [address.origin + address.pathname, [...address.searchParams]]);
}

for (const host of ['localhost', '127.0.0.1']) {
  journey(`a request by POST from ${host} is the same request, for the account signed in`, async ({ site, visitor }) => {
    const app = await listen({ host });
    const redirectUri = `${app.origin}/callback`;
    const generic = await registerClient(site.issuer, { redirect_uris: [redirectUri], application_type: 'native' });
    const request = await generic.request({ state: 'a+b/c=&d#e %' });
    const ada = await visitor();
    ada.origins.add(app.origin);
    const { page, card } = await ada.signedIn();
    await post(page, app, request.address);
    await card.asks('Generic Client');
    await card.says('Ada Lovelace');
    assert.equal(new URL(page.url()).searchParams.has('client_id'), false);
    await card.allow.click();
    await generic.tokens((await app.received()).url, request);
    await app.close();
  });
}

journey('a native client on a loopback port that nobody registered gets its answer there, and is asked for every time', async ({ site, visitor }) => {
  const app = await listen();
  const generic = await registerClient(site.issuer, { redirect_uris: ['http://127.0.0.1/callback'], application_type: 'native' });
  const ada = await visitor();
  ada.origins.add(app.origin);
  const { page, card } = await ada.signedIn();
  for (const round of [1, 2]) {
    const request = await generic.request({ redirectUri: `${app.origin}/callback` });
    await page.goto(request.address.href);
    await card.asks('Generic Client');
    await card.says(new URL(app.origin).host);
    await card.allow.click();
    const tokens = await generic.tokens((await app.received()).url, request);
    // The request has arrived; the page it brings has to, before the next one is asked for.
    await page.getByRole('heading', { name: 'Received' }).waitFor();
    assert.equal(tokens.claims().iss, site.issuer, `round ${round}`);
  }
  await app.close();
});

journey('a client that knows nothing but the issuer connects by discovery and dynamic registration', async ({ site, visitor }) => {
  const app = await listen({ host: 'localhost' });
  const generic = await registerClient(site.issuer, { redirect_uris: [`${app.origin}/callback`] });
  assert.equal(generic.server.authorization_endpoint, `${site.issuer}/oauth/authorize`);
  assert.equal(generic.server.end_session_endpoint, `${site.issuer}/oauth/logout`);
  const request = await generic.request();
  const ada = await visitor();
  ada.origins.add(app.origin);
  const { page, card } = await ada.signedIn();
  await page.goto(request.address.href);
  await card.asks('Generic Client');
  await card.allow.click();
  const tokens = await generic.tokens((await app.received()).url, request);
  assert.equal((await generic.userinfo(tokens)).email, 'ada@example.com');
  await app.close();
});

const good = (site) => new URLSearchParams({
  client_id: 'third-party-public',
  redirect_uri: `${site.client}/callback`,
  response_type: 'code',
  scope: 'openid',
  state: 'here',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
}).toString();

const without = (query, name) => {
  const parameters = new URLSearchParams(query);
  parameters.delete(name);
  return parameters.toString();
};
const withValue = (query, name, value) => {
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return parameters.toString();
};

const UNUSABLE = {
  'no client_id': (query) => without(query, 'client_id'),
  'an empty client_id': (query) => withValue(query, 'client_id', ''),
  'an unknown client_id': (query) => withValue(query, 'client_id', 'nobody'),
  'two client_ids': (query) => `${query}&client_id=third-party-public`,
  'no redirect_uri': (query) => without(query, 'redirect_uri'),
  'an unregistered redirect_uri': (query, site) => withValue(query, 'redirect_uri', `${site.client}/elsewhere`),
  'a redirect_uri with a query added': (query, site) => withValue(query, 'redirect_uri', `${site.client}/callback?x=1`),
  'a redirect_uri of another host': (query) => withValue(query, 'redirect_uri', 'https://evil.example/callback'),
  'a redirect_uri that is a script': (query) => withValue(query, 'redirect_uri', 'javascript:alert(1)'),
  'two redirect_uris': (query, site) => `${query}&redirect_uri=${encodeURIComponent(`${site.client}/callback`)}`,
  'nothing at all': () => '',
};

for (const [what, change] of Object.entries(UNUSABLE)) {
  journey(`a request with ${what} gets a page, never a redirect`, async ({ site, visitor }) => {
    const ada = await visitor();
    const { page, card } = await ada.signedIn();
    await page.goto(`${site.issuer}/oauth/authorize?${change(good(site), site)}`);
    await card.heading('This link doesn’t work');
    assert.equal(new URL(page.url()).origin, site.issuer);
    assert.equal(await page.locator('a[href*="evil"], a[href^="javascript"], a[href*="elsewhere"]').count(), 0);
    assert.equal(ada.requests(site.client).length, 0);
    assert.equal(ada.requests('evil.example', 'GET').filter((request) => new URL(request.url()).host === 'evil.example').length, 0);
  });
}
