// The endpoints for browsers: the page, its headers and files, and requests that are answered without it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { EngineUnavailable } from '../../server/node/src/index.ts';
import { pageHeaders } from '../../server/node/src/headers.ts';
import { LANGUAGES, languageFor } from '../../server/node/src/language.ts';
import { packageFiles } from '../../server/node/src/node.ts';
import { page } from '../../server/node/src/page.ts';
import { pageTexts } from '../../server/node/texts.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { policyWith } from '../support/page-headers.mjs';
import { asked, CALLBACK } from './support/engine.mjs';
import { createPages, done, PATH } from './support/pages.mjs';
import { createBrowser, createSite, ORIGIN, QUERY } from './support/site.mjs';

const source = JSON.parse(readFileSync(inRoot('api', 'page-headers.json'), 'utf8'));

test('the page has the widget and exactly the headers of the project, and its request opens nothing yet', async () => {
  const { get, browser } = createPages();
  const response = await get();
  assert.equal(response.status, 200);
  const html = await response.text();
  assert.match(html, /<countersign-identity-provider api-base="\/countersign" login-url="\/login" site-name="site\.example"><\/countersign-identity-provider>/);
  assert.match(html, /src="\/lib\/register\.js"/);
  assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/i);
  assert.equal(response.headers.get('content-security-policy'), policyWith());
  for (const [name, value] of Object.entries({ ...source.headers, ...source.https })) assert.equal(response.headers.get(name), value, name);
  assert.equal(response.headers.get('cross-origin-opener-policy'), null);
  assert.equal(browser.jar.size, 0);
});

test('the page names files that the npm package has', async () => {
  const { get } = createPages();
  const named = [...(await (await get()).text()).matchAll(/(?:src|href)="\/lib\/([^"]+)"/g)].map(([, name]) => name);
  const { exports } = JSON.parse(readFileSync(inRoot('components', 'element', 'package.json'), 'utf8'));
  const packed = Object.values(exports).map((entry) => entry.default ?? entry);
  assert.equal(named.length, 4);
  for (const name of named) {
    const isStyle = name.startsWith('styles/') && packed.includes('./dist/styles/*') && existsSync(inRoot('style', name.slice('styles/'.length)));
    assert.ok(isStyle || packed.includes(`./dist/${name}`), name);
  }
});

test('over http on loopback there is no word about https', async () => {
  const { get } = createPages({ origin: 'http://localhost:1' });
  assert.equal((await get()).headers.get('strict-transport-security'), null);
});

test('HEAD has the headers of the page and no other effect, and other methods are 405', async () => {
  const { site, browser } = createPages();
  const response = await browser.send(`${PATH}?${QUERY}`, { method: 'HEAD' });
  assert.deepEqual([response.status, response.headers.get('content-security-policy'), await response.text()], [200, policyWith(), '']);
  assert.equal(site.engine.calls.length, 0);
  const other = await browser.send(PATH, { method: 'DELETE' });
  assert.deepEqual([other.status, other.headers.get('allow')], [405, 'GET, HEAD, POST']);
});

test('a request that needs no user is a 303 without a page', async () => {
  const { site, get } = createPages({ script: { open: () => done() } });
  const response = await get();
  assert.deepEqual([response.status, response.headers.get('location'), await response.text()], [303, `${CALLBACK}?code=1`, '']);
  assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  site.engine.script.open = () => done({ to: 'javascript:alert(1)' });
  assert.equal((await get()).status, 500);
});

test('a silent request never shows a page, whatever the engine answers', async () => {
  const { site, get } = createPages();
  site.engine.issuer = ORIGIN;
  const silent = `${QUERY}&prompt=none`;
  const location = async (query = silent) => new URL((await get(query)).headers.get('location'));
  const asking = await location();
  assert.equal(asking.origin + asking.pathname, CALLBACK);
  assert.deepEqual([...asking.searchParams], [['error', 'consent_required'], ['state', 's 1'], ['iss', ORIGIN]]);
  assert.equal((await location(`${silent}&response_mode=fragment`)).hash, `#error=consent_required&state=s+1&iss=${encodeURIComponent(ORIGIN)}`);
  const tokens = await location(silent.replace('response_type=code', 'response_type=code%20id_token'));
  assert.deepEqual([tokens.search, tokens.hash.slice(0, 24)], ['', '#error=consent_required&'], 'answers with tokens are fragments by default');
  const posted = await get(`${silent}&response_mode=form_post`);
  assert.match(posted.headers.get('content-security-policy'), /frame-ancestors https:\/\/app\.example;/);
  assert.equal(posted.headers.get('x-frame-options'), null);
  assert.match(await posted.text(), /name="error" value="consent_required"/);
  site.engine.script.open = () => done({ to: `${CALLBACK}?error=login_required` });
  assert.equal((await get(silent)).status, 303);
  site.engine.script.open = () => ({ kind: 'login', reason: 'no_session' });
  const login = await get(silent);
  assert.deepEqual([login.status, login.headers.get('location')], [400, null]);
  site.engine.script.open = () => { throw new EngineUnavailable('down', { retryAfter: 9 }); };
  const down = await get(silent);
  assert.deepEqual([down.status, down.headers.get('retry-after')], [503, '9']);
});

test('a silent request that a page of the host sends on is no card either', async () => {
  const { browser } = createPages();
  const { body } = await browser.start({ query: `${QUERY}&prompt=login%20none` });
  assert.match(body.redirect_uri, /error=consent_required/);
});

test('an answer by form_post is posted by a page at once, framed only for silent requests', async () => {
  const { get } = createPages({ script: { open: () => ({ kind: 'done', form: { action: CALLBACK, fields: { code: '1', state: '"><script>' } } }) } });
  const response = await get();
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-security-policy'), /form-action https:\/\/app\.example; frame-ancestors 'none'/);
  const html = await response.text();
  assert.ok(html.includes('name="state" value="&quot;&gt;&lt;script&gt;"'));
  const headers = ['cache-control', 'referrer-policy', 'x-content-type-options', 'x-frame-options', 'content-type'].map((name) => response.headers.get(name));
  assert.deepEqual(headers, ['no-store', 'no-referrer', 'nosniff', 'DENY', 'text/html; charset=utf-8']);
});

test('a page that is loaded ahead uses nothing up', async () => {
  const { site, get } = createPages({ script: { open: () => done() } });
  const ahead = { headers: { 'Sec-Purpose': 'prefetch;prerender' } };
  assert.equal((await get(QUERY, ahead)).status, 200);
  assert.equal((await get(`${QUERY}&prompt=none`, ahead)).status, 503);
  assert.equal(site.engine.calls.length, 0);
});

test('an engine that is down, or a request that is gone, is left to the page, which can try again', async () => {
  const { get } = createPages({ script: { open: () => { throw new EngineUnavailable('down'); } } });
  const response = await get();
  assert.equal(response.status, 200);
  assert.match(await response.text(), /<countersign-identity-provider/);
  assert.equal((await get('transaction=unknown')).status, 200);
});

test('an error is a plain page with its code, in the visitor’s language, without a link and without the request', async () => {
  const { get } = createPages({ script: { open: () => ({ kind: 'refused', error: 'invalid_<client>', description: 'https://evil.example' }) } });
  const german = await get(`${QUERY}&ui_locales=de`);
  assert.deepEqual([german.status, german.headers.get('content-language')], [400, 'de']);
  const html = await german.text();
  assert.ok(html.includes('<html lang="de" dir="ltr">') && html.includes(pageTexts().de.invalid_heading) && html.includes('invalid_&lt;client&gt;'));
  assert.doesNotMatch(html, /<a |evil|client_id=/);
  const hebrew = await get(QUERY, { headers: { 'Accept-Language': 'xx, iw;q=0.9, en;q=0.5' } });
  assert.match(await hebrew.text(), /<html lang="he" dir="rtl">/);
  for (const [tag, lang] of [['zh-TW', 'zh-Hant'], ['zh', 'zh-Hans'], ['pt', 'pt-BR'], ['xx', 'en']]) {
    assert.equal((await get(QUERY, { headers: { 'Accept-Language': tag } })).headers.get('content-language'), lang);
  }
});

test('Chinese is written as its region writes it, unless the tag says how', () => {
  const found = (tag) => languageFor([tag]).lang;
  for (const tag of ['zh-TW', 'zh-HK', 'zh-MO', 'zh_hk', 'zh-Hant', 'zh-Hant-CN']) assert.equal(found(tag), 'zh-Hant', tag);
  for (const tag of ['zh', 'zh-CN', 'zh-SG', 'zh-Hans-HK']) assert.equal(found(tag), 'zh-Hans', tag);
});

test('the texts of plain pages are those of the project, in all of its languages', () => {
  assert.deepEqual(JSON.parse(readFileSync(inRoot('server', 'node', 'src', 'page-texts.json'), 'utf8')), pageTexts());
  assert.equal(LANGUAGES.length, 14);
  for (const [language, texts] of Object.entries(pageTexts())) for (const [key, value] of Object.entries(texts)) assert.ok(value, `${language} ${key}`);
});

test('a page that comes back from the login page counts a visit', async () => {
  const { browser, get } = createPages({}, null);
  const { body: login } = await browser.start();
  await get(`transaction=${login.transaction}`);
  await get(`transaction=${login.transaction}`);
  assert.equal((await browser.start({ transaction: login.transaction })).body.attempt, 2);
});

test('a page that may post a form allows the engine’s, the client’s and its own, or leaves that open', async () => {
  const { site, get } = createPages({ script: { posts: true, origins: ['https://engine.example'] } });
  const formAction = async () => /form-action ([^;]*)/.exec((await get()).headers.get('content-security-policy'))?.[1];
  assert.equal(await formAction(), "'self' https://engine.example https://app.example");
  site.engine.script.open = () => asked({ redirect_uri: 'com.example.app:/cb' });
  assert.equal(await formAction(), "'self' https://engine.example com.example.app:");
  site.engine.script.open = () => ({ kind: 'login', reason: 'no_session' });
  assert.equal(await formAction(), undefined);
});

test('headers for hosts’ own pages come from the same source', () => {
  assert.deepEqual(pageHeaders(), { 'Content-Security-Policy': policyWith(), ...source.headers });
  assert.match(pageHeaders({ policy: { 'connect-src': "'self' https://api.example" } })['Content-Security-Policy'], /connect-src 'self' https:\/\/api\.example; base-uri/);
});

test('a host’s own page gets the language and what the widget needs, and may have headers of its own', async () => {
  let context;
  const html = (given) => { context = given; return { html: '<p>mine</p>', headers: { 'Content-Security-Policy': "default-src 'none'" } }; };
  const { get } = createPages({ pageOptions: { html, realm: 'b2b', loginUrl: '/sign-in' }, describe: { organizations: () => [], site_name: 'Harbor' } });
  const response = await get(`${QUERY}&ui_locales=ar`);
  assert.equal(await response.text(), '<p>mine</p>');
  assert.equal(response.headers.get('content-security-policy'), "default-src 'none'");
  const { texts, ...rest } = context;
  assert.deepEqual(rest, { lang: 'ar', dir: 'rtl', realm: 'b2b', flow: 'authorize', siteName: 'Harbor', apiBase: '/countersign', loginUrl: '/sign-in', files: '/lib/' });
  assert.ok(texts.start_again);
});

test('a host’s own page may be a whole response, to which the kit adds its cookies', async () => {
  const { browser, get, post } = createPages({ pageOptions: { html: () => new Response('mine', { status: 203, headers: { 'X-Mine': '1' } }) } });
  const response = await get();
  assert.deepEqual([response.status, response.headers.get('x-mine'), response.headers.get('content-security-policy'), await response.text()], [203, '1', null, 'mine']);
  const location = (await post(QUERY)).headers.get('location');
  browser.jar.delete('__Host-countersign');
  assert.ok((await browser.send(location)).headers.getSetCookie().length > 0);
});

test('the site’s icon is on each page of the kit, if it has one', async () => {
  const { get, site } = createPages({ pageOptions: { icon: '/icon "1".svg' } });
  const link = '<link rel="icon" href="/icon &quot;1&quot;.svg">';
  assert.ok((await (await get()).text()).includes(link));
  site.engine.script.open = () => ({ kind: 'refused', error: 'invalid_client' });
  assert.ok((await (await get()).text()).includes(link));
  assert.doesNotMatch(await (await createPages().get()).text(), /rel="icon"/);
});

test('a request that stands elsewhere is opened once, and its page is that of its transaction', async () => {
  for (const [name, opened] of [['request_uri', asked({ ui_locales: 'de', display: 'popup' })], ['request', { kind: 'login', reason: 'no_session', ui_locales: 'de', display: 'popup' }]]) {
    const { site, browser, get } = createPages({ script: { open: () => opened } });
    const response = await get(`client_id=app&${name}=x`);
    assert.equal(response.status, 303);
    const { searchParams } = new URL(response.headers.get('location'), ORIGIN);
    assert.deepEqual([...searchParams.keys()], ['transaction', 'ui_locales', 'display']);
    assert.equal(site.engine.calls.length, 1);
    assert.equal((await browser.start({ transaction: searchParams.get('transaction') })).body.outcome, opened.kind === 'login' ? 'login' : 'consent');
    assert.equal((await get(`client_id=app&${name}=x`, { headers: { 'Sec-Purpose': 'prefetch' } })).status, 503);
  }
  const { browser, get } = createPages();
  const { body: { transaction } } = await browser.start();
  assert.equal((await get(`transaction=${transaction}&request_uri=x`)).status, 200, 'a transaction is no such request');
});

test('a silent request that stands elsewhere is never a page, also if the engine is down', async () => {
  const { site, get } = createPages({ script: { open: () => { throw new EngineUnavailable('down'); } } });
  assert.equal((await get('client_id=app&request_uri=x&prompt=none')).status, 503);
  assert.equal((await get('client_id=app&request_uri=x')).status, 303, 'its page can try again');
  site.engine.script.open = () => ({ kind: 'login', reason: 'no_session' });
  assert.equal((await get('client_id=app&request_uri=x&prompt=none')).status, 400);
});

test('an answer to a request that asked for silence elsewhere may be framed by its client', async () => {
  const { get } = createPages({ script: { open: () => ({ kind: 'done', silent: true, form: { action: CALLBACK, fields: { code: '1' } } }) } });
  const response = await get('client_id=app&request_uri=x');
  assert.match(response.headers.get('content-security-policy'), /frame-ancestors https:\/\/app\.example;/);
});

test('an engine that refuses long requests itself is asked about them', async () => {
  const query = `${QUERY}&pad=${'x'.repeat(33_000)}&prompt=none`;
  assert.equal((await createPages().get(query)).status, 400);
  const { get } = createPages({ pageOptions: { longest: 40_000 }, script: { open: () => done({ to: `${CALLBACK}?error=invalid_request` }) } });
  assert.equal((await get(query)).headers.get('location'), `${CALLBACK}?error=invalid_request`);
});

test('a request of one realm is not asked about at the page of the other', async () => {
  const pages = ['consumer', 'b2b'].map((realm) => page({ realm, authorize: `/${realm}`, files: '/lib/' }));
  const site = createSite({ page: pages, describe: { organizations: () => [] } });
  const browser = createBrowser(site);
  const answer = await browser.send('/consumer', { method: 'POST', body: 'client_id=app', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
  const { search } = new URL(answer.headers.get('location'), ORIGIN);
  const opened = async (path) => { await browser.send(path + search); return site.engine.named('open').length; };
  assert.deepEqual([await opened('/b2b'), await opened('/consumer')], [0, 1]);
});

test('a parameter for the page that is very long is not kept', async () => {
  const { post } = createPages();
  const keys = async (locales) => [...new URL((await post(`client_id=app&ui_locales=${locales}`)).headers.get('location'), ORIGIN).searchParams.keys()];
  assert.deepEqual([await keys('d'.repeat(256)), await keys('d'.repeat(257))], [['transaction', 'ui_locales'], ['transaction']]);
});

test('the widget’s files are served under their hash, for ever, and nothing else of the disk', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-files-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(path.join(folder, 'dist', 'styles'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  writeFileSync(path.join(folder, 'dist', 'register.js'), 'export {}');
  writeFileSync(path.join(folder, 'dist', 'styles', 'page.css'), 'p {}');
  const files = () => packageFiles(pathToFileURL(`${path.join(folder, 'dist')}/`));
  const { browser, get } = createPages({ pageOptions: { files: await files() } });
  const html = await (await get()).text();
  const [, script] = /<script type="module" src="([^"]+)"/.exec(html);
  assert.match(script, /^\/countersign\/files\/[\w-]{16}\/register\.js$/);
  const response = await browser.send(script);
  assert.deepEqual([response.status, response.headers.get('content-type'), response.headers.get('cache-control'), await response.text()], [200, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'export {}']);
  const base = script.slice(0, -'register.js'.length);
  assert.equal((await browser.send(`${base}styles/page.css`)).headers.get('content-type'), 'text/css; charset=utf-8');
  for (const wrong of [`${base}missing.js`, `${base}../secret.txt`, `${base}%2e%2e/secret.txt`, `${base}..%2fsecret.txt`, `${base}__proto__`, '/countersign/files/wrong/register.js', '/countersign/files/', base]) {
    assert.equal((await browser.send(wrong)).status, 404, wrong);
  }
  writeFileSync(path.join(folder, 'dist', 'styles', 'page.css'), 'p { margin: 0 }');
  const changed = createPages({ pageOptions: { files: await files() } });
  assert.ok(!(await (await changed.get()).text()).includes(base));
});

test('a step that is over is a plain page in the visitor’s language', async () => {
  const { browser } = createPages();
  const response = await browser.send('/countersign/finish/unknown', { headers: { 'Accept-Language': 'de' } });
  assert.equal(response.status, 410);
  assert.ok((await response.text()).includes(pageTexts().de.expired_heading));
});

test('too many requests for the page are 429 with Retry-After, in the visitor’s language', async () => {
  const { get } = createPages({ limits: { perAddress: 1 }, addressOf: () => '192.0.2.1' });
  await get();
  const response = await get(`${QUERY}&ui_locales=de`);
  assert.deepEqual([response.status, response.headers.get('retry-after'), response.headers.get('content-language')], [429, '60', 'de']);
});
