// The card: what the engine and the host say of a request, and what a decision must match.
import assert from 'node:assert/strict';
import test from 'node:test';
import { registrableDomain } from '../../server/node/src/domains.ts';
import { asked } from './support/engine.mjs';
import { ADA, atCard, createBrowser, createSite, decisionOn, GRACE, V1 } from './support/site.mjs';

const SCOPES = {
  read: { title: 'Read', description: 'Read all', details: ['one', 'two'], group: 'Files' },
  write: { title: 'Write', implies: ['read', 'absent'], sensitive: true },
  admin: { title: 'Admin', grantable: false, reason: 'Only for admins' },
  email: { title: 'Mail', required: true, reason: 'The app needs it' },
};
const scopes = (...names) => names.map((scope) => ({ scope }));
const describe = { site_name: 'Harbor', scope: ({ scope }) => SCOPES[scope] ?? null };

test('the host’s texts are on the card, and a scope that it does not know by its name', async () => {
  const site = createSite({ describe, script: { open: () => asked({ scopes: scopes('openid', 'read', 'write', 'admin', 'email', 'x:y') }) } });
  const { card } = await atCard(site);
  const by = Object.fromEntries(card.scopes.map((entry) => [entry.scope, entry]));
  const plain = { grantable: true, required: false, granted: false, sensitive: false };
  assert.deepEqual(by.read, { scope: 'read', ...SCOPES.read, ...plain });
  assert.deepEqual(by.write, { scope: 'write', title: 'Write', implies: ['read'], ...plain, sensitive: true });
  assert.deepEqual(by.admin, { scope: 'admin', ...SCOPES.admin, ...plain, grantable: false });
  assert.deepEqual(by.email, { scope: 'email', ...SCOPES.email, ...plain, required: true });
  assert.deepEqual(by['x:y'], { scope: 'x:y', ...plain });
  assert.equal(by.openid.required, true);
  assert.equal(card.site_name, 'Harbor');
});

test('a scope that is asked for twice is one row, and of two resources two', async () => {
  const site = createSite({ script: { open: () => asked({ scopes: [...scopes('read', 'read'), { scope: 'read', resource: 'https://a.example' }, { scope: 'read', resource: 'https://b.example' }], resources: ['https://c.example', 'https://a.example'] }) }, describe: { resource: (resource) => (resource.includes('a.') ? 'A' : null) } });
  const { browser, card } = await atCard(site);
  assert.deepEqual(card.scopes.map(({ resource }) => resource), [undefined, 'https://a.example', 'https://b.example']);
  assert.deepEqual(card.resources, [{ resource: 'https://c.example' }, { resource: 'https://a.example', name: 'A' }, { resource: 'https://b.example' }]);
  await browser.submit(decisionOn(card, 'allow', { scopes: [{ scope: 'read', resource: 'https://a.example' }] }));
  const [{ args: [, grant] }] = site.engine.named('allow');
  assert.deepEqual(grant.scopes, [{ scope: 'read', resource: 'https://a.example' }]);
  assert.deepEqual(grant.resources, ['https://c.example', 'https://a.example']);
});

test('a decision must match the card, else it is 400 and the engine is not asked', async () => {
  const open = () => asked({ scopes: scopes('openid', 'read', 'write', 'admin', 'email'), details: [{ type: 'payment', amount: { value: '1', currency: 'EUR' } }] });
  const site = createSite({ describe, script: { open } });
  const { browser, card } = await atCard(site);
  const all = scopes('openid', 'read', 'write', 'email');
  const wrong = [
    [{ scopes: [...all, { scope: 'other' }] }, '/scopes/4'], [{ scopes: [...all, { scope: 'admin' }] }, '/scopes/4'], [{ scopes: [...all, { scope: 'read', resource: 'https://a.example' }] }, '/scopes/4'],
    [{ scopes: scopes('read', 'email') }, '/scopes'], [{ scopes: scopes('openid', 'read') }, '/scopes'], [{ scopes: scopes('openid', 'write', 'email') }, '/scopes'],
    [{ authorization_details: [] }, '/authorization_details'], [{ authorization_details: [{ type: 'payment', amount: { value: '2', currency: 'EUR' } }] }, '/authorization_details'],
    [{ authorization_details: [...card.authorization_details, { type: 'more' }] }, '/authorization_details'],
  ];
  for (const [more, place] of wrong) {
    const { status, body } = await browser.submit(decisionOn(card, 'allow', { scopes: all, ...more }));
    assert.equal(status, 400, JSON.stringify(more));
    assert.ok(body.detail.startsWith(place), body.detail);
  }
  assert.equal(site.engine.named('allow').length, 0);
  const reordered = [{ amount: { currency: 'EUR', value: '1' }, type: 'payment' }];
  assert.equal((await browser.submit(decisionOn(card, 'allow', { scopes: [...all, ...all], authorization_details: reordered }))).status, 200);
  const [{ args: [, grant] }] = site.engine.named('allow');
  assert.deepEqual(grant.scopes, all);
  assert.deepEqual(grant.details, card.authorization_details);
});

test('a scope includes others at its own resource only', async () => {
  const [a, b] = ['https://a.example', 'https://b.example'];
  const at = (scope, resource) => ({ scope, resource });
  const { browser, card } = await atCard(createSite({ describe, script: { open: () => asked({ scopes: [at('write', a), at('read', a), at('read', b)] }) } }));
  assert.deepEqual(card.scopes.map(({ implies }) => implies), [['read'], undefined, undefined]);
  assert.equal((await browser.submit(decisionOn(card, 'allow', { scopes: [at('write', a), at('read', b)] }))).status, 400);
  assert.equal((await browser.submit(decisionOn(card, 'allow', { scopes: [at('write', a), at('read', a)] }))).status, 200);
});

test('an engine that cannot narrow gets all or nothing', async () => {
  const site = createSite({ script: { narrows: false } });
  const { browser, card } = await atCard(site);
  assert.equal(card.can_narrow, false);
  assert.equal((await browser.submit(decisionOn(card, 'allow', { scopes: scopes('openid', 'read') }))).status, 400);
  assert.equal((await browser.submit(decisionOn(card))).status, 200);
});

test('an engine that adds earlier scopes back shows those as required', async () => {
  const site = createSite({ script: { narrows: 'new-only', open: () => asked({ granted: scopes('read') }) } });
  const { browser, card } = await atCard(site);
  assert.deepEqual(card.scopes.map(({ required, granted }) => [required, granted]), [[true, false], [true, true], [false, false]]);
  assert.equal((await browser.submit(decisionOn(card, 'allow', { scopes: scopes('openid', 'write') }))).status, 400);
  const free = await atCard(createSite({ script: { open: () => asked({ granted: scopes('read') }) } }));
  assert.deepEqual(free.card.scopes[1], { scope: 'read', grantable: true, required: false, granted: true, sensitive: false });
});

test('whether a decision is remembered is a word in version 2 and a boolean before, and the grant follows it', async () => {
  for (const [remembers, before, grants] of [['choice', true, [true, false]], ['always', false, [true, true]], ['never', false, [false, false]]]) {
    const site = createSite({ script: { remembers } });
    const { browser, card } = await atCard(site);
    assert.equal(card.remember, remembers);
    assert.equal((await browser.start(undefined, V1)).body.remember, before);
    for (const [index, remember] of [true, false].entries()) {
      const { body: another } = await browser.start();
      await browser.submit(decisionOn(another, 'allow', { remember }));
      assert.equal(site.engine.named('allow').at(-1).args[1].remember, grants[index], `${remembers} ${remember}`);
    }
  }
});

test('other values of Accept do not ask for version 2', async () => {
  const browser = createBrowser(createSite());
  for (const Accept of ['application/json', 'application/json;v=1', 'application/json;v=2x', 'text/html;v=2', '*/*', 'application/jsonp;v=2', 'text/html;a="application/json;v=2"']) assert.equal((await browser.start(undefined, { headers: { Accept } })).body.remember, true, Accept);
  for (const Accept of ['application/json; v=2', 'application/json;v=3', 'application/json;v="2"', 'text/plain, application/json;q=0.9;v=2', 'application/json;v=2;q=0.9']) assert.equal((await browser.start(undefined, { headers: { Accept } })).body.remember, 'choice', Accept);
});

test('what an engine says of one request counts before what it says of all', async () => {
  const site = createSite({ script: { open: () => asked({ narrows: false, remembers: 'never' }) } });
  const { browser, card } = await atCard(site);
  assert.deepEqual([card.can_narrow, card.remember], [false, 'never']);
  assert.equal((await browser.submit(decisionOn(card, 'allow', { scopes: scopes('openid', 'read') }))).status, 400);
  site.engine.remembers = 'never';
  site.engine.narrows = false;
  site.engine.script.open = () => asked({ narrows: true, remembers: 'choice' });
  const { card: other } = await atCard(site);
  assert.deepEqual([other.can_narrow, other.remember], [true, 'choice']);
});

test('a host describes a client in several languages, and a client itself in none', async () => {
  const word = { description: 'Prints', 'description#de': 'Druckt', 'description#x': 'y'.repeat(3000) };
  const client = { client_id: 'app', client_name: 'The App', 'description#fr': 'Imprime' };
  const { card } = await atCard(createSite({ describe: { client: () => word }, script: { open: () => asked({ client }) } }));
  assert.deepEqual([card.client.description, card.client['description#de'], card.client['description#fr'], card.client['description#x'].length], ['Prints', 'Druckt', undefined, 2000]);
});

test('a link of a client is on the card as a whole, or not at all', async () => {
  const link = (length) => 'https://app.example/'.padEnd(length, 'x');
  const client = { client_id: 'app', policy_uri: link(2048), tos_uri: link(2049) };
  const { card } = await atCard(createSite({ script: { open: () => asked({ client }) } }));
  assert.deepEqual([card.client.policy_uri, card.client.tos_uri], [link(2048), undefined]);
});

test('a request stays open as long as the host says', async () => {
  const site = createSite({ life: 1800 });
  const { browser, card } = await atCard(site);
  assert.equal(card.expires_at, site.time.now / 1000 + 1800);
  site.time.now += 1_799_000;
  assert.equal((await browser.start({ transaction: card.transaction })).status, 200);
  site.time.now += 1000;
  assert.equal((await browser.start({ transaction: card.transaction })).status, 410);
});

test('authorization details are not remembered', async () => {
  const { card } = await atCard(createSite({ script: { open: () => asked({ details: [{ type: 't' }] }) } }));
  assert.equal(card.remember, 'never');
});

test('the version changes with what a decision is made on, and with nothing else', async () => {
  const words = {};
  const site = createSite({ describe: { client: () => words.client, scope: ({ scope }, { languages }) => ({ title: `${scope} ${languages.join()}`, ...words.scope }) } });
  const { browser, card } = await atCard(site);
  const version = async (more = {}, options = {}) => {
    site.engine.script.open = () => asked(more);
    const { body } = await browser.start({ transaction: card.transaction }, options);
    return body.version;
  };
  assert.equal(await version(), card.version);
  assert.equal(await version({ granted: scopes('read') }), card.version);
  assert.equal(await version({}, { headers: { 'Accept-Language': 'de' } }), card.version);
  assert.equal(await version({ resume: 'other', expires_at: site.time.now / 1000 + 60 }), card.version);
  const others = [
    await version({ scopes: scopes('openid', 'read') }), await version({ redirect_uri: 'https://app.example/other' }), await version({ details: [{ type: 't' }] }),
    await version({ resources: ['https://a.example'] }), await version({ client: { client_id: 'app', client_name: 'Other' } }),
  ];
  words.scope = { sensitive: true };
  others.push(await version());
  words.scope = {};
  words.client = { verified: true };
  others.push(await version());
  words.client = undefined;
  browser.account = GRACE;
  others.push(await version());
  assert.equal(new Set([...others, card.version]).size, others.length + 1);
});

test('a decision of one account does not count for another', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  browser.account = GRACE;
  const { body } = await browser.submit(decisionOn(card));
  assert.deepEqual([body.outcome, body.account.sub], ['consent', 'grace']);
  assert.equal(site.engine.named('allow').length, 0);
});

test('the account that the engine has fixed is the only one: another is sent to change it', async () => {
  const site = createSite({ script: { origins: ['https://engine.example'], open: () => asked({ sub: 'ada' }) } });
  assert.equal((await createBrowser(site, ADA).start()).body.outcome, 'consent');
  const { body } = await createBrowser(site, GRACE).start();
  assert.deepEqual([body.outcome, body.reason], ['login', 'account_changed']);
  const to = { to: 'https://engine.example/again', intermediate: true };
  site.engine.script.open = () => asked({ sub: 'ada', switch_account: to });
  const switched = await createBrowser(site, GRACE).start();
  assert.deepEqual(switched.body, { outcome: 'redirect', redirect_uri: to.to, intermediate: true });
  assert.deepEqual((await createBrowser(site, ADA).start()).body.switch_account, { redirect_uri: to.to, intermediate: true });
  assert.equal('switch_account' in (await createBrowser(site, ADA).start(undefined, V1)).body, false);
  for (const wrong of [{ to: 'https://evil.example/', intermediate: true }, { to: 'https://app.example/cb' }, { to: 'https://evil.example/', native: true }]) {
    site.engine.script.open = () => asked({ sub: 'ada', switch_account: wrong });
    assert.equal((await createBrowser(site, GRACE).start()).status, 500);
    assert.equal((await createBrowser(site, ADA).start()).status, 500);
  }
});

test('what was ticked survives a sign-in, for the same card', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  browser.account = null;
  const { body: login } = await browser.submit(decisionOn(card, 'allow', { scopes: scopes('openid', 'write'), remember: true }));
  assert.equal(login.outcome, 'login');
  browser.account = ADA;
  const { body: again } = await browser.start({ transaction: card.transaction });
  assert.deepEqual(again.scopes.map(({ unticked }) => unticked), [undefined, true, undefined]);
  assert.equal(again.remember_ticked, true);
  browser.account = GRACE;
  const { body: other } = await browser.start({ transaction: card.transaction });
  assert.deepEqual(other.scopes.map(({ unticked }) => unticked), [undefined, undefined, undefined]);
  assert.equal(other.remember_ticked, undefined);
});

test('a scope that must be allowed is ticked after a sign-in, whatever was sent before', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  browser.account = null;
  await browser.submit(decisionOn(card, 'allow', { scopes: scopes('write') }));
  browser.account = ADA;
  const { body: again } = await browser.start({ transaction: card.transaction });
  assert.deepEqual(again.scopes.map(({ required, unticked }) => [required, unticked]), [[true, undefined], [false, true], [false, undefined]]);
});

test('a box that was not ticked before a sign-in is not ticked after it', async () => {
  const site = createSite();
  const { browser, card } = await atCard(site);
  browser.account = null;
  for (const more of [{}, { remember: false }]) {
    await browser.submit(decisionOn(card, 'allow', { scopes: scopes('openid', 'write'), ...more }));
    browser.account = ADA;
    const { body: again } = await browser.start({ transaction: card.transaction });
    assert.deepEqual([again.scopes[1].unticked, again.remember_ticked], [true, undefined]);
    browser.account = null;
  }
});

test('texts get the languages of the request, and then those of the browser by weight', async () => {
  let heard;
  const site = createSite({ describe: { scope: (scope, { languages }) => { heard = languages; return null; } }, script: { open: () => asked({ ui_locales: 'fr de' }) } });
  await createBrowser(site).start(undefined, { headers: { 'Accept-Language': 'en;q=0.5, ja, *;q=0.1, es;q=0, <x>' } });
  assert.deepEqual(heard, ['fr', 'de', 'ja', 'en']);
});

test('the registrable domain is the host’s word about the address’s host name', async () => {
  const site = createSite({ describe: { registrable_domain: (host) => host.split('.').slice(-2).join('.') }, script: { open: () => asked({ redirect_uri: 'https://a.b.app.example/cb' }) } });
  assert.equal((await atCard(site)).card.client.registrable_domain, 'app.example');
});

test('a picture of an account is a path of the host’s own', async () => {
  const site = createSite();
  assert.equal((await atCard(site, { ...ADA, picture: '/ada.png' })).card.account.picture, '/ada.png');
  assert.equal((await atCard(site, { ...ADA, picture: 'https://tracker.example/ada.png' })).card.account.picture, undefined);
});

test('countersign/server/domains knows the public-suffix list', async () => {
  const known = {
    'a.b.app.example': 'app.example', 'login.weather.co.uk': 'weather.co.uk', 'harbor.example.mallory.github.io': 'mallory.github.io', 'www.weather.example.': 'weather.example',
    'www.xn--85x722f.xn--55qx5d.cn': 'xn--85x722f.xn--55qx5d.cn', 'github.io': undefined, 'xn--55qx5d.cn': undefined, localhost: undefined, '127.0.0.1': undefined, '[2001:db8::1]': undefined,
  };
  for (const [host, domain] of Object.entries(known)) {
    const site = createSite({ describe: { registrable_domain: registrableDomain }, script: { open: () => asked({ redirect_uri: `https://${host}/cb` }) } });
    assert.equal((await atCard(site)).card.client.registrable_domain, domain, host);
  }
});
