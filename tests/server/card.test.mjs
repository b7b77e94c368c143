import assert from 'node:assert/strict';
import test from 'node:test';
import { hostNameOf } from '../../server/node/src/addresses.ts';
import { registrableDomain } from '../../server/node/src/domains.ts';
import { Browser, Client, MANY, card, startServer } from './harness.mjs';

const PHOTOS = 'https://photos.example/api';
const scopeOf = (shown, scope, resource) => shown.scopes.find((entry) => entry.scope === scope && entry.resource === resource);

test('the requested scopes', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);

  await t.test('a scope has its full description, one line for each part', async () => {
    const shown = await card(new Browser(origin), client, { scope: 'openid photos.read' });
    assert.deepEqual(scopeOf(shown, 'photos.read').details, ['Photos and videos in full size', 'Albums, with their titles', 'Where and when a photo was taken']);
    assert.equal(scopeOf(shown, 'openid').details, undefined);
  });

  await t.test('writing implies reading, is sensitive, and is in the same group', async () => {
    const shown = await card(new Browser(origin), client, { scope: 'openid photos.read photos.write' });
    const { implies, sensitive, group } = scopeOf(shown, 'photos.write');
    assert.deepEqual([implies, sensitive, group], [['photos.read'], true, 'Photos']);
    assert.deepEqual([scopeOf(shown, 'photos.read').implies, scopeOf(shown, 'photos.read').group], [undefined, 'Photos']);
  });

  await t.test('an implied scope is named only if it is requested, at the same resource', async () => {
    const browser = new Browser(origin);
    const alone = await card(browser, client, { scope: 'openid photos.write' });
    assert.equal(scopeOf(alone, 'photos.write').implies, undefined);
    const resource = 'http://localhost:9000/api';
    const query = await client.query({ scope: 'openid photos.read photos.write', prompt: 'consent' });
    const both = await browser.start('consumer', `${query}&${new URLSearchParams([['resource', PHOTOS], ['resource', resource]])}`);
    for (const at of [PHOTOS, resource]) assert.deepEqual(scopeOf(both, 'photos.write', at).implies, ['photos.read']);
  });

});

test('the client', async (t) => {
  const { origin } = await startServer(t);
  const described = async (id, more) => (await card(new Browser(origin), await Client.known(origin, id), more)).client;
  const trust = ({ party, verified, registration }) => [party, verified, registration];

  await t.test('an app of the site itself', async () => {
    assert.deepEqual(trust(await described('first-party-public')), ['first', true, 'managed']);
  });

  await t.test('a verified third-party app has its name, description and links in German, too', async () => {
    const client = await described('third-party-public');
    assert.deepEqual(trust(client), ['third', true, 'managed']);
    assert.deepEqual([client.name, client['name#de']], ['Photo Printer', 'Fotodruck']);
    assert.deepEqual([client.description, client['description#de']], [
      'Prints your photos and delivers them to your door.', 'Druckt Ihre Fotos und schickt sie Ihnen nach Hause.',
    ]);
    assert.equal(client['policy_uri#de'], 'https://photo-printer.example/datenschutz');
    assert.equal(client['tos_uri#de'], 'https://photo-printer.example/agb');
    assert.equal(client['client_uri#de'], undefined);
  });

  await t.test('an unverified managed app has no logo', async () => {
    const client = await described('third-party-unverified');
    assert.deepEqual(trust(client), ['third', false, 'managed']);
    assert.deepEqual([client.name, client.logo_uri], ['Postcard Club', undefined]);
  });

  await t.test('the logo of a verified app is a file of the site', async () => {
    for (const id of ['first-party-public', 'first-party-confidential', 'third-party-public', 'third-party-confidential']) {
      const { logo_uri: logo } = await described(id);
      const response = await fetch(origin + logo);
      assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'image/svg+xml']);
    }
  });

  await t.test('an app that registered itself has the names that it registered in other languages', async () => {
    const registered = await Client.registered(origin, {
      client_name: 'Weather', 'client_name#fr': 'Météo', 'client_name#zh-Hant': '天氣', 'policy_uri#fr': 'https://weather.example/fr/vie-privee',
    });
    assert.equal(registered.config.clientMetadata()['client_name#fr'], 'Météo');
    const { client } = await card(new Browser(origin), registered);
    assert.deepEqual(trust(client), ['third', false, 'dynamic']);
    assert.deepEqual([client.name, client['name#fr'], client['name#zh-Hant']], ['Weather', 'Météo', '天氣']);
    assert.equal(client['policy_uri#fr'], 'https://weather.example/fr/vie-privee');
  });

  await t.test('an app that registered itself cannot set the server’s own assessment, in any language', async () => {
    const registered = await Client.registered(origin, {
      client_name: 'Weather', party: 'first', 'party#de': 'first', verified: true, logo_uri: 'https://evil.example/logo.svg', description: 'By Harbor', 'description#de': 'Von Harbor',
      registrable_domain: 'harbor.example', 'client_name#': 'Nothing', 'client_name#x"y': 'Nothing', 'logo_uri#de': 'https://evil.example/logo.svg',
    });
    const { client } = await card(new Browser(origin), registered);
    assert.deepEqual(Object.keys(client).sort(), ['client_id', 'name', 'native', 'party', 'registrable_domain', 'registration', 'verified']);
    assert.deepEqual(trust(client), ['third', false, 'dynamic']);
    assert.equal(client.registrable_domain, 'app.example');
  });

  await t.test('an app without a name is named by its id', async () => {
    const registered = await Client.registered(origin, {});
    assert.equal((await card(new Browser(origin), registered)).client.name, registered.id);
  });

  await t.test('a link that no browser may open is refused or, in another language, left out, and an overlong one refused', async () => {
    await assert.rejects(Client.registered(origin, { client_uri: 'javascript:alert(1)' }));
    const registered = await Client.registered(origin, { 'client_uri#de': 'javascript:alert(1)', 'tos_uri#de': 'http://far.example/' });
    const { client } = await card(new Browser(origin), registered);
    assert.deepEqual([client['client_uri#de'], client['tos_uri#de']], [undefined, undefined]);
    const disguised = await Client.registered(origin, { client_uri: 'https://harbor.example@evil.example/', policy_uri: 'https://weather.example/#privacy', 'tos_uri#de': 'com.example.app:/terms' });
    const { client: shown } = await card(new Browser(origin), disguised);
    assert.deepEqual([shown.client_uri, shown.policy_uri, shown['tos_uri#de']], [undefined, 'https://weather.example/#privacy', undefined]);
    await assert.rejects(Client.registered(origin, { 'client_name#de': 'x'.repeat(3000) }));
    await assert.rejects(Client.registered(origin, { 'client_name#de': 7 }));
  });

  await t.test('a client that needs all it asks for cannot be narrowed, every other one can', async () => {
    const narrowed = async (id) => (await card(new Browser(origin), await Client.known(origin, id))).can_narrow;
    assert.equal(await narrowed('third-party-unverified'), false);
    assert.equal(await narrowed('third-party-public'), true);
    assert.equal((await card(new Browser(origin), await Client.registered(origin, {}))).can_narrow, true);
  });
});

test('the registrable domain of the redirect address', async (t) => {
  const { origin } = await startServer(t);
  const domainOf = async (redirectUri, more = {}) => {
    const client = await Client.registered(origin, { redirect_uris: [redirectUri], ...more });
    return (await card(new Browser(origin), client)).client.registrable_domain;
  };

  await t.test('comes from the public-suffix list', async () => {
    assert.equal(await domainOf('https://login.weather.co.uk/callback'), 'weather.co.uk');
    assert.equal(await domainOf('https://harbor.example.mallory.github.io/callback'), 'mallory.github.io');
  });

  await t.test('is missing if there is none', async () => {
    assert.equal(await domainOf('http://localhost:4401/other'), undefined);
    assert.equal(await domainOf('https://192.0.2.7/callback'), undefined);
    assert.equal(await domainOf('https://github.io/callback'), undefined);
    assert.equal(await domainOf('com.example.app:/callback', { application_type: 'native' }), undefined);
  });

  await t.test('is written as in the address, in punycode', () => {
    const domainIn = (address) => registrableDomain(hostNameOf(address));
    assert.equal(domainIn('https://www.食狮.公司.cn/'), 'xn--85x722f.xn--55qx5d.cn');
    assert.equal(domainIn('https://xn--55qx5d.cn/'), undefined);
    assert.equal(domainIn('https://www.weather.example./'), 'weather.example');
    assert.equal(domainIn('https://[2001:db8::1]/'), undefined);
    assert.equal(hostNameOf('no address'), undefined);
  });
});

test('an account of 30 organizations is shown all of them, starting with the first that allows clients', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin, 'third-party-public', { realm: 'b2b' });
  const shown = await card(new Browser(origin), client, {}, { realm: 'b2b', email: MANY });
  assert.equal(new Set(shown.organizations.map(({ organization_id: id }) => id)).size, 30);
  assert.deepEqual([shown.organizations[0].status, shown.organization.name], ['needs_approval', 'Harbor Aarhus']);
});
