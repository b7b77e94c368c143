// A Leptos app with server rendering and the component, by the docs alone: every answer is whole, the card takes over what the server
// rendered, the page is clean under its policy, and its program is a release, by the recipe for small ones.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { build, server, site } from '../../examples/leptos-ssr/build.mjs';
import { brotli, gzip } from '../../scripts/lib/compress.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { closeContext, launchChromium } from '../e2e/support/chromium.mjs';
import { CardPage } from '../e2e/support/pages.mjs';
import { watch } from '../e2e/support/watch.mjs';

const LONGEST = { timeout: 60_000 };
let [made, browser, child, origin, said] = [undefined, undefined, undefined, undefined, ''];

/** The path of a request of the photo printer. */
function request(more = {}) {
  const parameters = { client_id: 'printer', response_type: 'code', scope: 'photos.read photos.write', redirect_uri: `${origin}/callback`, state: 'a+b/c=', ...more };
  return `/oauth/authorize?${new URLSearchParams(parameters)}`;
}

before(async () => {
  made = await build({ release: true });
  child = spawn(server, [], { env: { ...process.env, SITE: site, PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr.on('data', (text) => { said += text; });
  for await (const text of child.stdout) {
    [, origin] = String(text).match(/listening on (\S+)/) ?? [];
    if (origin) break;
  }
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  if (child?.exitCode === null) {
    child.kill();
    await once(child, 'exit');
  }
  assert.doesNotMatch(said, /panicked|SendWrapper/);
});

/** A test in a browser context of its own, which leaves no console message behind but those that are expected. */
const visit = (name, run) => test(name, LONGEST, async () => {
  const context = await browser.newContext();
  const expected = [];
  const seen = watch(context, [origin], expected);
  try {
    await run({ page: await context.newPage(), seen, expects: (pattern) => expected.push(pattern) });
    assert.deepEqual(seen.complaints, []);
  } finally {
    await closeContext(context);
  }
});

const heading = (page) => page.getByRole('heading', { level: 1 }).filter({ hasText: 'Photo printer' });

/** Holds the program until `go` is called. */
async function held(page) {
  let go;
  const may = new Promise((resolve) => { go = resolve; });
  await page.route('**/*.wasm', async (route) => {
    await may;
    await route.continue();
  });
  return go;
}

/** The files that the page loads, in the order of their weight. */
const FILES = ['pkg/leptos-ssr_bg.wasm', 'pkg/leptos-ssr.js', 'style/widget.css', 'style/tokens.css', 'style/page.css'];
const row = (name, numbers) => `${name.padEnd(34)}${numbers.map((value) => value.toLocaleString('en-US').padStart(10)).join('')}`;

test('what the page weighs is printed by file, and its program is smaller than wasm-bindgen wrote it', LONGEST, async (t) => {
  const html = Buffer.from(await (await fetch(origin + request())).text());
  const files = [['the document', html], ...FILES.map((name) => [name, readFileSync(path.join(site, name))])];
  const all = files.map(([name, bytes]) => [name, [bytes, gzip(bytes), brotli(bytes)].map(({ length }) => length)]);
  const whole = [0, 1, 2].map((kind) => all.reduce((sum, [, numbers]) => sum + numbers[kind], 0));
  t.diagnostic(row(`bytes, ${made.small ? 'with' : 'without'} the size options`, ['raw', 'gzip', 'brotli']));
  for (const [name, numbers] of [...all, ['the page', whole]]) t.diagnostic(row(name, numbers));
  const [{ before, after }] = made.programs;
  assert.ok(after[2] < 0.9 * before[2], `${before} to ${after}`);
  for (const name of FILES) assert.ok(html.includes(`/${name.replace('_bg.wasm', '')}`), name);
});

test('forty requests at once, four times, with handlers set and a slow resource: every answer is whole', LONGEST, async () => {
  for (let round = 0; round < 4; round += 1) {
    const pages = await Promise.all(Array.from({ length: 40 }, async (_, index) => (await fetch(origin + request({ state: `${round}-${index}` }))).text()));
    for (const page of pages) {
      assert.equal(page.match(/class="countersign-card"/g)?.length, 1);
      // What Leptos writes last, after the views that came late.
      assert.match(page, /__INCOMPLETE_CHUNKS=\[\];<\/script>$/);
    }
  }
});

test('the headers of the page are sent, with the nonce that is on every inline script and style, and the outline has the tokens and the reader’s language', LONGEST, async () => {
  const response = await fetch(origin + request({ ui_locales: 'he' }), { headers: { 'accept-language': 'de' } });
  const [policy, html] = [response.headers.get('content-security-policy'), await response.text()];
  const [, nonce] = policy.match(/script-src 'self' 'wasm-unsafe-eval' 'nonce-([^']+)'/);
  const wanted = JSON.parse(readFileSync(inRoot('api', 'page-headers.json'), 'utf8'));
  assert.equal(policy.replaceAll(` 'nonce-${nonce}'`, ''), Object.entries(wanted.policy).map((directive) => directive.join(' ')).join('; '));
  for (const [name, value] of Object.entries(wanted.headers)) assert.equal(response.headers.get(name), value, name);
  const inline = [...html.matchAll(/<(?:script|style)\b(?![^>]*\bsrc=)[^>]*>/g)].map(([tag]) => tag);
  assert.ok(inline.length > 1);
  for (const tag of inline) assert.ok(tag.includes(`nonce="${nonce}"`), tag);
  assert.match(html, /<style[^>]*>\.countersign\{--countersign-accent:light-dark\(#0a6b4b, #6bd6ac\);\}<\/style>/);
  assert.match(html, /class="countersign"[^>]* lang="he" dir="rtl"/);
  assert.match(html, /<p class="brand"><b>Harbor<\/b> Bank<\/p>/);
});

visit('the card takes the place of the outline: what is around it is hydrated, and nothing moves', async ({ page }) => {
  await page.addInitScript(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shifts += value; }).observe({ type: 'layout-shift', buffered: true });
  });
  const go = await held(page);
  await page.goto(origin + request({ ui_locales: 'de' }));
  const outline = page.locator('.countersign');
  assert.deepEqual(await outline.evaluate((it) => [it.dataset.state, it.lang]), ['starting', 'de']);
  await page.evaluate(() => { for (const it of document.querySelectorAll('.countersign, .countersign-card, .brand')) it.dataset.rendered = 'by the server'; });
  go();
  await heading(page).waitFor();
  assert.equal(await outline.getAttribute('lang'), 'de');
  assert.equal(await page.locator('[data-rendered]').count(), 3);
  assert.deepEqual(await outline.evaluate((it) => [...it.children].map((child) => child.className || child.localName)), ['countersign-status', 'brand', 'countersign-card', 'output']);
  assert.equal(await page.locator('output').textContent(), 'consent_shown', 'the handler is called, and the view below the card is alive');
  assert.equal(await outline.evaluate((it) => getComputedStyle(it).getPropertyValue('--countersign-accent')), 'light-dark(#0a6b4b, #6bd6ac)');
  assert.equal(await page.evaluate(() => window.shifts), 0);
});

visit('a decision reaches the client, through the calls that the server reads with the types of the crate', async ({ page }) => {
  await page.goto(origin + request());
  await page.getByRole('checkbox').first().press('Space');
  await page.getByRole('button', { name: 'Allow', exact: true, disabled: false }).waitFor();
  const card = new CardPage(page, { issuer: origin });
  await card.reads();
  await card.allow.click();
  await page.waitForURL('**/callback?*');
  const answer = new URL(page.url()).searchParams;
  assert.ok(answer.get('code'));
  assert.equal(answer.get('state'), 'a+b/c=');
});

visit('a request that cannot be used says so, on the same types', async ({ page, expects }) => {
  expects(/failure 1: request_refused/);
  await page.goto(origin + request({ client_id: 'stranger' }));
  await page.locator('.countersign[data-state=invalid]').waitFor();
});

visit('a link of the router opens the card: the address is read when the router has come to it', async ({ page, seen, expects }) => {
  // Static HTML in a view that the browser makes goes through innerHTML, which the policy refuses: the card stands without it.
  expects(/TrustedHTML/);
  await page.goto(`${origin}/`);
  await page.locator('a[href^="/oauth/authorize"]').click();
  await heading(page).waitFor();
  assert.equal(await page.locator('output').textContent(), 'consent_shown', 'the view below the card is there');
  assert.equal(await page.locator('.brand').count(), 0);
  await page.getByRole('button', { name: 'Deny' }).waitFor();
  assert.equal(seen.requests.filter((one) => one.url().endsWith('/authorize/start')).length, 1);
  assert.match(page.url(), /\?transaction=/);
});

visit('where the program does not come, the outline says so after a while', async ({ page, expects }) => {
  expects(/ERR_FAILED|Failed to fetch|preload/);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(origin + request({ ui_locales: 'fr' }));
  const link = page.getByRole('link', { name: 'Recharger' });
  assert.equal(await link.isVisible(), false);
  await page.evaluate(() => document.getAnimations().filter((one) => one.animationName === 'countersign-slow').forEach((one) => one.finish()));
  await page.unroute('**/*.wasm');
  await link.click();
  await heading(page).waitFor();
});
