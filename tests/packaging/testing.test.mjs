// `countersign/testing` in the hands of a team: unit tests under jsdom and happy-dom, Mock Service Worker, and a Storybook.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { closeContext, launchChromium } from '../e2e/support/chromium.mjs';
import { serveFiles } from '../element/support/files.mjs';
import { made, sources } from './support/hosts.mjs';

const bin = (name) => path.join('node_modules', '.bin', name);
const TESTS = ['bare', 'happy', 'intercepted', 'scenes'];

/** The example with tests of ours beside its own, and its stories built. */
const storybook = () => made('storybook', {
  from: sources.example('storybook'),
  over: Object.fromEntries(TESTS.map((name) => [`src/${name}.test.jsx`, sources.fixture(`testing/${name}.test.jsx`)])),
  build: [bin('storybook'), 'build', '--quiet', '--disable-telemetry', '--output-dir', 'built'],
});

let browser;
before(async () => { browser = await launchChromium(); });
after(() => browser.close());

test('the example\'s tests pass with React Testing Library, and so do ours: every scene, with WebAssembly and without', async () => {
  const cwd = await storybook();
  const args = [path.join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--no-color', '--reporter=default', '--reporter=json', '--outputFile.json=told.json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', timeout: 240_000 });
  assert.equal(status, 0, stdout + stderr);
  const { numPassedTests: passed, testResults: files } = JSON.parse(readFileSync(path.join(cwd, 'told.json'), 'utf8'));
  assert.equal(files.length, TESTS.length + 1);
  assert.ok(passed > 70, `${passed} tests`);
});

/** A story in a browser, and what it has requested from elsewhere. */
async function story(name, run) {
  const files = await serveFiles({ folders: { '/': path.join(await storybook(), 'built') } });
  const context = await browser.newContext({ locale: 'en-US' });
  const elsewhere = [];
  context.on('request', (request) => { if (!request.url().startsWith(files.origin)) elsewhere.push(request.url()); });
  try {
    const page = await context.newPage();
    await page.goto(`${files.origin}/index.html?path=/story/countersign-every-screen--${name}`);
    await run(page.frameLocator('iframe[title="storybook-preview-iframe"], #storybook-preview-iframe'), page);
    assert.deepEqual(elsewhere, []);
  } finally {
    await closeContext(context);
    await files.close();
  }
}

test('a story shows the card in the frame of Storybook, marked as a preview, and a press goes nowhere', () => story('permissions', async (card, page) => {
  await card.getByRole('heading', { name: 'Photo Printer wants access to your Harbor account' }).waitFor();
  assert.equal(await card.getByRole('note').textContent(), 'Preview');
  await card.getByRole('button', { name: 'Allow' }).click();
  await card.getByRole('heading', { name: /Photo Printer/ }).waitFor();
  await card.locator('.countersign[data-state=redirecting]').waitFor();
  assert.match(page.frames().at(-1).url(), /\/iframe\.html/);
}));

test('a story in another language has its texts from a file of its own', () => story('german', async (card) => {
  await card.getByRole('button', { name: 'Zulassen' }).waitFor();
  await card.getByText('Ihre Fotos sehen').first().waitFor();
  assert.equal(await card.getByRole('note').textContent(), 'Vorschau');
}));
