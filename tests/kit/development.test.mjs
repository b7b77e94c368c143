// Options and answers of adapters that are wrong, and what is said of them.
import assert from 'node:assert/strict';
import test from 'node:test';
import { AnswerError, checked } from '../../server/node/src/development.ts';
import { countersign, errorEnding, memoryStore } from '../../server/node/src/index.ts';
import { keptTransactions } from '../../server/node/src/kept.ts';
import { page } from '../../server/node/src/page.ts';
import { asked, createEngine } from './support/engine.mjs';
import { createBrowser, createSite, ORIGIN, SECRET } from './support/site.mjs';

const FILES = { names: ['register.js'], read: async () => new Uint8Array() };
const good = () => ({ engine: { name: 'my-engine', narrows: true, remembers: 'never', open() {}, allow() {}, deny() {} }, origin: ORIGIN, secret: SECRET, account: () => null });

/** What is said of options. */
function said(work) {
  try {
    work();
  } catch (error) {
    assert.deepEqual([error.name, error.code], ['OptionError', 'option_invalid']);
    assert.ok(error instanceof TypeError);
    return error.message;
  }
  return undefined;
}

test('options that are right are the same, and the kit takes them', () => {
  const options = {
    ...good(), store: memoryStore(), describe: { site_name: 'Harbor', client: () => ({}) }, limits: { perBrowser: 5 }, realms: ['consumer'], base: '/api', page: page({ files: FILES }),
    timeout: 1000, log() {}, logDetails: true, clock: Date.now, addressOf: undefined, secret: [SECRET],
  };
  const { engine, ...rest } = checked(options);
  assert.deepEqual(rest, Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'engine')));
  assert.equal(engine.name, 'my-engine');
  assert.equal(typeof countersign(checked(options)), 'function');
});

test('an option that would do nothing where it stands is said', () => {
  const elsewhere = 'keptTransactions({ visitor, forget }) of countersign/server/kept tells browsers apart by it, for the option `transactions`.';
  const transactions = keptTransactions({ visitor: () => ({ browser: 'one' }) });
  for (const [more, message] of [
    [{ browser: () => 'one' }, `\`browser\` does nothing here: ${elsewhere}`],
    [{ visitor: () => ({ browser: 'one' }) }, `\`visitor\` does nothing here: ${elsewhere}`],
    [{ limits: { perBrowser: 5 }, transactions }, '`limits.perBrowser` does nothing here: with `transactions`, the kit sets no cookie that names a browser. Calls are counted by address.'],
    [{ limits: { perAddress: 5 } }, '`limits.perAddress` does nothing here: without `addressOf`, the kit knows no addresses.'],
  ]) assert.equal(said(() => checked({ ...good(), ...more })), message);
  assert.equal(said(() => checked({ ...good(), transactions, limits: { perAddress: 5 }, addressOf: () => '::1' })), undefined);
  assert.throws(() => keptTransactions({ browser: () => 'one' }), { name: 'TypeError', message: /^keptTransactions needs visitor\(request\)/ });
});

test('an option that is missing, unknown or of another kind is named, with what is expected', () => {
  const engine = (more) => ({ engine: { ...good().engine, ...more } });
  for (const [more, message] of [
    [{ engine: undefined }, '`engine` must be an object, and is missing.'],
    [{ engine: {} }, '`engine.open` must be a function, and is missing.'],
    [engine({ allow: 'yes' }), '`engine.allow` must be a function, and is "yes".'],
    [engine({ name: undefined }), '`engine.name` must be a string, and is missing.'],
    [engine({ remembers: true }), '`engine.remembers` must be "choice" or "always" or "never", and is true.'],
    [engine({ narrows: 'yes' }), '`engine.narrows` must be true or false or "new-only", and is "yes".'],
    [engine({ origins: 'https://e.example' }), '`engine.origins` must be a list, and is "https://e.example".'],
    [{ account: undefined }, '`account` must be a function, and is missing.'],
    [{ origin: undefined }, '`origin` must be a string, and is missing.'],
    [{ secret: undefined }, '`secret` must be a string or a list, and is missing.'],
    [{ store: {} }, '`store.claim` must be a function, and is missing.'],
    [{ store: Promise.resolve() }, '`store` must be an object, and is a promise, and is not awaited.'],
    [{ desribe: {} }, '`desribe` is no option of countersign(); did you mean `describe`?'],
    [{ address_of: () => '' }, '`address_of` is no option of countersign(); did you mean `addressOf`?'],
    [{ describe: { siteName: 'x' } }, '`siteName` is no option of describe; did you mean `site_name`?'],
    [{ describe: { client: {} } }, '`describe.client` must be a function, and is {}.'],
    [{ limits: { perBrowser: '5' } }, '`limits.perBrowser` must be a number, and is "5".'],
    [{ realms: ['b2c'] }, '`realms` has "consumer", "b2b" or both, and not "b2c".'],
    [{ base: 'countersign/' }, '`base` must be a path without a slash at its end, such as "/countersign", and is "countersign/".'],
    [{ page: {} }, '`page` must be made by page() of countersign/server/page, and is {}.'],
    [{ page: true }, '`page` must be an object or a list, and is true.'],
    [{ logDetails: 'yes' }, '`logDetails` must be a boolean, and is "yes".'],
  ]) assert.equal(said(() => checked({ ...good(), ...more })), message);
  assert.match(said(() => checked({ ...good(), zebra: 1 })), /^`zebra` is no option of countersign\(\)\. There are: engine, origin, /);
});

test('a page says at the start what its files should be', () => {
  for (const [options, message] of [
    [{}, /^`files` of page\(\) must be `await packageFiles\(\)`.*; it is missing\.$/],
    [{ files: Promise.resolve(FILES) }, /it is a promise, and is not awaited\.$/],
    [{ files: '/lib/countersign' }, /with its last slash: "\/lib\/countersign\/"; it is "\/lib\/countersign"\.$/],
    [{ files: { ...FILES, names: ['dist/register.js'] } }, /the folder has no register\.js\. It is the folder `dist`/],
    [{ files: FILES, loginURL: '/login' }, /^`loginURL` is no option of page\(\); did you mean `loginUrl`\?$/],
    [{ files: FILES, authorize: 'oauth/authorize' }, /^`authorize` of page\(\) must be a path of the site/],
    [{ files: FILES, html: '<p>' }, /^`html` of page\(\) must be a function; it is "<p>"\.$/],
  ]) assert.match(said(() => page(options)) ?? 'accepted', message);
  assert.equal(said(() => page({ files: { ...FILES, names: [] }, html: () => '' })), undefined, 'a page of one\'s own may have other files');
});

/** A site whose engine is checked, and what was reported. */
function createChecked(script) {
  const told = [];
  const events = [];
  const site = createSite({ script, wrap: (options) => checked(options, (message) => told.push(message)), logDetails: true, log: (event) => events.push(event) });
  return { site, told, events, browser: createBrowser(site) };
}

test('an answer of an adapter that the kit cannot read is said in the log, with the member', async () => {
  const answer = (more) => ({ ...asked({ request_id: 'r' }), ...more });
  const without = (name) => Object.fromEntries(Object.entries(answer()).filter(([one]) => one !== name));
  for (const [opened, message] of [
    [without('redirect_uri'), '`redirect_uri` is missing'],
    [{ ...without('redirect_uri'), redirectUri: 'https://app.example/cb' }, '`redirect_uri` is missing; is it `redirectUri`?'],
    [without('resume'), '`resume` is missing'],
    [answer({ client: { id: 'app' } }), '`client` must be an object with `client_id`'],
    [answer({ scopes: ['a'] }), '`scopes`: entry 0 must be an object with `scope`: { scope: "photos.read" }'],
    [answer({ redirect_uri: 'http://plain.example/cb' }), /^`redirect_uri` is no address that a page may open: https, http on the user's own device/],
    [answer({ expires_at: Date.now() }), '`expires_at` must be a time in seconds since 1970'],
    [{ kind: 'login' }, '`reason` is missing'],
    [{ kind: 'login', reason: 'session' }, /^`reason` must be one of no_session, prompt_login/],
    [{ kind: 'refused' }, '`error` is missing'],
    [{ kind: 'done' }, '`to` is missing: { to } or { form }'],
    [{ kind: 'done', to: 'com.example.app:/cb?error=x' }, '`to` has a private-use scheme, and needs `native: true`: leadsTo(to) and errorEnding() set it'],
    [{ kind: 'done', ...errorEnding('https://app.example/cb', { error: undefined, description: 'Failed' }) }, /^`to` has an `error_description` and no `error`\. Give errorEnding\(\) a code/],
    [{ kind: 'done', ...errorEnding('https://app.example/cb', { error: undefined, description: 'Failed', response_mode: 'fragment' }) }, /^`to` has an `error_description` and no `error`/],
    [{ kind: 'done', ...errorEnding('https://app.example/cb', { error: undefined, description: 'Failed', response_mode: 'form_post' }) }, /^`form` has an `error_description` and no `error`/],
    [{ kind: 'asks' }, '`kind` must be one of refused, done, login, ask, and is "asks"'],
    ['ask', 'it gave string, and must give an object with `kind`'],
  ]) {
    const { browser, told, events } = createChecked({ open: () => opened });
    const { status } = await browser.start(undefined, { unchecked: true });
    assert.equal(status, 500);
    assert.equal(told.length, 1);
    const [, fault] = /^`open\(\)`: (.*) \(engine scripted\)\.$/s.exec(told[0]) ?? assert.fail(told[0]);
    if (typeof message === 'string') assert.equal(fault, message);
    else assert.match(fault, message);
    assert.ok(events[0].details.error instanceof AnswerError);
    assert.equal(events[0].details.error.code, 'answer_invalid');
  }
});

test('an engine that needs the query alone has `null` to resume, and the query is there for its decision', async () => {
  for (const decision of ['allow', 'deny']) {
    const { browser, told } = createChecked({ open: () => asked({ request_id: 'r', resume: null }) });
    const { engine } = browser.site;
    const queries = [];
    const ending = async (resume, ...rest) => {
      queries.push([resume, rest.at(-1).query]);
      return { to: 'https://app.example/cb?code=C' };
    };
    Object.assign(engine, { allow: ending, deny: ending });
    const query = 'client_id=app&state=S';
    const { body: card } = await browser.start({ query });
    const scopes = decision === 'allow' ? card.scopes.map(({ scope }) => ({ scope })) : [];
    const { status } = await browser.submit({ transaction: card.transaction, version: card.version, decision, scopes });
    assert.deepEqual([status, queries, told], [200, [[null, query]], []], decision);
  }
});

test('an allow that gives nothing is said, and nothing else is called for it', async () => {
  const script = { open: () => asked({ request_id: 'r' }) };
  const { browser, told } = createChecked(script);
  const { body: card } = await browser.start();
  browser.site.engine.allow = async () => undefined;
  const { status } = await browser.submit({ transaction: card.transaction, version: card.version, decision: 'allow', scopes: card.scopes.map(({ scope }) => ({ scope })) }, { unchecked: true });
  assert.equal(status, 500);
  assert.deepEqual(told, ['`allow()`: it gave nothing, and must give { to } or { form } (engine scripted).']);
});

test('an adapter without request_id hears of it once, and its answers count', async () => {
  const { browser, told } = createChecked({});
  for (let n = 0; n < 3; n += 1) assert.equal((await browser.start()).body.outcome, 'consent');
  assert.deepEqual(told, ['`open()` gives no `request_id`: a request that is opened twice can then be decided twice, unless the engine sees to it (engine scripted).']);
});

test('an engine that is a class keeps its own members', async () => {
  class Own {
    #codes = ['c'];
    name = 'own';
    narrows = true;
    remembers = 'never';
    async open() { return asked({ request_id: 'r' }); }
    async allow() { return { to: `https://app.example/cb?code=${this.#codes[0]}` }; }
    async deny() { return { to: 'https://app.example/cb' }; }
    async isRedeemed(code) { return this.#codes.includes(code); }
  }
  const { engine } = checked({ ...good(), engine: new Own() });
  assert.equal(await engine.isRedeemed('c'), true);
  assert.deepEqual(await engine.allow(), { to: 'https://app.example/cb?code=c' });
  assert.equal(createEngine().name, 'scripted');
});
