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
    at.onResolve({ filter: /^countersign\/react\/stytch$/ }, () => ({ path: packaged('react', 'stytch.js') }));
  },
};

/** Bundles an app for development. `swap` changes its source. */
async function bundled(name, swap = (source) => source) {
  const result = await build({
    stdin: { contents: swap(readFileSync(here(name), 'utf8')), resolveDir: here('.'), loader: 'jsx' },
    bundle: true, write: false, format: 'esm', jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' }, plugins: [published], logLevel: 'error',
  });
  return result.outputFiles[0].text;
}

/** A guide's page with its component from here, and nothing else changed. */
export const imported = (source) => {
  const changed = source.replace(/^(import \{ (?:B2B)?IdentityProvider \} from) '@stytch\/react(?:\/b2b)?';$/m, "$1 'countersign/react/stytch';");
  if (changed === source) throw new Error('The guide has no line that imports the component.');
  return changed;
};

const answer = (type, body) => ({ status: 200, headers: { 'content-type': type, 'cache-control': 'no-store' }, body });

/** A browser and the apps. `scripts` are the sources by name. */
export async function openWorld() {
  const scripts = {
    'guide of Stytch': await bundled('guide.jsx'),
    'guide of Stytch for organizations': await bundled('guide-b2b.jsx'),
    guide: await bundled('guide.jsx', imported),
    'guide for organizations': await bundled('guide-b2b.jsx', imported),
    app: await bundled('app.jsx'),
  };
  const now = {};
  const site = await listenHttp(async ({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === '/app.js') return answer(TYPES['.js'], scripts[now.app]);
    if (/^\/([\w.-]+\.(js|wasm)|messages\/[\w-]+\.json)$/.test(pathname)) return answer(TYPES[path.extname(pathname)], readFileSync(packaged(pathname.slice(1))));
    if (pathname === '/callback') return answer('text/html', '<!doctype html><title>Client</title><link rel="icon" href="data:,">');
    const setup = JSON.stringify(now.setup);
    return answer('text/html', `<!doctype html><title>App</title><link rel="icon" href="data:,"><div id="root"></div><script>window.setup = ${setup}</script><script type="module" src="/app.js"></script>`);
  });
  const origin = `http://localhost:${site.port}`;
  const api = await listenTls((request) => now.standIn.handle(request));
  const rules = [`MAP localhost:443 localhost:${api.port}`, 'MAP localhost localhost', 'MAP * ~NOTFOUND'];
  const browser = await launchChromium([`--host-resolver-rules=${rules.join(', ')}`]);

  /**
   * Opens the authorization page of an app. Its login page has signed Ada in, by Stytch's SDK, or the team's backend has, or nobody.
   */
  async function visit(app, { realm = 'consumer', by = 'backend', query = {}, setup = {}, prepare = () => {} } = {}) {
    const standIn = createStandIn({ origins: [origin], addresses: { redirect: [`${origin}/callback`], logout: [] } });
    const [publicToken] = standIn.projects[realm].publicTokens;
    Object.assign(now, { app, standIn, setup: { publicToken, api: `https://localhost:${api.port}`, ...setup } });
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    context.setDefaultTimeout(PATIENCE);
    const signIn = async (email) => {
      const { cookies } = standIn.signIn(realm, email);
      await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: origin, sameSite: 'Lax' })));
    };
    if (by === 'backend') await signIn('ada@example.com');
    const page = await context.newPage();
    const [told, said] = [[], []];
    const telling = new EventEmitter();
    await page.exposeFunction('told', (one) => {
      told.push(one);
      telling.emit('told');
    });
    /** Resolves when the page has told a thing of this name. */
    const hears = async (name) => {
      while (!told.some(([it]) => it === name)) await once(telling, 'told', { signal: AbortSignal.timeout(PATIENCE) });
    };
    page.on('console', (line) => said.push(line.text()));
    const parameters = { client_id: 'third-party-public', redirect_uri: `${origin}/callback`, response_type: 'code', scope: 'openid photos.read', state: 'a&b', code_challenge: 'x'.repeat(43), ...query };
    if (by === 'SDK') {
      await page.goto(`${origin}/login`);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await hears('signed in');
      for (const list of [told, standIn.calls]) list.length = 0;
    }
    prepare(standIn);
    await page.goto(`${origin}/oauth/authorize?${new URLSearchParams(parameters)}`);
    const calls = (end) => standIn.calls.filter(({ path: at }) => at.endsWith(end)).length;
    const left = async () => {
      await page.waitForURL((url) => url.pathname === '/callback');
      return new URL(page.url()).searchParams;
    };
    return { page, context, standIn, told, said, hears, calls, left, signIn, origin, close: () => closeContext(context) };
  }

  const close = async () => {
    await browser.close();
    await Promise.all([site.close(), api.close()]);
  };
  return { visit, close };
}
