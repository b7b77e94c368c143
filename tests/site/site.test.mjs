// The documentation as it is published: built, served with its own headers, and opened in Chromium.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { serveSite } from '../../scripts/site/serve.mjs';
import { buildDocs, SITE } from '../../scripts/site.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { closeContext, launchChromium } from '../e2e/support/chromium.mjs';
import { watch } from '../e2e/support/watch.mjs';
import { HEADERS, policyWith } from '../support/page-headers.mjs';

const PATIENCE = 30_000;
let browser;
let site;
let files;

before(async () => {
  await buildDocs(process.env);
  files = readdirSync(SITE, { recursive: true, withFileTypes: true }).filter((it) => it.isFile())
    .map((it) => `/${path.relative(SITE, path.join(it.parentPath, it.name))}`);
  [browser, site] = await Promise.all([launchChromium(), serveSite(SITE)]);
});
after(() => Promise.all([browser?.close(), site?.close()]));

const read = (file) => readFileSync(path.join(SITE, file), 'utf8');
const pages = () => files.filter((file) => file.endsWith('/index.html')).map((file) => file.replace('index.html', ''));

test('an address that is none ends nothing', async () => {
  for (const path of ['//', 'http://', '/%']) {
    const { promise, resolve, reject } = Promise.withResolvers();
    request({ host: 'localhost', port: new URL(site.origin).port, path }, resolve).on('error', reject).end();
    const answer = await promise;
    answer.resume();
    assert.equal(answer.statusCode, 404, path);
  }
});

/** A test in a browser. It fails for whatever a page says in the console. */
function visit(name, work, options) {
  test(name, async () => {
    const context = await browser.newContext({ baseURL: site.origin, reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(PATIENCE);
    const { complaints } = watch(context, [site.origin], []);
    try {
      await work(await context.newPage());
    } finally {
      await closeContext(context);
    }
    assert.deepEqual(complaints, []);
  });
}

/** Everything that a page leads to or shows, and its anchors. In the page. */
const contents = () => ({
  links: [...document.querySelectorAll('a[href], link[href], script[src], img, source')].flatMap((it) => [it.href || it.src, it.srcset].filter(Boolean))
    .map((link) => new URL(link, location.href).href),
  ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
  titles: [...document.querySelectorAll('h1')].map(({ textContent }) => textContent.trim()),
  broken: [...document.images].filter(({ complete, naturalWidth }) => complete && !naturalWidth).map(({ src }) => src),
});

visit('every page opens under its own policy, has one title, and each of its links leads to a page and to a part of it', async (page) => {
  const found = new Map();
  const left = pages().filter((it) => it !== '/gallery/');
  const readOn = async (tab) => {
    while (left.length) {
      const url = left.pop();
      await tab.goto(url);
      found.set(url, await tab.evaluate(contents));
    }
  };
  await Promise.all([page, await page.context().newPage()].map(readOn));
  assert.ok(found.size > 140, `${found.size} pages`);
  const wrong = [];
  for (const [url, { links, titles, broken, ids }] of found) {
    if (titles.length !== 1 || broken.length || new Set(ids).size !== ids.length) wrong.push(`${url}: titles ${titles}, pictures ${broken}, ids ${ids.filter((id, at) => ids.indexOf(id) !== at)}`);
    for (const link of links) {
      const { origin, protocol, pathname, hash } = new URL(link);
      if (origin !== site.origin) {
        if (protocol !== 'https:' && !/^https?:\/\/localhost/.test(link)) wrong.push(`${url}: ${link}`);
      } else if (pathname.endsWith('/') ? !found.has(pathname) && pathname !== '/gallery/' : !files.includes(pathname)) {
        wrong.push(`${url}: ${pathname}`);
      } else if (hash && found.has(pathname) && !found.get(pathname).ids.includes(decodeURIComponent(hash.slice(1)))) {
        wrong.push(`${url}: ${pathname}${hash}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test('the policy is that of a page with the widget, and lets no script of the site make markup of texts', async () => {
  const { 'Cache-Control': _, ...headers } = HEADERS;
  const wanted = {
    ...headers, 'X-Frame-Options': 'SAMEORIGIN',
    'Content-Security-Policy': policyWith({ 'frame-ancestors': "'self'", 'frame-src': "'self'", 'trusted-types': "'none'" }),
  };
  for (const url of ['/', '/theming/', '/assets/docs/site.css', '/nothing/here', '/errors']) {
    const response = await fetch(site.origin + url, { redirect: 'manual' });
    for (const [name, value] of Object.entries(wanted)) assert.equal(response.headers.get(name), value, `${url} ${name}`);
  }
});

test('every document and every error code has a page, and what is no page is 404', async () => {
  const documents = readdirSync(inRoot('docs'), { recursive: true }).filter((name) => name.endsWith('.md') && !name.endsWith('README.md'));
  assert.ok(documents.length > 80);
  const [, type] = readFileSync(inRoot('components', 'element', 'ts', 'events.ts'), 'utf8').match(/export type CountersignErrorCode =([^;]*);/);
  const codes = [...type.matchAll(/'(\w+)'/g)].map(([, code]) => `/errors/${code}/`);
  const wanted = [...documents.map((name) => `/${name.replace(/\.md$/, '/')}`), ...codes];
  assert.deepEqual(wanted.filter((url) => !pages().includes(url)), []);
  const list = read('/errors/index.html');
  for (const url of codes) assert.ok(list.includes(`href="${url}"`), url);
  for (const [url, status] of [['/errors/expired/', 200], ['/errors/expired', 301], ['/errors/none/', 404], ['/_headers', 404], ['/..%2fpackage.json', 404]]) {
    assert.equal((await fetch(site.origin + url, { redirect: 'manual' })).status, status, url);
  }
});

test('every page of a text is there as Markdown, llms.txt has each, and their links lead to files', () => {
  const texts = files.filter((file) => file.endsWith('.md'));
  const own = ['/', '/gallery/', '/theme-editor/'];
  assert.deepEqual(texts.map((file) => file.replace(/\.md$/, '/')).sort(), pages().filter((url) => !own.includes(url)).sort());
  const linksOf = (file) => [...read(file).replace(/^```.*?^```/gms, '').matchAll(/\]\((\/[^)#\s]*)/g)].map(([, link]) => link);
  const broken = [...texts, '/llms.txt'].flatMap((file) => linksOf(file).filter((link) => !files.includes(link) && !own.includes(link)).map((link) => `${file}: ${link}`));
  assert.deepEqual(broken, []);
  assert.deepEqual(texts.filter((file) => !linksOf('/llms.txt').includes(file) && file !== '/docs.md'), []);
});

test('the reference has every call, and an example of each body', () => {
  const calls = files.filter((file) => /^\/api\/[\w-]+\.md$/.test(file) && file !== '/api/schemas.md');
  const paths = [...readFileSync(inRoot('api', 'openapi.yaml'), 'utf8').matchAll(/^ {2}\/[\w/]+:$/gm)];
  assert.equal(calls.length, paths.length);
  for (const file of calls) {
    const bodies = read(file).split(/^`application\/[\w+-]+`: /m).slice(1);
    // What answers a form are pages.
    assert.ok(file.endsWith('-form.md') ? bodies.length === 1 : bodies.length > 4, file);
    for (const body of bodies) assert.match(body, /^```json\n[\s\S]+?^```$/m, `${file}: ${body.split('\n', 1)}`);
  }
});

visit('the gallery is the real widget, with its pictures', async (page) => {
  await page.goto('/gallery/?scene=permissions');
  await page.getByRole('button', { name: 'Allow' }).waitFor();
  const logo = page.locator('.countersign img').first();
  await logo.evaluate((image) => image.decode());
});

visit('the search finds a part of a page, and Enter goes there', async (page) => {
  await page.goto('/');
  await page.keyboard.press('/');
  await page.keyboard.type('idempotency');
  await page.getByRole('list', { name: 'Found' }).getByRole('link').first().waitFor();
  await page.keyboard.type(' 422');
  await page.getByRole('list', { name: 'Found' }).getByRole('link', { name: /key_reused/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname !== '/');
});

const accentOf = (page) => page.frameLocator('#preview').locator('.countersign').evaluate((card) => getComputedStyle(card).getPropertyValue('--countersign-accent'));

visit('the theme editor shows the real card, warns of a low contrast, and prints what was changed', async (page) => {
  await page.goto('/theme-editor/');
  const frame = page.frameLocator('#preview');
  await frame.getByRole('button', { name: 'Allow' }).waitFor();
  const fields = page.getByRole('form', { name: 'Tokens' });
  const [, ...names] = await page.locator('#tokens .token > code').allTextContents();
  assert.ok(names.length > 20);
  await page.getByText('has the contrast of WCAG 2.2 AA').waitFor();

  await fields.getByRole('textbox', { name: '--countersign-accent' }).fill('light-dark(#888888, #9db5ff)');
  await page.getByText('light: accent on surface has 3.54:1, and needs 4.5:1.').waitFor();
  await fields.getByRole('textbox', { name: '--countersign-radius', exact: true }).fill('0');
  assert.equal(await accentOf(page), 'light-dark(#888888, #9db5ff)');
  const sheet = page.locator('#sheet');
  assert.equal(await sheet.textContent(), ':root {\n  --countersign-radius: 0;\n}\n@supports (color: light-dark(red, red)) {\n  :root {\n    --countersign-accent: light-dark(#888888, #9db5ff);\n  }\n}\n');

  // The address keeps it, and another screen wears it too.
  await page.reload();
  await page.getByRole('combobox', { name: 'Screen' }).selectOption('expired');
  await frame.locator('.countersign[data-state=expired]').waitFor();
  assert.equal(await accentOf(page), 'light-dark(#888888, #9db5ff)');
  await page.getByRole('button', { name: 'Undo all changes' }).click();
  assert.match(await sheet.textContent(), /Nothing has been changed/);
  assert.match(await accentOf(page), /#2a4dc0/);
}, { colorScheme: 'light' });

visit('the theme editor takes from an address only what is the value of a token', async (page) => {
  const address = new URLSearchParams([['accent', 'red; } body { color: blue'], ['text', '#000'], ['other', '1px'], [':theme', 'paper'], [':scene', 'none']]);
  await page.goto(`/theme-editor/#${address}`);
  await page.frameLocator('#preview').locator('.countersign').waitFor();
  assert.equal(await page.locator('#sheet').textContent(), '@supports (color: light-dark(red, red)) {\n  :root {\n    --countersign-text: #000;\n  }\n}\n');
  await page.getByText('dark: text on surface has 1.21:1, and needs 4.5:1.').waitFor();
  assert.equal(await page.frameLocator('#preview').locator('html').getAttribute('data-countersign-theme'), 'paper');
});

const SAMPLES = ['/', '/theming/', '/api/logout-start/', '/errors/answer_malformed/', '/theme-editor/'];

visit('the pages have no fault that axe finds, and enough contrast in the dark', async (page) => {
  const faults = [];
  const look = async (url, runOnly) => {
    const { violations } = await page.evaluate((only) => window.axe.run(document, { runOnly: only, iframes: false }), runOnly);
    for (const { id, nodes } of violations) faults.push(`${url}: ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`);
  };
  for (const url of SAMPLES) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(url);
    await page.evaluate(axe.source);
    await look(url, ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']);
    await page.emulateMedia({ colorScheme: 'dark' });
    await look(`${url} in the dark`, ['color-contrast']);
  }
  assert.deepEqual(faults, []);
});

visit('on a phone nothing overflows, and the menu opens', async (page) => {
  for (const url of [...SAMPLES, '/element/', '/api/schemas/']) {
    await page.goto(url);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, url);
  }
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('navigation', { name: 'Documentation' }).getByRole('link', { name: 'Theming' }).click();
  await page.waitForURL('**/theming/');
}, { viewport: { width: 390, height: 844 } });
