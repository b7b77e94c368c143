// Apps with Stytch's own SDK in a browser, in front of the stand-in: `customBaseUrl: 'localhost'`, as the demo offers it with TLS.
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inRoot } from '../../../../scripts/lib/root.mjs';
import { closeContext, launchChromium } from '../../../e2e/support/chromium.mjs';
import { listenHttp, listenTls } from '../../../support/stytch/listen.mjs';
import { createStandIn } from '../../../support/stytch/stand-in.mjs';

const PATIENCE = 15_000;
const TYPES = { '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };
const packaged = (...parts) => inRoot('target', 'npm', 'package', 'dist', ...parts);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The package as it is published, in the place of the workspace. */
const published = {
  name: 'published',
  setup(at) {
    at.onResolve({ filter: /^countersign\/react\/stytch/ }, ({ path: name }) => ({ path: packaged('react', `stytch${name.endsWith('/standalone') ? '-standalone' : ''}.js`) }));
  },
};

/** Bundles an app. `swap` changes its source. */
async function bundled(name, swap = (source) => source) {
  const result = await build({
    stdin: { contents: swap(readFileSync(here(name), 'utf8')), resolveDir: here('.'), loader: 'jsx' },
    bundle: true, write: false, format: 'esm', jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' }, plugins: [published], logLevel: 'error',
  });
  return result.outputFiles[0].text;
}

/** A guide's page with its component from here, and nothing else changed. */
const imported = (source) => {
  const changed = source.replace(/^(import \{ (?:B2B)?IdentityProvider \} from) '@stytch\/react(?:\/b2b)?';$/m, "$1 'countersign/react/stytch';");
  if (changed === source) throw new Error('The guide has no line that imports the component.');
  return changed;
};

const answer = (type, body) => ({ status: 200, headers: { 'content-type': type, 'cache-control': 'no-store' }, body });

/** The apps by their names: the file, and what is changed in it. */
const apps = {
  'guide of Stytch': ['guide.jsx'],
  guide: ['guide.jsx', imported],
  'guide for organizations': ['guide-b2b.jsx', imported],
  app: ['app.jsx'],
};

/** The site: the app that counts now, the package's files beside its script, and a page that stands for the client. */
const siteOf = (now, scripts) => async ({ url }) => {
  const { pathname } = new URL(url);
  if (pathname === '/app.js') return answer(TYPES['.js'], scripts[now.app]);
  if (/^\/([\w.-]+\.(js|wasm)|messages\/[\w-]+\.json)$/.test(pathname)) return answer(TYPES[path.extname(pathname)], readFileSync(packaged(pathname.slice(1))));
  const head = '<!doctype html><title>App</title><link rel="icon" href="data:,">';
  if (pathname === '/callback') return answer('text/html', head);
  return answer('text/html', `${head}<div id="root"></div><script>window.setup = ${JSON.stringify(now.setup)}</script><script type="module" src="/app.js"></script>`);
};

/** A page that tells and says things, and what it has told and said. */
async function listening(context) {
  const page = await context.newPage();
  const [told, said, telling] = [[], [], new EventEmitter()];
  await page.exposeFunction('told', (one) => {
    told.push(one);
    telling.emit('told');
  });
  page.on('console', (line) => said.push(line.text()));
  /** Resolves when the page has told a thing of this name. */
  const hears = async (name) => {
    while (!told.some(([it]) => it === name)) await once(telling, 'told', { signal: AbortSignal.timeout(PATIENCE) });
  };
  return { page, told, said, hears };
}

/** Signs in as the app's login page does, by Stytch's SDK. What this told and called does not count. */
async function signInBySdk({ page, told, hears }, standIn, origin) {
  await page.goto(`${origin}/login`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await hears('signed in');
  for (const list of [told, standIn.calls]) list.length = 0;
}

const request = (origin) => ({
  client_id: 'third-party-public', redirect_uri: `${origin}/callback`, response_type: 'code', scope: 'openid photos.read', state: 'a&b', code_challenge: 'x'.repeat(43),
});

/** A browser and the apps. */
export async function openWorld() {
  const made = Object.entries(apps).map(async ([name, [file, swap]]) => [name, await bundled(file, swap)]);
  const scripts = Object.fromEntries(await Promise.all(made));
  const now = {};
  const site = await listenHttp(siteOf(now, scripts));
  const origin = `http://localhost:${site.port}`;
  const api = await listenTls((one) => now.standIn.handle(one));
  const rules = [`MAP localhost:443 localhost:${api.port}`, 'MAP localhost localhost', 'MAP * ~NOTFOUND'];
  const browser = await launchChromium([`--host-resolver-rules=${rules.join(', ')}`]);

  /**
   * Opens the authorization page of an app. Its login page has signed Ada in, by Stytch's SDK, or the team's backend has, or nobody.
   */
  async function visit(app, { realm = 'consumer', by = 'backend', query = {}, setup = {}, prepare = () => {} } = {}) {
    const standIn = createStandIn({ origins: [origin], addresses: { redirect: [`${origin}/callback`], logout: [] } });
    const [publicToken] = standIn.projects[realm].publicTokens;
    const [b2bToken] = standIn.projects.b2b.publicTokens;
    Object.assign(now, { app, standIn, setup: { publicToken, b2bToken, api: `https://localhost:${api.port}`, ...setup } });
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    context.setDefaultTimeout(PATIENCE);
    const signIn = (email) => context.addCookies(standIn.signIn(realm, email).cookies.map(({ name, value }) => ({ name, value, url: origin, sameSite: 'Lax' })));
    if (by === 'backend') await signIn('ada@example.com');
    const heard = await listening(context);
    const { page } = heard;
    if (by === 'SDK') await signInBySdk(heard, standIn, origin);
    prepare(standIn);
    await page.goto(`${origin}/oauth/authorize?${new URLSearchParams({ ...request(origin), ...query })}`);
    const calls = (end) => standIn.calls.filter(({ path: at }) => at.endsWith(end)).length;
    const left = async () => {
      await page.waitForURL((url) => url.pathname === '/callback');
      return new URL(page.url()).searchParams;
    };
    return { ...heard, standIn, calls, left, signIn, origin, close: () => closeContext(context) };
  }

  const close = async () => {
    await browser.close();
    await Promise.all([site.close(), api.close()]);
  };
  return { visit, close };
}
