// Measures the time from a cold load to a visible Allow button, for our pages and Stytch's component
// in turn, on a slow network and a slow CPU. Prints the medians and writes all results to
// target/bench/latest.json. `--pairs 15` runs more than nine rounds. `--only server` measures the kit for servers instead
// (scripts/bench/server.mjs), each row for `--seconds 5`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bootstrap, toolSteps } from './bootstrap.mjs';
import { engines } from './bootstrap/engines.mjs';
import { main } from './lib/main.mjs';
import { inRoot } from './lib/root.mjs';
import { note, plan, step, Stop, ticking } from './lib/say.mjs';
import { pack, packageSteps } from './pack.mjs';

const ROUND_TRIP = 150; // milliseconds
const RATE = 1.6 * 1024 * 1024 / 8; // bytes a second
const SLOWER = 4;
const API = 'https://test.stytch.com';
const QUERY = new URLSearchParams({
  client_id: 'third-party-public', redirect_uri: 'https://client.example/cb', response_type: 'code', scope: 'openid email profile', state: 's',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
});
// Our page in front of the countersign API; our element and React component in front of Stytch;
// Stytch's own component.
const PAGES = ['api', 'element', 'react', 'stytch'];

/** The response of the countersign API: the same client, account and scopes as Stytch's. */
const CONSENT = () => ({
  outcome: 'consent',
  transaction: 'T1',
  version: 'V1',
  expires_at: Math.floor(Date.now() / 1000) + 600,
  client: { client_id: 'third-party-public', name: 'Photo Printer', party: 'third', registration: 'managed', verified: true, native: false },
  account: { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' },
  organizations: [],
  scopes: ['openid', 'email', 'profile'].map((scope) => ({ scope, grantable: true, required: scope === 'openid', granted: false, sensitive: false })),
  resources: [],
  authorization_details: [],
  redirect_uri: 'https://client.example/cb',
  can_narrow: false,
  remember: false,
});

/** Runs in the page: records when a user could press Allow. */
function watchForAllow() {
  const seen = (root) => {
    for (const button of root.querySelectorAll('button')) {
      if (button.textContent.trim() === 'Allow' && !button.disabled && button.getBoundingClientRect().height > 0) return true;
    }
    return [...root.querySelectorAll('*')].some(({ shadowRoot }) => shadowRoot && seen(shadowRoot));
  };
  const look = () => {
    if (seen(document)) globalThis.allowAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Measures one cold load in a new browser context. */
async function load({ browser, origin, standIn, cookies }, name) {
  const context = await browser.newContext();
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    let bytes = 0;
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: ROUND_TRIP, downloadThroughput: RATE, uploadThroughput: RATE });
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    // The API answers after one round trip.
    await page.route(`${API}/**`, async (route) => {
      const request = route.request();
      const answer = await standIn.handle({ method: request.method(), url: request.url(), headers: { origin, ...await request.allHeaders() }, body: request.postData() ?? '' });
      await new Promise((resolve) => { setTimeout(resolve, ROUND_TRIP); });
      await route.fulfill(answer);
    });
    await page.route(`${origin}/countersign/**`, async (route) => {
      await new Promise((resolve) => { setTimeout(resolve, ROUND_TRIP); });
      await route.fulfill({ json: CONSENT() });
    });
    await page.addInitScript(watchForAllow);
    await page.goto(`${origin}/${name}.html?${QUERY}`, { waitUntil: 'commit' });
    await page.waitForFunction(() => globalThis.allowAt, undefined, { timeout: 60_000 });
    return { milliseconds: Math.round(await page.evaluate(() => globalThis.allowAt)), bytes };
  } finally {
    await context.close();
  }
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function summary(runs) {
  const times = runs.map(({ milliseconds }) => milliseconds);
  return { median: median(times), min: Math.min(...times), max: Math.max(...times), bytes: median(runs.map(({ bytes }) => bytes)), runs: times };
}

async function race(pairs) {
  const { launchChromium } = await import('../tests/e2e/support/chromium.mjs');
  const { createStandIn } = await import('../tests/support/stytch/stand-in.mjs');
  const { servePages } = await import('./bench/pages.mjs');
  const origins = [];
  const standIn = createStandIn({ origins, addresses: { redirect: ['https://client.example/cb'], logout: [] } });
  const [token] = standIn.projects.consumer.publicTokens;
  const served = await servePages(token);
  origins.push(served.origin);
  const { cookies } = standIn.signIn('consumer', 'ada@example.com', { minutes: 60 });
  const browser = await launchChromium();
  const at = { browser, origin: served.origin, standIn, cookies: cookies.map(({ path, ...cookie }) => ({ ...cookie, url: served.origin })) };
  const runs = Object.fromEntries(PAGES.map((name) => [name, []]));
  try {
    for (let pair = 0; pair < pairs; pair += 1) {
      // Rotates the order, so that every page is first equally often.
      for (let turn = 0; turn < PAGES.length; turn += 1) {
        const name = PAGES[(pair + turn) % PAGES.length];
        runs[name].push(await load(at, name));
      }
      note(`round ${pair + 1} of ${pairs}`, PAGES.map((name) => `${name} ${runs[name].at(-1).milliseconds} ms`).join(', '));
    }
  } finally {
    await browser.close();
    served.close();
  }
  return Object.fromEntries(PAGES.map((name) => [name, summary(runs[name])]));
}

/** A number from 1 of the command line. */
function numberOf(name, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Stop(`--${name} must be a number from 1, and is "${text}".`);
  return value;
}

async function servers(seconds) {
  plan(toolSteps, 'host', 'load');
  const { env } = await bootstrap({ databases: true, engines });
  Object.assign(process.env, env);
  step('host', 'building the host in Rust', 'optimized for speed');
  const { fastHost } = await import('../tests/rust-server/support/host.mjs');
  const rust = fastHost();
  step('load', 'signing in, in front of each engine', `${seconds} seconds each`);
  const { benchServer } = await import('./bench/server.mjs');
  await benchServer({ seconds, rust });
}

await main(async () => {
  const { values } = parseArgs({ options: { pairs: { type: 'string', default: '9' }, only: { type: 'string', default: 'pages' }, seconds: { type: 'string', default: '5' } } });
  if (!['pages', 'server'].includes(values.only)) throw new Stop(`There is no bench "${values.only}"; there are pages and server.`);
  if (values.only === 'server') return servers(numberOf('seconds', values.seconds));
  const pairs = numberOf('pairs', values.pairs);
  plan(toolSteps, packageSteps, 'race');
  const { env } = await bootstrap({ tests: true });
  process.env.PATH = env.PATH;
  await pack(env);
  step('race', 'loading the pages in turn', `${pairs} rounds`);
  const quiet = ticking('The race');
  const pages = await race(pairs);
  quiet();
  const ratio = (name) => Number((pages[name].median / pages.stytch.median).toFixed(3));
  const result = {
    measured: 'milliseconds from the start of a cold load to a visible Allow', pairs,
    conditions: { roundTripMilliseconds: ROUND_TRIP, bytesPerSecond: RATE, cpuSlowdown: SLOWER }, pages,
    ratios: { 'api/stytch': ratio('api'), 'element/stytch': ratio('element'), 'react/stytch': ratio('react') },
  };
  console.log(`${'page'.padEnd(10)} ${'median'.padStart(8)} ${'min'.padStart(8)} ${'max'.padStart(8)} ${'bytes'.padStart(9)}`);
  for (const [name, { median: middle, min, max, bytes }] of Object.entries(pages)) {
    console.log(`${name.padEnd(10)} ${String(middle).padStart(8)} ${String(min).padStart(8)} ${String(max).padStart(8)} ${String(bytes).padStart(9)}`);
  }
  for (const [name, value] of Object.entries(result.ratios)) console.log(`${name}: ${value}`);
  mkdirSync(inRoot('target', 'bench'), { recursive: true });
  writeFileSync(inRoot('target', 'bench', 'latest.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log('All of it is in target/bench/latest.json.');
  return 0;
});
