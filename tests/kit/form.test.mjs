// The way without script: the card as a form, its second page, and what it is answered with.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { EngineUnavailable } from '../../server/node/src/index.ts';
import { keptTransactions } from '../../server/node/src/kept.ts';
import { formTexts } from '../../server/node/texts.mjs';
import { faultOf } from '../support/openapi.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { asked, CALLBACK } from './support/engine.mjs';
import { createForms, GUARDED, ORIGIN } from './support/forms.mjs';
import { ADA, createBrowser, GRACE, QUERY } from './support/site.mjs';

const scopesOf = (site, name = 'allow') => site.engine.named(name).map(({ args: [, grant] }) => grant.scopes.map(({ scope }) => scope));

test('an Allow that the guards of the page let through is one decision, and a page leads on to the client', async () => {
  const { site, open, send } = createForms();
  const page = await open();
  const done = await send(page, 'allow', GUARDED);
  assert.deepEqual([done.status, done.to], [200, `${CALLBACK}?code=1`]);
  assert.deepEqual(scopesOf(site), [['openid', 'read', 'write']]);
  assert.match(done.html, new RegExp(`<a href="${CALLBACK.replaceAll('.', '\\.')}\\?code=1" rel="noreferrer">`));
});

test('without the guards, an Allow shows a second page, whose own button counts', async () => {
  const { site, open, send } = createForms();
  const second = await send(await open(), 'allow', { without: ['scope=2'] });
  assert.equal(site.engine.named('allow').length, 0);
  assert.match(second.html, /Nothing has been shared yet/);
  assert.match(second.html, /<h1[^>]*>The App[^]*app\.example/);
  assert.match(second.html, /read/);
  assert.doesNotMatch(second.html, /write|<input type="checkbox"|<script/, 'it shows what would be granted, and nothing to choose');
  const done = await send(second, 'allow');
  assert.equal(done.to, `${CALLBACK}?code=1`);
  assert.deepEqual(scopesOf(site), [['openid', 'read']]);
});

test('the second page grants what it has shown, whatever its form says', async () => {
  const { site, open, send } = createForms();
  const second = await send(await open(), 'allow', { without: ['scope=2'] });
  await send(second, 'allow', { more: [['scope', '2'], ['remember', '1']] });
  const [{ args: [, grant] }] = site.engine.named('allow');
  assert.deepEqual([grant.scopes.map(({ scope }) => scope), grant.remember], [['openid', 'read'], false]);
});

test('a press within 600 ms of a page decides nothing, and says so, on both pages', async () => {
  const { site, open, send } = createForms();
  const early = await send(await open(), 'allow', { after: 599, ...GUARDED, without: ['scope=1'] });
  assert.match(early.html, /That was too soon/);
  assert.deepEqual(early.form.boxes, ['scope=1', 'scope=2 checked', 'remember=1'], 'what was ticked is kept');
  const second = await send(early, 'allow');
  const again = await send(second, 'allow', { after: 599 });
  assert.match(again.html, /That was too soon/);
  assert.equal(site.engine.named('allow').length, 0);
  const done = await send(again, 'allow');
  assert.equal(done.to, `${CALLBACK}?code=1`);
  assert.deepEqual(scopesOf(site), [['openid', 'write']]);
});

test('a stream of clicks, one every 200 ms, allows nothing on either page', async () => {
  const { site, open, send } = createForms();
  let page = await open();
  for (let click = 0; click < 20; click += 1) page = await send(page, 'allow', { after: 200, more: GUARDED.more });
  assert.equal(site.engine.named('allow').length, 0);
});

test('a denial counts at once', async () => {
  const { site, open, send } = createForms();
  const done = await send(await open(), 'deny', { after: 0 });
  assert.deepEqual([done.to, site.engine.named('deny').length], [`${CALLBACK}?error=access_denied`, 1]);
  assert.match(done.response.headers.get('content-security-policy'), /form-action 'none'/);
  for (const press of ['cancel', 'return']) {
    const other = createForms();
    assert.equal((await other.send(await other.open(), press, { after: 0 })).to, `${CALLBACK}?error=access_denied`);
  }
});

test('a form that is sent twice is one decision, and another answer after it is told which one counted', async () => {
  const { site, open, send } = createForms();
  const page = await open();
  const both = await Promise.all([send(page, 'allow', GUARDED), send(page, 'allow', GUARDED)]);
  assert.deepEqual(both.map(({ to }) => to), [`${CALLBACK}?code=1`, `${CALLBACK}?code=1`]);
  assert.equal(site.engine.named('allow').length, 1);
  const other = await send(page, 'deny');
  assert.deepEqual([other.status, site.engine.named('deny').length], [409, 0]);
  assert.match(other.html, /You’ve already allowed this request[^]*Go back to <bdi>The App<\/bdi>[^]*href="https:\/\/app\.example\/"/);
});

test('a call and a form of one transaction are one decision', async () => {
  const { site, browser, open, send } = createForms();
  const page = await open();
  const { transaction } = Object.fromEntries(page.form.fields);
  const { body } = await browser.start({ transaction });
  assert.equal(body.version, Object.fromEntries(page.form.fields).version, 'both show the same card');
  await browser.submit({ transaction, version: body.version, decision: 'deny', scopes: [] });
  assert.equal((await send(page, 'allow', GUARDED)).status, 409);
  assert.equal(site.engine.named('allow').length, 0);
});

test('a reload after the decision leads to the same answer', async () => {
  const { browser, open, send } = createForms();
  const page = await open();
  await send(page, 'allow', GUARDED);
  const { transaction } = Object.fromEntries(page.form.fields);
  const again = await browser.send(`/oauth/authorize?transaction=${transaction}`);
  assert.deepEqual([again.status, again.headers.get('location')], [303, `${CALLBACK}?code=1`]);
});

test('only a form of this site, for this transaction and browser, is taken', async () => {
  const { site, browser, open, send, read } = createForms();
  const page = await open();
  for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }]) {
    assert.equal((await send(page, 'deny', { headers })).status, 403, JSON.stringify(headers));
  }
  const second = await open();
  const swapped = { form: { ...page.form, fields: page.form.fields.map(([name, value]) => [name, name === 'token' ? Object.fromEntries(second.form.fields).token : value]) } };
  assert.equal((await send(swapped, 'deny')).status, 400, 'the token of another transaction');
  const forged = { form: { ...page.form, fields: page.form.fields.map(([name, value]) => [name, name === 'token' ? 'AAAA' : value]) } };
  assert.equal((await send(forged, 'allow', GUARDED)).status, 400);
  const stranger = createBrowser(site, ADA);
  const response = await stranger.send(page.form.action, { method: 'POST', body: new URLSearchParams([...page.form.fields, ['press', 'deny']]), headers: { Origin: ORIGIN, Cookie: 'x=1' } });
  assert.equal((await read(response)).status, 410);
  assert.equal((await browser.send(page.form.action)).status, 405);
  assert.equal(site.engine.named('deny').length + site.engine.named('allow').length, 0);
});

test('fields that are not described, twice there or malformed are 400, and so is a long or foreign body', async () => {
  const { site, browser, open, send } = createForms();
  const page = await open();
  const wrong = [
    [['x', '1']], [['version', 'v']], [['scope', '1']], [['scope', '-1']], [['scope', '256']], [['scope', '01']], [['scope', 'read']], [['guarded', '0']], [['remember', 'on']], [['__proto__', '1']],
    [['organization', '']], [['press', 'deny']], [['padding', 'x'.repeat(50_000)]],
  ];
  for (const more of wrong) assert.equal((await send(page, 'allow', { more })).status, 400, JSON.stringify(more).slice(0, 60));
  for (const press of ['sign-out', '', 'ALLOW']) assert.equal((await send(page, press)).status, 400, press);
  assert.equal((await send(page, undefined)).status, 400);
  assert.equal((await send(page, 'allow', { without: ['scope'], more: [['scope', '3']] })).status, 400, 'a place that the card does not have');
  const json = await browser.send(page.form.action, { method: 'POST', body: '{}', headers: { Origin: ORIGIN, 'Content-Type': 'application/json' } });
  assert.equal(json.status, 400);
  assert.equal(site.engine.named('allow').length, 0);
});

test('the fields of the form are those of the document', async () => {
  const { open } = createForms();
  const { form: { fields, action } } = await open();
  const body = { ...Object.fromEntries(fields.filter(([name]) => name !== 'scope')), scope: fields.filter(([name]) => name === 'scope').map(([, value]) => value), press: 'allow' };
  assert.equal(faultOf(body, 'components', 'schemas', 'AuthorizeForm'), undefined);
  assert.equal(action, '/countersign/authorize/form');
});

test('what cannot be left out is granted without its box, and what another scope brings as well', async () => {
  const describe = { scope: ({ scope }) => ({ implies: scope === 'write' ? ['read'] : [], required: scope === 'openid' }) };
  const { site, open, send } = createForms({ describe });
  await send(await open(), 'allow', { ...GUARDED, without: ['scope=1'] });
  assert.deepEqual(scopesOf(site), [['openid', 'read', 'write']]);
  const whole = createForms({ script: { narrows: false } });
  await whole.send(await whole.open(), 'allow', GUARDED);
  assert.deepEqual(scopesOf(whole.site), [['openid', 'read', 'write']]);
});

test('reading only takes away what goes further, and gives it back', async () => {
  const describe = { scope: ({ scope }) => ({ implies: scope === 'write' ? ['read'] : [] }) };
  const { open, send } = createForms({ describe });
  const less = await send(await open(), 'read-only');
  assert.deepEqual(less.form.boxes, ['scope=1 checked', 'scope=2', 'remember=1']);
  assert.deepEqual((await send(less, 'read-only')).form.boxes, ['scope=1 checked', 'scope=2 checked', 'remember=1']);
});

test('an Allow of nothing is asked again', async () => {
  const { site, open, send } = createForms({ script: { open: () => asked({ scopes: [{ scope: 'read' }, { scope: 'offline_access' }] }) } });
  const page = await send(await open(), 'allow', { ...GUARDED, without: ['scope=0'] });
  assert.match(page.html, /Select at least one permission/);
  assert.equal(site.engine.named('allow').length, 0);
});

test('a card that has changed is shown anew, and says so', async () => {
  const { site, browser, open, send } = createForms();
  const page = await open();
  browser.account = GRACE;
  const again = await send(page, 'allow', GUARDED);
  assert.match(again.html, /The request has changed since you read it[^]*grace/);
  assert.equal(site.engine.named('allow').length, 0);
  assert.equal((await send(again, 'allow', GUARDED)).to, `${CALLBACK}?code=1`);
});

test('an organization is chosen by its button, and the decision is for the one that was shown', async () => {
  const organizations = () => ['acme', 'globex'].map((id) => ({ organization_id: id, name: id.toUpperCase(), status: 'allowed' }));
  const { site, open, send } = createForms({ describe: { organizations }, pageOptions: { realm: 'b2b' } });
  const page = await open();
  assert.match(page.form.action, /\?realm=b2b$/);
  const other = await send(page, undefined, { more: [['organization', 'globex']] });
  assert.match(other.html, /class="organization">GLOBEX</);
  assert.equal((await send(page, undefined, { more: [['organization', 'initech']] })).status, 400);
  const stale = await send(page, 'allow', GUARDED);
  assert.match(stale.html, /The request has changed[^]*GLOBEX/);
  const second = await send(stale, 'allow');
  assert.match(second.html, /GLOBEX/);
  await send(second, 'allow');
  assert.equal(site.engine.named('allow')[0].args[1].organization, 'globex');
});

test('remembering is a box, and the second page keeps it', async () => {
  const { site, open, send } = createForms();
  await send(await send(await open(), 'allow', { more: [['remember', '1']] }), 'allow');
  assert.equal(site.engine.named('allow')[0].args[1].remember, true);
});

test('who is not signed in goes to the login page and comes back to the same request', async () => {
  const { browser, get, open, send } = createForms({}, null);
  const response = await get(`${QUERY}&ui_locales=de`);
  const to = new URL(response.headers.get('location'));
  assert.deepEqual([response.status, to.origin + to.pathname, to.searchParams.get('reason'), to.searchParams.get('ui_locales')], [303, `${ORIGIN}/login`, 'no_session', 'de']);
  const back = to.searchParams.get('return_to');
  assert.match(back, /^\/oauth\/authorize\?transaction=[\w-]+&ui_locales=de$/);
  browser.account = ADA;
  const page = await open(back.split('?')[1]);
  assert.match(page.html, /lang="de"/);
  assert.match(page.form.action, /ui_locales=de/);
  browser.account = null;
  const away = await send(page, 'allow', GUARDED);
  assert.match(away.to, /\/login\?return_to=/);
  assert.match(away.html, /Melden Sie sich/);
});

test('what was ticked is ticked again after a sign-in, for the same account only', async () => {
  for (const [account, boxes] of [[ADA, ['scope=1', 'scope=2 checked', 'remember=1 checked']], [GRACE, ['scope=1 checked', 'scope=2 checked', 'remember=1']]]) {
    const { browser, open, send } = createForms();
    const page = await open();
    browser.account = null;
    const away = await send(page, 'allow', { without: ['scope=1'], more: [['remember', '1'], ['scope', '77']] });
    browser.account = account;
    const back = await open(new URL(away.to).searchParams.get('return_to').split('?')[1]);
    assert.deepEqual(back.form.boxes, boxes, account.sub);
  }
});

test('a decision that the engine could not take is taken when the same form is sent again', async () => {
  let isDown = true;
  const { site, open, send } = createForms({ script: { allow: () => { if (isDown) throw new EngineUnavailable('down'); return { to: `${CALLBACK}?code=2` }; } } });
  const page = await open();
  assert.equal((await send(page, 'allow', GUARDED)).status, 503);
  isDown = false;
  assert.equal((await send(page, 'allow', GUARDED)).to, `${CALLBACK}?code=2`);
  assert.equal(site.engine.named('allow').length, 2);
});

test('requests that the server keeps are answered by forms, too', async () => {
  const transactions = keptTransactions({ visitor: () => ({ browser: 'b1' }), clock: () => Date.UTC(2026, 0, 1) });
  const { open, send } = createForms({ transactions });
  const second = await send(await open(), 'allow', { without: ['scope=2'] });
  assert.equal((await send(second, 'allow')).to, `${CALLBACK}?code=1`);
});

test('someone who comes back without a session three times is told, and nothing leads there by itself', async () => {
  const { browser, get } = createForms({}, null);
  let address = new URL((await get()).headers.get('location')).searchParams.get('return_to');
  address = new URL((await browser.send(address)).headers.get('location')).searchParams.get('return_to');
  const stuck = await browser.send(address);
  assert.deepEqual([stuck.status, stuck.headers.get('location'), stuck.headers.get('refresh')], [200, null, null]);
  assert.match(await stuck.text(), /Signing in didn’t work[^]*href="https:\/\/site\.example\/login\?/);
});

test('another account is chosen at the login page, or where the engine says', async () => {
  const { open, send } = createForms();
  const away = await send(await open(), 'switch-account', { after: 0 });
  assert.equal(new URL(away.to).searchParams.get('reason'), 'select_account');
  const fixed = createForms({ script: { open: () => asked({ sub: 'ada', switch_account: { to: `${ORIGIN}/switch`, intermediate: true } }) } });
  assert.equal((await fixed.send(await fixed.open(), 'switch-account')).to, `${ORIGIN}/switch`);
});

test('an expired request, a busy engine and a refusal have pages with a way on', async () => {
  const { site, open, send } = createForms();
  const page = await open();
  site.engine.script.open = () => { throw new EngineUnavailable('down', { retryAfter: 7 }); };
  const busy = await send(page, 'allow', GUARDED);
  assert.deepEqual([busy.status, busy.response.headers.get('retry-after')], [503, '7']);
  assert.match(busy.html, /is busy right now[^]*href="\/oauth\/authorize\?transaction=[\w-]+"/);
  site.engine.script.open = () => ({ kind: 'refused', error: 'invalid_client' });
  const refused = await open();
  assert.equal(refused.status, 400);
  assert.match(refused.html, /This link doesn’t work[^]*invalid_client/);
  site.time.now += 60 * 60 * 1000;
  const expired = await send(page, 'allow');
  assert.equal(expired.status, 410);
  assert.match(expired.html, /This request has expired[^]*Go back to <bdi>The App<\/bdi>/);
});

test('an answer by form is posted by a page, and one of the engine’s own leads on', async () => {
  const ending = { form: { action: CALLBACK, fields: { code: '1' } } };
  const { browser, open, send } = createForms({ script: { allow: () => ending } });
  const done = await send(await open(), 'allow', GUARDED);
  assert.match(done.to, /^https:\/\/site\.example\/countersign\/finish\//);
  const finish = await browser.send(new URL(done.to).pathname);
  assert.match(await finish.text(), /<form method="post" action="https:\/\/app\.example\/cb">/);
});

test('no other site is named in the headers of any page, and none is stored', async () => {
  const { open, send } = createForms();
  const page = await open();
  const second = await send(page, 'allow');
  const done = await send(second, 'allow');
  for (const { response } of [page, second, done]) {
    assert.doesNotMatch(response.headers.get('content-security-policy'), /app\.example/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('x-frame-options'), 'DENY');
  }
  assert.match(page.response.headers.get('content-security-policy'), /form-action 'self'; frame-ancestors 'none'/);
  assert.equal(page.response.headers.get('referrer-policy'), 'same-origin', 'browsers give no Origin to a form with no-referrer');
  assert.equal(done.response.headers.get('referrer-policy'), 'no-referrer');
});

test('the texts around the form are the widget’s, in each of its languages', () => {
  const read = (name) => JSON.parse(readFileSync(inRoot('server', 'node', 'src', 'form', name), 'utf8'));
  assert.deepEqual(read('texts.json'), formTexts(), 'run node server/node/texts.mjs');
  const own = read('own-texts.json');
  assert.deepEqual(Object.keys(own), Object.keys(formTexts()));
  assert.equal(new Set(Object.values(own).map(({ confirm }) => confirm)).size, 14);
});
